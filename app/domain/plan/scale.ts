import type { PlanRow } from "./row.ts";

/** Where things lie in time: 0 is the start of the picture, 1 its end. */
export type Scale = {
  from: number;
  to: number;
  today: number;
  /** the first of each month and the Monday of each week inside the picture, as days in UTC */
  months: { day: string; at: number }[];
  weeks: { day: string; at: number }[];
};
export type Bar = { from: number; to: number };

const dayMs = 86_400_000;
const mondayOffset = 4;

/**
 * From the Monday before the earliest start to the Monday after the latest end, with today in it; at least six weeks.
 * Instants in milliseconds.
 */
export function scaleOf(rows: readonly PlanRow[], now: string): Scale {
  const instants = rows
    .filter(({ kind }) => kind === "action")
    .flatMap(({ startsAt, lateFrom }) => [startsAt, lateFrom])
    .filter((one) => one !== null)
    .map((one) => Date.parse(one));
  const today = Date.parse(now);
  const from = mondayBefore(Math.min(today, ...instants));
  const to = Math.max(mondayBefore(Math.max(today, ...instants) + 6 * dayMs) + 7 * dayMs, from + 42 * dayMs);
  const at = (ms: number) => (ms - from) / (to - from);
  const weeks = [];
  for (let ms = from; ms < to; ms += 7 * dayMs) weeks.push({ day: dayOf(ms), at: at(ms) });
  const months = [{ day: dayOf(from), at: 0 }];
  for (let ms = from + dayMs; ms < to; ms += dayMs)
    if (new Date(ms).getUTCDate() === 1) months.push({ day: dayOf(ms), at: at(ms) });
  return { from, to, today: at(today), months, weeks };
}

/** Where an action lies; null for one without a day. One with a single day is a day long. */
export function barOf({ startsAt, lateFrom }: PlanRow, { from, to }: Scale): Bar | null {
  if (!startsAt && !lateFrom) return null;
  const start = startsAt ? Date.parse(startsAt) : Date.parse(lateFrom ?? "") - dayMs;
  const end = lateFrom ? Date.parse(lateFrom) : start + dayMs;
  const at = (ms: number) => (ms - from) / (to - from);
  return { from: at(start), to: at(end) };
}

function mondayBefore(ms: number): number {
  const days = Math.floor(ms / dayMs);
  return (days - ((days - mondayOffset) % 7)) * dayMs;
}

function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}
