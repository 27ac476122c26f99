import * as Y from "yjs";
import { appendBatch, rebuildWithHead } from "#app/domain/documents/history.server.ts";
import { database, queryOf } from "#app/platform/database.server.ts";
import { agreedValues } from "#prisma/demonstration/agreed-values.ts";
import type { Colleague } from "./team.ts";

/** Changes values of a text as the person, in one sitting, the way the collaboration server stores it. */
export async function setFields(
  { jit, document }: { jit: string; document: string },
  author: Colleague,
  values: Record<string, unknown>,
): Promise<void> {
  const edition = { document, epoch: 1 };
  const { doc, head } = await rebuildWithHead(queryOf(database()), edition);
  const before = Y.encodeStateVector(doc);
  doc.transact(() => {
    for (const [name, value] of Object.entries(values)) doc.getMap("fields").set(name, value);
  });
  const bytes = Y.encodeStateAsUpdate(doc, before);
  const { refused } = await appendBatch({ ...edition, jit, expected: head }, [
    { actor: author, clients: [doc.clientID], bytes },
  ]);
  if (refused.size > 0) throw new Error(`the values were refused: ${[...refused.values()]}`);
}

/** Values that leave nothing open for a team of Kazakhstan and Egypt. */
export const completeValues = agreedValues(
  ["KZ", "EG"].map((state) => ({ state, leader: "A leader", signatory: "A signatory", capacity: "Prosecutor" })),
);

/** Fills in the arrangement so that nothing blocks finalising. */
export function completeText(team: { jit: string; document: string; founder: Colleague }): Promise<void> {
  return setFields(team, team.founder, completeValues);
}
