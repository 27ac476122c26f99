import * as Y from "yjs";
import type { Actor } from "#app/domain/actor.ts";
import { appendBatch } from "#app/domain/documents/appending.server.ts";
import { writeFields } from "#app/domain/documents/field-rows.ts";
import { rebuildWithHead } from "#app/domain/documents/history.server.ts";
import { fieldsOf } from "#app/domain/documents/text.ts";
import { database, queryOf } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import { agreedValues } from "#prisma/demonstration/agreed-values.ts";
import type { Colleague } from "./team.ts";

/** Changes values of a text as the person, in one sitting, the way the collaboration server stores it. */
export function setFields(
  text: { jit: string; document: string },
  author: Actor,
  values: Record<string, unknown>,
): Promise<void> {
  return write(text, author, (doc) => writeFields(doc.getMap("fields"), values, () => newId().replaceAll("-", "")));
}

/** Writes in a text as the person. */
export async function write(
  { jit, document }: { jit: string; document: string },
  author: Actor,
  edit: (doc: Y.Doc) => void,
): Promise<void> {
  const edition = { document, epoch: 1 };
  const { doc, head } = await rebuildWithHead(queryOf(database()), edition);
  const before = Y.encodeStateVector(doc);
  doc.transact(() => edit(doc));
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

/** Mends what blocks in the text of the demonstration, as its delegations would. */
export async function mendPlantedFaults(text: { jit: string; document: string }, author: Actor): Promise<void> {
  const { doc } = await rebuildWithHead(queryOf(database()), { document: text.document, epoch: 1 });
  const fields = fieldsOf(doc) as Record<"participants" | "parties", Record<string, unknown>[]>;
  const end = new Date(Date.now() + 60 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
  await setFields(text, author, {
    participants: fields.participants.map((row) => ({ ...row, annexRef: "A2-1 (signed)" })),
    parties: fields.parties.map((row) => ({ ...row, approvalsNeeded: [{ body: "none", status: "not required" }] })),
    authorisations: [
      {
        technique: "controlled_delivery",
        state: "KZ",
        authority: "Court",
        orderRef: "EX-17",
        validFrom: end,
        validTo: end,
      },
    ],
    authenticLanguages: ["en"],
  });
}
