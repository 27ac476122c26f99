import { now } from "#app/platform/clock.ts";
import type { Transaction } from "#app/platform/database.server.ts";
import { membersOf } from "../jits/member-list.server.ts";
import { partiesOf } from "../jits/overview.server.ts";
import { statusesOf } from "../law/treaty-status.server.ts";
import { approvalsIn } from "../signing/approvals.server.ts";
import type { Facts, TreatyFacts } from "./facts.ts";

/** Reads what the checks must know of a team, within a door that is already open. */
export async function factsOf(db: Transaction, jit: string): Promise<Facts> {
  const parties = await partiesOf(db, jit);
  const members = await membersOf(db, jit);
  const statuses = await statusesOf(
    db,
    parties.map(({ state }) => state),
  );
  const treaties = new Map(
    statuses.map(({ state, party, inForceOn, declarations, lookedUpOn }) => {
      const treaty: TreatyFacts = { party, inForceOn, declarations, lookedUpOn };
      return [state, treaty] as const;
    }),
  );
  return {
    approvals: await approvalsIn(db, jit),
    today: now().toISOString().slice(0, 10),
    parties: parties.map(({ state }) => ({ state, treaty: treaties.get(state) ?? null })),
    members: members
      .filter((member) => member.roles.length > 0)
      .map(({ name, latinName, partyState, roles, function: office }) => ({
        names: [name, latinName],
        state: partyState,
        roles: roles.map(({ role }) => role),
        function: office,
      })),
  };
}
