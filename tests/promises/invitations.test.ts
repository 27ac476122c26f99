import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { acceptInvitation, findInvitation } from "#app/domain/jits/accepting.server.ts";
import { inviteMember, listInvitations, withdrawInvitation } from "#app/domain/jits/invitations.server.ts";
import { InviteMember } from "#app/domain/jits/invitations.ts";
import { findJitOf } from "#app/domain/jits/jit.server.ts";
import { JoinByInvitation, joinByInvitation } from "#app/domain/jits/joining.server.ts";
import { listMembers } from "#app/domain/jits/member-list.server.ts";
import { revokeMember } from "#app/domain/jits/members.server.ts";
import type { JitRole } from "#app/domain/roles.ts";
import { atInstant } from "#app/platform/clock.ts";
import { newId } from "#app/platform/ids.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { addColleague, type Colleague, foundTeam, memberOf, type Team } from "#tests/support/team.ts";

let fresh: FreshDatabase;
let team: Team;
beforeAll(async () => {
  fresh = await freshDatabase();
  team = await foundTeam(fresh.owner);
});
afterAll(() => fresh.drop());

const day = 86_400_000;
let invited = 0;
const newAddress = () => `invited-${++invited}@exercise.example`;

function invite(
  actor: Colleague,
  more: { email?: string; roles?: JitRole[]; party?: string; from?: string; until?: string } = {},
) {
  const { email = newAddress(), roles = ["member"], party = team.parties.kz, ...days } = more;
  return inviteMember(actor, { jit: team.jit, party, email, roles, capacity: "", ...days });
}

describe("the link", () => {
  test("is kept as a digest only, and opens the invitation for whoever holds it", async () => {
    const { token, id } = await invite(team.founder, { email: "noha@exercise.example" });
    const { rows } = await fresh.owner.query("SELECT * FROM invitation WHERE id = $1", [id]);
    expect(JSON.stringify(rows[0])).not.toContain(token);
    expect(rows[0].token_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(await findInvitation(token)).toMatchObject({
      status: "open",
      email: "noha@exercise.example",
      reference: team.reference,
      partyState: "KZ",
      hasAccount: false,
    });
    const trail = await fresh.owner.query("SELECT body FROM audit.entry WHERE log = $1", [team.jit]);
    expect(JSON.stringify(trail.rows)).not.toContain("noha@exercise.example");
  });

  test("of nobody is null, whatever it is made of", async () => {
    for (const token of ["", "nonsense", "a\u0000b", "x".repeat(100_000), "' OR 1=1 --"]) {
      expect(await findInvitation(token)).toBeNull();
      await expect(acceptInvitation(team.founder, { token })).rejects.toMatchObject({ name: "NotFound" });
    }
  });

  test("works once; what it opened is not told again", async () => {
    const person = await addColleague(fresh.owner, team.offices.kz);
    const { token } = await invite(team.founder, { email: person.email });
    expect(await acceptInvitation(person, { token })).toEqual({ reference: team.reference });
    expect(await findInvitation(token)).toEqual({ status: "used" });
    await expect(acceptInvitation(person, { token })).rejects.toMatchObject({ reason: "invitation-used" });
  });

  test("fifty acceptances at once make one member", async () => {
    const person = await addColleague(fresh.owner, team.offices.kz);
    const { token } = await invite(team.founder, { email: person.email, roles: ["member", "translator"] });
    const all = await Promise.allSettled(Array.from({ length: 50 }, () => acceptInvitation(person, { token })));
    expect(all.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(new Set(all.flatMap((one) => (one.status === "rejected" ? one.reason.reason : [])))).toEqual(
      new Set(["invitation-used"]),
    );
    const { rows } = await fresh.owner.query(
      "SELECT count(*)::int AS rows FROM member_role r JOIN member m ON m.id = r.member_id WHERE m.person_id = $1",
      [person.personId],
    );
    expect(rows[0].rows).toBe(2);
  });

  test("expires after seven days, to the instant", async () => {
    const person = await addColleague(fresh.owner, team.offices.kz);
    const { token, expiresAt } = await invite(team.founder, { email: person.email });
    expect(expiresAt.getTime() - Date.now()).toBeLessThanOrEqual(7 * day);
    await atInstant(new Date(expiresAt.getTime() - 1), async () => {
      expect(await findInvitation(token)).toMatchObject({ status: "open" });
    });
    await atInstant(expiresAt, async () => {
      expect(await findInvitation(token)).toEqual({ status: "expired" });
      await expect(acceptInvitation(person, { token })).rejects.toMatchObject({ reason: "invitation-expired" });
      expect((await listInvitations(team.founder, team.jit)).find((one) => one.email === person.email)?.standing).toBe(
        "expired",
      );
    });
  });

  test("taken back works no longer", async () => {
    const person = await addColleague(fresh.owner, team.offices.kz);
    const { token, id } = await invite(team.founder, { email: person.email });
    await withdrawInvitation(team.founder, { jit: team.jit, invitation: id });
    expect(await findInvitation(token)).toEqual({ status: "withdrawn" });
    await expect(acceptInvitation(person, { token })).rejects.toMatchObject({ reason: "invitation-withdrawn" });
    await expect(withdrawInvitation(team.founder, { jit: team.jit, invitation: id })).rejects.toMatchObject({
      reason: "invitation-withdrawn",
    });
    for (const invitation of [newId(), "nonsense"]) {
      await expect(withdrawInvitation(team.founder, { jit: team.jit, invitation })).rejects.toMatchObject({
        name: "NotFound",
      });
    }
  });

  test("accepting and taking back at once end in one of the two", async () => {
    for (let round = 0; round < 5; round++) {
      const person = await addColleague(fresh.owner, team.offices.kz);
      const { token, id } = await invite(team.founder, { email: person.email });
      const both = await Promise.allSettled([
        acceptInvitation(person, { token }),
        withdrawInvitation(team.founder, { jit: team.jit, invitation: id }),
      ]);
      expect(both.map((one) => one.status).sort()).toEqual(["fulfilled", "rejected"]);
      expect((await findJitOf(person, team.reference)) !== null).toBe(both[0]!.status === "fulfilled");
    }
  });

  test("is for the invited address, and for someone of the party's State", async () => {
    const invitee = await addColleague(fresh.owner, team.offices.kz);
    const other = await addColleague(fresh.owner, team.offices.kz);
    const foreigner = await addColleague(fresh.owner, team.offices.nl);
    const { token } = await invite(team.founder, { email: invitee.email });
    await expect(acceptInvitation(other, { token })).rejects.toMatchObject({ reason: "invitation-for-another" });
    const abroad = await invite(team.founder, { email: foreigner.email });
    await expect(acceptInvitation(foreigner, { token: abroad.token })).rejects.toMatchObject({
      reason: "invitation-other-state",
    });
    expect(await findInvitation(token)).toMatchObject({ status: "open" });
  });

  test("still out when its person is revoked, it does not let the person back in", async () => {
    const person = await addColleague(fresh.owner, team.offices.kz);
    const first = await invite(team.founder, { email: person.email });
    await fresh.owner.query("SELECT 1");
    await acceptInvitation(person, { token: first.token });
    const member = await memberOf(fresh.owner, team.jit, person);
    await revokeMember(team.founder, { jit: team.jit, member, reason: "x" });
    await expect(acceptInvitation(person, { token: first.token })).rejects.toMatchObject({ reason: "invitation-used" });
    const again = await invite(team.founder, { email: person.email, roles: ["translator"] });
    await acceptInvitation(person, { token: again.token });
    expect((await findJitOf(person, team.reference))?.access.roles).toEqual(["translator"]);
    expect(await memberOf(fresh.owner, team.jit, person)).toBe(member);
  });
});

describe("someone without an account", () => {
  const noha = {
    name: "نهى السيد",
    latinName: "Noha El-Sayed",
    function: "prosecutor",
    password: "seven brass kettles",
  };
  const join = (token: string, more = {}) => joinByInvitation({ ...noha, ...more, token });

  test("makes one under the party's authority, with the invited address, and is a member at once", async () => {
    const email = newAddress();
    const { token } = await invite(team.founder, { email, party: team.parties.eg, roles: ["lead_negotiator"] });
    expect(await join(token)).toEqual({ reference: team.reference });
    const { rows } = await fresh.owner.query("SELECT * FROM person WHERE email = $1", [email]);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({ authority_id: team.offices.eg.id, name: noha.name, time_zone: "Africa/Cairo" });
    expect(rows[0].password_hash).toMatch(/^\$argon2id\$/);
    const line = (await listMembers(team.founder, team.jit)).find((member) => member.personId === rows[0].id);
    expect(line).toMatchObject({ partyState: "EG", roles: [{ role: "lead_negotiator", standing: "now" }] });
    await expect(join(token)).rejects.toMatchObject({ name: "Conflict" });
  });

  test("ten times at once makes one account and one member", async () => {
    const email = newAddress();
    const { token } = await invite(team.founder, { email });
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => join(token)));
    expect(all.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    const { rows } = await fresh.owner.query(
      "SELECT count(*)::int AS n FROM member m JOIN person p ON p.id = m.person_id WHERE p.email = $1",
      [email],
    );
    expect(rows[0].n).toBe(1);
  });

  test("who has one signs in instead; observers are entered by an administrator; a dead link makes nothing", async () => {
    const known = await addColleague(fresh.owner, team.offices.kz);
    const there = await invite(team.founder, { email: known.email });
    await expect(join(there.token)).rejects.toMatchObject({ reason: "account-exists" });
    const observer = await invite(team.founder, { roles: ["participant_observer"] });
    await expect(join(observer.token)).rejects.toMatchObject({ reason: "invitation-needs-account" });
    const email = newAddress();
    const gone = await invite(team.founder, { email });
    await withdrawInvitation(team.founder, { jit: team.jit, invitation: gone.id });
    await expect(join(gone.token)).rejects.toMatchObject({ reason: "invitation-withdrawn" });
    const { rows } = await fresh.owner.query("SELECT 1 FROM person WHERE email = $1", [email]);
    expect(rows).toEqual([]);
    await expect(join("nonsense")).rejects.toMatchObject({ name: "NotFound" });
  });

  test.each([
    ["a short password", { password: "short" }, "password", "password-too-short"],
    ["a Latin name in another script", { latinName: "نهى" }, "latinName", "latin-only"],
    ["no name", { name: " " }, "name", "required"],
    ["a name with a direction override", { name: "a\u202eb" }, "name", "control-characters"],
    ["an endless function", { function: "x".repeat(101) }, "function", "too-long"],
  ])("cannot use %s", (_, more, path, reason) => {
    const issues = JoinByInvitation.safeParse({ ...noha, ...more }).error?.issues ?? [];
    expect(issues.map((issue) => [issue.path.join("."), issue.message])).toContainEqual([path, reason]);
  });
});

describe("who may invite whom", () => {
  test("a leader, deputy or lead negotiator invites to the own party, an administrator to all", async () => {
    const abroad = { party: team.parties.eg };
    await invite(team.founder, abroad);
    for (const role of ["leader", "deputy_leader", "lead_negotiator"] as const) {
      const person = await team.bring("kz", [role]);
      await invite(person);
      await expect(invite(person, abroad)).rejects.toMatchObject({ name: "Forbidden" });
    }
    for (const role of ["member", "signatory", "translator", "evidence_custodian"] as const) {
      await expect(invite(await team.bring("kz", [role]))).rejects.toMatchObject({ name: "Forbidden" });
    }
  });

  test("only an administrator makes an administrator", async () => {
    const negotiator = await team.bring("kz", ["lead_negotiator"]);
    await expect(invite(negotiator, { roles: ["space_admin"] })).rejects.toMatchObject({
      reason: "administrator-only",
    });
    await expect(invite(negotiator, { roles: ["member", "space_admin"] })).rejects.toMatchObject({
      reason: "administrator-only",
    });
    await invite(negotiator, { roles: ["signatory"] });
  });

  test("a second leader, a member, someone already invited and an observer with another role are refused", async () => {
    await team.bring("eg", ["leader"]);
    const there = await team.bring("eg", ["member"]);
    const email = newAddress();
    await invite(team.founder, { email });
    const refused = (more: Parameters<typeof invite>[1]) => expect(invite(team.founder, more)).rejects;
    await refused({ party: team.parties.eg, roles: ["leader"] }).toMatchObject({ problems: { roles: "leader-there" } });
    await refused({ email: there.email }).toMatchObject({ problems: { email: "already-member" } });
    await refused({ email }).toMatchObject({ problems: { email: "already-invited" } });
    await refused({ roles: ["participant_observer", "member"] }).toMatchObject({
      problems: { roles: "observer-only" },
    });
    await refused({ until: "2020-01-01" }).toMatchObject({ problems: { until: "until-before-from" } });
    await refused({ from: "2020-01-01", until: "2020-02-01" }).toMatchObject({ problems: { until: "until-past" } });
  });

  test("ten invitations of one address at once make one", async () => {
    const email = newAddress();
    const all = await Promise.allSettled(Array.from({ length: 10 }, () => invite(team.founder, { email })));
    expect(all.filter((one) => one.status === "fulfilled")).toHaveLength(1);
  });

  test("ids of another team are not found", async () => {
    const other = await foundTeam(fresh.owner);
    const theirs = await inviteMember(other.founder, {
      jit: other.jit,
      party: other.parties.kz,
      email: newAddress(),
      roles: ["member"],
      capacity: "",
    });
    for (const party of [other.parties.kz, newId(), "nonsense"]) {
      await expect(invite(team.founder, { party })).rejects.toMatchObject({ name: "NotFound" });
    }
    await expect(withdrawInvitation(team.founder, { jit: team.jit, invitation: theirs.id })).rejects.toMatchObject({
      name: "NotFound",
    });
    await expect(listMembers(team.founder, other.jit)).rejects.toMatchObject({ name: "NotFound" });
  });
});

describe("what the form refuses", () => {
  const good = { email: "Olga.Kim@Exercise.EXAMPLE ", roles: ["member"] };
  test("an address is kept in lower case", () => {
    expect(InviteMember.parse(good).email).toBe("olga.kim@exercise.example");
  });
  test.each([
    ["no address", { email: "" }, "email", "required"],
    ["half an address", { email: "olga.kim@" }, "email", "email-invalid"],
    ["an endless address", { email: `${"x".repeat(300)}@exercise.example` }, "email", "too-long"],
    ["an address with a NUL", { email: "o\u0000@exercise.example" }, "email", "email-invalid"],
    ["no role", { roles: [] }, "roles", "required"],
    ["a role that is none", { roles: ["emperor"] }, "roles", "role-unknown"],
    ["a capacity that is too long", { capacity: "x".repeat(201) }, "capacity", "too-long"],
    ["a capacity over two lines", { capacity: "a\nb" }, "capacity", "control-characters"],
    ["a day that is none", { from: "2026-02-30" }, "from", "date-invalid"],
    ["a day in another writing", { until: "31.12.2027" }, "until", "date-invalid"],
    ["a year that cannot be", { until: "9999-12-31" }, "until", "date-invalid"],
  ])("%s", (_, more, path, reason) => {
    const issues = InviteMember.safeParse({ ...good, ...more }).error?.issues ?? [];
    expect(issues.map((issue) => [issue.path.join("."), issue.message])).toContainEqual([path, reason]);
  });
});
