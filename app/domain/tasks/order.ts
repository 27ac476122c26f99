import { generateNKeysBetween } from "fractional-indexing";

/** Where something stands among others: by its key, a fraction written in base 62. Keys are unique only by luck. */
export type Placed = { id: string; orderKey: string };

/**
 * A longer key is a sign that people have dropped again and again into the same gap (a character for about six drops).
 * All keys of the column are then dealt anew, rather than carrying hundreds of characters for each card.
 */
export const longestKey = 64;

/**
 * The one order of a column. Two people who drop into the same gap at the same moment are given the same key; the id
 * decides then, so that everybody sees the same. Keys compare by code unit: in SQL `ORDER BY order_key COLLATE "C", id`.
 */
export function inOrder<Item extends Placed>(items: readonly Item[]): Item[] {
  return items.toSorted((a, b) => compare(a.orderKey, b.orderKey) || compare(a.id, b.id));
}

/**
 * The keys to write so that `id` stands directly after `after`, or first when `after` is null. Mostly one; more where
 * equal keys have to be told apart, all of the column where a key has grown too long; none where it stands there now.
 * `column` is what is in the column, with or without the one that moves. An `after` that is no longer there (moved on
 * or deleted meanwhile) puts it last: the drop is kept, and last is where people look for what is new.
 */
export function placeAfter(column: readonly Placed[], id: string, after: string | null): Placed[] {
  const standing = inOrder(column);
  const index = standing.findIndex((item) => item.id === id);
  if (index >= 0 && (after === id || (standing[index - 1]?.id ?? null) === after)) return [];
  const others = standing.filter((item) => item.id !== id);
  const found = others.findIndex((item) => item.id === after);
  const at = after === null ? 0 : found < 0 ? others.length : found + 1;
  const written = keysFrom(others, id, at);
  if (written.every((item) => item.orderKey.length <= longestKey)) return written;
  return deal([...others.slice(0, at), { id, orderKey: "" }, ...others.slice(at)], null, null);
}

/** Keys for so many more at the end of a column whose last has this key; null: it is empty. */
export function keysAtEnd(last: string | null, count: number): string[] {
  return generateNKeysBetween(last, null, count);
}

/** Keys for `id` at this place and for those after it that share the key before it: nothing fits between equals. */
function keysFrom(others: readonly Placed[], id: string, at: number): Placed[] {
  const before = others[at - 1]?.orderKey ?? null;
  let end = at;
  while (before !== null && others[end]?.orderKey === before) end++;
  const beyond = others[end]?.orderKey ?? null;
  return deal([{ id, orderKey: "" }, ...others.slice(at, end)], before, beyond);
}

function deal(items: readonly Placed[], before: string | null, beyond: string | null): Placed[] {
  const keys = generateNKeysBetween(before, beyond, items.length);
  return items.map((item, index) => ({ id: item.id, orderKey: keys[index] as string }));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
