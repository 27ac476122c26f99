import { parseDate } from "@internationalized/date";
import { now } from "#app/platform/clock.ts";
import { queryOf } from "#app/platform/database.server.ts";
import type { Actor } from "../actor.ts";
import { boundSql } from "../jits/bound.ts";
import { view } from "../view.server.ts";
import type { Hours } from "./common-hours.ts";

/** The office hours that are taken where a party says nothing else. */
export const usualHours = { from: 9 * 60, until: 17 * 60 };

/**
 * The parties of the team with the calendar of their State, for the years of these days: the zone of the authority, the
 * usual office hours, the weekend, the public holidays of the whole country. `calendar`: whether holidays are known.
 */
export function readHours(
  actor: Actor,
  { jit, first, last }: { jit: string; first: string; last: string },
): Promise<(Hours & { calendar: boolean })[]> {
  return view(actor, "meeting.read", { jit }, async (db) => {
    const parties = await queryOf(db)<{ state: string; timeZone: string }>(
      `SELECT y.state, a.time_zone AS "timeZone" FROM party y JOIN authority a ON a.id = y.authority_id
        WHERE y.jit_id = $1::uuid AND ${boundSql("$2")} ORDER BY y.position`,
      [jit, now()],
    );
    const years = [...new Set([parseDate(first).year, parseDate(last).year])];
    return await Promise.all(
      parties.map(async ({ state, timeZone }) => {
        const holidays = await holidaysOf(state, years);
        const calendar = holidays !== null;
        return { state, timeZone, ...usualHours, weekend: weekendOf(state), holidays: holidays ?? {}, calendar };
      }),
    );
  });
}

/** Days of the week that are free in a State, 1 Monday … 7 Sunday, from the Unicode locale data of the run time. */
export function weekendOf(state: string): number[] {
  const locale = new Intl.Locale(`und-${state}`) as Intl.Locale & {
    getWeekInfo?: () => { weekend: number[] };
    weekInfo?: { weekend: number[] };
  };
  return (locale.getWeekInfo?.() ?? locale.weekInfo)?.weekend ?? [6, 7];
}

const kept = new Map<string, Record<string, string> | null>();

/**
 * Names of the public holidays of a State by their day, or null for one whose calendar is not known. Only those of the
 * whole country: a holiday of one province would take days from everybody. The calendars come from date-holidays
 * (CC BY 3.0); they are large, so they are loaded with the first question.
 */
export async function holidaysOf(state: string, years: readonly number[]): Promise<Record<string, string> | null> {
  const key = `${state} ${years.join()}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const { default: Holidays } = await import("date-holidays");
  const calendar = new Holidays(state, { types: ["public"], languages: ["en"] });
  if (!(state in calendar.getCountries())) {
    kept.set(key, null);
    return null;
  }
  const found: Record<string, string> = {};
  // A holiday of several days may begin in the year before.
  for (const year of [...new Set(years.flatMap((one) => [one - 1, one]))]) {
    for (const { date, start, end, name } of calendar.getHolidays(year)) {
      const days = Math.max(1, Math.round((end.getTime() - start.getTime()) / 86_400_000));
      for (let n = 0; n < days; n++) found[parseDate(date.slice(0, 10)).add({ days: n }).toString()] ??= name;
    }
  }
  // So many States and years are never asked for in earnest.
  if (kept.size > 1_000) kept.clear();
  kept.set(key, found);
  return found;
}
