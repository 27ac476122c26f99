import { CalendarDate, parseAbsolute, parseDate, parseDuration, toCalendarDate } from "@internationalized/date";
import { Invalid } from "../errors.ts";

/** When an arrangement works: instants in UTC, the last day as a date in the reference zone. */
export type Period = { inForceAt: Date; lastDay: string; expiresAt: Date; timeZone: string };

/**
 * The period of clause C05: starts at `inForceAt`; the last day is the day of entry into force plus the duration, in
 * the reference zone; the team ends with that day (exclusive instant: the next day's midnight there, also across a
 * change of summer time). Throws Invalid for a duration under a day, over 20 years or not ISO 8601, or an unknown zone.
 */
export function periodFrom(inForceAt: Date, duration: string, timeZone: string): Period {
  const start = toCalendarDate(parseAbsolute(inForceAt.toISOString(), knownZone(timeZone)));
  const lastDay = start.add(knownDuration(duration));
  if (lastDay.compare(start) < 1 || lastDay.compare(start.add({ years: 20 })) > 0) {
    throw new Invalid({ duration: "duration-invalid" });
  }
  return { inForceAt, lastDay: lastDay.toString(), expiresAt: lastDay.add({ days: 1 }).toDate(timeZone), timeZone };
}

/**
 * The period that an extension makes: the duration is added to the last day there was, in the reference zone, and the
 * team ends with the new last day there, whatever the clocks do meanwhile. Throws Invalid as `periodFrom`.
 */
export function extendPeriod(expiresAt: Date, duration: string, timeZone: string): Omit<Period, "inForceAt"> {
  const lastInstant = new Date(expiresAt.getTime() - 1);
  const { lastDay, expiresAt: next } = periodFrom(lastInstant, duration, timeZone);
  return { lastDay, expiresAt: next, timeZone };
}

/** The first instant of a day in the zone, which is not always midnight. Throws Invalid for what is no day. */
export function startOfDay(day: string, timeZone: string): Date {
  try {
    return parseDate(day).toDate(timeZone);
  } catch {
    throw new Invalid({ day: "date-invalid" });
  }
}

/** The day of an instant in the zone, as a date. */
export function dayOfInstant(at: Date, timeZone: string): string {
  return toCalendarDate(parseAbsolute(at.toISOString(), timeZone)).toString();
}

export function startOfNextDay(at: Date, timeZone: string): Date {
  return toCalendarDate(parseAbsolute(at.toISOString(), timeZone)).add({ days: 1 }).toDate(timeZone);
}

/** The last day on which something that ends at `expiresAt` (exclusive) is still there, as a date in the zone. */
export function lastDayBefore(expiresAt: Date, timeZone: string): string {
  const end = toCalendarDate(parseAbsolute(new Date(expiresAt.getTime() - 1).toISOString(), timeZone));
  return new CalendarDate(end.year, end.month, end.day).toString();
}

function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone && timeZone;
  } catch {
    throw new Invalid({ referenceTimeZone: "zone-unknown" });
  }
}

function knownDuration(duration: string) {
  try {
    return parseDuration(duration);
  } catch {
    throw new Invalid({ duration: "duration-invalid" });
  }
}
