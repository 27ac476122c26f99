import { type CalendarDateTime, parseDate, parseDateTime, toCalendarDateTime, toZoned } from "@internationalized/date";
import { Invalid } from "../errors.ts";

/**
 * What a form sends: a day (`2026-12-03`), or a day with a time (`2026-12-03T14:30`), as the clock of the zone shows
 * it. Empty or absent: none.
 */
export type TypedTimes = { start?: string; due?: string; timeZone: string };

/** From when the work may begin, and the first instant at which it is late. */
export type TaskTimes = { startsAt: Date | null; lateFrom: Date | null };

/**
 * The instants of a card. A start without a time is the first instant of that day in the zone, a due day without a
 * time lasts until the next one begins there. A time that the clock shows twice, when it goes back, is the earlier one:
 * who keeps to it is in time however it is read. Throws Invalid, naming the field: `zone-unknown`, `date-invalid`,
 * `time-skipped` where the clock goes forward over it, `start-after-due`.
 */
export function timesOf({ start, due, timeZone }: TypedTimes): TaskTimes {
  if (!isZone(timeZone)) throw new Invalid({ timeZone: "zone-unknown" });
  const startsAt = start ? instantOf("start", start, timeZone, 0) : null;
  const lateFrom = due ? instantOf("due", due, timeZone, 1) : null;
  if (startsAt && lateFrom && startsAt >= lateFrom) throw new Invalid({ start: "start-after-due" });
  return { startsAt, lateFrom };
}

function instantOf(field: "start" | "due", typed: string, timeZone: string, daysOn: 0 | 1): Date {
  if (/^(20|21)\d\d-\d\d-\d\d$/.test(typed)) {
    // A day may begin at 01:00, where the clock goes forward at midnight: its first instant counts.
    return read(field, () => parseDate(typed))
      .add({ days: daysOn })
      .toDate(timeZone);
  }
  if (!/^(20|21)\d\d-\d\d-\d\dT\d\d:\d\d$/.test(typed)) throw new Invalid({ [field]: "date-invalid" });
  const wanted = read(field, () => parseDateTime(typed));
  const found = toZoned(wanted, timeZone, "earlier");
  if (!same(toCalendarDateTime(found), wanted)) throw new Invalid({ [field]: "time-skipped" });
  return found.toDate();
}

function same(a: CalendarDateTime, b: CalendarDateTime): boolean {
  return a.compare(b) === 0;
}

function read<Value>(field: string, parse: () => Value): Value {
  try {
    return parse();
  } catch {
    throw new Invalid({ [field]: "date-invalid" });
  }
}

function isZone(timeZone: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
