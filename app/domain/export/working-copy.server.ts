import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import type { Actor } from "../actor.ts";
import type { Content } from "../documents/content.ts";
import { rebuildWithHead } from "../documents/history.server.ts";
import { type DocumentState, isEditable, stateAt } from "../documents/states.ts";
import { fieldsOf, languagesOf, textOf } from "../documents/text.ts";
import { NotFound } from "../errors.ts";
import { boundAt } from "../jits/bound.ts";
import { view } from "../view.server.ts";
import { partyToPrint } from "./party-to-print.ts";
import type { WorkingCopy } from "./working-copy.ts";

type Target = { jit: string; document: string };

/**
 * The words of the arrangement as they are now, or as they were closed, for people who write on in Word. That it was
 * taken is an entry in the trail. Throws MalformedText when the document is not an arrangement.
 */
export async function takeWorkingCopy(actor: Actor, input: Target): Promise<WorkingCopy> {
  const { copy } = await view(
    actor,
    "document.takeCopy",
    input,
    (db) => readCopy(db, input),
    ({ copy, head }) => ({
      document: input.document,
      version: copy.version,
      format: "docx",
      ...(copy.digest === null ? { upTo: head } : { digest: copy.digest }),
    }),
  );
  return copy;
}

async function readCopy(db: Transaction, { jit: id, document }: Target): Promise<{ copy: WorkingCopy; head: number }> {
  const jit = await db.jit.findUniqueOrThrow({
    where: { id },
    include: {
      parties: { where: boundAt(now()), orderBy: { position: "asc" }, include: { authority: true } },
      documents: { where: { id: document } },
    },
  });
  const row = jit.documents[0];
  if (!row) throw new NotFound();
  const at = now();
  const state = stateAt({ ...row, state: row.state as DocumentState }, at);
  const { head, ...words } = await readWords(db, row, state, at);
  return {
    head,
    copy: {
      ...words,
      state,
      version: row.version,
      annex: row.annex,
      jit: { reference: jit.reference, names: jit.names as Record<string, string>, exercise: jit.exercise },
      parties: jit.parties.map(partyToPrint),
    },
  };
}

async function readWords(db: Transaction, row: { id: string; epoch: number }, state: DocumentState, at: Date) {
  const frozen = isEditable(state)
    ? null
    : await db.frozenText.findFirst({ where: { documentId: row.id, supersededAt: null } });
  if (frozen) {
    const { fields, languages } = JSON.parse(frozen.canonical) as Content;
    return { fields, languages, digest: frozen.digest, at: frozen.frozenAt, head: 0 };
  }
  const { doc, head } = await rebuildWithHead(queryOf(db), { document: row.id, epoch: row.epoch });
  const languages = Object.fromEntries(languagesOf(doc).map((language) => [language, textOf(doc, language)]));
  return { fields: fieldsOf(doc), languages, digest: null, at, head };
}
