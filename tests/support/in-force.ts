import type pg from "pg";
import { startAnnex } from "#app/domain/documents/annexes.server.ts";
import { getText } from "#app/domain/documents/document.server.ts";
import { finaliseDocument } from "#app/domain/documents/freezing.server.ts";
import { openSigning } from "#app/domain/signing/opening.server.ts";
import { passwordAlone, signDocument } from "#app/domain/signing/signing.server.ts";
import { signatoriesOnly } from "#app/domain/signing/slots.ts";
import { agreeForAll } from "./agreeing.ts";
import { completeAnnex } from "./complete-annex.ts";
import { completeText, setFields } from "./complete-text.ts";
import { negotiate } from "./negotiation.ts";
import { type Colleague, foundTeam, memberOf, type Team } from "./team.ts";

export type TeamInForce = Team & {
  owner: pg.Pool;
  step: { jit: string; document: string };
  negotiator: Colleague;
  leaders: { kz: Colleague; eg: Colleague };
  signers: { kz: Colleague; eg: Colleague };
};
type Step = { jit: string; document: string };

/** A team of Kazakhstan and Egypt whose arrangement of twelve months all have signed, with these values besides. */
export async function teamInForce(
  owner: pg.Pool,
  values: Record<string, unknown> = {},
  zone = "Asia/Almaty",
): Promise<TeamInForce> {
  const team = await foundTeam(owner);
  const negotiator = await team.bring("eg", ["lead_negotiator", "space_admin"]);
  const leaders = { kz: await team.bring("kz", ["leader"]), eg: await team.bring("eg", ["leader"]) };
  const signers = { kz: await team.bring("kz", ["signatory"]), eg: await team.bring("eg", ["signatory"]) };
  const step = await negotiate(team, zone);
  await completeText({ ...team, ...step });
  await setFields(step, team.founder, { referenceTimeZone: zone, ...values });
  const ready = { ...team, owner, step, negotiator, leaders, signers };
  await conclude(ready, step);
  return ready;
}

/** Starts a child of the arrangement, fills it in and lets the parties agree; returns where it is. */
export async function writtenChild(
  team: TeamInForce,
  annex: string,
  values: Record<string, unknown>,
): Promise<Step & { annex: string }> {
  const started = await startAnnex(team.founder, { jit: team.jit, annex, about: undefined });
  const { id: document } = await getText(team.founder, team.jit, started.annex);
  const step = { jit: team.jit, document, annex: started.annex };
  await completeAnnex(step, team.founder);
  await setFields(step, team.founder, values);
  return step;
}

export async function openChild(
  team: TeamInForce,
  step: Step,
  who: readonly Colleague[] = Object.values(team.signers),
  newcomer?: { email: string },
) {
  await agreeForAll(step);
  const { digest } = await finaliseDocument(team.founder, step);
  const signatories = await Promise.all(who.map((signer) => memberOf(team.owner, team.jit, signer)));
  await openSigning(team.founder, {
    ...step,
    slots: signatoriesOnly(signatories),
    newcomer: newcomer && { ...newcomer, methods: ["workspace"] },
  });
  return digest;
}

export async function signAs(team: TeamInForce, signer: Colleague, step: Step & { annex?: string }): Promise<void> {
  const { frozen } = await getText(team.founder, team.jit, step.annex);
  const slot = frozen?.slots.find(({ personId }) => personId === signer.personId)?.id ?? "";
  const words = { capacity: "Prosecutor", place: "Almaty", meaning: "I sign." };
  const { jit, document } = step;
  await signDocument(signer, { jit, document, slot, digest: frozen?.digest ?? "", ...words }, passwordAlone());
}

async function conclude(team: TeamInForce, step: Step & { annex?: string }, who = Object.values(team.signers)) {
  await openChild(team, step, who);
  for (const signer of who) await signAs(team, signer, step);
}

/** Writes a child and lets all sign it, or those who are named. */
export async function signedChild(
  team: TeamInForce,
  annex: string,
  values: Record<string, unknown>,
  who: readonly Colleague[] = Object.values(team.signers),
) {
  const step = await writtenChild(team, annex, values);
  await conclude(team, step, [...who]);
  return step;
}
