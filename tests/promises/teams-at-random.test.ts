import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { acceptInvitation } from "#app/domain/jits/accepting.server.ts";
import { inviteMember } from "#app/domain/jits/invitations.server.ts";
import { findJitOf } from "#app/domain/jits/jit.server.ts";
import { changeRoles, revokeMember } from "#app/domain/jits/members.server.ts";
import type { JitRole } from "#app/domain/roles.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { addColleague, type Colleague, foundTeam, memberOf, type Team } from "#tests/support/team.ts";

let fresh: FreshDatabase;
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

const roles: readonly JitRole[] = ["space_admin", "leader", "deputy_leader", "lead_negotiator", "member", "signatory"];
const someone = fc.nat({ max: 5 });
const someRoles = fc.uniqueArray(fc.constantFrom(...roles), { minLength: 1, maxLength: 3 });
const act = fc.oneof(
  fc.record({ kind: fc.constant("invite" as const), by: someone, whom: someone, roles: someRoles }),
  fc.record({ kind: fc.constant("accept" as const), whom: someone }),
  fc.record({
    kind: fc.constant("change" as const),
    by: someone,
    whom: someone,
    roles: someRoles,
    brief: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("revoke" as const), by: someone, whom: someone }),
);
type Act = typeof act extends fc.Arbitrary<infer One> ? One : never;

type World = { team: Team; people: Colleague[]; tokens: Map<number, string> };

/** Three people of each party; the first is the founder. */
async function makeWorld(): Promise<World> {
  const team = await foundTeam(fresh.owner);
  const people = [team.founder];
  for (const office of [team.offices.kz, team.offices.kz, team.offices.eg, team.offices.eg, team.offices.eg]) {
    people.push(await addColleague(fresh.owner, office));
  }
  return { team, people, tokens: new Map() };
}

async function carryOut({ team, people, tokens }: World, one: Act): Promise<void> {
  const { jit } = team;
  const whom = people[one.whom];
  if (!whom) return;
  if (one.kind === "accept") {
    await acceptInvitation(whom, { token: tokens.get(one.whom) ?? "none" });
    return;
  }
  const by = people[one.by];
  if (!by) return;
  if (one.kind === "invite") {
    const party = whom.state === "KZ" ? team.parties.kz : team.parties.eg;
    const invitation = { jit, party, email: whom.email, roles: one.roles, capacity: "" };
    tokens.set(one.whom, (await inviteMember(by, invitation)).token);
    return;
  }
  const member = await memberOf(fresh.owner, jit, whom);
  if (one.kind === "revoke") await revokeMember(by, { jit, member, reason: "x" });
  else {
    const until = one.brief ? Object.fromEntries(one.roles.map((role) => [role, "2150-01-01"])) : {};
    await changeRoles(by, { jit, member, roles: one.roles, from: {}, until });
  }
}

const refusals = new Set(["Forbidden", "NotFound", "Conflict", "Invalid"]);

async function heldBy({ team, people }: World) {
  return Promise.all(people.map(async (person) => (await findJitOf(person, team.reference))?.access.roles ?? []));
}

test("whatever people do to each other's membership, someone administers for good and nobody keeps what was taken", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 5, maxLength: 14 }), async (acts) => {
      const world = await makeWorld();
      let ledBefore = new Set<string | null>();
      let before = await heldBy(world);
      for (const one of acts) {
        const outcome = await carryOut(world, one).then(
          () => "done",
          (error: Error) => error.name,
        );
        const after = await heldBy(world);
        // memberOf of someone who never was in the team finds no row at all
        expect(outcome === "done" || refusals.has(outcome) || outcome === "TypeError").toBe(true);
        if (outcome !== "done") expect(after).toEqual(before);
        if (outcome === "done" && one.kind === "revoke") expect(after[one.whom]).toEqual([]);
        if (outcome === "done" && one.kind === "change")
          expect([...(after[one.whom] ?? [])].sort()).toEqual([...one.roles].sort());
        const { rows } = await fresh.owner.query(
          `SELECT r.role, m.party_id AS party, r.valid_to FROM member_role r JOIN member m ON m.id = r.member_id
            WHERE r.jit_id = $1 AND r.revoked_at IS NULL AND r.role IN ('space_admin', 'leader')`,
          [world.team.jit],
        );
        expect(rows.some((row) => row.role === "space_admin" && row.valid_to === null)).toBe(true);
        const led = new Set<string | null>(rows.filter((row) => row.role === "leader").map((row) => row.party));
        for (const party of ledBefore) expect(led.has(party)).toBe(true);
        ledBefore = led;
        before = after;
      }
    }),
    { numRuns: 8, endOnFailure: true },
  );
}, 240_000);
