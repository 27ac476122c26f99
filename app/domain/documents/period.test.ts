import { describe, expect, test } from "vitest";
import { lastDayBefore, periodFrom } from "./period.ts";

describe("period of an arrangement (C05)", () => {
  test.each([
    ["2026-12-18T10:00:00.000Z", "P12M", "UTC", "2027-12-18", "2027-12-19T00:00:00.000Z"],
    // 23:30 in London is already the next day in Almaty
    ["2026-12-18T23:30:00.000Z", "P1D", "Asia/Almaty", "2026-12-20", "2026-12-20T19:00:00.000Z"],
    // Cairo changes to summer time within the period: midnight is an hour earlier in UTC
    ["2026-01-15T08:00:00.000Z", "P6M", "Africa/Cairo", "2026-07-15", "2026-07-15T21:00:00.000Z"],
    // the day after the last has no 00:00 where clocks go forward at midnight: the first instant of that day counts
    ["2026-03-24T10:00:00.000Z", "P30D", "Africa/Cairo", "2026-04-23", "2026-04-23T22:00:00.000Z"],
    ["2024-02-29T12:00:00.000Z", "P1Y", "UTC", "2025-02-28", "2025-03-01T00:00:00.000Z"],
  ])("from %s for %s in %s the last day is %s", (from, duration, zone, lastDay, expires) => {
    const period = periodFrom(new Date(from), duration, zone);
    expect(period.lastDay).toBe(lastDay);
    expect(period.expiresAt.toISOString()).toBe(expires);
    expect(lastDayBefore(period.expiresAt, zone)).toBe(lastDay);
  });

  test.each(["P0D", "P400Y", "12 months", "-P1M", "", "P"])("refuses the duration %s", (duration) => {
    expect(() => periodFrom(new Date("2026-01-01T00:00:00Z"), duration, "UTC")).toThrow("duration-invalid");
  });

  test("refuses a zone that does not exist", () => {
    expect(() => periodFrom(new Date("2026-01-01T00:00:00Z"), "P1M", "Atlantis/Capital")).toThrow("zone-unknown");
  });
});
