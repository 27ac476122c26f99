import type { Query } from "#app/platform/database.server.ts";
import { type Reader, visibleTo } from "./handling.ts";
import { longestKey, type Placed, placeAfter } from "./order.ts";

/* What of a column has to be read to put a card somewhere: its neighbours, and all of it only where keys are dealt anew. */

/** As many cards on each side of the gap; more equal keys than half of them are a case for the whole column. */
const around = 20;
const inOrder = `ORDER BY t.order_key COLLATE "C", t.id`;
const backwards = `ORDER BY t.order_key COLLATE "C" DESC, t.id DESC`;

/** Where in the column: at an end, or after this card, or before it. */
export type Place = "first" | "last" | { after: string } | { before: string };
type Row = Placed & { seen?: boolean };

/**
 * The keys to write so that the card stands at this place, as `placeAfter` has it. A neighbour that is no longer in the
 * column puts it last. The column's row must be held.
 */
export async function placeIn(query: Query, column: string, task: string, place: Place): Promise<Placed[]> {
  const { standing, after, whole } = await gap(query, column, task, place);
  const written = placeAfter(standing, task, after);
  if (whole || (written.length <= around / 2 && written.every(({ orderKey }) => orderKey.length <= longestKey)))
    return written;
  return placeAfter(await all(query, column), task, after);
}

/** The cards on both sides of the gap in their order, and the one after which it is; null: before all. */
async function gap(query: Query, column: string, task: string, place: Place) {
  const anchor = place === "first" || place === "last" ? null : "after" in place ? place.after : place.before;
  const [found] = anchor ? await query<Placed>(keyOf, [anchor, column]) : [];
  if (place === "first") {
    const standing = await query<Row>(`${rows} ${inOrder} LIMIT ${around}`, [column]);
    return { standing, after: null, whole: standing.length < around };
  }
  if (!found || !anchor) {
    const last = (await query<Row>(`${rows} ${backwards} LIMIT ${around}`, [column])).toReversed();
    const after = last.filter(({ id }) => id !== task).at(-1)?.id ?? null;
    return { standing: last, after, whole: last.length < around };
  }
  const key = [column, found.orderKey, found.id];
  const up = await query<Row>(`${rows} AND ${position} < ($2, $3::uuid) ${backwards} LIMIT ${around}`, key);
  const down = await query<Row>(`${rows} AND ${position} > ($2, $3::uuid) ${inOrder} LIMIT ${around}`, key);
  const standing = [...up.toReversed(), found, ...down];
  const above = up.find(({ id }) => id !== task)?.id ?? null;
  const after = typeof place === "object" && "before" in place ? (anchor === task ? task : above) : anchor;
  return { standing, after, whole: up.length < around && down.length < around };
}

const rows = `SELECT t.id, t.order_key AS "orderKey" FROM task t WHERE t.column_id = $1::uuid`;
const position = `(t.order_key COLLATE "C", t.id)`;
const keyOf = `SELECT t.id, t.order_key AS "orderKey" FROM task t WHERE t.id = $1::uuid AND t.column_id = $2::uuid`;

function all(query: Query, column: string): Promise<Placed[]> {
  return query<Placed>(`${rows} ${inOrder}`, [column]);
}

/** The next card up or down that the reader sees: one kept from them is passed over. Null at the end. */
export async function seenBeside(
  query: Query,
  { column, task, reader }: { column: string; task: string; reader: Reader },
  way: "up" | "down",
): Promise<string | null> {
  const [own] = await query<Placed>(keyOf, [task, column]);
  if (!own) return null;
  const visible = visibleTo(reader, 4);
  const [found] = await query<Placed>(
    `${rows} AND ${position} ${way === "up" ? "<" : ">"} ($2, $3::uuid) AND ${visible.sql}
      ${way === "up" ? backwards : inOrder} LIMIT 1`,
    [column, own.orderKey, own.id, ...visible.values],
  );
  return found?.id ?? null;
}

/** The key of the last card of the column; null when it is empty. */
export async function lastKeyIn(query: Query, column: string): Promise<string | null> {
  const [last] = await query<Placed>(`${rows} ${backwards} LIMIT 1`, [column]);
  return last?.orderKey ?? null;
}

/** How many cards stand there, also those that are kept from whoever asks. */
export async function countIn(query: Query, column: string): Promise<number> {
  const [found] = await query<{ count: number }>("SELECT count(*)::int AS count FROM task WHERE column_id = $1::uuid", [
    column,
  ]);
  return found?.count ?? 0;
}
