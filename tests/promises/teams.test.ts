import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { archiveJit, proposeClosure } from "#app/domain/jits/closing.server.ts";
import { describeJit, foundJit } from "#app/domain/jits/founding.server.ts";
import { FoundJit } from "#app/domain/jits/founding.ts";
import { findJitOf } from "#app/domain/jits/jit.server.ts";
import { getMember, listMembers } from "#app/domain/jits/member-list.server.ts";
import { changeRoles, revokeMember } from "#app/domain/jits/members.server.ts";
import { findWork } from "#app/domain/jits/needs.server.ts";
import { overviewOf } from "#app/domain/jits/overview.server.ts";
import { addParty, changeNationalCase } from "#app/domain/jits/parties.server.ts";
import { AddParty } from "#app/domain/jits/parties.ts";
import { listJitsOf } from "#app/domain/jits/teams.server.ts";
import { atInstant } from "#app/platform/clock.ts";
import { newId } from "#app/platform/ids.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { addColleague, addOffice, foundTeam, memberOf, setState, type Team } from "#tests/support/team.ts";

let fresh: FreshDatabase;
let team: Team;
beforeAll(async () => {
  fresh = await freshDatabase();
  team = await foundTeam(fresh.owner);
});
afterAll(() => fresh.drop());

const noDays = { from: {}, until: {} };

async function rolesIn(jit: string, person: { personId: string }): Promise<string[]> {
  const members = await listMembers(team.founder, jit);
  return members.find((member) => member.personId === person.personId)?.roles.map((one) => one.role) ?? [];
}

describe("founding", () => {
  test("the founder's authority is the first party, the founder administers and speaks for it", async () => {
    const overview = await overviewOf(team.founder, team.jit);
    expect(overview.parties.map((party) => party.state)).toEqual(["KZ", "EG"]);
    expect(await rolesIn(team.jit, team.founder)).toEqual(["lead_negotiator", "space_admin"]);
  });

  test("ten teams founded at once get ten references in a row", async () => {
    const founded = await Promise.all(
      Array.from({ length: 10 }, () => foundJit(team.founder, { names: { en: "X" }, summary: "", exercise: false })),
    );
    const numbers = founded.map(({ reference }) => Number(reference.split("-")[2])).sort((a, b) => a - b);
    expect(new Set(numbers).size).toBe(10);
    expect(numbers[9]! - numbers[0]!).toBe(9);
  });

  test("only a national coordinator of a State founds a team", async () => {
    const plain = await addColleague(fresh.owner, team.offices.kz);
    const operator = await addColleague(fresh.owner, team.offices.kz, { globalRoles: ["platform_operator"] });
    const ofNoState = await addColleague(fresh.owner, team.offices.unodc, { globalRoles: ["national_coordinator"] });
    const found = (actor: typeof plain) => foundJit(actor, { names: { en: "X" }, summary: "", exercise: false });
    await expect(found(plain)).rejects.toMatchObject({ name: "Forbidden" });
    await expect(found(operator)).rejects.toMatchObject({ name: "Forbidden" });
    await expect(found(ofNoState)).rejects.toMatchObject({ reason: "authority-without-state" });
  });

  test.each([
    ["no English name", { names: { ar: "سايغا" } }, "names.en"],
    ["an empty name", { names: { en: "  " } }, "names.en"],
    ["no names at all", {}, "names.en"],
    ["a control character", { names: { en: "SAI\u0000GA" } }, "names.en"],
    ["a direction override", { names: { en: "SAI\u202eGA" } }, "names.en"],
    ["a name that is too long", { names: { en: "x".repeat(121) } }, "names.en"],
    ["a tag that is none", { names: { en: "X", "<b>": "X" } }, "names.<b>"],
    ["a summary that is too long", { names: { en: "X" }, summary: "x".repeat(1001) }, "summary"],
    ["a NUL in the summary", { names: { en: "X" }, summary: "a\u0000b" }, "summary"],
  ])("refuses %s", (_, input, path) => {
    const parsed = FoundJit.safeParse(input);
    expect(parsed.error?.issues.map((issue) => issue.path.join("."))).toContain(path);
  });

  test("names in four scripts and lines of a summary stay as they were written", () => {
    const names = { en: "SAIGA", kk: "САЙҒАҚ", ar: "سايغا", zh: "赛加" };
    expect(FoundJit.parse({ names, summary: "Eins\r\nzwei" })).toMatchObject({ names, summary: "Eins\nzwei" });
  });
});

describe("who is not in the team learns nothing", () => {
  test("a stranger, a reference of nobody and nonsense all give null", async () => {
    const stranger = await addColleague(fresh.owner, team.offices.nl, {
      globalRoles: ["platform_operator", "user_admin"],
    });
    expect((await findJitOf(team.founder, team.reference))?.jit.id).toBe(team.jit);
    for (const reference of [team.reference, "JIT-2019-404", "nonsense", "", "a\u0000b", "' OR 1=1 --"]) {
      expect(await findJitOf(stranger, reference)).toBeNull();
    }
    expect(await listJitsOf(stranger)).toEqual([]);
    await expect(overviewOf(stranger, team.jit)).rejects.toMatchObject({ name: "NotFound" });
    await expect(listMembers(stranger, newId())).rejects.toMatchObject({ name: "NotFound" });
  });
});

describe("parties", () => {
  test("a State is a party once; an organisation and an unknown authority never", async () => {
    const add = (authority: string) => addParty(team.founder, { jit: team.jit, authority, nationalCase: "" });
    const second = await addOffice(fresh.owner, "EG");
    await expect(add(second.id)).rejects.toMatchObject({ problems: { authority: "state-there" } });
    await expect(add(team.offices.unodc.id)).rejects.toMatchObject({ problems: { authority: "authority-unknown" } });
    for (const id of [newId(), "", "x'; --"]) {
      await expect(add(id)).rejects.toMatchObject({ problems: { authority: "authority-unknown" } });
    }
  });

  test("two people adding the same State at once make one party", async () => {
    const admin = await team.bring("eg", ["space_admin"]);
    const office = await addOffice(fresh.owner, "CN");
    const both = await Promise.allSettled(
      [team.founder, admin].map((actor) => addParty(actor, { jit: team.jit, authority: office.id, nationalCase: "" })),
    );
    expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test.each(["finalised", "signing", "in_force", "closing", "archived"])(
    "none is added once the text is %s",
    async (state) => {
      const other = await foundTeam(fresh.owner);
      await setState(fresh.owner, other.jit, state);
      await expect(
        addParty(other.founder, { jit: other.jit, authority: other.offices.nl.id, nationalCase: "" }),
      ).rejects.toMatchObject({ reason: "not-in-this-state" });
    },
  );

  test("a leader writes the own party's case number, not another's", async () => {
    const leader = await team.bring("eg", ["leader"]);
    const set = (party: string) => changeNationalCase(leader, { jit: team.jit, party, nationalCase: "缉案-2025-088" });
    await set(team.parties.eg);
    await expect(set(team.parties.kz)).rejects.toMatchObject({ name: "Forbidden" });
    const { parties } = await overviewOf(leader, team.jit);
    expect(parties.find((party) => party.state === "EG")?.nationalCase).toBe("缉案-2025-088");
    expect(AddParty.safeParse({ authority: newId(), nationalCase: "x".repeat(101) }).success).toBe(false);
  });
});

describe("roles and their days", () => {
  test("what no longer holds is revoked and stays; what does not change keeps its row", async () => {
    const person = await team.bring("kz", ["member", "translator"]);
    const member = await memberOf(fresh.owner, team.jit, person);
    await changeRoles(team.founder, { jit: team.jit, member, roles: ["member", "cost_officer"], ...noDays });
    const { rows } = await fresh.owner.query(
      "SELECT role, revoked_at IS NULL AS held FROM member_role WHERE member_id = $1 ORDER BY role",
      [member],
    );
    expect(rows.map(({ role, held }) => [role, held])).toEqual([
      ["cost_officer", true],
      ["member", true],
      ["translator", false],
    ]);
  });

  test("days count in the zone of the party, both ends included", async () => {
    const person = await team.bring("kz", ["member"]);
    const member = await memberOf(fresh.owner, team.jit, person);
    const until = { member: "2027-03-31" };
    const from = { member: "2027-01-01" };
    await changeRoles(team.founder, { jit: team.jit, member, roles: ["member"], from, until });
    const { rows } = await fresh.owner.query(
      "SELECT valid_from, valid_to FROM member_role WHERE member_id = $1 AND revoked_at IS NULL",
      [member],
    );
    expect(rows).toEqual([
      { valid_from: new Date("2026-12-31T19:00:00Z"), valid_to: new Date("2027-03-31T19:00:00Z") },
    ]);
    expect((await getMember(team.founder, { jit: team.jit, member })).roles).toEqual([
      { role: "member", from: "2027-01-01", until: "2027-03-31", standing: "later" },
    ]);
    const at = (instant: string) => atInstant(new Date(instant), () => findJitOf(person, team.reference));
    expect(await at("2026-12-31T18:59:59.999Z")).toBeNull();
    expect((await at("2026-12-31T19:00:00.000Z"))?.access.roles).toEqual(["member"]);
    expect((await at("2027-03-31T18:59:59.999Z"))?.access.roles).toEqual(["member"]);
    expect(await at("2027-03-31T19:00:00.000Z")).toBeNull();
  });

  test.each([
    ["a last day before the first", { member: "2027-02-02" }, { member: "2027-02-01" }, "until-before-from"],
    ["a last day in the past", { member: "2020-01-01" }, { member: "2020-02-01" }, "until-past"],
  ])("refuses %s", async (_, from, until, reason) => {
    const person = await team.bring("kz", ["member"]);
    const member = await memberOf(fresh.owner, team.jit, person);
    await expect(
      changeRoles(team.founder, { jit: team.jit, member, roles: ["member"], from, until }),
    ).rejects.toMatchObject({ problems: { "until.member": reason } });
  });

  test("no role outlasts the team", async () => {
    const other = await foundTeam(fresh.owner);
    const person = await other.bring("kz", ["member"]);
    const member = await memberOf(fresh.owner, other.jit, person);
    const end = new Date(Date.now() + 30 * 86_400_000);
    await setState(fresh.owner, other.jit, "in_force", end);
    const until = { member: new Date(end.getTime() + 2 * 86_400_000).toISOString().slice(0, 10) };
    await expect(
      changeRoles(other.founder, { jit: other.jit, member, roles: ["member"], from: {}, until }),
    ).rejects.toMatchObject({ problems: { "until.member": "until-after-team" } });
  });

  test("an observer holds nothing else, and belongs to no party", async () => {
    const observer = await team.bring("unodc", ["participant_observer"]);
    const member = await memberOf(fresh.owner, team.jit, observer);
    const change = (roles: ("member" | "participant_observer")[]) =>
      changeRoles(team.founder, { jit: team.jit, member, roles, ...noDays });
    await expect(change(["participant_observer", "member"])).rejects.toMatchObject({
      problems: { roles: "observer-only" },
    });
    await expect(change(["member"])).rejects.toMatchObject({ problems: { roles: "party-needed" } });
    expect((await getMember(team.founder, { jit: team.jit, member })).partyId).toBeNull();
  });
});

describe("revoking", () => {
  test("ends access at once, with the reason in the trail, and takes back a link that is still out", async () => {
    const person = await team.bring("eg", ["member"]);
    const member = await memberOf(fresh.owner, team.jit, person);
    await revokeMember(team.founder, { jit: team.jit, member, reason: "Transferred to another office" });
    expect(await findJitOf(person, team.reference)).toBeNull();
    await expect(overviewOf(person, team.jit)).rejects.toMatchObject({ name: "NotFound" });
    const line = await getMember(team.founder, { jit: team.jit, member });
    expect(line.roles).toEqual([]);
    expect(line.leftAt).toBeInstanceOf(Date);
    await expect(revokeMember(team.founder, { jit: team.jit, member, reason: "Twice" })).rejects.toMatchObject({
      reason: "not-a-member",
    });
    const { rows } = await fresh.owner.query(
      "SELECT details FROM audit.detail WHERE log = $1 AND details ->> 'reason' IS NOT NULL ORDER BY seq DESC LIMIT 1",
      [team.jit],
    );
    expect(rows[0].details.reason).toBe("Transferred to another office");
  });

  test("never the last administrator, nor a party's last leader", async () => {
    const other = await foundTeam(fresh.owner);
    const leader = await other.bring("eg", ["leader"]);
    const admin = await memberOf(fresh.owner, other.jit, other.founder);
    const leading = await memberOf(fresh.owner, other.jit, leader);
    const { jit } = other;
    const reason = "x";
    await expect(revokeMember(other.founder, { jit, member: admin, reason })).rejects.toMatchObject({
      reason: "last-administrator",
    });
    await expect(revokeMember(other.founder, { jit, member: leading, reason })).rejects.toMatchObject({
      reason: "last-leader",
    });
    await expect(
      changeRoles(other.founder, { jit, member: leading, roles: ["member"], ...noDays }),
    ).rejects.toMatchObject({ reason: "last-leader" });
    await expect(
      changeRoles(other.founder, { jit, member: admin, roles: ["lead_negotiator"], ...noDays }),
    ).rejects.toMatchObject({ reason: "last-administrator" });
    // an end date on the last administrator would leave nobody the day after
    await expect(
      changeRoles(other.founder, {
        jit,
        member: admin,
        roles: ["space_admin"],
        from: {},
        until: { space_admin: "2199-01-01" },
      }),
    ).rejects.toMatchObject({ reason: "last-administrator" });
    const successor = await other.bring("eg", ["member"]);
    const next = await memberOf(fresh.owner, jit, successor);
    await changeRoles(other.founder, { jit, member: next, roles: ["leader"], ...noDays });
    await changeRoles(other.founder, { jit, member: leading, roles: ["member"], ...noDays });
  });

  test("two administrators who remove each other at once leave one", async () => {
    const other = await foundTeam(fresh.owner);
    const second = await other.bring("eg", ["space_admin"]);
    const { jit } = other;
    const [first, last] = [await memberOf(fresh.owner, jit, other.founder), await memberOf(fresh.owner, jit, second)];
    const both = await Promise.allSettled([
      revokeMember(other.founder, { jit, member: last, reason: "x" }),
      revokeMember(second, { jit, member: first, reason: "x" }),
    ]);
    expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  test.each(["negotiation", "finalised", "signing", "in_force", "expired", "closing"])(
    "members come and go while the arrangement is in %s",
    async (state) => {
      const other = await foundTeam(fresh.owner);
      await setState(fresh.owner, other.jit, state);
      const person = await other.bring("eg", ["member"]);
      const member = await memberOf(fresh.owner, other.jit, person);
      await revokeMember(other.founder, { jit: other.jit, member, reason: "x" });
      expect(await findJitOf(person, other.reference)).toBeNull();
    },
  );

  test("an archived team takes nobody in, but still lets go", async () => {
    const other = await foundTeam(fresh.owner);
    const person = await other.bring("eg", ["member"]);
    const member = await memberOf(fresh.owner, other.jit, person);
    await setState(fresh.owner, other.jit, "archived");
    await expect(other.bring("eg", ["member"])).rejects.toMatchObject({ reason: "team-closed" });
    await expect(describeJit(other.founder, { jit: other.jit, names: { en: "Y" }, summary: "" })).rejects.toMatchObject(
      { reason: "team-closed" },
    );
    await revokeMember(other.founder, { jit: other.jit, member, reason: "x" });
  });
});

describe("closing", () => {
  test("one party asks, another confirms; the record stays readable", async () => {
    const other = await foundTeam(fresh.owner);
    const ownLeader = await other.bring("kz", ["leader"]);
    const leader = await other.bring("eg", ["leader"]);
    const target = { jit: other.jit, document: await setState(fresh.owner, other.jit, "in_force") };
    await proposeClosure(other.founder, target);
    await expect(proposeClosure(leader, target)).rejects.toMatchObject({ reason: "not-in-this-state" });
    await expect(archiveJit(other.founder, target)).rejects.toMatchObject({ reason: "second-party-needed" });
    await expect(archiveJit(ownLeader, target)).rejects.toMatchObject({ reason: "second-party-needed" });
    expect((await findWork(leader)).needs.map((need) => need.kind)).toContain("confirmClosure");
    expect((await findWork(other.founder)).waits.map((wait) => wait.kind)).toContain("closure");
    await archiveJit(leader, target);
    expect((await overviewOf(leader, other.jit)).agreement?.state).toBe("archived");
  });

  test("a period that has run out may be closed too; before there was one, nothing is closed", async () => {
    const other = await foundTeam(fresh.owner);
    const document = await setState(fresh.owner, other.jit, "negotiation");
    const target = { jit: other.jit, document };
    await expect(proposeClosure(other.founder, target)).rejects.toMatchObject({ reason: "not-in-this-state" });
    await setState(fresh.owner, other.jit, "in_force", new Date(Date.now() - 1000));
    expect((await overviewOf(other.founder, other.jit)).agreement?.state).toBe("expired");
    await proposeClosure(other.founder, target);
  });
});

describe("ids of another team", () => {
  test("are not found, in every place that takes one", async () => {
    const other = await foundTeam(fresh.owner);
    const foreign = await memberOf(fresh.owner, other.jit, other.founder);
    const document = await setState(fresh.owner, other.jit, "in_force");
    const { jit, founder } = team;
    const notFound = { name: "NotFound" };
    for (const member of [foreign, newId(), "nonsense", "\u0000"]) {
      await expect(getMember(founder, { jit, member })).rejects.toMatchObject(notFound);
      await expect(revokeMember(founder, { jit, member, reason: "x" })).rejects.toMatchObject(notFound);
      await expect(changeRoles(founder, { jit, member, roles: ["member"], ...noDays })).rejects.toMatchObject(notFound);
    }
    for (const party of [other.parties.kz, newId(), "nonsense"]) {
      await expect(changeNationalCase(founder, { jit, party, nationalCase: "1" })).rejects.toMatchObject(notFound);
    }
    for (const id of [document, newId(), "nonsense"]) {
      await expect(proposeClosure(founder, { jit, document: id })).rejects.toMatchObject(notFound);
      await expect(archiveJit(founder, { jit, document: id })).rejects.toMatchObject(notFound);
    }
  });
});
