import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { extendPeriod, lastDayBefore, periodFrom } from "../documents/period.ts";
import { stateAt } from "../documents/states.ts";
import { Conflict } from "../errors.ts";
import { type Effect, effectOf, type Parent } from "./effect.ts";

function parentIn(timeZone: string, expiresAt: Date, more: Partial<Parent> = {}): Parent {
  return {
    state: "in_force",
    expiresAt,
    endsEarly: false,
    suspendedFrom: null,
    suspendedUntil: null,
    inForceAt: new Date("2025-01-10T10:00:00Z"),
    timeZone,
    fields: { extension: "by_written_consent" },
    parties: ["KZ", "EG", "NL"].map((state) => ({ state, leftAt: null })),
    ...more,
  };
}

const reasonOf = (act: () => unknown) => {
  try {
    return act();
  } catch (error) {
    return error instanceof Conflict ? error.reason : error;
  }
};
const by = (extendedBy: string) => ({ extendedBy });

/*
 * V48 in zones whose clocks change: the last day is a day of the zone, so its last instant moves with summer time. In
 * Cairo the clocks go forward at midnight of 24 April 2026, so the day after the 23rd begins at 01:00 there.
 */
describe("V48: an extension is complete before the expiry instant in the reference zone", () => {
  test.each([
    ["UTC", "2026-03-28", "2026-03-29T00:00:00.000Z", "P1M", "2026-04-28", "2026-04-29T00:00:00.000Z"],
    ["Europe/Amsterdam", "2026-03-28", "2026-03-28T23:00:00.000Z", "P1D", "2026-03-29", "2026-03-29T22:00:00.000Z"],
    ["Europe/Amsterdam", "2026-10-24", "2026-10-24T22:00:00.000Z", "P1D", "2026-10-25", "2026-10-25T23:00:00.000Z"],
    ["Africa/Cairo", "2026-04-23", "2026-04-23T22:00:00.000Z", "P6M", "2026-10-23", "2026-10-23T21:00:00.000Z"],
    ["Africa/Cairo", "2026-10-29", "2026-10-29T21:00:00.000Z", "P1D", "2026-10-30", "2026-10-30T22:00:00.000Z"],
    ["Asia/Almaty", "2026-02-28", "2026-02-28T19:00:00.000Z", "P12M", "2027-02-28", "2027-02-28T19:00:00.000Z"],
    ["America/Santiago", "2026-09-05", "2026-09-06T04:00:00.000Z", "P1W", "2026-09-12", "2026-09-13T03:00:00.000Z"],
    ["Australia/Lord_Howe", "2026-04-04", "2026-04-04T13:00:00.000Z", "P1D", "2026-04-05", "2026-04-05T13:30:00.000Z"],
  ])("%s: %s ends at %s; %s more is %s", (zone, lastDay, ends, duration, newLastDay, newEnd) => {
    const expiresAt = new Date(ends);
    expect(lastDayBefore(expiresAt, zone)).toBe(lastDay);
    const parent = parentIn(zone, expiresAt);
    const inTime = new Date(expiresAt.getTime() - 1);
    expect(effectOf("A8-1", by(duration), parent, inTime)).toMatchObject({
      kind: "extend",
      lastDay: newLastDay,
      expiresAt: new Date(newEnd),
    });
    for (const late of [0, 1, 3_600_000])
      expect(reasonOf(() => effectOf("A8-1", by(duration), parent, new Date(expiresAt.getTime() + late)))).toBe(
        "extension-late",
      );
  });

  test("the hour that summer time takes or gives does not move the last day", () => {
    for (const zone of ["Africa/Cairo", "Europe/Amsterdam", "America/Santiago", "Australia/Lord_Howe"]) {
      for (let day = 0; day < 400; day += 1) {
        const start = new Date(Date.UTC(2026, 0, 1 + day, 13));
        const { expiresAt, lastDay } = periodFrom(start, "P1M", zone);
        const more = extendPeriod(expiresAt, "P2W", zone);
        const days = Math.round((Date.parse(more.lastDay) - Date.parse(lastDay)) / 86_400_000);
        expect([zone, lastDay, days]).toEqual([zone, lastDay, 14]);
        expect(lastDayBefore(more.expiresAt, zone)).toBe(more.lastDay);
      }
    }
  });

  test.each(["", "P0D", "-P1D", "P30Y", "nonsense"])("a length that is none (%j) has no effect", (length) => {
    const parent = parentIn("UTC", new Date("2026-06-01T00:00:00Z"));
    expect(reasonOf(() => effectOf("A8", by(length), parent, new Date("2026-05-01T00:00:00Z")))).toBe("effect-unclear");
  });
});

describe("a notice", () => {
  const zone = "Africa/Cairo";
  const parent = parentIn(zone, new Date("2026-12-01T00:00:00Z"));
  const at = new Date("2026-04-20T10:00:00Z");
  const leave = (day: string, more: Partial<Parent> = {}) =>
    reasonOf(() =>
      effectOf(
        "A11-1",
        { withdrawingParty: "EG", withdrawalKind: "its_withdrawal", withdrawalHolds: day },
        { ...parent, ...more },
        at,
      ),
    );

  test("holds from the first instant of the named day there is in the zone; the day itself, from the signature", () => {
    // There is no midnight on that day in Cairo: it begins at one.
    expect(leave("2026-04-24")).toEqual({
      kind: "withdraw",
      from: new Date("2026-04-23T22:00:00Z"),
      state: "EG",
      last: false,
    });
    expect(leave("2026-04-20")).toMatchObject({ from: at });
    expect(leave("2026-04-19")).toBe("day-has-passed");
    expect(leave("2027-01-01")).toBe("day-after-end");
    expect(leave("2026-02-30")).toBe("effect-unclear");
  });

  test("counts who is left on its day: those who leave before it are no longer there", () => {
    const parties = (left: Record<string, string>) => ({
      parties: ["KZ", "EG", "NL"].map((state) => ({ state, leftAt: left[state] ? new Date(left[state]) : null })),
    });
    expect(leave("2026-05-20", parties({ NL: "2026-05-10T00:00:00Z" }))).toMatchObject({ last: true });
    expect(leave("2026-05-20", parties({ NL: "2026-06-10T00:00:00Z" }))).toMatchObject({ last: false });
    expect(leave("2026-05-20", parties({ EG: "2026-05-10T00:00:00Z" }))).toBe("party-not-there");
  });
});

test("the state follows from the instants: suspended between them, over at the last one, terminated where that was decided", () => {
  const end = new Date("2026-12-01T00:00:00Z");
  const paused = parentIn("UTC", end, {
    suspendedFrom: new Date("2026-03-01T00:00:00Z"),
    suspendedUntil: new Date("2026-04-01T00:00:00Z"),
  });
  const on = (day: string, parent = paused) => stateAt(parent, new Date(`${day}T00:00:00Z`));
  expect(["2026-02-28", "2026-03-01", "2026-03-31", "2026-04-01", "2026-12-01"].map((day) => on(day))).toEqual([
    "in_force",
    "suspended",
    "suspended",
    "in_force",
    "expired",
  ]);
  expect(on("2026-12-01", { ...paused, endsEarly: true })).toBe("terminated");
  expect(on("2026-12-02", { ...paused, suspendedUntil: null })).toBe("expired");
  expect(on("2026-12-02", { ...paused, state: "closing" })).toBe("closing");
});

/*
 * Whatever the parties sign, one thing after the other: the states, the end and the parties are those of a model that
 * keeps nothing but a list of days.
 */
test("any sequence of extensions and notices comes to the same as a model of it", () => {
  const start = Date.UTC(2026, 0, 10, 12);
  const dayAt = (day: number) => new Date(Date.UTC(2026, 0, 10 + day));
  const named = (day: number) => dayAt(day).toISOString().slice(0, 10);
  const kinds = ["extend", "leave", "end", "suspend", "resume"] as const;
  const event = fc.record({
    kind: fc.constantFrom(...kinds),
    wait: fc.integer({ min: 0, max: 25 }),
    ahead: fc.integer({ min: 1, max: 40 }),
    state: fc.constantFrom("KZ", "EG", "NL", "SN"),
  });
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), (events) => {
      let parent = parentIn("UTC", dayAt(60));
      const model = { end: 60, early: false, pause: null as [number, number] | null, gone: new Map<string, number>() };
      let today = 0;
      for (const { kind, wait, ahead, state } of events) {
        today += wait;
        const at = new Date(start + today * 86_400_000);
        const from = today + ahead;
        const effect = reasonOf(() =>
          kind === "extend"
            ? effectOf("A8", by(`P${ahead}D`), parent, at)
            : effectOf(
                "A11",
                {
                  withdrawingParty: state,
                  withdrawalHolds: named(from),
                  withdrawalKind: {
                    leave: "its_withdrawal",
                    end: "the_end_of_the_team",
                    suspend: "the_suspension_of_the_team",
                    resume: "the_resumption_of_the_team",
                  }[kind],
                },
                parent,
                at,
              ),
        );
        const over = today >= model.end;
        const paused = model.pause !== null && from < model.pause[1];
        const here = ["KZ", "EG", "NL"].filter((one) => (model.gone.get(one) ?? Infinity) > from);
        const may =
          !over &&
          (kind === "extend"
            ? !model.early
            : from < model.end &&
              (kind === "end" ||
                (kind === "leave" && here.includes(state)) ||
                (kind === "suspend" && !paused) ||
                (kind === "resume" && paused)));
        expect([kind, typeof effect === "object"]).toEqual([kind, may]);
        if (typeof effect !== "object" || effect === null) continue;
        parent = applied(parent, effect as Effect);
        if (kind === "extend") model.end += ahead;
        else if (kind === "end" || (kind === "leave" && here.length <= 2))
          Object.assign(model, { end: from, early: true });
        if (kind === "leave") model.gone.set(state, from);
        if (kind === "suspend") model.pause = [from, Infinity];
        if (kind === "resume" && model.pause) model.pause[1] = from;
        for (const day of [today, from, model.end - 1, model.end]) {
          const inPause = model.pause !== null && day >= model.pause[0] && day < model.pause[1];
          const expected =
            day >= model.end ? (model.early ? "terminated" : "expired") : inPause ? "suspended" : "in_force";
          expect([day, stateAt(parent, dayAt(day))]).toEqual([day, expected]);
        }
      }
    }),
  );
});

/** What effects.server.ts writes down for an effect. */
function applied(parent: Parent, effect: Effect): Parent {
  switch (effect.kind) {
    case "extend":
      return { ...parent, expiresAt: effect.expiresAt };
    case "withdraw": {
      const parties = parent.parties.map((one) => (one.state === effect.state ? { ...one, leftAt: effect.from } : one));
      return { ...parent, parties, ...(effect.last ? { expiresAt: effect.from, endsEarly: true } : {}) };
    }
    case "endEarly":
      return { ...parent, expiresAt: effect.from, endsEarly: true };
    case "suspend":
      return { ...parent, suspendedFrom: effect.from, suspendedUntil: null };
    case "resume":
      return { ...parent, suspendedUntil: effect.from };
    default:
      return parent;
  }
}
