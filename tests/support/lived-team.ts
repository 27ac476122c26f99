import type pg from "pg";
import * as Y from "yjs";
import { appendBatch } from "#app/domain/documents/appending.server.ts";
import { startDocument } from "#app/domain/documents/document.server.ts";
import { finaliseDocument, openForNegotiation } from "#app/domain/documents/freezing.server.ts";
import { rebuildWithHead } from "#app/domain/documents/history.server.ts";
import { recordEditsNow } from "#app/domain/documents/recording.server.ts";
import { openSigning, signDocument } from "#app/domain/signing/signing.server.ts";
import { database, queryOf } from "#app/platform/database.server.ts";
import { type Colleague, foundTeam, memberOf, type Team } from "./team.ts";

export type LivedTeam = Team & { document: string; negotiator: Colleague; signatory: Colleague };

/** One more edit by the person, as the collaboration server would store it: a field of the text. */
export async function edit(
  team: { jit: string; document: string },
  author: Colleague,
  value: string,
  field = "place",
): Promise<void> {
  const edition = { document: team.document, epoch: 1 };
  const { doc, head } = await rebuildWithHead(queryOf(database()), edition);
  const before = Y.encodeStateVector(doc);
  doc.getMap("fields").set(field, value);
  const bytes = Y.encodeStateAsUpdate(doc, before);
  const { refused } = await appendBatch({ ...edition, jit: team.jit, expected: head }, [
    { actor: author, clients: [doc.clientID], bytes },
  ]);
  if (refused.size > 0) throw new Error(`the edit was refused: ${[...refused.values()]}`);
}

/** A team of two States with a text that was written by two people, frozen, and signed by one party. */
export async function livedTeam(owner: pg.Pool): Promise<LivedTeam> {
  const team = await foundTeam(owner);
  const negotiator = await team.bring("eg", ["lead_negotiator"]);
  const signatory = await team.bring("kz", ["signatory"]);
  const other = await team.bring("eg", ["signatory"]);
  const { id: document } = await startDocument(team.founder, {
    jit: team.jit,
    instrumentKind: "arrangement",
    duration: "P12M",
    referenceTimeZone: "Asia/Almaty",
  });
  const lived = { ...team, document, negotiator, signatory };
  const step = { jit: team.jit, document };
  await openForNegotiation(team.founder, step);
  await edit(lived, team.founder, "Almaty");
  await edit(lived, negotiator, "Cairo");
  await recordEditsNow({ document, epoch: 1 });
  const { digest } = await finaliseDocument(team.founder, step);
  const signatories = [await memberOf(owner, team.jit, signatory), await memberOf(owner, team.jit, other)];
  await openSigning(team.founder, { ...step, signatories });
  const slot = await database().signatureSlot.findFirstOrThrow({ where: { memberId: signatories[0] } });
  await signDocument(signatory, {
    ...step,
    slot: slot.id,
    digest,
    capacity: "Prosecutor",
    place: "Almaty",
    meaning: "I sign.",
  });
  return lived;
}
