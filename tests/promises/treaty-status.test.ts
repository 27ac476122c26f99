import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { platformLog } from "#app/domain/audit/entry.server.ts";
import { checkDocument } from "#app/domain/checks/checking.server.ts";
import { finaliseDocument } from "#app/domain/documents/freezing.server.ts";
import { RecordTreatyStatus } from "#app/domain/law/recording.ts";
import { readStatusTable } from "#app/domain/law/status-table.ts";
import {
  compareTreatyStatus,
  getTreatyStatus,
  importTreatyStatus,
  listTreatyStatus,
  recordTreatyStatus,
} from "#app/domain/law/treaty-status.server.ts";
import { names } from "#app/domain/names/english.ts";
import { globalRoles } from "#app/domain/roles.ts";
import { atInstant } from "#app/platform/clock.ts";
import { agreeForAll } from "#tests/support/agreeing.ts";
import { completeText } from "#tests/support/complete-text.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { negotiate } from "#tests/support/negotiation.ts";
import { cookieOf, openPages } from "#tests/support/pages.ts";
import { addColleague, addOffice, type Colleague, foundTeam, type Office } from "#tests/support/team.ts";
import { entriesOf } from "#tests/support/trail.ts";

let fresh: FreshDatabase;
let office: Office;
let admin: Colleague;
let second: Colleague;
let pages: Awaited<ReturnType<typeof openPages>>;
beforeAll(async () => {
  fresh = await freshDatabase();
  office = await addOffice(fresh.owner, "EG", "Africa/Cairo");
  admin = await addColleague(fresh.owner, office, { globalRoles: ["user_admin"] });
  second = await addColleague(fresh.owner, office, { globalRoles: ["user_admin"] });
  pages = await openPages();
});
afterAll(() => fresh.drop());

/** Each test has a State of its own, so that nothing of another stands there. */
const states = Object.keys(names.states).filter((code) => !["KZ", "EG", "NL"].includes(code));
let state = "";
beforeEach(() => {
  state = states.shift() ?? "";
});

const day = (back: number) => new Date(Date.now() - back * 86_400_000).toISOString().slice(0, 10);
const found = {
  party: "yes",
  inForceOn: "2008-08-30",
  declarations: { disputes: "Not bound by article 35, paragraph 2." },
  source: "UN Treaty Collection, chapter XVIII, 12",
  lookedUpOn: day(1),
};
const record = (seen: number, over: object = {}, by = admin, of = state) =>
  recordTreatyStatus(by, { ...RecordTreatyStatus.parse({ ...found, seen, ...over }), state: of });
const rows = async () => Number((await fresh.owner.query("SELECT count(*) FROM treaty_status")).rows[0].count);
const entries = (action: string) => entriesOf(fresh.owner, platformLog, action);
const heads = "state,party,in_force_on,article_35_2,source,looked_up_on";
const tableOf = (...lines: string[]) => {
  const { rows: read, problems } = readStatusTable([heads, ...lines].join("\n"));
  expect(problems).toEqual([]);
  return read;
};
const importTable = async (...lines: string[]) => {
  const { seen, rows: compared } = await compareTreatyStatus(admin, tableOf(...lines));
  return importTreatyStatus(admin, { rows: compared, seen });
};

describe("who keeps the record", () => {
  test.each(globalRoles.filter((role) => role !== "user_admin"))(
    "a %s neither reads nor enters anything",
    async (role) => {
      const person = await addColleague(fresh.owner, office, { globalRoles: [role] });
      const before = await rows();
      const [row] = tableOf(`${state},no,,,s,${day(1)}`);
      for (const act of [
        () => listTreatyStatus(person),
        () => getTreatyStatus(person, state),
        () => compareTreatyStatus(person, [row!]),
        () => record(0, {}, person),
        () => importTreatyStatus(person, { rows: [row!], seen: 0 }),
      ])
        await expect(act()).rejects.toMatchObject({ name: "Forbidden" });
      expect(await rows()).toBe(before);
      const cookie = await cookieOf(person);
      for (const path of ["/admin/treaty-status", `/admin/treaty-status/${state}`, "/admin/treaty-status/import"]) {
        for (const method of ["GET", "POST"] as const) {
          const response = await pages.ask(path, { cookie, method });
          // A list takes no form at all.
          expect([path, method, [403, 405].includes(response.status)]).toEqual([path, method, true]);
        }
      }
    },
  );

  test("an administrator whose role was taken away enters nothing more, whatever the session says", async () => {
    const former = await addColleague(fresh.owner, office, { globalRoles: [] });
    await expect(record(0, {}, { ...former, globalRoles: ["user_admin"] })).rejects.toMatchObject({
      name: "Forbidden",
    });
  });
});

describe("a record", () => {
  test("stands with everything that was entered, and what stood before stays in the history", async () => {
    await record(0);
    await record(1, { party: "no", inForceOn: undefined, declarations: {}, source: "Note verbale" }, second);
    const history = await getTreatyStatus(second, state);
    expect(history).toMatchObject([
      { number: 2, party: "no", inForceOn: null, declarations: {}, source: "Note verbale", lookedUpOn: day(1) },
      { number: 1, ...found },
    ]);
    expect(history.map(({ person }) => person.latinName)).toEqual([second, admin].map(({ email }) => nameOf(email)));
    const line = (await listTreatyStatus(admin)).find((one) => one.state === state);
    expect(line?.status).toMatchObject({ party: "no", old: false });
  });

  test("is old after 180 days, not before", async () => {
    await record(0, { lookedUpOn: day(180) });
    const old = async () => (await listTreatyStatus(admin)).find((one) => one.state === state)?.status?.old;
    expect(await old()).toBe(false);
    expect(await atInstant(new Date(Date.now() + 86_400_000), old)).toBe(true);
  });

  test("is only added to: no row changes or goes, not even for the owner of the database", async () => {
    await record(0);
    for (const act of ["UPDATE treaty_status SET party = 'no'", "DELETE FROM treaty_status", "TRUNCATE treaty_status"])
      await expect(fresh.owner.query(act)).rejects.toThrow("append-only");
  });

  test("cannot be written behind the trail", async () => {
    const insert = `INSERT INTO treaty_status SELECT state, number + 1, party, in_force_on, declarations, source,
                    looked_up_on, person_id, at FROM treaty_status WHERE state = $1`;
    await record(0);
    const before = await rows();
    await expect(fresh.owner.query(insert, [state])).rejects.toThrow();
    expect(await rows()).toBe(before);
  });

  test("of two administrators who began from the same, the second is told and nothing of theirs is lost", async () => {
    await record(0);
    await expect(record(0, {}, second)).rejects.toMatchObject({ reason: "status-changed" });
    const both = await Promise.allSettled([record(1), record(1, {}, second)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    const cookie = await cookieOf(second);
    const form = {
      party: "no",
      source: "Kept source",
      lookedUpOn: day(3),
      seen: "1",
      "declarations.other": "Kept words",
    };
    const response = await pages.ask(`/admin/treaty-status/${state}`, { cookie, method: "POST", form });
    expect(response.status).toBe(409);
    const page = await response.text();
    for (const kept of ["Kept source", "Kept words", `value="${day(3)}"`, 'name="seen" value="2"'])
      expect(page).toContain(kept);
  });

  test.each([
    ["without an answer", { party: "" }, "party"],
    ["of a party without its day", { inForceOn: "" }, "inForceOn"],
    ["of none with a day", { party: "no" }, "inForceOn"],
    ["from before the Convention", { inForceOn: "2002-01-01" }, "inForceOn"],
    ["looked up on a day to come", { lookedUpOn: day(-3) }, "lookedUpOn"],
    ["without a source", { source: " " }, "source"],
  ])("%s is refused at its field, and all that was typed comes back", async (_, over, field) => {
    const form = {
      ...{ party: "yes", inForceOn: "2008-08-30", source: "My source", lookedUpOn: day(2), seen: "0" },
      "declarations.disputes": "Typed words",
      ...over,
    };
    const before = await rows();
    const cookie = await cookieOf(admin);
    const response = await pages.ask(`/admin/treaty-status/${state}`, { cookie, method: "POST", form });
    expect(response.status).toBe(422);
    const page = await response.text();
    expect(page).toContain(`href="#field-${field}"`);
    expect(page).toContain("Typed words");
    if (form.source.trim()) expect(page).toContain("My source");
    expect(await rows()).toBe(before);
  });

  test("of what is no State is not found", async () => {
    const cookie = await cookieOf(admin);
    for (const none of ["XX", "kz", "KAZ", "a%00b", "toString"]) {
      const path = `/admin/treaty-status/${none}`;
      expect([none, (await pages.ask(path, { cookie })).status]).toEqual([none, 404]);
      const form = { party: "no", source: "s", lookedUpOn: day(1), seen: "0" };
      expect([none, (await pages.ask(path, { cookie, method: "POST", form })).status]).toEqual([none, 404]);
    }
  });
});

function nameOf(email: string): string {
  return `Person ${/\d+/.exec(email)?.[0]}`;
}

describe("a table", () => {
  test("is recorded whole, and lines that are known already make no record", async () => {
    await record(0);
    const [other, third] = [states.shift(), states.shift()];
    const lines = [
      `${state},yes,2008-08-30,"Not bound by article 35, paragraph 2.",Another source,${day(0)}`,
      `${other},no,,,s,${day(1)}`,
      `${third},unknown,,,s,${day(1)}`,
    ];
    const { rows: compared } = await compareTreatyStatus(admin, tableOf(...lines));
    expect(compared.map(({ effect }) => effect)).toEqual(["confirmed", "new", "new"]);
    const before = await rows();
    expect(await importTable(...lines)).toEqual({ recorded: 3 });
    expect(await rows()).toBe(before + 3);
    const [{ body, details } = { body: null, details: null }] = (await entries("treatyStatus.import")).slice(-1);
    expect(body).toMatchObject({
      actor: { person: admin.personId },
      facts: { recorded: [{ state, number: 2 }, { state: other, number: 1, party: "no" }, { state: third }] },
    });
    expect(details).toMatchObject({ [state]: { source: "Another source" } });
    expect(JSON.stringify(body)).not.toContain("Another source");
    await expect(importTable(...lines)).rejects.toMatchObject({ reason: "table-known" });
    expect(await importTable(`${other},yes,2026-01-01,,s,${day(1)}`, lines[2]!)).toEqual({ recorded: 1 });
  });

  test("that is older than what stands, or of a day to come, is refused whole", async () => {
    await record(0);
    const other = states.shift();
    const lines = [`${other},no,,,s,${day(1)}`, `${state},no,,,s,${day(2)}`];
    expect((await compareTreatyStatus(admin, tableOf(...lines))).problems).toEqual([
      { line: 3, column: "looked_up_on", reason: "table-older" },
    ]);
    const before = await rows();
    await expect(importTable(...lines)).rejects.toMatchObject({ reason: "table-refused" });
    await expect(importTable(`${other},no,,,s,${day(-3)}`)).rejects.toMatchObject({ reason: "table-refused" });
    expect(await rows()).toBe(before);
  });

  test("that was compared with another record than stands now is not recorded", async () => {
    const read = tableOf(`${state},no,,,s,${day(1)}`);
    const { seen } = await compareTreatyStatus(admin, read);
    await record(0, {}, second);
    await expect(importTreatyStatus(admin, { rows: read, seen })).rejects.toMatchObject({ reason: "status-changed" });
  });

  test("is shown with what stands against each line, comes back as it was sent, and nothing is recorded", async () => {
    const before = await rows();
    const cookie = await cookieOf(admin);
    const text = `${heads}\n${state},yes,,<script>alert(1)</script>,Kept source,${day(1)}`;
    const form = { act: "preview", text };
    const response = await pages.ask("/admin/treaty-status/import", { cookie, method: "POST", form });
    expect(response.status).toBe(422);
    const page = await response.text();
    expect(page).toContain("Line 2, in_force_on: A party has a day");
    expect(page).toContain("Kept source");
    expect(page).not.toContain("<script>alert(1)");
    const shown = await pages.ask("/admin/treaty-status/import", {
      cookie,
      method: "POST",
      form: { act: "preview", text: `${heads}\n${state},no,,,Kept source,${day(1)}` },
    });
    expect(shown.status).toBe(200);
    expect(await shown.text()).toContain("New: 1. Changed: 0.");
    expect(await rows()).toBe(before);
  });

  test.each([
    ["nothing", { act: "preview", text: " " }, 422],
    ["an act that is none", { act: "burn", text: "x" }, 422],
    ["a table that nobody saw", { act: "record", text: "x", seen: "0" }, 409],
    ["no sign of what was seen", { act: "record", text: "x", seen: "" }, 422],
  ])("%s is refused", async (_, form, status) => {
    const response = await pages.ask("/admin/treaty-status/import", {
      cookie: await cookieOf(admin),
      method: "POST",
      form,
    });
    expect(response.status).toBe(status);
  });
});

test("the trail says who recorded what of which State; sources and declarations stand apart from it", async () => {
  await record(0);
  const last = (await entries("treatyStatus.record")).at(-1);
  const { party, inForceOn, lookedUpOn, source, declarations } = found;
  expect(last?.body).toMatchObject({
    actor: { person: admin.personId },
    facts: { state, number: 1, party, inForceOn, lookedUpOn },
  });
  expect(last?.details).toEqual({ source, declarations });
  expect(JSON.stringify(last?.body)).not.toMatch(/Treaty Collection|Not bound/);
});

describe("an arrangement", () => {
  test("is checked against what is recorded of its parties, by its members, who need not see the record", async () => {
    const team = await foundTeam(fresh.owner);
    await team.bring("eg", ["lead_negotiator"]);
    await team.bring("kz", ["leader"]);
    const reader = await team.bring("kz", ["member"]);
    const step = await negotiate(team, "UTC");
    await completeText({ ...team, ...step });
    const said = async () =>
      (await checkDocument(reader, step)).findings
        .filter(({ rule }) => ["V02", "V03", "V06"].includes(rule))
        .map(({ sentence, values }) => [sentence, values.states]);
    expect(await said()).toEqual([["V03-unknown", ["KZ", "EG"]]]);
    await record(0, { declarations: {} }, admin, "KZ");
    await record(0, {}, admin, "EG");
    expect(await said()).toEqual([["V06-disputes", ["EG"]]]);
    await record(1, { party: "no", inForceOn: "", declarations: {} }, admin, "EG");
    expect(await said()).toEqual([["V02-outside", ["EG"]]]);
    await agreeForAll(step);
    await expect(finaliseDocument(team.founder, step)).rejects.toMatchObject({ reason: "findings-block-finalising" });
    await record(2, { declarations: {} }, admin, "EG");
    await finaliseDocument(team.founder, step);
  });
});
