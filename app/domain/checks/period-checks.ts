import { type Finding, finding } from "./finding.ts";
import { isLongerThan, plannedPeriod } from "./planned-period.ts";
import { dayOf } from "./rows.ts";
import type { Arrangement } from "./text-view.ts";

/** V11: the team has an end: a duration, and the zone in which its last day is counted. */
export function checkEnd({ fields, facts }: Arrangement): Finding[] {
  const period = plannedPeriod(fields, facts);
  if (period === "duration") {
    return [finding("V11", "V11-duration", { clause: "C05", place: { kind: "field", field: "duration" } })];
  }
  if (period === "zone") {
    return [finding("V11", "V11-zone", { clause: "C05", place: { kind: "field", field: "referenceTimeZone" } })];
  }
  return [];
}

const usualMonths = 24;

/** V12: longer than two years. */
export function checkLength({ fields }: Arrangement): Finding[] {
  if (typeof fields.duration !== "string" || !isLongerThan(fields.duration, usualMonths)) return [];
  const place = { kind: "field", field: "duration" } as const;
  return [finding("V12", "V12", { clause: "C05", place, lookedAt: fields.duration })];
}

/** V13: a fixed first day before the last signature, which can be today at the earliest. */
export function checkStart({ fields, facts }: Arrangement): Finding[] {
  const fixed = fields.entryIntoForceRule === "fixed_date" ? dayOf(fields.fixedStart) : null;
  if (fixed === null || fixed >= facts.today || fields.provisionalApplication === true) return [];
  const place = { kind: "field", field: "fixedStart" } as const;
  return [finding("V13", "V13", { clause: "C05", values: { day: fixed }, place })];
}
