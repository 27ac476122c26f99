import type { PlanRow } from "./row.ts";

export const units = ["week", "month", "quarter", "year"] as const;
export type Unit = (typeof units)[number];
type Mark = { day: string; at: number };

/** Where things lie in time: 0 is the start of the picture, 1 its end. */
export type Scale = {
  from: number;
  to: number;
  today: number;
  unit: Unit;
  /** where each unit begins, as days in UTC; of years so many are left out that at most sixteen remain */
  ticks: Mark[];
  /** above them: the months of weeks, the years of months and quarters; none above years */
  heads: Mark[];
};
export type Bar = { from: number; to: number };

const dayMs = 86_400_000;
const mondayOffset = 4;

const mostTicks = 16;
/** Up to so many days a picture is divided by this unit: the ticks stay apart, and there are some. */
const longest: Record<Unit, number> = { week: 230, month: 1_000, quarter: 2_600, year: Number.POSITIVE_INFINITY };
const steps = [1, 2, 5, 10, 20, 50];

/**
 * From the beginning of a unit before the earliest start to the end of one after the latest end, with today in it; at
 * least six weeks. The longer the whole, the larger the unit. Instants in milliseconds.
 */
export function scaleOf(rows: readonly PlanRow[], now: string): Scale {
  const instants = rows
    .filter(({ kind }) => kind === "action")
    .flatMap(({ startsAt, lateFrom }) => [startsAt, lateFrom])
    .filter((one) => one !== null)
    .map((one) => Date.parse(one));
  const today = Date.parse(now);
  const [first, last] = [Math.min(today, ...instants), Math.max(today, ...instants)];
  const unit = units.find((one) => last - first <= longest[one] * dayMs) ?? "year";
  const years = new Date(last).getUTCFullYear() - new Date(first).getUTCFullYear() + 1;
  const step = unit === "year" ? (steps.find((one) => years / one <= mostTicks) ?? 100) : 1;
  const from = beginOf(unit, first, step);
  const begins = [from];
  const end = unit === "week" ? Math.max(last, from + 42 * dayMs) : last;
  let to = nextOf(unit, from, step);
  for (; to < end; to = nextOf(unit, to, step)) begins.push(to);
  const mark = (ms: number): Mark => ({ day: dayOf(ms), at: (ms - from) / (to - from) });
  const heads = unit === "year" ? [] : headsOf(unit === "week" ? "month" : "year", from, to);
  return { from, to, today: mark(today).at, unit, ticks: begins.map(mark), heads: heads.map(mark) };
}

/** The start of the picture, and the first instants of these units inside it. */
function headsOf(unit: Unit, from: number, to: number): number[] {
  const heads = [from];
  for (let ms = nextOf(unit, from, 1); ms < to; ms = nextOf(unit, ms, 1)) heads.push(ms);
  return heads;
}

function beginOf(unit: Unit, ms: number, step: number): number {
  if (unit === "week") return mondayBefore(ms);
  const [year, month] = [new Date(ms).getUTCFullYear(), new Date(ms).getUTCMonth()];
  if (unit === "year") return Date.UTC(year - (year % step), 0);
  return Date.UTC(year, unit === "quarter" ? month - (month % 3) : month);
}

/** The first beginning of such a unit after this instant. */
function nextOf(unit: Unit, ms: number, step: number): number {
  if (unit === "week") return mondayBefore(ms) + 7 * dayMs;
  const begin = new Date(beginOf(unit, ms, step));
  const months = { month: 1, quarter: 3, year: 12 * step }[unit];
  return Date.UTC(begin.getUTCFullYear(), begin.getUTCMonth() + months);
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
