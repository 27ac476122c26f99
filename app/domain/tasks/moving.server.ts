import { now } from "#app/platform/clock.ts";
import { type Query, queryOf } from "#app/platform/database.server.ts";
import { isId } from "#app/platform/ids.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict, NotFound } from "../errors.ts";
import { isClosed } from "../jits/jit.ts";
import { type Reader, visibleTo } from "./handling.ts";
import { cardsById, readerOf } from "./reading.server.ts";
import { countIn, type Place, placeIn, seenBeside } from "./standing.server.ts";
import type { Card, ColumnKind } from "./task.ts";
import type { MoveTask } from "./task-forms.ts";

/**
 * The card as the move left it. `after`: number of the last entry of the trail before the move was written there. Moves of
 * one card wait for each other, so an entry about it with a higher number is this move or a later one.
 */
export type Moved = { card: Card; after: number };

/**
 * Moves a card. Two people who move the same card do so one after the other: the later move holds, and both are shown
 * it. The row of the column is held first, so that two drops into one gap know of each other.
 * Throws NotFound for a card kept from the actor, Conflict("task-column-full" | "team-closed"),
 * Conflict("task-column-gone") for a column deleted meanwhile: the card stays where it is, because nobody chose another;
 * and Conflict("task-moved-meanwhile") for one place up or down in a column where the card no longer is.
 */
export function moveTask(actor: Actor, input: MoveTask & { jit: string }): Promise<Moved> {
  const { jit, task } = input;
  return change(actor, "task.move", { jit, task }, async (tx, access) => {
    const query = queryOf(tx);
    await requireOpen(query, jit);
    const column = await holdColumn(query, jit, input.column);
    if (column.gone) throw new Conflict("task-column-gone");
    const reader = await readerOf(query, actor, jit, access);
    const from = await holdTask(query, { jit, task }, reader);
    if (from.column !== column.id) await requireRoom(query, column);
    const place = await placeOf(query, input, { column: column.id, task, reader }, from);
    for (const { id, orderKey } of place === null ? [] : await placeIn(query, column.id, task, place)) {
      await query("UPDATE task SET order_key = $2 WHERE id = $1::uuid RETURNING id", [id, orderKey]);
    }
    const stays = from.column === column.id;
    const reason = column.kind === "blocked" ? input.reason || (stays ? from.reason : "") : "";
    await query(
      `UPDATE task SET column_id = $2::uuid, blocked_reason = $3, moved_at = CASE WHEN $5 THEN moved_at ELSE $4 END
        WHERE id = $1::uuid RETURNING id`,
      [task, column.id, reason, now(), stays],
    );
    const [card] = await cardsById(query, jit, [task]);
    const [head] = await query<{ after: number }>("SELECT size::int AS after FROM audit.head WHERE log = $1::uuid", [
      jit,
    ]);
    if (!card || !head) throw new NotFound();
    return {
      result: { card, after: head.after },
      facts: { task, from: from.column, to: column.id },
      details: reason ? { reason } : undefined,
    };
  });
}

/** Throws Conflict("task-column-full"). Cards that are kept from the actor count too. */
export async function requireRoom(query: Query, { id, limit }: Pick<Held, "id" | "limit">, more = 1): Promise<void> {
  if (limit !== null && (await countIn(query, id)) + more > limit) throw new Conflict("task-column-full");
}

/** Where it was asked for; null: where it stands, because nothing is above or below it. */
async function placeOf(
  query: Query,
  { place, task }: MoveTask,
  at: { column: string; task: string; reader: Reader },
  from: { column: string },
): Promise<Place | null> {
  if (place === "first" || place === "last") return place;
  if (place === "up" || place === "down") {
    if (from.column !== at.column) throw new Conflict("task-moved-meanwhile");
    const beside = await seenBeside(query, at, place);
    if (beside === null) return null;
    return place === "up" ? { before: beside } : { after: beside };
  }
  const [before, id = place] = place.startsWith("before:") ? [true, place.slice("before:".length)] : [false, place];
  if (id === task) return null;
  return before ? { before: id } : { after: id };
}

type Held = { id: string; kind: ColumnKind | null; limit: number | null; gone: boolean };

/** Holds the column to the end of the transaction, or that which took its cards when it was deleted. */
export async function holdColumn(query: Query, jit: string, id: string, gone = false): Promise<Held> {
  if (!isId(id)) throw new NotFound();
  const [row] = await query<Held & { deleted: Date | null; next: string | null }>(
    `SELECT id, kind, card_limit AS limit, deleted_at AS deleted, moved_to_id AS next FROM board_column
      WHERE id = $1::uuid AND jit_id = $2::uuid FOR UPDATE`,
    [id, jit],
  );
  if (!row) throw new NotFound();
  if (!row.deleted) return { id: row.id, kind: row.kind, limit: row.limit, gone };
  if (!row.next) throw new Conflict("task-column-gone");
  return { ...(await holdColumn(query, jit, row.next, true)), limit: null };
}

/** Holds the card. Throws NotFound for one kept from the reader, as for one that is not there. */
export async function holdTask(query: Query, { jit, task }: { jit: string; task: string }, reader: Reader) {
  const visible = visibleTo(reader, 3);
  await query("SELECT id FROM task WHERE id = $1::uuid FOR UPDATE", [task]);
  const [row] = await query<{ column: string; reason: string; party: string | null }>(
    `SELECT t.column_id AS column, t.blocked_reason AS reason, t.party_id AS party FROM task t
      WHERE t.id = $1::uuid AND t.jit_id = $2::uuid AND ${visible.sql}`,
    [task, jit, ...visible.values],
  );
  if (!row) throw new NotFound();
  return row;
}

/** Throws Conflict("team-closed") once the team is archived or given up; without the lock of the team's row. */
export async function requireOpen(query: Query, jit: string): Promise<void> {
  const [row] = await query<{ state: Parameters<typeof isClosed>[0] }>(
    "SELECT state FROM document WHERE jit_id = $1::uuid AND kind = 'agreement'",
    [jit],
  );
  if (isClosed(row?.state ?? null)) throw new Conflict("team-closed");
}
