import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Actor } from "#app/domain/actor.ts";
import { canonicalForm, digestOfText } from "#app/domain/documents/content.ts";
import { findAgreement } from "#app/domain/documents/document.server.ts";
import { Conflict, Forbidden, Invalid, NotFound } from "#app/domain/errors.ts";
import { findJitOf } from "#app/domain/jits/jit.server.ts";
import { listMembers } from "#app/domain/jits/member-list.server.ts";
import { giveNotice, listVersions } from "#app/domain/jits/member-notice.server.ts";
import { GiveNotice } from "#app/domain/jits/member-notice.ts";
import { findWork } from "#app/domain/jits/needs.server.ts";
import { atInstant } from "#app/platform/clock.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { signedChild, type TeamInForce, teamInForce } from "#tests/support/in-force.ts";
import { addColleague, foundTeam, memberOf } from "#tests/support/team.ts";
import { entriesOf } from "#tests/support/trail.ts";

/* Annex A1: the list of members changes by written notice, without new signatures, and feeds access. */
let db: FreshDatabase;
let team: TeamInForce;
beforeAll(async () => {
  db = await freshDatabase();
  team = await teamInForce(db.owner, { membershipChangeRule: "written_notice" });
}, 120_000);
afterAll(() => db.drop());

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const problemOf = (act: Promise<unknown>) =>
  act.then(
    () => "done",
    (error) => (error instanceof Invalid ? error.problems : error instanceof Conflict ? error.reason : error),
  );
const give = (actor: Actor, form: object, of = team) =>
  giveNotice(actor, { ...GiveNotice.parse({ party: of.parties.eg, ...form }), jit: of.jit });
const rolesOf = async (person: Actor, at: Date) =>
  (await atInstant(at, () => findJitOf(person, team.reference)))?.access.roles ?? [];

describe("a notice", () => {
  test("adds, changes and takes off a seconded member, each from its instant and not before, with a version and an entry", async () => {
    const officer = await addColleague(db.owner, team.offices.eg);
    const { version } = await give(team.leaders.eg, {
      kind: "add",
      email: officer.email,
      day: inDays(3),
      until: inDays(60),
    });
    const { holdsFrom } = (await listVersions(team.leaders.kz, team.jit))[0]!;
    const at = (instant: Date, ms: number) => new Date(instant.getTime() + ms);
    expect(await rolesOf(officer, at(holdsFrom, -1))).toEqual([]);
    expect(await rolesOf(officer, holdsFrom)).toEqual(["seconded_member"]);
    expect(await rolesOf(officer, at(holdsFrom, 58 * 86_400_000))).toEqual([]);

    const member = await memberOf(db.owner, team.jit, officer);
    await give(team.leaders.eg, { kind: "change", member, role: "member", day: inDays(10) });
    const changed = (await listVersions(team.leaders.kz, team.jit))[0]!.holdsFrom;
    expect(await rolesOf(officer, at(changed, -1))).toEqual(["seconded_member"]);
    expect(await rolesOf(officer, changed)).toEqual(["member"]);

    await give(team.leaders.eg, { kind: "remove", member, day: inDays(20), words: "Back at home" });
    const [last] = await listVersions(team.leaders.kz, team.jit);
    expect(await rolesOf(officer, at(last!.holdsFrom, -1))).toEqual(["member"]);
    expect(await rolesOf(officer, last!.holdsFrom)).toEqual([]);

    const versions = await listVersions(team.leaders.kz, team.jit);
    expect(versions.map((one) => [one.version, one.kind])).toEqual([
      [version + 2, "remove"],
      [version + 1, "change"],
      [version, "add"],
      [1, "signed"],
    ]);
    for (const one of versions) expect(digestOfText(canonicalForm(one.list))).toBe(one.digest);
    expect(
      versions.map(({ list }) => list.some(({ latinName }) => latinName === versions[0]!.member!.latinName)),
    ).toEqual([false, true, true, false]);
    const entries = await entriesOf(db.owner, team.jit, "member.notify");
    expect(entries.map(({ body }) => body.facts.version)).toEqual([2, 3, 4]);
    expect(JSON.stringify(entries.map(({ body }) => body))).not.toContain("Back at home");
  });

  test("is for the leaders of the own party; every other party is told by the list", async () => {
    const officer = await addColleague(db.owner, team.offices.eg);
    const form = { kind: "add", email: officer.email };
    for (const person of [team.leaders.kz, team.signers.eg, team.negotiator].slice(0, 2))
      await expect(give(person, form)).rejects.toThrow(Forbidden);
    await expect(give(officer, form)).rejects.toThrow(NotFound);
    expect(await rolesOf(officer, new Date())).toEqual([]);
    await give(team.leaders.eg, form);
    for (const person of [team.leaders.kz, team.signers.kz])
      expect((await listVersions(person, team.jit))[0]!.partyState).toBe("EG");
  });

  test("never gives more than a place on the list: no other role, no other State, no day that has passed or after the end", async () => {
    const officer = await addColleague(db.owner, team.offices.eg);
    for (const role of ["leader", "space_admin", "signatory", "lead_negotiator", ""])
      expect(GiveNotice.safeParse({ kind: "add", party: team.parties.eg, email: officer.email, role }).success).toBe(
        false,
      );
    const foreign = await addColleague(db.owner, team.offices.nl);
    const add = (more: object) => problemOf(give(team.leaders.eg, { kind: "add", email: officer.email, ...more }));
    expect(await add({ email: foreign.email })).toEqual({ email: "notice-other-state" });
    expect(await add({ email: "nobody@exercise.example" })).toEqual({ email: "unknown-person" });
    expect(await add({ day: inDays(-2) })).toEqual({ day: "notice-day-passed" });
    expect(await add({ day: inDays(900) })).toEqual({ day: "from-after-team" });
    expect(await add({ until: inDays(900) })).toEqual({ until: "until-after-team" });
    const kz = await memberOf(db.owner, team.jit, team.leaders.kz);
    expect(await problemOf(give(team.leaders.eg, { kind: "remove", member: kz }))).toEqual({ member: "not-on-list" });
    const own = await memberOf(db.owner, team.jit, team.leaders.eg);
    expect(await problemOf(give(team.leaders.eg, { kind: "remove", member: own }))).toEqual({ member: "not-on-list" });
    expect(await rolesOf(officer, new Date(Date.now() + 86_400_000))).toEqual([]);
  });

  test("of two given at once for the same person one is first; each has its own version", async () => {
    const officers = [await addColleague(db.owner, team.offices.eg), await addColleague(db.owner, team.offices.eg)];
    const [first, second] = officers.map(({ email }) => email);
    const twice = await Promise.all(
      [first, first, second].map((email) => problemOf(give(team.leaders.eg, { kind: "add", email }))),
    );
    expect(twice.filter((one) => one === "done")).toHaveLength(2);
    const numbers = (await listVersions(team.leaders.kz, team.jit)).map(({ version }) => version);
    expect(numbers).toEqual(Array.from(numbers, (_, i) => numbers.length - i));
  });

  test("needs an arrangement in force that allows it, and a party that stays", async () => {
    const early = await foundTeam(db.owner);
    expect(
      await problemOf(
        giveNotice(early.founder, {
          ...GiveNotice.parse({ kind: "add", party: early.parties.kz, email: early.founder.email }),
          jit: early.jit,
        }),
      ),
    ).toBe("team-has-ended");
    const other = await teamInForce(db.owner, { membershipChangeRule: "amendment" });
    const officer = await addColleague(db.owner, other.offices.eg);
    expect(await problemOf(give(other.leaders.eg, { kind: "add", email: officer.email }, other))).toBe(
      "notice-not-agreed",
    );
    const leaving = await teamInForce(db.owner, { membershipChangeRule: "written_notice" });
    const values = { withdrawingParty: "EG", withdrawalKind: "its_withdrawal", withdrawalHolds: inDays(30) };
    await signedChild(leaving, "A11", values, [leaving.signers.eg]);
    const late = await addColleague(db.owner, leaving.offices.eg);
    expect(await problemOf(give(leaving.leaders.eg, { kind: "add", email: late.email }, leaving))).toBe(
      "party-leaving",
    );
    const { expiresAt } = (await findAgreement(team.leaders.kz, team.jit))!;
    expect(
      await problemOf(atInstant(expiresAt!, () => give(team.leaders.eg, { kind: "add", email: late.email }))),
    ).toBe("team-has-ended");
    expect((await listMembers(team.leaders.kz, team.jit)).some(({ personId }) => personId === late.personId)).toBe(
      false,
    );
  });
});

test("each notice stands at home for the people of the other parties, with its words and its instant", async () => {
  const officer = await addColleague(db.owner, team.offices.eg);
  await give(team.leaders.eg, { kind: "add", email: officer.email, day: inDays(4), words: "Order 12" });
  const [version] = await listVersions(team.leaders.kz, team.jit);
  const toldTo = async (person: Actor) =>
    (await findWork(person)).told.filter(({ kind, at }) => kind === "memberAdded" && at >= version!.givenAt);
  for (const person of [team.leaders.kz, team.signers.kz, team.founder]) {
    expect(await toldTo(person)).toMatchObject([
      { partyState: "EG", reason: "Order 12", holdsFrom: version!.holdsFrom, name: expect.any(String) },
    ]);
  }
  for (const person of [team.leaders.eg, team.signers.eg]) expect(await toldTo(person)).toEqual([]);
});
