import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { holidaysOf, weekendOf } from "./calendars.server.ts";
import { commonHours, type Day, type Hours, hindrancesAt, minutesOf, stepMinutes } from "./common-hours.ts";

const zones = [
  "UTC",
  "Asia/Almaty",
  "Asia/Shanghai",
  "Africa/Cairo",
  "Europe/Amsterdam",
  "Asia/Kathmandu",
  "America/New_York",
  "Pacific/Auckland",
  "America/St_Johns",
];
const party = (index: number) =>
  fc.record({
    state: fc.constant(`P${index}`),
    timeZone: fc.constantFrom(...zones),
    from: fc.integer({ min: 12, max: 22 }).map((half) => half * 30),
    until: fc.integer({ min: 30, max: 44 }).map((half) => half * 30),
    weekend: fc.constantFrom([6, 7], [5, 6], [5], [] as number[]),
    holidays: fc.constantFrom<Record<string, string>>({}, { "2026-10-26": "Holiday" }, { "2027-03-15": "Holiday" }),
  });
const asked = fc.record({
  parties: fc
    .integer({ min: 1, max: 4 })
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, n) => party(n)))),
  timeZone: fc.constantFrom(...zones),
  // Around the days on which clocks change in Europe, Egypt, America and New Zealand.
  first: fc.constantFrom("2026-03-06", "2026-04-20", "2026-10-23", "2026-10-28", "2027-03-12", "2027-03-26"),
  days: fc.constant(5),
  length: fc.constantFrom(30, 60, 90, 240),
  after: fc.constant(new Date(0)),
});

const formats = new Map(
  zones.map((timeZone) => [
    timeZone,
    new Intl.DateTimeFormat("en-GB", {
      ...{ timeZone, hourCycle: "h23", weekday: "short", year: "numeric", month: "2-digit" },
      ...{ day: "2-digit", hour: "2-digit", minute: "2-digit" },
    }),
  ]),
);

/** Read from the machine's own clock of the zone, by another way than the product's. */
function seen(at: string, timeZone: string) {
  const parts = formats.get(timeZone)?.formatToParts(new Date(at)) ?? [];
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? "";
  return {
    day: `${part("year")}-${part("month")}-${part("day")}`,
    minutes: Number(part("hour")) * 60 + Number(part("minute")),
    weekday: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"].indexOf(part("weekday")) + 1,
  };
}

function isAtWork({ timeZone, from, until, weekend, holidays }: Hours, startsAt: string, endsAt: string): boolean {
  const [start, end] = [seen(startsAt, timeZone), seen(endsAt, timeZone)];
  const free = weekend.includes(start.weekday) || start.day in holidays;
  return !free && start.day === end.day && start.minutes >= from && end.minutes <= until;
}

const slotsOf = (days: readonly Day[]) => days.flatMap(({ slots }) => slots);

describe("common hours", () => {
  test("every time that is proposed is in everybody's working hours, and none that is in them is left out", () => {
    fc.assert(
      fc.property(asked, (input) => {
        const days = commonHours(input);
        const proposed = new Set(slotsOf(days).map(({ startsAt }) => startsAt));
        for (const { startsAt, endsAt, local } of slotsOf(days)) {
          expect(new Date(endsAt).getTime() - new Date(startsAt).getTime()).toBe(input.length * 60_000);
          for (const one of input.parties) expect(isAtWork(one, startsAt, endsAt), one.timeZone).toBe(true);
          for (const [n, { timeZone, start }] of local.entries()) {
            expect(timeZone).toBe(input.parties[n]?.timeZone);
            expect(start.slice(0, 10)).toBe(seen(startsAt, timeZone).day);
          }
        }
        const days5 = new Set(days.map(({ day }) => day));
        const step = stepMinutes * 60_000;
        const begin = Date.parse(`${input.first}T00:00Z`) - 24 * 3_600_000;
        for (let at = begin; at < begin + 7 * 24 * 3_600_000; at += step) {
          const [startsAt, endsAt] = [at, at + input.length * 60_000].map((ms) => new Date(ms).toISOString());
          if (!startsAt || !endsAt || !days5.has(seen(startsAt, input.timeZone).day)) continue;
          expect(proposed.has(startsAt), startsAt).toBe(input.parties.every((one) => isAtWork(one, startsAt, endsAt)));
        }
      }),
      { numRuns: 150 },
    );
  });

  test("every day has a time or a reason, and a reason names a party it is true of", () => {
    fc.assert(
      fc.property(asked, (input) => {
        const days = commonHours(input);
        expect(days).toHaveLength(input.days);
        for (const { slots, hindrances } of days) {
          expect(slots.length > 0).toBe(hindrances.length === 0);
          for (const one of hindrances) {
            const named = input.parties.find(({ state }) => state === one.state);
            expect(named).toBeDefined();
            if (one.kind === "holiday") expect(Object.values(named?.holidays ?? {})).toContain(one.name);
            if (one.kind === "weekend") expect(named?.weekend.length).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  const office = { from: 9 * 60, until: 17 * 60, holidays: {} };
  const amsterdam: Hours = { state: "NL", timeZone: "Europe/Amsterdam", weekend: [6, 7], ...office };
  const almaty: Hours = { state: "KZ", timeZone: "Asia/Almaty", weekend: [6, 7], ...office };

  test("when the clocks of one party go forward, the hours move with them", () => {
    const first = { timeZone: "UTC", days: 1, length: 60, after: new Date(0) };
    const starts = (day: string) =>
      slotsOf(commonHours({ ...first, first: day, parties: [amsterdam, almaty] })).map(({ startsAt }) =>
        startsAt.slice(11, 16),
      );
    // Almaty is UTC+5 all year. The Friday before the last Sunday of March 2027, and the Monday after it.
    expect(starts("2027-03-26")).toEqual(["08:00", "08:30", "09:00", "09:30", "10:00", "10:30", "11:00"]);
    expect(starts("2027-03-29")[0]).toBe("07:00");
  });

  test("a holiday and a weekend are said with their State; hours that never meet are said as such", () => {
    const egypt: Hours = {
      ...{ state: "EG", timeZone: "Africa/Cairo", weekend: [5, 6], ...office },
      holidays: { "2026-10-06": "Armed Forces Day" },
    };
    const ask = { timeZone: "Africa/Cairo", days: 1, length: 60, after: new Date(0), parties: [egypt, amsterdam] };
    expect(commonHours({ ...ask, first: "2026-10-06" })[0]?.hindrances).toEqual([
      { kind: "holiday", state: "EG", name: "Armed Forces Day" },
    ]);
    expect(commonHours({ ...ask, first: "2026-10-09" })[0]?.hindrances).toEqual([{ kind: "weekend", state: "EG" }]);
    expect(commonHours({ ...ask, first: "2026-10-10" })[0]?.hindrances).toEqual([
      { kind: "weekend", state: "EG" },
      { kind: "weekend", state: "NL" },
    ]);
    const auckland: Hours = { state: "NZ", timeZone: "Pacific/Auckland", weekend: [6, 7], ...office };
    const never = commonHours({ ...ask, first: "2026-10-07", parties: [egypt, auckland] })[0];
    expect(never?.slots).toEqual([]);
    expect(never?.hindrances.map(({ kind }) => kind)).toEqual(["hours", "hours"]);
  });

  test("nothing is proposed that has gone by", () => {
    const after = new Date("2026-10-07T10:15Z");
    const ask = { timeZone: "UTC", first: "2026-10-07", days: 1, length: 60, parties: [amsterdam] };
    for (const { startsAt } of slotsOf(commonHours({ ...ask, after })))
      expect(new Date(startsAt).getTime()).toBeGreaterThanOrEqual(after.getTime());
  });

  test("the weekend of a fixed meeting is named (V59)", () => {
    const egypt: Hours = { state: "EG", timeZone: "Africa/Cairo", weekend: weekendOf("EG"), ...office };
    const friday = new Date("2026-12-04T10:00Z");
    expect(hindrancesAt([egypt], friday, new Date(friday.getTime() + 3_600_000))).toEqual([
      { kind: "weekend", state: "EG" },
    ]);
  });

  test("times of the day are read and nothing else is", () => {
    expect(["09:00", "24:00", "00:00"].map(minutesOf)).toEqual([540, 1440, 0]);
    expect(["9:00", "24:30", "12:60", "", "x"].map(minutesOf)).toEqual([null, null, null, null, null]);
  });
});

describe("calendars of States", () => {
  test("weekends are those of the State", () => {
    expect(weekendOf("EG")).toEqual([5, 6]);
    expect(weekendOf("NL")).toEqual([6, 7]);
  });

  test("public holidays come without a network, with those that last several days and begin the year before", async () => {
    const egypt = await holidaysOf("EG", [2026]);
    expect(egypt?.["2026-10-06"]).toBeTruthy();
    // Eid al-Fitr lasts three days.
    expect(egypt?.["2026-03-21"]).toBe(egypt?.["2026-03-20"]);
    expect((await holidaysOf("NL", [2026]))?.["2026-04-27"]).toBe("King's Day");
    expect(await holidaysOf("XX", [2026])).toBeNull();
  });
});
