import type { Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import { Conflict } from "../errors.ts";
import { holdJit } from "../jits/hold.server.ts";
import { findLeadership } from "../jits/leadership.server.ts";

/**
 * A party leaves at `from`, which may lie ahead: from that instant it is no party, every role of its members has ended
 * and no invitation brings anybody in. Two time axes: rows that would outlast it are revoked now and go on as new ones
 * with their end. Throws Conflict("last-administrator") when nobody of another party could administer the team.
 */
export async function letPartyGo(
  tx: Transaction,
  { jit, state, from, at }: { jit: string; state: string; from: Date; at: Date },
): Promise<{ party: string; members: number }> {
  await holdJit(tx, jit);
  const party = await tx.party.findFirstOrThrow({ where: { jitId: jit, state } });
  const others = (await findLeadership(tx, jit)).filter((held) => held.party !== party.id);
  if (!others.some((held) => held.role === "space_admin" && held.forGood)) throw new Conflict("last-administrator");
  await tx.party.update({ where: { id: party.id }, data: { leftAt: from } });
  const rows = await tx.memberRole.findMany({
    where: { member: { partyId: party.id }, revokedAt: null, OR: [{ validTo: null }, { validTo: { gt: from } }] },
  });
  await tx.memberRole.updateMany({ where: { id: { in: rows.map(({ id }) => id) } }, data: { revokedAt: at } });
  // A role that was to begin later than that never begins.
  const going = rows.filter(({ validFrom }) => validFrom < from && from > at);
  await tx.memberRole.createMany({
    data: going.map((row) => ({ ...row, id: newId(), validTo: from, recordedAt: at, revokedAt: null })),
  });
  await tx.invitation.updateMany({
    where: { jitId: jit, partyId: party.id, acceptedAt: null, withdrawnAt: null },
    data: { withdrawnAt: at },
  });
  return { party: party.id, members: new Set(rows.map(({ memberId }) => memberId)).size };
}
