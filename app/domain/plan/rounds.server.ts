import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import type { Entry } from "../audit/entry.server.ts";
import { anyLeader, type FrozenPlan, freezePlan } from "./frozen-plan.ts";
import { narrativeOf } from "./narrative.server.ts";
import { planFor } from "./reading.server.ts";

/** The plan as all leaders see it at this moment: what can be approved, its bytes and their digest. */
export async function standingPlan(
  db: Transaction,
  jit: string,
): Promise<FrozenPlan & { canonical: string; digest: string }> {
  const { reference } = await db.jit.findUniqueOrThrow({ where: { id: jit }, select: { reference: true } });
  const [{ rows }, narrative] = await Promise.all([planFor(queryOf(db), jit, anyLeader), narrativeOf(db, jit)]);
  const { canonical, digest } = freezePlan({ reference, rows, narrative });
  return { ...(JSON.parse(canonical) as FrozenPlan), canonical, digest };
}

export function openRoundOf(db: Transaction, jit: string) {
  return db.planRound.findFirst({
    where: { jitId: jit, voidedAt: null, approvedAt: null },
    include: { approvals: { select: { partyId: true } } },
  });
}

/**
 * Ends the open round if the plan is no longer what it is about; call it in the transaction that changed a row, last.
 * Returns the entry that tells of it. What was given stays in the history and counts for nothing.
 */
export async function voidRoundIfChanged(tx: Transaction, jit: string): Promise<Omit<Entry, "actor">[]> {
  const round = await openRoundOf(tx, jit);
  if (!round || (await standingPlan(tx, jit)).digest === round.digest) return [];
  await tx.planRound.update({ where: { id: round.id }, data: { voidedAt: now() } });
  const facts = { round: round.number, digest: round.digest, approvals: round.approvals.length };
  return [{ action: "plan.voided", facts }];
}
