import { fromDate, toCalendarDate } from "@internationalized/date";
import type { Fields } from "../documents/field-text.ts";
import { periodFrom } from "../documents/period.ts";
import { Invalid } from "../errors.ts";
import type { Facts } from "./facts.ts";
import { dayOf } from "./rows.ts";

/** First and last day as planned: from the fixed day, or as if the last signature came today. */
export type PlannedPeriod = { first: string; last: string; fixed: boolean };

/** The first day as planned: the fixed one, or today, as if the last signature came at once. */
export function plannedStart(fields: Fields, facts: Facts): string {
  return (fields.entryIntoForceRule === "fixed_date" ? dayOf(fields.fixedStart) : null) ?? facts.today;
}

/** The period of clause C05, or the field that stands against one. */
export function plannedPeriod(fields: Fields, facts: Facts): PlannedPeriod | "duration" | "zone" {
  const fixed = fields.entryIntoForceRule === "fixed_date" ? dayOf(fields.fixedStart) : null;
  const zone = String(fields.referenceTimeZone ?? "");
  const first = plannedStart(fields, facts);
  try {
    const { lastDay } = periodFrom(new Date(`${first}T12:00:00Z`), String(fields.duration ?? ""), zone);
    return { first, last: lastDay, fixed: fixed !== null };
  } catch (error) {
    if (error instanceof Invalid) return "referenceTimeZone" in error.problems ? "zone" : "duration";
    throw error;
  }
}

export function dayBefore(day: string): string {
  return shifted(day, -1);
}

export function dayAfter(day: string): string {
  return shifted(day, 1);
}

function shifted(day: string, days: number): string {
  return toCalendarDate(fromDate(new Date(`${day}T00:00:00Z`), "UTC"))
    .add({ days })
    .toString();
}

/** True when the duration is longer than so many months. */
export function isLongerThan(duration: string, months: number): boolean {
  const parts = { Y: 12, M: 1, W: 7 / 30.4, D: 1 / 30.4 };
  const all = [...duration.matchAll(/(\d+)([YMWD])/g)];
  return all.reduce((sum, [, n, unit]) => sum + Number(n) * parts[unit as keyof typeof parts], 0) > months + 0.001;
}
