import { type CalendarDate, fromDate, parseDate, toCalendarDate } from "@internationalized/date";
import { z } from "zod";
import { Invalid } from "../errors.ts";
import type { JitRole } from "../roles.ts";

/** Prisma condition on MemberRole: valid at the instant (from inclusive, to exclusive) and not revoked. */
export function validAt(at: Date) {
  return { revokedAt: null, validFrom: { lte: at }, OR: [{ validTo: null }, { validTo: { gt: at } }] };
}

/** Prisma condition on MemberRole: one of the roles, valid at the instant. */
export function heldAt(at: Date, roles: readonly JitRole[]) {
  return { role: { in: [...roles] }, ...validAt(at) };
}

/** A calendar day as a form sends it. */
export const Day = z.string().refine(isDay, "date-invalid");

function isDay(text: string): boolean {
  if (!/^(20|21)\d\d-\d\d-\d\d$/.test(text)) return false;
  try {
    return parseDate(text).toString() === text;
  } catch {
    return false;
  }
}

/** First and last day of a role, both inclusive, in the zone of the party. Empty: from now on, without end. */
export type Days = { from?: string; until?: string };

/** The instants of a role: `validTo` is the first one after the last day. */
export type Instants = { validFrom: Date; validTo: Date | null };

/**
 * The instants of the days in the zone. Throws Invalid when the role would end before it begins, before `now`, or
 * after the team itself (`latest`). `field` names the fields of the form.
 */
export function instantsOf(
  { from, until }: Days,
  {
    zone,
    now,
    latest,
    field,
  }: { zone: string; now: Date; latest: Date | null; field: (part: "from" | "until") => string },
): Instants {
  const validFrom = from ? parseDate(from).toDate(zone) : now;
  const validTo = until ? dayAfter(parseDate(until), zone) : null;
  if (validTo && validTo <= validFrom) throw new Invalid({ [field("until")]: "until-before-from" });
  if (validTo && validTo <= now) throw new Invalid({ [field("until")]: "until-past" });
  if (latest && validTo && validTo > latest) throw new Invalid({ [field("until")]: "until-after-team" });
  if (latest && validFrom >= latest) throw new Invalid({ [field("from")]: "from-after-team" });
  return { validFrom, validTo };
}

function dayAfter(day: CalendarDate, zone: string): Date {
  return day.add({ days: 1 }).toDate(zone);
}

/** The days of the instants in the zone, as a form shows them. */
export function daysOf({ validFrom, validTo }: Instants, zone: string): { from: string; until: string | null } {
  return {
    from: dayIn(validFrom, zone),
    until: validTo && dayIn(new Date(validTo.getTime() - 1), zone),
  };
}

function dayIn(instant: Date, zone: string): string {
  return toCalendarDate(fromDate(instant, zone)).toString();
}
