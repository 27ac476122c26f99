import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import { appendEntry, platformLog } from "../audit/entry.server.ts";
import { clauses } from "./agreement.ts";
import { createClause, holdLibrary } from "./library.server.ts";
import { writtenOut } from "./library-text.ts";

/**
 * Puts the starting wordings of the template into an empty library, once, with one entry in the trail. Done at a start
 * and not by a migration: the words stand in the template alone, and the trail of the installation keeps its order.
 * An editor who has retired or changed them is not overruled later, because then the library is not empty.
 */
export async function beginLibrary(tx: Transaction): Promise<void> {
  await holdLibrary(tx);
  if ((await tx.libraryClause.count()) > 0) return;
  for (const { id, titles, wording, why } of clauses) {
    const wordings = Object.fromEntries(Object.entries(wording).map(([tag, words]) => [tag, writtenOut(words)]));
    const clause = { topic: id, title: titles.en ?? id, source: houseWording, whenToUse: why };
    await createClause(tx, { ...clause, wordings: { en: "", ...wordings } }, null);
  }
  await appendEntry(queryOf(tx), platformLog, {
    actor: "system",
    action: "library.begin",
    facts: { clauses: clauses.length },
  });
}

const houseWording = "House wording: starting text of the template";
