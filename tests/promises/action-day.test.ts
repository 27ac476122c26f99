import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { revokeMember } from "#app/domain/jits/members.server.ts";
import { listDays, readDay, sayForDay } from "#app/domain/plan/action-day.server.ts";
import { type DayWord, goOf } from "#app/domain/plan/action-day.ts";
import { rowForm } from "#app/domain/plan/row-forms.ts";
import { addRow } from "#app/domain/plan/rows.server.ts";
import { atInstant } from "#app/platform/clock.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { teamInForce } from "#tests/support/in-force.ts";
import { cookieOf, openPages } from "#tests/support/pages.ts";
import { type Colleague, foundTeam, memberOf, type Team } from "#tests/support/team.ts";
import { entriesOf } from "#tests/support/trail.ts";

/* A day of action: each State's go takes two of its people, is recorded once, and is open until its first step. */
let fresh: FreshDatabase;
let pages: Awaited<ReturnType<typeof openPages>>;
let team: Team;
let people: Record<"kz1" | "kz2" | "kz3" | "eg1", Colleague>;
type Who = keyof typeof people;
beforeAll(async () => {
  fresh = await freshDatabase();
  pages = await openPages();
});
afterAll(() => fresh.drop());

let day = "2099-12-03";
const step = (more: Record<string, string>) =>
  addRow(team.founder, {
    jit: team.jit,
    kind: "dayStep",
    fields: rowForm("dayStep").parse({ title: "Entry", danger: "low", handling: "OPEN-JIT", ...more }),
  });
async function newTeam(): Promise<void> {
  day = "2099-12-03";
  team = await foundTeam(fresh.owner);
  people = {
    kz1: await team.bring("kz", ["leader"]),
    kz2: await team.bring("kz", ["deputy_leader"]),
    kz3: await team.bring("kz", ["member"]),
    eg1: await team.bring("eg", ["member"]),
  };
  await newDay();
}

/** 05:00 in Almaty is 00:00 UTC, 04:30 in Cairo is 02:30 UTC. */
async function newDay(): Promise<void> {
  await step({ at: `${day}T05:00`, timeZone: "Asia/Almaty", party: team.parties.kz, title: "Entry in Aktau" });
  await step({ at: `${day}T04:30`, timeZone: "Africa/Cairo", party: team.parties.eg, title: "Entry in Port Said" });
}

const stateOf = (who: Who) => (who === "eg1" ? "eg" : "kz");
const say = (who: Who, word: DayWord, more: { reason?: string; key?: string; day?: string } = {}) =>
  sayForDay(people[who], {
    ...{ jit: team.jit, day, party: team.parties[stateOf(who)], word, key: randomUUID() },
    reason: word === "noGo" ? "No order yet" : "",
    ...more,
  });
async function standing(state: "kz" | "eg") {
  const { states } = await readDay(team.founder, { jit: team.jit, day });
  const own = states.find(({ partyId }) => partyId === team.parties[state]);
  if (!own) throw new Error("the State is not on the day");
  return { ...own, is: goOf(own.said) };
}

describe("go and no-go", () => {
  beforeAll(newTeam);

  test("a go takes two different persons of the State, with their names and times; a third changes nothing", async () => {
    await say("kz1", "go");
    await say("kz1", "go");
    expect((await standing("kz")).is).toBe("firstGo");
    await say("kz2", "go");
    const { is, said } = await standing("kz");
    expect([is, new Set(said.map(({ latinName }) => latinName)).size]).toEqual(["go", 2]);
    for (const { at } of said) expect(at).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    expect((await standing("eg")).is).toBe("open");
    await say("kz3", "go");
    expect((await standing("kz")).is).toBe("go");
  });

  test("one no-go stands against every go, needs a reason, and is the State's with a second", async () => {
    await newTeam();
    await say("kz1", "go");
    await say("kz2", "go");
    await expect(say("kz3", "noGo", { reason: "" })).rejects.toMatchObject({
      problems: { reason: "day-no-go-reason" },
    });
    expect((await standing("kz")).is).toBe("go");
    await say("kz3", "noGo", { reason: "لم يصل الأمر" });
    const { is, said } = await standing("kz");
    expect([is, said.at(-1)?.reason]).toEqual(["firstNoGo", "لم يصل الأمر"]);
    await say("kz1", "noGo");
    expect((await standing("kz")).is).toBe("noGo");
  });

  test("either of the two takes the go back until the first step of the State, and not after it", async () => {
    await newTeam();
    await say("kz1", "go");
    await say("kz2", "go");
    await say("kz2", "withdrawn");
    expect((await standing("kz")).is).toBe("firstGo");
    await expect(say("kz2", "withdrawn")).rejects.toMatchObject({ reason: "day-nothing-to-take-back" });
    await say("eg1", "go");
    const { startsAt } = await standing("kz");
    expect(startsAt).toBe(`${day}T00:00:00.000Z`);
    await atInstant(new Date(startsAt ?? ""), async () => {
      for (const word of ["go", "noGo", "withdrawn"] as const)
        await expect(say("kz1", word)).rejects.toMatchObject({ reason: "day-has-begun" });
      // The other State begins later.
      await say("eg1", "withdrawn");
    });
    expect([(await standing("kz")).is, (await standing("eg")).is]).toEqual(["firstGo", "open"]);
  });

  test("nobody speaks for another State, and only those whose role it is", async () => {
    await newTeam();
    const other = { jit: team.jit, day, party: team.parties.eg, word: "go", reason: "", key: randomUUID() } as const;
    await expect(sayForDay(people.kz1, other)).rejects.toMatchObject({ name: "Forbidden" });
    const negotiator = await team.bring("eg", ["lead_negotiator"]);
    await expect(sayForDay(negotiator, other)).rejects.toMatchObject({ name: "Forbidden" });
    await expect(say("kz1", "go", { day: "2099-12-04" })).rejects.toMatchObject({ reason: "day-without-steps" });
    await expect(say("kz1", "go", { day: "2099-02-30" })).rejects.toMatchObject({ name: "NotFound" });
  });

  test("the word of a person who left the team counts no more", async () => {
    await newTeam();
    await say("kz1", "go");
    await say("kz3", "go");
    const left = await memberOf(fresh.owner, team.jit, people.kz3);
    await revokeMember(team.founder, { jit: team.jit, member: left, reason: "moved to another office" });
    const { is, said } = await standing("kz");
    expect([is, said.map(({ here }) => here)]).toEqual(["firstGo", [true, false]]);
  });

  test("what is sent twice, or twice at once, is recorded once; a key is for one word of one person", async () => {
    await newTeam();
    const key = randomUUID();
    await Promise.all([say("kz1", "go", { key }), say("kz1", "go", { key }), say("kz1", "go", { key })]);
    await say("kz1", "go", { key });
    expect((await standing("kz")).said).toHaveLength(1);
    expect(await entriesOf(fresh.owner, team.jit, "actionDay.decide")).toHaveLength(1);
    await expect(say("kz1", "noGo", { key })).rejects.toMatchObject({ problems: { key: "wrong-kind" } });
    await expect(say("kz2", "go", { key })).rejects.toMatchObject({ problems: { key: "wrong-kind" } });
    // It was recorded before the day began: sent again late, it is still recorded and not refused.
    await atInstant(new Date("2099-12-04T00:00:00Z"), () => say("kz1", "go", { key }));
  });

  test("whatever is said by whom in whatever order, a State goes on two present yeses and no no", async () => {
    const who = fc.constantFrom<Who[]>("kz1", "kz2", "kz3", "eg1");
    const word = fc.constantFrom<DayWord[]>("go", "go", "noGo", "withdrawn");
    const said = fc.record({ who, word, key: fc.nat(5), late: fc.boolean() });
    await newTeam();
    await fc.assert(
      fc.asyncProperty(fc.array(said, { minLength: 3, maxLength: 16 }), async (words) => {
        day = new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
        await newDay();
        const keys = Array.from({ length: 6 }, () => randomUUID());
        const used = new Map<number, { who: Who; word: DayWord }>();
        const last = new Map<Who, DayWord>();
        for (const one of words) {
          const at = one.late ? `${day}T01:00:00Z` : "2099-12-01T00:00:00Z";
          const before = used.get(one.key);
          const done = await atInstant(new Date(at), () => say(one.who, one.word, { key: keys[one.key] })).then(
            () => true,
            () => false,
          );
          const open = !(one.late && stateOf(one.who) === "kz");
          const stands = last.has(one.who) && last.get(one.who) !== "withdrawn";
          const may = before
            ? before.who === one.who && before.word === one.word
            : open && (one.word !== "withdrawn" || stands);
          expect(done).toBe(may);
          if (!may || before) continue;
          used.set(one.key, one);
          last.set(one.who, one.word);
        }
        for (const state of ["kz", "eg"] as const) {
          const of = (wanted: DayWord) =>
            [...last].filter(([by, said]) => stateOf(by) === state && said === wanted).length;
          const { is, said: recorded } = await standing(state);
          expect(is === "go").toBe(of("go") >= 2 && of("noGo") === 0);
          expect(is === "noGo").toBe(of("noGo") >= 2);
          expect(recorded).toHaveLength([...used.values()].filter((one) => stateOf(one.who) === state).length);
        }
      }),
      { numRuns: 25 },
    );
  }, 240_000);
});

/** As another arrangement would have agreed on it. */
async function inZone(jit: string, timeZone: string): Promise<void> {
  const client = await fresh.owner.connect();
  try {
    await client.query("SET session_replication_role = replica");
    await client.query("UPDATE document SET reference_time_zone = $2 WHERE jit_id = $1 AND kind = 'agreement'", [
      jit,
      timeZone,
    ]);
    await client.query("SET session_replication_role = DEFAULT");
  } finally {
    client.release();
  }
}

describe("the day", () => {
  test("is one of UTC before the arrangement is in force; who may not see a step does not, and no State's start tells of it", async () => {
    await newTeam();
    const kept = { handling: "NATIONAL-ONLY", handlingParty: team.parties.kz, party: team.parties.kz };
    await step({ at: "2099-12-03T04:00", timeZone: "UTC", title: "Kept at home", ...kept });
    await step({ at: "2099-12-04T04:59", timeZone: "Asia/Almaty", title: "Last of the day", party: team.parties.kz });
    await step({ at: "2099-12-04T05:00", timeZone: "Asia/Almaty", title: "First of the next" });
    const titles = async (by: Colleague) => (await readDay(by, { jit: team.jit, day })).steps.map(({ title }) => title);
    expect(await titles(people.kz1)).toEqual([
      "Entry in Aktau",
      "Entry in Port Said",
      "Kept at home",
      "Last of the day",
    ]);
    expect(await titles(people.eg1)).toEqual(["Entry in Aktau", "Entry in Port Said", "Last of the day"]);
    expect(await listDays(people.eg1, team.jit)).toEqual({
      timeZone: "UTC",
      days: [
        { day, steps: 3 },
        { day: "2099-12-04", steps: 1 },
      ],
    });
    const { states } = await readDay(people.eg1, { jit: team.jit, day });
    expect(states.map(({ state, timeZone, startsAt }) => [state, timeZone, startsAt])).toEqual([
      ["KZ", "Asia/Almaty", `${day}T00:00:00.000Z`],
      ["EG", "Africa/Cairo", `${day}T02:30:00.000Z`],
    ]);
  });

  test("is one of the reference zone of the team, east and west of UTC and when the clock changes", async () => {
    const running = await teamInForce(fresh.owner, {}, "Asia/Almaty");
    const { jit, founder } = running;
    const put = (at: string, timeZone: string, party = "") => {
      const fields = rowForm("dayStep").parse({ title: at, at, timeZone, party, danger: "low", handling: "OPEN-JIT" });
      return addRow(founder, { jit, kind: "dayStep", fields });
    };
    const shown = async (one: string) => {
      const found = await readDay(founder, { jit, day: one });
      return { steps: found.steps.map(({ at }) => at), elsewhere: found.elsewhere };
    };
    // 01:00 in Almaty is the evening before in UTC and in Dakar, and it is the same day of action.
    await put("2099-12-03T01:00", "Asia/Almaty", running.parties.kz);
    await put("2099-12-02T20:30", "Africa/Dakar");
    await put("2099-12-03T18:59", "UTC");
    await put("2099-12-03T19:00", "UTC");
    const [first, second, third, fourth] = ["02T20:00", "02T20:30", "03T18:59", "03T19:00"].map(
      (at) => `2099-12-${at}:00.000Z`,
    );
    expect(await listDays(founder, jit)).toEqual({
      timeZone: "Asia/Almaty",
      days: [
        { day: "2099-12-03", steps: 3 },
        { day: "2099-12-04", steps: 1 },
      ],
    });
    expect(await shown("2099-12-03")).toEqual({ steps: [first, second, third], elsewhere: ["2099-12-04"] });
    // The address by UTC still leads to what it led to.
    expect(await shown("2099-12-02")).toEqual({ steps: [], elsewhere: ["2099-12-03"] });
    const word = { word: "go", reason: "", party: running.parties.kz, jit } as const;
    const by = running.leaders.kz;
    const early = sayForDay(by, { ...word, day: "2099-12-02", key: randomUUID() });
    await expect(early).rejects.toMatchObject({ reason: "day-without-steps" });
    await sayForDay(by, { ...word, day: "2099-12-03", key: randomUUID() });
    const { states } = await readDay(founder, { jit, day: "2099-12-03" });
    expect(states.find(({ state }) => state === "KZ")).toMatchObject({ startsAt: first, said: [{ word: "go" }] });

    await inZone(jit, "America/Bogota");
    expect(await shown("2099-12-02")).toEqual({ steps: [first, second], elsewhere: [] });
    expect(await shown("2099-12-03")).toEqual({ steps: [third, fourth], elsewhere: [] });

    // Cairo goes forward as 24 April 2026 begins and back as 29 October ends: days of 23 and of 25 hours.
    await inZone(jit, "Africa/Cairo");
    for (const at of ["2026-04-23T21:59", "2026-04-23T22:00", "2026-04-24T20:59", "2026-04-24T21:00"])
      await put(at, "UTC");
    for (const at of ["2026-10-28T21:00", "2026-10-29T21:59", "2026-10-29T22:00", "2026-10-30T22:00"])
      await put(at, "UTC");
    const { days } = await listDays(founder, jit);
    expect(days.filter(({ day: one }) => one.startsWith("2026"))).toEqual([
      { day: "2026-04-23", steps: 1 },
      { day: "2026-04-24", steps: 2 },
      { day: "2026-04-25", steps: 1 },
      { day: "2026-10-29", steps: 2 },
      { day: "2026-10-30", steps: 1 },
      { day: "2026-10-31", steps: 1 },
    ]);
  });

  test("works by plain forms: a go, a no-go without a reason that keeps nothing, a form sent twice", async () => {
    await newTeam();
    const cookie = await cookieOf(people.eg1);
    const path = `/jits/${team.reference}/plan/day/${day}`;
    const page = await (await pages.ask(path, { cookie })).text();
    for (const words of ["Entry in Aktau", "02:30", "04:30", "Cairo", "Almaty"]) expect(page).toContain(words);
    const key = /name="key" value="([0-9a-f-]{36})"/.exec(page)?.[1] ?? "";
    const form = { key, word: "go", reason: "" };
    for (let time = 0; time < 2; time++)
      expect((await pages.ask(`${path}?index`, { cookie, method: "POST", form })).status).toBe(302);
    expect((await standing("eg")).said).toHaveLength(1);
    const refused = await pages.ask(`${path}?index`, {
      cookie,
      method: "POST",
      form: { key: randomUUID(), word: "noGo", reason: "" },
    });
    expect(refused.status).toBe(422);
    expect(await refused.text()).toContain("Say why not");
  });
});
