import type { Query } from "#app/platform/database.server.ts";
import { atFirst, type Shown, type Sort } from "./filters.ts";
import { type Reader, visibleTo } from "./handling.ts";
import type { Tallies, Tally } from "./tally.ts";

/* What of a board one page shows, chosen by the database: a board of thousands of cards is never read as a whole. */

/** The tables these conditions speak of: a card, its column, and the party it is for. */
export const cut = `task t JOIN board_column b ON b.id = t.column_id LEFT JOIN party y ON y.id = t.party_id`;
const isLate = (at: string) => `coalesce(b.kind IS DISTINCT FROM 'done' AND t.late_from <= ${at}::timestamptz, false)`;
const isSoon = (at: string) => `coalesce(b.kind IS DISTINCT FROM 'done' AND t.late_from > ${at}::timestamptz
  AND t.late_from <= ${at}::timestamptz + interval '168 hours', false)`;

/** The condition under which a card is shown, as `isShown` has it, with its values from number `first`. */
function shownBy({ state, person, due }: Shown, at: Date, first: number): { sql: string; values: unknown[] } {
  const [s, p, d, a] = [0, 1, 2, 3].map((index) => `$${first + index}`) as [string, string, string, string];
  const sql = `(${s}::text IS NULL OR coalesce(y.state, 'all') = ${s})
    AND (${p}::text IS NULL OR t.member_id::text = ${p} OR EXISTS (
      SELECT 1 FROM task_step s WHERE s.task_id = t.id AND s.member_id::text = ${p}))
    AND CASE coalesce(${d}::text, '') WHEN 'none' THEN t.due = '' WHEN 'late' THEN ${isLate(a)}
      WHEN 'week' THEN ${isSoon(a)} ELSE ${a}::timestamptz IS NOT NULL END`;
  return { sql, values: [state ?? null, person ?? null, due ?? null, at] };
}

type Asked = { jit: string; reader: Reader; shown: Shown; at: Date };

/** Number of the last entry of the trail and what stands in each column at that entry: one statement, one moment. */
export async function talliesOf(query: Query, { jit, reader, shown, at }: Asked): Promise<[number, Tallies]> {
  const visible = visibleTo(reader, 2);
  const by = shownBy(shown, at, 2 + visible.values.length);
  const now = `$${1 + visible.values.length + by.values.length}`;
  const rows = await query<{ seq: number; column: string | null } & Tally>(
    `SELECT h.size::int AS seq, c.* FROM audit.head h LEFT JOIN (
       SELECT t.column_id AS "column", count(*) FILTER (WHERE ${by.sql})::int AS shown, count(*)::int AS "all",
              count(*) FILTER (WHERE ${isSoon(now)})::int AS week, count(*) FILTER (WHERE ${isLate(now)})::int AS late
         FROM ${cut} WHERE t.jit_id = $1::uuid AND ${visible.sql} GROUP BY t.column_id) c ON true
      WHERE h.log = $1::uuid`,
    [jit, ...visible.values, ...by.values],
  );
  const tallies = rows.flatMap(({ column, shown: some, all, week, late }) =>
    column === null ? [] : [[column, { shown: some, all, week, late }] as const],
  );
  return [rows[0]?.seq ?? 0, Object.fromEntries(tallies)];
}

const inColumn = `t.order_key COLLATE "C", t.id`;

/** Condition and order of the cards of a page: `sql` goes behind `WHERE` of a statement over `cut`. */
export function cardsShown({ jit, reader, shown, at }: Asked): { sql: string; values: unknown[] } {
  const visible = visibleTo(reader, 2);
  const by = shownBy(shown, at, 2 + visible.values.length);
  const values = [jit, ...visible.values, ...by.values];
  const [one, other] = [`$${values.length + 1}`, `$${values.length + 2}`];
  const all = `t.jit_id = $1::uuid AND ${visible.sql} AND ${by.sql}`;
  // One more than is shown says whether there is more.
  if (shown.view === "table")
    return {
      sql: `${all} ORDER BY ${orders[shown.sort](shown.down ? "DESC" : "ASC")} LIMIT ${one}::int + 1`,
      values: [...values, shown.rows ?? atFirst.table],
    };
  if (shown.view === "calendar")
    return {
      sql: `${all} AND starts_with(t.due, ${other}) ORDER BY t.due, t.number LIMIT ${one}::int + 1`,
      values: [...values, shown.rows ?? atFirst.calendar, shown.month ?? at.toISOString().slice(0, 7)],
    };
  // Column by column, so that each begins at its own first card and no other is read.
  return {
    sql: `t.id IN (SELECT f.id FROM board_column k, LATERAL (
            SELECT t.id FROM ${cut} WHERE t.column_id = k.id AND ${all} ORDER BY ${inColumn}
             LIMIT CASE WHEN k.id::text = ${other} THEN ${one}::int ELSE ${atFirst.board} END) f
          WHERE k.jit_id = $1::uuid AND k.deleted_at IS NULL)
      ORDER BY ${inColumn}`,
    values: [...values, shown.rows ?? atFirst.board, shown.column ?? ""],
  };
}

type Way = "ASC" | "DESC";
/** Cards without a date stand last, whichever way it is sorted. */
const orders: Record<Sort, (way: Way) => string> = {
  number: (way) => `t.number ${way}`,
  title: (way) => `lower(t.title) COLLATE "C" ${way}, t.number ${way}`,
  status: (way) => `b.order_key COLLATE "C" ${way}, b.id ${way}, t.number ${way}`,
  who: (way) => `coalesce(y.state, '') ${way}, coalesce(p.latin_name, '') ${way}, t.number ${way}`,
  priority: (way) => `array_position(ARRAY['critical', 'high', 'medium', 'low'], t.priority) ${way}, t.number ${way}`,
  due: (way) => `t.late_from IS NULL, t.late_from ${way}, t.number ${way}`,
};

/** How many cards that are not done each member holds, as far as the reader sees them. */
export async function heldBy(query: Query, jit: string, reader: Reader): Promise<Map<string, number>> {
  const visible = visibleTo(reader, 2);
  const rows = await query<{ member: string; count: number }>(
    `SELECT t.member_id AS member, count(*)::int AS count FROM ${cut}
      WHERE t.jit_id = $1::uuid AND t.member_id IS NOT NULL AND b.kind IS DISTINCT FROM 'done' AND ${visible.sql}
      GROUP BY t.member_id`,
    [jit, ...visible.values],
  );
  return new Map(rows.map(({ member, count }) => [member, count]));
}

/** How many cards the reader sees in each column. */
export async function countsOf(query: Query, jit: string, reader: Reader): Promise<Map<string, number>> {
  const visible = visibleTo(reader, 2);
  const rows = await query<{ column: string; count: number }>(
    `SELECT t.column_id AS "column", count(*)::int AS count FROM task t
      WHERE t.jit_id = $1::uuid AND ${visible.sql} GROUP BY t.column_id`,
    [jit, ...visible.values],
  );
  return new Map(rows.map(({ column, count }) => [column, count]));
}
