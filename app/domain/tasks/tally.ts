import { isDueSoon, isLate, isShown, type Shown, type Standing } from "./filters.ts";
import type { Card } from "./task.ts";

/** How many cards of a column the reader may see: `shown` by the filters of the page, the others without them. */
export type Tally = { shown: number; all: number; week: number; late: number };
export type Tallies = Record<string, Tally>;

export const nothing: Tally = { shown: 0, all: 0, week: 0, late: 0 };

/** What one card counts for while it stands in this column. The SQL of `talliesOf` gives the same answers. */
export function countsFor(card: Card, columnId: string, shown: Shown, standing: Standing): Tally {
  const there = { ...card, columnId };
  return {
    shown: Number(isShown(there, shown, standing)),
    all: 1,
    week: Number(isDueSoon(there, standing)),
    late: Number(isLate(there, standing)),
  };
}

/** The same tallies after something came to a column (`times` 1) or left it (-1). */
export function counted(tallies: Tallies, columnId: string, tally: Tally, times: 1 | -1): Tallies {
  return { ...tallies, [columnId]: sumOf([tallies[columnId] ?? nothing, tally], times) };
}

export function sumOf([first = nothing, ...more]: readonly Tally[], times: 1 | -1 = 1): Tally {
  return more.reduce(
    (sum, { shown, all, week, late }) => ({
      shown: sum.shown + times * shown,
      all: sum.all + times * all,
      week: sum.week + times * week,
      late: sum.late + times * late,
    }),
    first,
  );
}
