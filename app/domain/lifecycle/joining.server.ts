import { z } from "zod";
import { now } from "#app/platform/clock.ts";
import type { Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import type { Fields } from "../documents/field-text.ts";
import { Conflict, Invalid } from "../errors.ts";
import { holdOpenJit } from "../jits/hold.server.ts";
import { Email } from "../jits/invitations.ts";
import { annexIdOf } from "../templates/annex.ts";

/** Who signs for a State that accedes: somebody with an account at an authority of that State. */
export const Newcomer = z.object({ email: z.string("required").trim().min(1, "required").pipe(Email) });
export type Newcomer = z.infer<typeof Newcomer>;

/** The State that joins by this annex (A10), or null for every other text. */
export function joiningState(annex: string | null, { accedingState }: Fields): string | null {
  if (annex === null || annexIdOf(annex) !== "A10") return null;
  return typeof accedingState === "string" ? accedingState : null;
}

type Joining = { jit: string; document: string; state: string; nationalCase: string };

/**
 * Seats the signatory of the State that joins, as the one person of a party that is not bound yet: until the accession
 * enters into force this opens the annex and the arrangement to them, and nothing else (actions.ts, `only`). Returns the
 * member. Throws Invalid under "newcomer" for a person who is not of that State or in the team already;
 * Conflict("state-was-party") for a State that has left.
 */
export async function seatNewcomer(
  tx: Transaction,
  { jit, document, state, nationalCase }: Joining,
  { email }: Newcomer,
): Promise<{ member: string; party: string }> {
  await holdOpenJit(tx, jit);
  const person = await tx.person.findFirst({ where: { email, disabledAt: null }, include: { authority: true } });
  if (!person) throw new Invalid({ newcomer: "unknown-person" });
  if (person.authority.state !== state) throw new Invalid({ newcomer: "newcomer-other-state" });
  const at = now();
  const { authorityId } = person;
  const there = await tx.party.findFirst({ where: { jitId: jit, state } });
  if (there && there.accedingById === null) throw new Conflict("state-was-party");
  const last = await tx.party.aggregate({ where: { jitId: jit }, _max: { position: true } });
  const party = there?.id ?? newId();
  const joining = { authorityId, nationalCase, accedingById: document };
  if (there) await tx.party.update({ where: { id: party }, data: joining });
  else {
    const row = { id: party, jitId: jit, state, position: (last._max.position ?? 0) + 1, joinedAt: at };
    await tx.party.create({ data: { ...row, ...joining } });
  }
  await endEarlierSeats(tx, party, at);
  const known = await tx.member.findFirst({ where: { jitId: jit, personId: person.id } });
  if (known && known.partyId !== party) throw new Invalid({ newcomer: "already-member" });
  const member = known?.id ?? newId();
  const seat = { id: member, jitId: jit, personId: person.id, partyId: party, addedAt: at };
  if (!known) await tx.member.create({ data: { ...seat, capacity: person.function } });
  const role = { id: newId(), memberId: member, jitId: jit, role: "signatory", validFrom: at, recordedAt: at };
  await tx.memberRole.create({ data: role });
  return { member, party };
}

/** A run that was declined before may have named somebody else. */
async function endEarlierSeats(tx: Transaction, party: string, at: Date): Promise<void> {
  await tx.memberRole.updateMany({ where: { member: { partyId: party }, revokedAt: null }, data: { revokedAt: at } });
}

/** The accession is in force: the State is a party from this instant, and its people can be given roles. */
export async function letPartyIn(
  tx: Transaction,
  { jit, document, from }: { jit: string; document: string; from: Date },
): Promise<{ party: string }> {
  await holdOpenJit(tx, jit);
  const party = await tx.party.findFirst({ where: { jitId: jit, accedingById: document } });
  if (!party) throw new Conflict("signatory-missing");
  await tx.party.update({ where: { id: party.id }, data: { accedingById: null, joinedAt: from } });
  return { party: party.id };
}
