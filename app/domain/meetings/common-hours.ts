import { fromAbsolute, getDayOfWeek, parseDate, toCalendarDate } from "@internationalized/date";

/** When the people of one party can be asked to sit in a meeting, on the clock of their own zone. */
export type Hours = {
  /** ISO 3166-1 alpha-2 */
  state: string;
  timeZone: string;
  /** minutes after midnight, the first at which a meeting may begin and the last at which it must end */
  from: number;
  until: number;
  /** days of the week that are free, 1 Monday … 7 Sunday */
  weekend: readonly number[];
  /** names of public holidays by their day, "2026-12-25" */
  holidays: Readonly<Record<string, string>>;
};

/** What stands against a time for one party. */
export type Hindrance =
  | { kind: "weekend"; state: string }
  | { kind: "holiday"; state: string; name: string }
  | { kind: "hours"; state: string };

/** Day and time of a party, "2026-12-03T14:30", where the meeting begins and ends. */
export type Local = { state: string; timeZone: string; start: string; end: string };
export type Slot = { startsAt: string; endsAt: string; local: Local[] };
/** A day of the reference zone on which a meeting is possible, or why it is out. */
export type Day = { day: string; slots: Slot[]; hindrances: Hindrance[] };

type Asked = {
  parties: readonly Hours[];
  /** the zone whose days are listed */
  timeZone: string;
  /** the first day, "2026-12-01" */
  first: string;
  days: number;
  /** length of the meeting in minutes */
  length: number;
  /** nothing before this instant */
  after: Date;
};

/** How far apart two proposals begin: zones differ by quarters of an hour at the least. */
export const stepMinutes = 30;
const minute = 60_000;

/**
 * The times of the next days at which everybody is at work (V59): within the working hours of each party on its own
 * clock, on one day of its calendar that is neither its weekend nor a public holiday there. For a day without such a
 * time, what stands against it: the weekends and holidays that alone are in the way or, where the hours never meet,
 * those whose hours they are. Daylight saving follows from the zones.
 */
export function commonHours({ parties, timeZone, first, days, length, after }: Asked): Day[] {
  const found: Day[] = [];
  for (let n = 0; n < days; n++) {
    const day = parseDate(first).add({ days: n });
    const [from, to] = [day.toDate(timeZone).getTime(), day.add({ days: 1 }).toDate(timeZone).getTime()];
    const slots: Slot[] = [];
    const blocked: Hindrance[][] = [];
    const step = stepMinutes * minute;
    for (let at = Math.ceil(from / step) * step; at < to; at += step) {
      if (at < after.getTime()) continue;
      const [startsAt, endsAt] = [new Date(at), new Date(at + length * minute)];
      const against = hindrancesAt(parties, startsAt, endsAt);
      if (against.length === 0)
        slots.push({ ...spanOf(startsAt, endsAt), local: localTimes(parties, startsAt, endsAt) });
      else blocked.push(against);
    }
    found.push({ day: day.toString(), slots, hindrances: slots.length > 0 ? [] : inWords(blocked) });
  }
  return found;
}

const spanOf = (startsAt: Date, endsAt: Date) => ({ startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString() });

/** What stands against a meeting at this time, party by party; none: everybody is at work. */
export function hindrancesAt(parties: readonly Hours[], startsAt: Date, endsAt: Date): Hindrance[] {
  return parties.flatMap((party): Hindrance[] => {
    const { state, timeZone, from, until, weekend, holidays } = party;
    const [start, end] = [clockOf(startsAt, timeZone), clockOf(endsAt, timeZone)];
    const day = start.day;
    const name = holidays[day];
    return [
      ...(weekend.includes(start.weekday) ? [{ kind: "weekend" as const, state }] : []),
      ...(name === undefined ? [] : [{ kind: "holiday" as const, state, name }]),
      ...(end.day === day && start.minutes >= from && end.minutes <= until ? [] : [{ kind: "hours" as const, state }]),
    ];
  });
}

/** When it would be for each party. */
export function localTimes(parties: readonly Hours[], startsAt: Date, endsAt: Date): Local[] {
  return parties.map(({ state, timeZone }) => ({
    state,
    timeZone,
    start: clockOf(startsAt, timeZone).typed,
    end: clockOf(endsAt, timeZone).typed,
  }));
}

function clockOf(at: Date, timeZone: string) {
  const zoned = fromAbsolute(at.getTime(), timeZone);
  const day = toCalendarDate(zoned);
  const two = (value: number) => String(value).padStart(2, "0");
  return {
    day: day.toString(),
    typed: `${day}T${two(zoned.hour)}:${two(zoned.minute)}`,
    minutes: zoned.hour * 60 + zoned.minute,
    // Sunday is 0 for the locale whose weeks begin with it.
    weekday: getDayOfWeek(day, "en-US") || 7,
  };
}

/**
 * Where the hours of all meet on that day, what is in the way is the weekends and holidays alone; where they never meet,
 * it is the hours. Each is said once.
 */
function inWords(blocked: readonly Hindrance[][]): Hindrance[] {
  const byDay = blocked.filter((against) => against.every(({ kind }) => kind !== "hours"));
  const told = byDay.length > 0 ? byDay : blocked.map((against) => against.filter(({ kind }) => kind === "hours"));
  const said = new Map(told.flat().map((one) => [JSON.stringify(one), one]));
  return [...said.values()];
}

/** The clock of a zone shows this at an instant: for forms that take a day and a time. */
export function typedIn(timeZone: string, at: string): string {
  return clockOf(new Date(at), timeZone).typed;
}

/** The first day in the zone that is not over yet. */
export function todayIn(timeZone: string, at: Date): string {
  return clockOf(at, timeZone).day;
}

/** "09:00" → 540; null for what is no time of the day. "24:00" is the end of the day. */
export function minutesOf(typed: string): number | null {
  const [, hour, minutes] = /^(\d\d):(\d\d)$/.exec(typed) ?? [];
  const value = Number(hour) * 60 + Number(minutes);
  return hour !== undefined && Number(minutes) < 60 && value <= 24 * 60 ? value : null;
}

/** 540 → "09:00" */
export function clockTime(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
}
