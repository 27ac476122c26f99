import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict, NotFound } from "../errors.ts";
import type { JitRole } from "../roles.ts";
import { holdJit, holdOpenJit } from "./hold.server.ts";
import { findLeadership, keepLeadership } from "./leadership.server.ts";
import { type ChangeRoles, checkRolesFit, type RevokeMember } from "./members.ts";
import { requireStaying } from "./staying.server.ts";
import { daysOf, type Instants, instantsOf } from "./validity.ts";

type RoleRow = Instants & { id: string; role: JitRole };

/**
 * Sets the roles of a member. Two time axes: a row that no longer holds is revoked and stays, what holds from now on is
 * a new row; a role whose days do not change keeps its row.
 * Throws Conflict("last-administrator" | "last-leader" | "not-a-member" | "team-closed"), Invalid for days that cannot be.
 */
export function changeRoles(actor: Actor, input: ChangeRoles & { jit: string; member: string }): Promise<void> {
  return change(actor, "member.changeRoles", { jit: input.jit, member: input.member }, async (tx) => {
    await holdOpenJit(tx, input.jit);
    const before = await findLeadership(tx, input.jit);
    const member = await getMemberRow(tx, input);
    if (member.roles.length === 0) throw new Conflict("not-a-member");
    await requireStaying(tx, member.partyId);
    const roles = [...new Set(input.roles)];
    checkRolesFit(roles, member.partyId !== null);
    const latest = await findEndOfTeam(tx, input.jit);
    const wanted = roles.map((role) => wantedRole(role, input, { ...member, latest }));
    const kept = wanted.flatMap((wish) => (wish.row ? [wish.row.id] : []));
    const ended = member.roles.filter((row) => !kept.includes(row.id));
    await endRoles(tx, ended);
    const added = wanted.filter((wish) => !wish.row);
    await tx.memberRole.createMany({ data: added.map((wish) => roleRow(wish, member)) });
    await keepLeadership(tx, input.jit, before);
    return {
      result: undefined,
      facts: {
        member: member.id,
        person: member.personId,
        ended: ended.map(factsOf),
        added: added.map(factsOf),
      },
    };
  });
}

/** Ends every role of the member at commit. Throws Conflict as `changeRoles`; "not-a-member" for one who has left. */
export function revokeMember(actor: Actor, input: RevokeMember & { jit: string; member: string }): Promise<void> {
  return change(actor, "member.revoke", { jit: input.jit, member: input.member }, async (tx) => {
    await holdJit(tx, input.jit);
    const before = await findLeadership(tx, input.jit);
    const member = await getMemberRow(tx, input);
    if (member.roles.length === 0) throw new Conflict("not-a-member");
    await endRoles(tx, member.roles);
    const assigned = await tx.documentAssignment.deleteMany({ where: { memberId: member.id } });
    // A link that is still out would let the person back in.
    const withdrawn = await tx.invitation.updateMany({
      where: { jitId: input.jit, email: member.email, acceptedAt: null, withdrawnAt: null },
      data: { withdrawnAt: now() },
    });
    await keepLeadership(tx, input.jit, before);
    return {
      result: undefined,
      facts: {
        member: member.id,
        person: member.personId,
        ended: member.roles.map(factsOf),
        assignments: assigned.count,
        invitations: withdrawn.count,
      },
      details: { reason: input.reason },
    };
  });
}

type MemberRow = {
  id: string;
  jitId: string;
  personId: string;
  partyId: string | null;
  email: string;
  zone: string;
  roles: RoleRow[];
};

/** The member with the roles held now or later. The row is locked: whoever acts by these roles holds it meanwhile. */
async function getMemberRow(tx: Transaction, { jit, member }: { jit: string; member: string }): Promise<MemberRow> {
  await queryOf(tx)("SELECT id FROM member WHERE id = $1::uuid AND jit_id = $2::uuid FOR UPDATE", [member, jit]);
  const row = await tx.member.findFirst({
    where: { id: member, jitId: jit },
    include: {
      person: { include: { authority: true } },
      party: { include: { authority: true } },
      roles: {
        where: { revokedAt: null, OR: [{ validTo: null }, { validTo: { gt: now() } }] },
        orderBy: { id: "asc" },
      },
    },
  });
  if (!row) throw new NotFound();
  const { id, jitId, personId, partyId, person, party, roles } = row;
  const zone = (party ?? person).authority.timeZone;
  return { id, jitId, personId, partyId, email: person.email, zone, roles: roles as RoleRow[] };
}

type Wish = Instants & { role: JitRole; row: RoleRow | undefined };

/** One role as it shall be, with the row that already says so. */
function wantedRole(
  role: JitRole,
  input: ChangeRoles,
  { zone, roles, latest }: MemberRow & { latest: Date | null },
): Wish {
  const from = input.from[role];
  const until = input.until[role];
  const same = (row: RoleRow) => {
    const days = daysOf(row, zone);
    return row.role === role && (from === undefined || days.from === from) && days.until === (until ?? null);
  };
  const row = roles.find(same);
  if (row) return { role, row, validFrom: row.validFrom, validTo: row.validTo };
  const started = roles.find((one) => one.role === role && daysOf(one, zone).from === from);
  const field = (part: "from" | "until") => `${part}.${role}`;
  const instants = instantsOf({ from, until }, { zone, now: now(), latest, field });
  // Changing only the last day does not move the first instant.
  return { role, row: undefined, ...instants, validFrom: started?.validFrom ?? instants.validFrom };
}

function roleRow({ role, validFrom, validTo }: Wish, member: MemberRow) {
  return { id: newId(), memberId: member.id, jitId: member.jitId, role, validFrom, validTo, recordedAt: now() };
}

async function endRoles(tx: Transaction, rows: readonly RoleRow[]): Promise<void> {
  await tx.memberRole.updateMany({ where: { id: { in: rows.map((row) => row.id) } }, data: { revokedAt: now() } });
}

function factsOf({ role, validFrom, validTo }: Instants & { role: JitRole }) {
  return { role, validFrom: validFrom.toISOString(), validTo: validTo?.toISOString() ?? null };
}

/** The first instant after the team's last day, once that is known: no role outlasts it. */
export async function findEndOfTeam(tx: Transaction, jit: string): Promise<Date | null> {
  const [row] = await queryOf(tx)<{ end: Date | null }>(
    `SELECT expires_at AS end FROM document WHERE jit_id = $1::uuid AND kind = 'agreement' AND state = 'in_force'`,
    [jit],
  );
  return row?.end && row.end > now() ? row.end : null;
}
