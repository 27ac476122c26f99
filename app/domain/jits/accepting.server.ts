import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import { platform } from "../access.server.ts";
import { type Actor, visitor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict, NotFound } from "../errors.ts";
import type { JitRole } from "../roles.ts";
import { view } from "../view.server.ts";
import { holdOpenJit } from "./hold.server.ts";
import { hashOf } from "./invitations.server.ts";
import type { FoundInvitation } from "./invitations.ts";

type FoundRow = Omit<Extract<FoundInvitation, { status: "open" }>, "status"> & {
  jitId: string;
  acceptedAt: Date | null;
  withdrawnAt: Date | null;
};

/** What a link opens, for whoever holds it; null for a token that never was one. */
export async function findInvitation(token: string): Promise<FoundInvitation | null> {
  const row = await findRow(token);
  if (!row) return null;
  const { jitId: _, acceptedAt, withdrawnAt, ...open } = row;
  if (withdrawnAt) return { status: "withdrawn" };
  if (acceptedAt) return { status: "used" };
  if (open.expiresAt <= now()) return { status: "expired" };
  return { status: "open", ...open };
}

/** The row of a link, whatever has become of it. */
export function findRow(token: string): Promise<FoundRow | null> {
  return view(visitor, "invitation.read", platform, async (db) => {
    const [row] = await queryOf(db)<FoundRow>(
      `SELECT i.id, i.jit_id AS "jitId", i.email, i.roles, i.capacity, i.expires_at AS "expiresAt",
              i.accepted_at AS "acceptedAt", i.withdrawn_at AS "withdrawnAt", j.reference, j.names, j.exercise,
              y.state AS "partyState", a.id AS "authorityId", a.names AS "authorityNames",
              p.latin_name AS "invitedBy",
              EXISTS (SELECT 1 FROM person known WHERE known.email = i.email) AS "hasAccount"
         FROM invitation i JOIN jit j ON j.id = i.jit_id JOIN party y ON y.id = i.party_id
         JOIN authority a ON a.id = y.authority_id JOIN person p ON p.id = i.invited_by_id
        WHERE i.token_hash = $1`,
      [hashOf(token)],
    );
    return row ?? null;
  });
}

/**
 * Makes the signed-in person a member, once. Throws NotFound for a token that never was one; Conflict
 * "invitation-used" | "invitation-withdrawn" | "invitation-expired" | "invitation-for-another" |
 * "invitation-other-state" | "already-member" | "team-closed".
 */
export async function acceptInvitation(actor: Actor, { token }: { token: string }): Promise<{ reference: string }> {
  const found = await findRow(token);
  if (!found) throw new NotFound();
  const target = { jit: found.jitId, invitation: found.id };
  return change(actor, "invitation.accept", target, async (tx) => {
    const invitation = await useInvitation(tx, target);
    const person = await tx.person.findUniqueOrThrow({
      where: { id: actor.personId },
      include: { authority: true },
    });
    if (person.email !== invitation.email) throw new Conflict("invitation-for-another");
    const observes = invitation.roles.includes("participant_observer");
    if (!observes && person.authority.state !== invitation.party.state) throw new Conflict("invitation-other-state");
    const member = await seat(tx, invitation, { personId: person.id, capacity: person.function });
    return { result: { reference: found.reference }, facts: { ...member, person: person.id } };
  });
}

/** Marks the invitation as used, under the lock of the team: of many at once one is first, the others are told. */
export async function useInvitation(tx: Transaction, { jit, invitation }: { jit: string; invitation: string }) {
  await holdOpenJit(tx, jit);
  const row = await tx.invitation.findUniqueOrThrow({ where: { id: invitation }, include: { party: true } });
  if (row.withdrawnAt) throw new Conflict("invitation-withdrawn");
  if (row.acceptedAt) throw new Conflict("invitation-used");
  if (row.expiresAt <= now() || (row.validTo && row.validTo <= now())) throw new Conflict("invitation-expired");
  await tx.invitation.update({ where: { id: invitation }, data: { acceptedAt: now() } });
  return row;
}

type Used = Awaited<ReturnType<typeof useInvitation>>;

/** Gives the person the roles of the invitation. Someone who has left before keeps the row and gets new roles. */
export async function seat(
  tx: Transaction,
  invitation: Used,
  { personId, capacity }: { personId: string; capacity: string },
) {
  const { jitId, validTo } = invitation;
  const at = now();
  const there = await tx.member.findFirst({
    where: { jitId, personId },
    include: { roles: { where: { revokedAt: null, OR: [{ validTo: null }, { validTo: { gt: at } }] } } },
  });
  if (there && there.roles.length > 0) throw new Conflict("already-member");
  const id = there?.id ?? newId();
  const standing = {
    partyId: invitation.roles.includes("participant_observer") ? null : invitation.partyId,
    capacity: invitation.capacity || capacity,
  };
  if (there) await tx.member.update({ where: { id }, data: standing });
  else await tx.member.create({ data: { id, jitId, personId, addedAt: at, ...standing } });
  // Nobody is a member before they accept, whatever day the invitation names.
  const validFrom = new Date(Math.max(invitation.validFrom.getTime(), at.getTime()));
  await tx.memberRole.createMany({
    data: invitation.roles.map((role) => ({
      id: newId(),
      memberId: id,
      jitId,
      role,
      validFrom,
      validTo,
      recordedAt: at,
    })),
  });
  return {
    invitation: invitation.id,
    member: id,
    party: standing.partyId,
    roles: invitation.roles as JitRole[],
    validFrom: validFrom.toISOString(),
    validTo: validTo?.toISOString() ?? null,
  };
}
