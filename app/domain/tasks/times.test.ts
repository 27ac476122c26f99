import { describe, expect, test } from "vitest";
import { type TypedTimes, timesOf } from "./times.ts";

const instants = (typed: TypedTimes) => {
  const { startsAt, lateFrom } = timesOf(typed);
  return [startsAt?.toISOString() ?? null, lateFrom?.toISOString() ?? null];
};

describe("start and due of a card", () => {
  test.each([
    ["a day lasts until the next begins there", "2026-12-03", "Asia/Almaty", "2026-12-03T19:00:00.000Z"],
    ["a time is the time of the zone", "2026-12-03T14:30", "Asia/Almaty", "2026-12-03T09:30:00.000Z"],
    ["the next day begins at 01:00 in Cairo", "2026-04-23", "Africa/Cairo", "2026-04-23T22:00:00.000Z"],
    ["a day of 25 hours in Amsterdam", "2026-10-25", "Europe/Amsterdam", "2026-10-25T23:00:00.000Z"],
    ["a time shown twice is the earlier", "2026-10-25T02:30", "Europe/Amsterdam", "2026-10-25T00:30:00.000Z"],
  ])("%s: due %s in %s", (_why, due, timeZone, expected) => {
    expect(instants({ due, timeZone })).toEqual([null, expected]);
  });

  test("the same day may be start and due, and both may be left out", () => {
    const day = { start: "2026-12-03", due: "2026-12-03", timeZone: "UTC" };
    expect(instants(day)).toEqual(["2026-12-03T00:00:00.000Z", "2026-12-04T00:00:00.000Z"]);
    expect(instants({ start: "", due: "", timeZone: "UTC" })).toEqual([null, null]);
  });

  test.each<[string, TypedTimes, string, string]>([
    [
      "start after due",
      { start: "2026-12-04", due: "2026-12-03", timeZone: "Asia/Almaty" },
      "start",
      "start-after-due",
    ],
    [
      "start at due",
      { start: "2026-12-03T09:00", due: "2026-12-03T09:00", timeZone: "Asia/Almaty" },
      "start",
      "start-after-due",
    ],
    ["a time the clock skips", { due: "2026-03-29T02:30", timeZone: "Europe/Amsterdam" }, "due", "time-skipped"],
    ["a midnight that is not there", { start: "2026-04-24T00:30", timeZone: "Africa/Cairo" }, "start", "time-skipped"],
    ["a day that is not there", { due: "2026-02-30", timeZone: "UTC" }, "due", "date-invalid"],
    ["an hour that is not there", { due: "2026-02-03T25:00", timeZone: "UTC" }, "due", "date-invalid"],
    ["a day as people write it", { start: "3/12/2026", timeZone: "UTC" }, "start", "date-invalid"],
    ["a zone that is not there", { due: "2026-12-03", timeZone: "Atlantis/Capital" }, "timeZone", "zone-unknown"],
  ])("%s is refused at its field", (_what, typed, field, reason) => {
    expect(() => timesOf(typed)).toThrow(expect.objectContaining({ problems: { [field]: reason } }));
  });
});
