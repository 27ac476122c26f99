import { createHash, randomBytes } from "node:crypto";
import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import type { Access } from "../access.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict, Invalid } from "../errors.ts";
import { notOverAt } from "../held-roles.ts";
import { view } from "../view.server.ts";
import { holdJit, holdOpenJit } from "./hold.server.ts";
import { type InvitationLine, type InviteMember, invitationDays } from "./invitations.ts";
import { findEndOfTeam } from "./members.server.ts";
import { checkRolesFit } from "./members.ts";
import { requireStaying } from "./staying.server.ts";
import { instantsOf } from "./validity.ts";

const day = 24 * 60 * 60 * 1000;

/** What is kept of a link: a copy of the table opens nothing. */
export function hashOf(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/**
 * Invites one person to a party of the team. The token is in the result and nowhere else; it works once, for seven
 * days. Observers belong to no party: the party is then the one that asks for them.
 * Throws Invalid for days or roles that cannot be, someone already in or invited, a second leader of the party;
 * Conflict("administrator-only") when someone else than an administrator would make an administrator.
 */
export function inviteMember(
  actor: Actor,
  input: InviteMember & { jit: string; party: string },
): Promise<{ id: string; token: string; expiresAt: Date }> {
  const { jit, party, email, capacity } = input;
  const token = randomBytes(32).toString("base64url");
  return change(actor, "member.invite", { jit, party }, async (tx, access) => {
    await holdOpenJit(tx, jit);
    await requireStaying(tx, party);
    const roles = [...new Set(input.roles)];
    checkRolesFit(roles, !roles.includes("participant_observer"));
    checkMayGive(access, roles);
    const instants = await instantsOfInvitation(tx, input);
    await refuseSecond(tx, input);
    if (roles.includes("leader")) await refuseSecondLeader(tx, { party, ...instants });
    const id = newId();
    const expiresAt = new Date(now().getTime() + invitationDays * day);
    await tx.invitation.create({
      data: {
        id,
        jitId: jit,
        partyId: party,
        email,
        roles,
        capacity,
        ...instants,
        tokenHash: hashOf(token),
        invitedById: actor.personId,
        invitedAt: now(),
        expiresAt,
      },
    });
    return {
      result: { id, token, expiresAt },
      facts: {
        invitation: id,
        party,
        roles,
        validFrom: instants.validFrom.toISOString(),
        validTo: instants.validTo?.toISOString() ?? null,
        expiresAt: expiresAt.toISOString(),
      },
      details: { email, capacity },
    };
  });
}

function checkMayGive(access: Access, roles: readonly string[]): void {
  if (roles.includes("space_admin") && !access.roles.includes("space_admin")) throw new Conflict("administrator-only");
}

async function instantsOfInvitation(
  tx: Transaction,
  { jit, party, from, until }: InviteMember & { jit: string; party: string },
) {
  const { authority } = await tx.party.findUniqueOrThrow({ where: { id: party }, include: { authority: true } });
  const latest = await findEndOfTeam(tx, jit);
  return instantsOf({ from, until }, { zone: authority.timeZone, now: now(), latest, field: (part) => part });
}

/** One person is in the team once, and has one open link at most. */
async function refuseSecond(tx: Transaction, { jit, email }: { jit: string; email: string }): Promise<void> {
  const [row] = await queryOf(tx)<{ member: boolean; invited: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM member m JOIN person p ON p.id = m.person_id JOIN member_role r ON r.member_id = m.id
                     WHERE m.jit_id = $1::uuid AND p.email = $2 AND ${notOverAt("$3")}) AS member,
            EXISTS (SELECT 1 FROM invitation WHERE jit_id = $1::uuid AND email = $2 AND accepted_at IS NULL
                       AND withdrawn_at IS NULL AND expires_at > $3::timestamptz) AS invited`,
    [jit, email, now()],
  );
  if (row?.member) throw new Invalid({ email: "already-member" });
  if (row?.invited) throw new Invalid({ email: "already-invited" });
}

/**
 * Each State has one leader at a time, so a second invitation is a slip. A hand-over goes through `changeRoles`, where
 * an administrator names the successor before the predecessor stops.
 */
async function refuseSecondLeader(tx: Transaction, at: { party: string; validFrom: Date; validTo: Date | null }) {
  const leader = await tx.memberRole.findFirst({
    where: {
      role: "leader",
      revokedAt: null,
      member: { partyId: at.party },
      OR: [{ validTo: null }, { validTo: { gt: at.validFrom } }],
      ...(at.validTo ? { validFrom: { lt: at.validTo } } : {}),
    },
  });
  if (leader) throw new Invalid({ roles: "leader-there" });
}

/** Takes a link back before it is used. Throws Conflict("invitation-used" | "invitation-withdrawn"). */
export function withdrawInvitation(actor: Actor, input: { jit: string; invitation: string }): Promise<void> {
  return change(actor, "invitation.withdraw", input, async (tx) => {
    await holdJit(tx, input.jit);
    const { acceptedAt, withdrawnAt } = await tx.invitation.findUniqueOrThrow({ where: { id: input.invitation } });
    if (acceptedAt) throw new Conflict("invitation-used");
    if (withdrawnAt) throw new Conflict("invitation-withdrawn");
    await tx.invitation.update({ where: { id: input.invitation }, data: { withdrawnAt: now() } });
    return { result: undefined, facts: { invitation: input.invitation } };
  });
}

type Row = Omit<InvitationLine, "standing">;

/** Links that are out: open, or run out without having been used. */
export function listInvitations(actor: Actor, jit: string): Promise<InvitationLine[]> {
  return view(actor, "member.list", { jit }, (db) => invitationsOf(db, jit));
}

/** Reads the list within a door that is already open. */
export async function invitationsOf(db: Transaction, jit: string): Promise<InvitationLine[]> {
  const rows = await queryOf(db)<Row>(
    `SELECT i.id, i.email, i.party_id AS "partyId", y.state AS "partyState", i.roles, i.capacity,
            p.latin_name AS "invitedBy", i.invited_at AS "invitedAt", i.expires_at AS "expiresAt"
       FROM invitation i JOIN party y ON y.id = i.party_id JOIN person p ON p.id = i.invited_by_id
      WHERE i.jit_id = $1::uuid AND i.accepted_at IS NULL AND i.withdrawn_at IS NULL
      ORDER BY i.id`,
    [jit],
  );
  const at = now();
  return rows.map((row) => ({ ...row, standing: row.expiresAt > at ? "open" : "expired" }));
}
