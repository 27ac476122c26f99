import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { PlanRow } from "./row.ts";
import { barOf, scaleOf } from "./scale.ts";

const now = "2026-11-28T09:00:00.000Z";
const action = (startsAt: string | null, lateFrom: string | null) =>
  ({ kind: "action", startsAt, lateFrom }) as unknown as PlanRow;
const until = (lateFrom: string) => scaleOf([action(now, lateFrom)], now);

describe("the scale of the timeline", () => {
  test.each([
    ["2026-12-20T00:00:00.000Z", "week"],
    ["2028-03-01T00:00:00.000Z", "month"],
    ["2032-01-01T00:00:00.000Z", "quarter"],
    ["2099-06-01T00:00:00.000Z", "year"],
  ])("until %s it goes by the %s", (end, unit) => {
    expect(until(end).unit).toBe(unit);
  });

  test("an action due in 2099 leaves a picture that can be read: few marks, each the beginning of a year", () => {
    const { ticks, heads } = until("2099-06-01T00:00:00.000Z");
    expect(ticks.map(({ day }) => day)).toEqual(
      Array.from({ length: 16 }, (_, index) => `${2025 + index * 5}-01-01`).filter((day) => day < "2100"),
    );
    expect(heads).toEqual([]);
  });

  test("whatever the dates are, the marks are few, in order and apart, and today and every bar lie in the picture", () => {
    const instant = fc
      .date({ min: new Date("2000-01-01"), max: new Date("2199-12-31"), noInvalidDate: true })
      .map((date) => date.toISOString());
    fc.assert(
      fc.property(fc.array(fc.tuple(instant, instant), { maxLength: 5 }), instant, (spans, today) => {
        const rows = spans.map((span) => action(...(span.toSorted() as [string, string])));
        const scale = scaleOf(rows, today);
        expect(scale.ticks.length).toBeLessThanOrEqual(36);
        for (const marks of [scale.ticks, scale.heads])
          for (const [index, { at }] of marks.entries()) expect(at).toBeGreaterThan(marks[index - 1]?.at ?? -1e-9);
        expect(scale.ticks[0]?.at).toBe(0);
        for (const share of [scale.today, ...rows.flatMap((row) => Object.values(barOf(row, scale) ?? {}))]) {
          expect(share).toBeGreaterThanOrEqual(0);
          expect(share).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});
