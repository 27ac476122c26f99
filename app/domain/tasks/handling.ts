import { type Permission, type Right, rightOf } from "../matrix.ts";
import type { JitRole } from "../roles.ts";

/** Handling codes of clause 15 (domain handbook 4.3). */
export const handlingCodes = ["OPEN-JIT", "LEADERS", "NATIONAL-ONLY", "SOURCE-PROTECTED", "NON-OPERATIONAL"] as const;
export type HandlingCode = (typeof handlingCodes)[number];

/** Codes that name the party they keep the card to. */
export function namesParty(code: string): boolean {
  return code === "NATIONAL-ONLY" || code === "SOURCE-PROTECTED";
}

/** A member as the question of who sees a card needs it. */
export type Reader = { roles: readonly JitRole[]; partyId: string | null; memberId: string | null };

/** What decides who sees a card. `helpers`: members to whom one of its steps is assigned. */
export type Handled = {
  handling: HandlingCode;
  handlingPartyId: string | null;
  memberId: string | null;
  helpers: readonly string[];
};

const holds = (reader: Reader, permission: Permission, right: Right) =>
  reader.roles.some((role) => rightOf(role, permission) === right);

/** The same answers as the SQL of `visibleTo`; a test holds the two together. */
export function maySee(reader: Reader, card: Handled): boolean {
  const rights = rightsOf(reader);
  const own = card.memberId === reader.memberId || (reader.memberId !== null && card.helpers.includes(reader.memberId));
  const mine = reader.memberId !== null && own;
  const home = reader.partyId !== null && card.handlingPartyId === reader.partyId;
  switch (card.handling) {
    case "NON-OPERATIONAL":
      return reader.roles.length > 0;
    case "OPEN-JIT":
      return rights.reads || (rights.assigned && mine);
    case "LEADERS":
      return rights.leads;
    case "NATIONAL-ONLY":
      return rights.reads && home;
    case "SOURCE-PROTECTED":
      return home && (rights.leads || (rights.reads && card.memberId !== null && card.memberId === reader.memberId));
  }
}

/** What the roles give: the plan as a whole, assigned cards of it, or the view of those who lead. */
export function rightsOf(reader: Reader): { reads: boolean; assigned: boolean; leads: boolean } {
  return {
    reads: holds(reader, "readPlan", "Y"),
    assigned: holds(reader, "readPlan", "A"),
    leads: reader.roles.includes("leader") || reader.roles.includes("deputy_leader"),
  };
}

/**
 * The condition on `task t`, or on `plan_row t`, under which the reader sees it, with its values; the first of them is
 * number `first`. A row of the plan has no steps.
 */
export function visibleTo(reader: Reader, first: number): { sql: string; values: unknown[] } {
  const { reads, assigned, leads } = rightsOf(reader);
  const [r, a, l, party, member] = [0, 1, 2, 3, 4].map((index) => `$${first + index}`);
  const own = `(t.member_id = ${member}::uuid OR EXISTS (
    SELECT 1 FROM task_step s WHERE s.task_id = t.id AND s.member_id = ${member}::uuid))`;
  const sql = `coalesce(CASE t.handling
      WHEN 'NON-OPERATIONAL' THEN ${reader.roles.length > 0}
      WHEN 'OPEN-JIT' THEN ${r}::boolean OR (${a}::boolean AND ${own})
      WHEN 'LEADERS' THEN ${l}::boolean
      WHEN 'NATIONAL-ONLY' THEN ${r}::boolean AND t.handling_party_id = ${party}::uuid
      WHEN 'SOURCE-PROTECTED' THEN t.handling_party_id = ${party}::uuid
        AND (${l}::boolean OR (${r}::boolean AND t.member_id = ${member}::uuid))
    END, false)`;
  return { sql, values: [reads, assigned, leads, reader.partyId, reader.memberId] };
}
