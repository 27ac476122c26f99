import { describe, expect, it } from "vitest";
import { daysUntil, formatDay, formatInstant, zoneName } from "./dates.ts";

const call = "2026-11-25T08:00:00.000Z";
const almaty = { language: "en", zone: "Asia/Almaty" };

describe("days and instants in words", () => {
  it("names the zone by its place and gives UTC beside it", () => {
    expect(formatInstant(call, almaty)).toBe("Wednesday 25 November 2026, 13:00 Almaty (08:00 UTC)");
  });
  it("does not say UTC twice", () => {
    expect(formatInstant(call, { language: "en", zone: "UTC" })).toBe("Wednesday 25 November 2026, 08:00 UTC");
  });
  it("is short in lists", () => {
    expect(formatInstant(call, { ...almaty, form: "list" })).toBe("Wed 25 Nov");
  });
  it("carries seconds and UTC where an instant has an effect in law", () => {
    expect(formatInstant("2026-12-12T23:59:59Z", { ...almaty, form: "legal" })).toBe("12 December 2026, 23:59:59 UTC");
  });
  it("writes midnight as 00:00 on the new day", () => {
    expect(formatInstant("2026-11-25T19:00:00Z", almaty)).toBe("Thursday 26 November 2026, 00:00 Almaty (19:00 UTC)");
  });
  it("keeps Western digits in Arabic", () => {
    expect(formatInstant(call, { ...almaty, language: "ar", form: "day" })).toMatch(/25.*2026/);
  });
  it("writes a day without a time as it stands in the calendar", () => {
    expect(formatDay("2027-12-18", "en")).toBe("18 December 2027");
    expect(formatDay("2026-09-04", "en", "list")).toBe("Fri 4 Sep");
  });
  it("counts days by the calendar of the place, not by 24 hours", () => {
    expect(daysUntil("2026-12-12T23:59:59Z", "2026-11-23T10:42:00Z", "UTC")).toBe(19);
    expect(daysUntil("2026-11-23T19:30:00Z", "2026-11-23T18:30:00Z", "Asia/Almaty")).toBe(1);
  });
  it("says the place of a zone", () => {
    expect(zoneName("America/Port_of_Spain")).toBe("Port of Spain");
  });
});
