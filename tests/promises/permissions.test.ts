import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { permit } from "#app/domain/access.server.ts";
import { type Access, can, canGlobally } from "#app/domain/access.ts";
import { type Action, actionNames, ruleOf } from "#app/domain/actions.ts";
import { documentStates } from "#app/domain/documents/states.ts";
import { archiveJit, proposeClosure } from "#app/domain/jits/closing.server.ts";
import { describeJit } from "#app/domain/jits/founding.server.ts";
import { inviteMember, listInvitations, withdrawInvitation } from "#app/domain/jits/invitations.server.ts";
import { listMembers } from "#app/domain/jits/member-list.server.ts";
import { changeRoles, revokeMember } from "#app/domain/jits/members.server.ts";
import { overviewOf } from "#app/domain/jits/overview.server.ts";
import { addParty, changeNationalCase } from "#app/domain/jits/parties.server.ts";
import { globalRoles, type JitRole, jitRoles } from "#app/domain/roles.ts";
import { database } from "#app/platform/database.server.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { answer, cases, everyone, expected, expectedGlobally } from "#tests/support/rights.ts";
import {
  addColleague,
  addOffice,
  assign,
  type Colleague,
  foundTeam,
  memberOf,
  setState,
  type Team,
} from "#tests/support/team.ts";

const inTeam = actionNames.filter((action) => {
  const rule = ruleOf(action);
  return "permission" in rule || "member" in rule;
});
const atCases = cases.map((one) => [`${one.party} party, ${one.assigned ? "assigned" : "not assigned"}`, one] as const);

describe.each(jitRoles)("%s", (role) => {
  describe.each(atCases)("%s", (_, one) => {
    test.each(inTeam)("%s", (action) => {
      const access: Access = { roles: [role], partyId: "p1", assigned: one.assigned ? ["d1"] : [] };
      const subject = { partyId: one.party === "own" ? "p1" : "p2", documentId: "d1" };
      expect(can(access, action, subject)).toBe(answer(role, action, one));
    });
  });
  test("may do nothing of the installation by it, nothing in a state that is against it, and nothing unknown", () => {
    const access: Access = { roles: [role], partyId: "p1", assigned: ["d1"] };
    for (const action of actionNames.filter((name) => !inTeam.includes(name))) expect(can(access, action)).toBe("no");
    for (const action of inTeam) {
      const { when } = ruleOf(action);
      for (const documentState of documentStates) {
        if (when && !when.includes(documentState)) {
          expect(can(access, action, { partyId: "p1", documentId: "d1", documentState })).toBe("no");
        }
      }
    }
    expect(() => can(access, "jit.burn" as Action)).toThrow();
  });
});

test("every action that belongs to a team is in the lists above, so that none is forgotten", () => {
  const listed = new Set([...everyone, ...Object.values(expected).flatMap((one) => Object.values(one).flat())]);
  expect(inTeam.filter((action) => !listed.has(action))).toEqual([]);
});

describe.each(globalRoles)("%s of the installation", (role) => {
  test.each(actionNames)("%s", (action) => {
    const rule = ruleOf(action);
    const may = "signedIn" in rule || (expectedGlobally[action]?.includes(role) ?? false);
    expect(canGlobally([role], action)).toBe(may);
  });
});

describe("against the database", () => {
  let fresh: FreshDatabase;
  let team: Team;
  let document: string;
  beforeAll(async () => {
    fresh = await freshDatabase();
    team = await foundTeam(fresh.owner);
    document = await setState(fresh.owner, team.jit, "negotiation");
  });
  afterAll(() => fresh.drop());

  const home = (role: JitRole) => (role === "participant_observer" ? "unodc" : "eg");

  /** Lets the door itself answer: what happens to an act of this name with this target. */
  async function knock(person: Colleague, action: Action, target: Parameters<typeof permit>[3]): Promise<string> {
    return permit(database(), person, action, target, false).then(
      () => "yes",
      (error: Error) => error.name,
    );
  }

  test.each(jitRoles)("the door answers a %s as the list says, for every action and party", async (role) => {
    const person = await team.bring(home(role), [role]);
    const ownParty = home(role) === "eg";
    for (const one of cases) {
      await assign(fresh.owner, { jit: team.jit, document, person, assigned: one.assigned });
      for (const action of inTeam) {
        const party = one.party === "own" ? team.parties.eg : team.parties.kz;
        // Rights over documents are asked in a state in which the act is possible at all.
        const state = ruleOf(action).when?.[0] ?? "negotiation";
        await setState(fresh.owner, team.jit, state);
        const told = await knock(person, action, { jit: team.jit, party, document });
        const may = answer(role, action, ownParty ? one : { ...one, party: "other" }) === "yes";
        expect([action, one, told]).toEqual([action, one, may ? "yes" : "Forbidden"]);
      }
    }
  });

  test("the door tells someone outside nothing, whatever the role on the installation", async () => {
    const outside = await addColleague(fresh.owner, team.offices.eg, { globalRoles: [...globalRoles] });
    for (const action of inTeam) {
      expect([action, await knock(outside, action, { jit: team.jit, party: team.parties.eg, document })]).toEqual([
        action,
        "NotFound",
      ]);
    }
  });

  describe.each(jitRoles)("the acts themselves, by a %s", (role) => {
    let other: Team;
    let actor: Colleague;
    beforeAll(async () => {
      other = await foundTeam(fresh.owner);
      actor = await other.bring(home(role), [role]);
    });
    const may = (action: Action, party: "own" | "other" = "other") =>
      answer(role, action, { party: home(role) === "eg" ? party : "other", assigned: false }) === "yes";
    const check = async (allowed: boolean, act: Promise<unknown>) => {
      if (allowed) await act;
      else await expect(act).rejects.toMatchObject({ name: "Forbidden" });
    };
    const stateOf = { own: "eg", other: "kz" } as const;
    const email = () => `${role}-${Math.random()}@exercise.example`;
    const invite = (by: Colleague, party: "own" | "other") =>
      inviteMember(by, {
        jit: other.jit,
        party: other.parties[stateOf[party]],
        email: email(),
        roles: ["member"],
        capacity: "",
      });

    test.each(["own", "other"] as const)("of the %s party", async (party) => {
      const { jit } = other;
      await check(may("member.invite", party), invite(actor, party));
      const { id: invitation } = await invite(other.founder, party);
      await check(may("invitation.withdraw", party), withdrawInvitation(actor, { jit, invitation }));
      const target = { jit, party: other.parties[stateOf[party]] };
      await check(may("party.changeNationalCase", party), changeNationalCase(actor, { ...target, nationalCase: "1" }));
      const someone = await memberOf(fresh.owner, jit, await other.bring(stateOf[party], ["member"]));
      const change = { jit, member: someone, roles: ["translator" as const], from: {}, until: {} };
      await check(may("member.changeRoles", party), changeRoles(actor, change));
      await check(may("member.revoke", party), revokeMember(actor, { jit, member: someone, reason: "x" }));
    });

    test("of the team as a whole", async () => {
      const { jit } = other;
      await overviewOf(actor, jit);
      await listMembers(actor, jit);
      await listInvitations(actor, jit);
      await check(may("jit.describe"), describeJit(actor, { jit, names: { en: "Y" }, summary: "" }));
      const { id: authority } = await addOffice(fresh.owner, "NL");
      await check(may("party.add"), addParty(actor, { jit, authority, nationalCase: "" }));
      const target = { jit, document: await setState(fresh.owner, jit, "in_force") };
      await check(may("jit.proposeClosure"), proposeClosure(actor, target));
      const asked = may("jit.proposeClosure");
      if (!asked) await proposeClosure(other.founder, target);
      const confirm = archiveJit(actor, target);
      if (asked) await expect(confirm).rejects.toMatchObject({ reason: "second-party-needed" });
      else await check(may("jit.archive"), confirm);
    });
  });
});
