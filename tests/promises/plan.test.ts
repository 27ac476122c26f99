import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { revokeMember } from "#app/domain/jits/members.server.ts";
import { makeCard } from "#app/domain/plan/cards.server.ts";
import { type PlanKind, planKinds } from "#app/domain/plan/kinds.ts";
import { readPlan, readRow } from "#app/domain/plan/reading.server.ts";
import { listOf, standingOf } from "#app/domain/plan/row.ts";
import { rowForm } from "#app/domain/plan/row-forms.ts";
import { addRow, asTyped, changeRow, removeRow } from "#app/domain/plan/rows.server.ts";
import { type JitRole, jitRoles } from "#app/domain/roles.ts";
import { type HandlingCode, handlingCodes, maySee, namesParty } from "#app/domain/tasks/handling.ts";
import { readTask } from "#app/domain/tasks/reading.server.ts";
import { taskReference } from "#app/domain/tasks/task.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { cookieOf, openPages } from "#tests/support/pages.ts";
import { wordsOf } from "#tests/support/pdf.ts";
import { type Colleague, foundTeam, memberOf, type Team } from "#tests/support/team.ts";

let fresh: FreshDatabase;
let pages: Awaited<ReturnType<typeof openPages>>;
let team: Team;
let leader: Colleague;
let member: Colleague;
beforeAll(async () => {
  fresh = await freshDatabase();
  pages = await openPages();
});
afterAll(() => fresh.drop());

async function newTeam(): Promise<void> {
  team = await foundTeam(fresh.owner);
  leader = await team.bring("kz", ["leader"]);
  member = await team.bring("eg", ["member"]);
  await add("line", { title: "Source: western Kazakhstan" });
}

const plain: Record<string, string> = {
  handling: "OPEN-JIT",
  timeZone: "Asia/Almaty",
  priority: "medium",
  level: "strategic",
  likelihood: "low",
  impact: "high",
  danger: "low",
};
type Fields = Record<string, string | string[]>;
const fields = (kind: PlanKind, more: Fields = {}) =>
  rowForm(kind).parse({ ...plain, status: kind === "line" ? "open" : "todo", line: "A", ...more });
const add = (kind: PlanKind, more: Fields = {}, by: Colleague = leader) =>
  addRow(by, { jit: team.jit, kind, fields: fields(kind, more) });
const action = (more: Fields = {}, by: Colleague = leader) =>
  add("action", { title: "Hear the officers", ...more }, by);
const read = (code: string, kind: PlanKind = "action", by: Colleague = leader) =>
  readRow(by, { jit: team.jit, kind, code });
/** As the form of the row does it: what stands there is sent along. */
async function change(code: string, more: Fields, by: Colleague = leader, seen?: Record<string, string>) {
  const { row } = await read(code, "action", by);
  const standing = Object.fromEntries(
    Object.entries(row.values).map(([name, value]) => [name, name === "supports" ? listOf(value) : value]),
  );
  const typed = rowForm("action").parse({ ...standing, ...more });
  const before = seen ?? asTyped("action", row.values);
  return changeRow(by, { jit: team.jit, row: row.id, kind: "action", fields: typed, seen: before });
}

describe("rows", () => {
  beforeAll(newTeam);

  test("every table takes a row, gives it back as typed, and the trail has its entry", async () => {
    const { members, parties } = await readPlan(leader, team.jit);
    const person = members.find(({ here }) => here)?.id ?? "";
    const party = parties[0]?.id ?? "";
    const all: Fields = {
      title: "سايغا",
      member: person,
      party,
      phone: "+7 700",
      authorisation: "Суд, 12",
      response: "x",
    };
    for (const kind of planKinds) {
      const times: Fields =
        kind === "review" ? { day: "2026-12-03" } : kind === "dayStep" ? { at: "2026-12-03T05:00" } : {};
      const { code } = await add(kind, { ...all, ...times });
      const { row } = await read(code, kind);
      expect(row.values).toMatchObject(asTyped(kind, fields(kind, { ...all, ...times })));
    }
    const { rows } = await fresh.owner.query(
      "SELECT body::jsonb #>> '{facts,kind}' AS kind FROM audit.entry WHERE log = $1 AND body::jsonb ->> 'action' = 'plan.add' ORDER BY seq",
      [team.jit],
    );
    expect(rows.map(({ kind }) => kind)).toEqual(["line", ...planKinds]);
  });

  test("codes follow each other also when two people add at once, and one that was removed is not given again", async () => {
    await newTeam();
    const codes = await Promise.all([action(), action({}, member), action(), action({}, member)]);
    expect(codes.map(({ code }) => code).sort()).toEqual(["A1", "A2", "A3", "A4"]);
    const { row } = await read("A4");
    await removeRow(leader, { jit: team.jit, row: row.id, reason: "the witness has died" });
    expect((await action()).code).toBe("A5");
  });

  test("a row is removed with a reason that stays readable; a line only when no action is in it", async () => {
    await newTeam();
    const { id } = await action({ title: "Ask the port" });
    const line = (await read("A", "line")).row.id;
    await expect(removeRow(leader, { jit: team.jit, row: line, reason: "x" })).rejects.toMatchObject({
      reason: "plan-line-has-actions",
    });
    await removeRow(member, { jit: team.jit, row: id, reason: "answered already" });
    const { rows, removed } = await readPlan(leader, team.jit);
    expect(rows.map(({ code }) => code)).toEqual(["A"]);
    expect(removed).toMatchObject([{ code: "A1", title: "Ask the port", reason: "answered already" }]);
    await expect(removeRow(leader, { jit: team.jit, row: id, reason: "x" })).rejects.toMatchObject({
      reason: "plan-row-gone",
    });
    await removeRow(leader, { jit: team.jit, row: line, reason: "x" });
  });
});

describe("what cannot be", () => {
  beforeAll(newTeam);

  test.each([
    ["a start after the due date", { start: "2026-12-05", due: "2026-12-03" }, { start: "start-after-due" }],
    [
      "a time that the zone skips",
      { start: "2026-03-29T02:30", timeZone: "Europe/Amsterdam" },
      { start: "time-skipped" },
    ],
    ["a day that is none", { due: "2026-02-30" }, { due: "date-invalid" }],
    ["a zone that is none", { timeZone: "Mars/Olympus" }, { timeZone: "zone-unknown" }],
    ["a milestone without a day", { milestone: "on" }, { due: "plan-milestone-due" }],
    ["a line that is not there", { line: "Z" }, { line: "plan-line-unknown" }],
    ["an action that is not there", { after: "A99" }, { after: "plan-after-unknown" }],
    ["a code without its party", { handling: "NATIONAL-ONLY" }, { handlingParty: "task-handling-party" }],
    ["a party of another team", { party: "0190c0de-0000-7000-8000-000000000000" }, { party: "wrong-kind" }],
    ["support by nobody", { supports: ["0190c0de-0000-7000-8000-000000000000"] }, { supports: "wrong-kind" }],
  ])("%s is refused at its field, and nothing is stored", async (_, more, problems) => {
    const before = (await readPlan(leader, team.jit)).rows;
    await expect(add("action", { title: "x", ...(more as Fields) })).rejects.toMatchObject({ problems });
    expect((await readPlan(leader, team.jit)).rows).toEqual(before);
  });

  test.each([
    ["a title of 10,000 characters", { title: "x".repeat(10_000) }, "title", "plan-words-too-long"],
    ["a title that turns its neighbours", { title: "a\u202eb" }, "title", "control-characters"],
    ["no title", { title: " " }, "title", "required"],
    ["a list that is none", { title: "x", after: "A1; DROP" }, "after", "plan-after-wrong"],
  ])("%s is refused before anything is asked", (_, more, field, reason) => {
    const issues = rowForm("action").safeParse({ ...plain, status: "todo", line: "A", ...more }).error?.issues;
    expect(issues?.map(({ path, message }) => [path[0], message])).toContainEqual([field, reason]);
  });

  test("first and last day the wrong way round are refused under the names the form has", async () => {
    await expect(add("resource", { title: "Van", from: "2026-12-05", to: "2026-12-01" })).rejects.toMatchObject({
      problems: { from: "plan-from-after-to" },
    });
    await expect(add("dayStep", { title: "x", at: "5 o'clock" })).rejects.toMatchObject({
      problems: { at: "date-invalid" },
    });
  });

  test("the later of two who changed the same field is told, and nothing of either is lost", async () => {
    await newTeam();
    await action();
    const seen = asTyped("action", (await read("A1")).row.values);
    await change("A1", { title: "Hear both officers", outcome: "mine" }, member);
    await expect(change("A1", { title: "Hear three officers" }, leader, seen)).rejects.toMatchObject({
      problems: { title: "task-changed-meanwhile" },
    });
    expect((await read("A1")).row.values).toMatchObject({ title: "Hear both officers", outcome: "mine" });
    // Another field than the other's: both hold.
    const stale = rowForm("action").parse({
      ...plain,
      status: "todo",
      line: "A",
      ...seen,
      supports: [],
      priority: "high",
    });
    const { id } = (await read("A1")).row;
    await changeRow(leader, { jit: team.jit, row: id, kind: "action", fields: stale, seen });
    expect((await read("A1")).row.values).toMatchObject({ title: "Hear both officers", priority: "high" });
  });

  test("a row whose person has left can still be changed; nobody who left is newly named", async () => {
    await newTeam();
    const leaving = await team.bring("eg", ["member"]);
    const id = await memberOf(fresh.owner, team.jit, leaving);
    await action({ member: id });
    await revokeMember(team.founder, { jit: team.jit, member: id, reason: "left the service" });
    await change("A1", { title: "Hear one officer" });
    expect((await read("A1")).row.values).toMatchObject({ title: "Hear one officer", member: id });
    await expect(action({ member: id })).rejects.toMatchObject({ problems: { member: "task-holder-gone" } });
  });
});

describe("what waits for what", () => {
  test("whatever several people ask at once, no circle comes about, and the sentence names the one that would", async () => {
    await newTeam();
    for (let index = 0; index < 5; index++) await action();
    const codes = ["A1", "A2", "A3", "A4", "A5"];
    const one = fc.record({
      code: fc.constantFrom(...codes),
      after: fc.uniqueArray(fc.constantFrom(...codes), { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 2, maxLength: 5 }), async (asked) => {
        const done = await Promise.allSettled(
          asked.map(({ code, after }, index) => change(code, { after: after.join(", ") }, index % 2 ? leader : member)),
        );
        for (const result of done) {
          if (result.status === "fulfilled") continue;
          const { reason, values, problems } = result.reason;
          if (reason === "plan-circle") expect(values.circle).toMatch(/^(A\d) → (A\d → )*\1$/);
          else expect(Object.values(problems)[0]).toMatch(/^(plan-after-itself|task-changed-meanwhile)$/);
        }
        const { rows } = await readPlan(leader, team.jit);
        let open = rows.filter(({ kind }) => kind === "action");
        for (let left = open.length + 1; left !== open.length; ) {
          left = open.length;
          open = open.filter(({ after }) => after.some((code) => open.some((row) => row.code === code)));
        }
        expect(open).toEqual([]);
      }),
      { numRuns: 10 },
    );
  });

  test("an action kept from whoever writes stays waited for, and is not named in the circle", async () => {
    await newTeam();
    await action();
    await action({ handling: "LEADERS" });
    await action();
    await change("A2", { after: "A1" });
    await change("A3", { after: "A2" });
    expect((await read("A3", "action", member)).row.after).toEqual([]);
    await change("A3", { title: "other", after: "" }, member);
    expect((await read("A3")).row.after).toEqual(["A2"]);
    await expect(change("A1", { after: "A3" }, member)).rejects.toMatchObject({
      reason: "plan-circle",
      values: { circle: "A1 → A3 → … → A1" },
    });
    await expect(action({ after: "A2" }, member)).rejects.toMatchObject({ problems: { after: "plan-after-unknown" } });
  });

  test("a removed action is waited for no longer, nor does it close a circle", async () => {
    await newTeam();
    const { id } = await action();
    await action({ after: "A1" });
    await removeRow(leader, { jit: team.jit, row: id, reason: "done elsewhere" });
    expect((await read("A2")).row.after).toEqual([]);
  });

  test("how an action stands: late before all, then without order, then waiting, then as it is said", async () => {
    await newTeam();
    await action({ due: "2026-12-03" });
    await action({ after: "A1", status: "doing" });
    await action({ coercive: "on" });
    const { rows } = await readPlan(leader, team.jit);
    const at = (code: string, now: string) => standingOf(rows.find((row) => row.code === code)!, rows, now);
    expect(at("A1", "2026-12-03T18:59:59.999Z")).toBe("todo");
    expect(at("A1", "2026-12-03T19:00:00.000Z")).toBe("late");
    expect(at("A2", "2026-12-01T00:00:00.000Z")).toBe("waits");
    expect(at("A3", "2026-12-01T00:00:00.000Z")).toBe("hold");
    await change("A1", { status: "done" });
    const after = (await readPlan(leader, team.jit)).rows;
    expect(standingOf(after.find(({ code }) => code === "A2")!, after, "2026-12-01T00:00:00.000Z")).toBe("doing");
  });
});

describe("who sees what", () => {
  test("every role sees the rows that its handling code allows, and no other, whichever way it asks", async () => {
    await newTeam();
    const made: { code: string; handling: HandlingCode; handlingPartyId: string | null; memberId: string | null }[] =
      [];
    for (const handling of handlingCodes) {
      for (const home of namesParty(handling) ? [team.parties.eg, team.parties.kz] : [""]) {
        const { code } = await action({ handling, handlingParty: home }, team.founder);
        made.push({ code, handling, handlingPartyId: home || null, memberId: null });
      }
    }
    for (const role of jitRoles) {
      const person = await team.bring(role === "participant_observer" ? "unodc" : "eg", [role as JitRole]);
      const memberId = await memberOf(fresh.owner, team.jit, person);
      const partyId = role === "participant_observer" ? null : team.parties.eg;
      const expected = made
        .filter((row) => maySee({ roles: [role as JitRole], partyId, memberId }, { ...row, helpers: [] }))
        .map(({ code }) => code);
      const { rows } = await readPlan(person, team.jit);
      expect([role, rows.filter(({ kind }) => kind === "action").map(({ code }) => code)]).toEqual([role, expected]);
      const hidden = made.find(({ code }) => !expected.includes(code));
      if (hidden) await expect(read(hidden.code, "action", person)).rejects.toMatchObject({ name: "NotFound" });
    }
  });
});

describe("cards", () => {
  test("an action becomes a card with all it says, and each names the other", async () => {
    await newTeam();
    const party = team.parties.kz;
    await action({ title: "Freeze accounts", party, due: "2026-12-03", coercive: "on", authorisation: "order 5" });
    const { number } = await makeCard(leader, { jit: team.jit, code: "A1" });
    const { card, links } = await readTask(leader, { jit: team.jit, task: taskReference(number) });
    expect(card).toMatchObject({
      title: "Freeze accounts",
      partyId: party,
      due: "2026-12-03",
      authorisation: "order 5",
    });
    expect(links).toEqual([{ kind: "plan", reference: "A1" }]);
    expect((await read("A1")).row.cards).toEqual([number]);
    const cookie = await cookieOf(leader);
    const base = `/jits/${team.reference}`;
    const ofRow = await (await pages.ask(`${base}/plan/action/A1`, { cookie })).text();
    expect(ofRow).toContain(`href="${base}/tasks/T-01"`);
    expect(await (await pages.ask(`${base}/tasks/T-01`, { cookie })).text()).toContain(`href="${base}/plan/action/A1"`);
  });

  test("a member makes cards for the own party only", async () => {
    await newTeam();
    await action({ party: team.parties.kz });
    await action({ party: team.parties.eg });
    await expect(makeCard(member, { jit: team.jit, code: "A1" })).rejects.toMatchObject({ name: "Forbidden" });
    expect(await makeCard(member, { jit: team.jit, code: "A2" })).toEqual({ number: 1 });
  });
});

describe("on paper", () => {
  test.each(["A4", "A3"])("the whole plan that the reader sees, in every script, on %s", async (paper) => {
    await newTeam();
    await action({ title: "جلسات استماع", due: "2026-12-03" });
    await action({ title: "Заморозить счета", after: "A1" });
    await action({ title: "Kept from members", handling: "LEADERS" });
    await add("risk", { title: "走漏消息" });
    const cookie = await cookieOf(member);
    const response = await pages.ask(`/jits/${team.reference}/plan.pdf?paper=${paper}`, { cookie });
    expect([response.status, response.headers.get("Content-Type")]).toEqual([200, "application/pdf"]);
    const text = wordsOf(new Uint8Array(await response.arrayBuffer()));
    for (const words of ["Заморозить счета", "走漏消息", "after A1"]) expect(text).toContain(words);
    expect(text).not.toContain("Kept from members");
  });

  test("letters that no font has are named on the page, and nothing is printed", async () => {
    await newTeam();
    await action({ title: "ქართული" });
    const cookie = await cookieOf(leader);
    const response = await pages.ask(`/jits/${team.reference}/plan.pdf`, { cookie });
    expect(response.status).toBe(302);
    const page = await (await pages.ask(response.headers.get("Location") ?? "", { cookie })).text();
    expect(page).toContain("U+10E5");
    expect(page).toContain("The plan was not printed");
  });
});
