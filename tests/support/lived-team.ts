import type pg from "pg";
import { finaliseDocument } from "#app/domain/documents/freezing.server.ts";
import { recordEditsNow } from "#app/domain/documents/recording.server.ts";
import { openSigning } from "#app/domain/signing/opening.server.ts";
import { passwordAlone, signDocument } from "#app/domain/signing/signing.server.ts";
import { signatoriesOnly } from "#app/domain/signing/slots.ts";
import { database } from "#app/platform/database.server.ts";
import { agreeForAll } from "./agreeing.ts";
import { completeValues, setFields } from "./complete-text.ts";
import { negotiate } from "./negotiation.ts";
import { type Colleague, foundTeam, memberOf, type Team } from "./team.ts";

export type LivedTeam = Team & { document: string; negotiator: Colleague; signatory: Colleague };

/** One more edit by the person, as the collaboration server would store it: a field of the text. */
export async function edit(
  team: { jit: string; document: string },
  author: Colleague,
  value: string,
  field = "place",
): Promise<void> {
  await setFields(team, author, { [field]: value });
}

/** A team of two States with a text that was written by two people, frozen, and signed by one party. */
export async function livedTeam(owner: pg.Pool): Promise<LivedTeam> {
  const team = await foundTeam(owner);
  const negotiator = await team.bring("eg", ["lead_negotiator"]);
  const signatory = await team.bring("kz", ["signatory"]);
  const other = await team.bring("eg", ["signatory"]);
  const step = await negotiate(team);
  const { document } = step;
  const lived = { ...team, document, negotiator, signatory };
  await setFields(lived, team.founder, { ...completeValues, place: "Almaty" });
  await edit(lived, negotiator, "Cairo");
  await recordEditsNow({ document, epoch: 1 });
  await agreeForAll(step);
  const { digest } = await finaliseDocument(team.founder, step);
  const signatories = [await memberOf(owner, team.jit, signatory), await memberOf(owner, team.jit, other)];
  await openSigning(team.founder, { ...step, slots: signatoriesOnly(signatories) });
  const slot = await database().signatureSlot.findFirstOrThrow({ where: { memberId: signatories[0] } });
  await signDocument(
    signatory,
    {
      ...step,
      slot: slot.id,
      digest,
      capacity: "Prosecutor",
      place: "Almaty",
      meaning: "I sign.",
    },
    passwordAlone(),
  );
  return lived;
}
