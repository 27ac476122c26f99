import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import { Conflict } from "../errors.ts";
import { heldAt } from "../held-roles.ts";

type Held = { role: "leader" | "space_admin"; party: string | null; forGood: boolean };

/** Who leads and administers today. Read under the lock of `holdJit`, before and after a change. */
export async function findLeadership(tx: Transaction, jit: string): Promise<Held[]> {
  return queryOf(tx)<Held>(
    `SELECT r.role, m.party_id AS party, r.valid_to IS NULL AS "forGood"
       FROM member_role r JOIN member m ON m.id = r.member_id JOIN person p ON p.id = m.person_id
      WHERE r.jit_id = $1::uuid AND r.role IN ('leader', 'space_admin') AND p.disabled_at IS NULL
        AND ${heldAt("$2")}`,
    [jit, now()],
  );
}

/**
 * A change to members must leave someone who administers the team, without an end date, and every party that had a
 * leader with one. Throws Conflict("last-administrator") or Conflict("last-leader").
 */
export async function keepLeadership(tx: Transaction, jit: string, before: readonly Held[]): Promise<void> {
  const after = await findLeadership(tx, jit);
  if (administers(before) && !administers(after)) throw new Conflict("last-administrator");
  for (const party of leading(before)) {
    if (!leading(after).has(party)) throw new Conflict("last-leader");
  }
}

function administers(held: readonly Held[]): boolean {
  return held.some((one) => one.role === "space_admin" && one.forGood);
}

function leading(held: readonly Held[]): Set<string | null> {
  return new Set(held.filter((one) => one.role === "leader").map((one) => one.party));
}
