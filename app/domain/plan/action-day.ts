import { parseAbsolute, toCalendarDate } from "@internationalized/date";

/** What one person says on the go of the own State: go, no-go with a reason, or that the word before is taken back. */
export const dayWords = ["go", "noGo", "withdrawn"] as const;
export type DayWord = (typeof dayWords)[number];

/** A word as it was said, by whom and when. */
export type Said = {
  memberId: string;
  latinName: string;
  word: DayWord;
  reason: string;
  /** when it came, by the clock of the product; ISO 8601 */
  at: string;
  /** when it was pressed, by the clock of the device; null for a form without script */
  pressedAt: string | null;
  /** the person is still in the team; the word of one who left counts no more */
  here: boolean;
};

/** `firstGo`, `firstNoGo`: one person said so, a second of the same State has not. */
export type GoStanding = "open" | "firstGo" | "go" | "firstNoGo" | "noGo";

/**
 * Where a State stands after these words, in the order in which they were said. Of each person the last counts. A go
 * takes two persons and nobody against it: one no-go stands against every go, and is the State's with a second.
 */
export function goOf(said: readonly Said[]): GoStanding {
  const last = [...lastWords(said).values()];
  const against = last.filter(({ word }) => word === "noGo").length;
  if (against > 0) return against > 1 ? "noGo" : "firstNoGo";
  const persons = last.filter(({ word }) => word === "go").length;
  return persons === 0 ? "open" : persons === 1 ? "firstGo" : "go";
}

/** The word of each person that stands, by member; what was taken back stands no more. */
export function lastWords(said: readonly Said[]): Map<string, Said> {
  const last = new Map<string, Said>();
  for (const one of said) {
    last.delete(one.memberId);
    if (one.here && one.word !== "withdrawn") last.set(one.memberId, one);
  }
  return last;
}

/** One step of the day as its reader sees it. */
export type DayStep = {
  code: string;
  title: string;
  state: string | null;
  place: string;
  unit: string;
  danger: string;
  /** ISO 8601 */
  at: string;
};

/** A State on the day. `startsAt`: its first step, or the first of the day; words are taken until then. */
export type DayState = {
  partyId: string;
  state: string;
  timeZone: string;
  startsAt: string | null;
  said: Said[];
};

export type ActionDay = {
  /** number of the last entry of the trail that this knows: live events go on after it */
  seq: number;
  /** "2026-12-03", by the calendar of `timeZone` */
  day: string;
  /** the reference zone of the team, IANA */
  timeZone: string;
  steps: DayStep[];
  /** days of this calendar on which there are steps that UTC counts to this day: where an address by UTC led to them */
  elsewhere: string[];
  states: DayState[];
};

/** A day of the calendar, "2026-12-03". */
export function isDay(text: string): boolean {
  if (!/^(20|21)\d\d-\d\d-\d\d$/.test(text)) return false;
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text);
}

/** The day on which an instant (ISO 8601) is, by the calendar of the zone: "2026-12-03". */
export function dayAt(instant: string, timeZone: string): string {
  return toCalendarDate(parseAbsolute(instant, timeZone)).toString();
}
