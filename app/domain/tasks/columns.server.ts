import { now } from "#app/platform/clock.ts";
import { type Query, queryOf, type Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict, Invalid, NotFound } from "../errors.ts";
import { holdOpenJit } from "../jits/hold.server.ts";
import { holdColumn } from "./moving.server.ts";
import { inOrder, placeAfter } from "./order.ts";
import { columnsOf } from "./reading.server.ts";
import type { ColumnFields } from "./task-forms.ts";

function onBoard(
  actor: Actor,
  jit: string,
  work: (tx: Transaction, query: Query) => Promise<Record<string, string | number | null>>,
): Promise<void> {
  return change(actor, "board.change", { jit }, async (tx) => {
    await holdOpenJit(tx, jit);
    return { result: undefined, facts: await work(tx, queryOf(tx)) };
  });
}

/** Adds a column at the end. */
export function addColumn(actor: Actor, input: ColumnFields & { jit: string }): Promise<void> {
  return onBoard(actor, input.jit, async (tx, query) => {
    if (!input.name) throw new Invalid({ name: "required" });
    const id = newId();
    const placed = placeAfter(await columnsOf(query, input.jit), id, "last");
    const orderKey = placed.find((one) => one.id === id)?.orderKey ?? "a0";
    const { jit: jitId, name, cardLimit } = input;
    await tx.boardColumn.create({ data: { id, jitId, name, cardLimit, orderKey } });
    return { column: id, limit: cardLimit };
  });
}

/** Renames a column and sets its limit. An empty name gives a column of the first four its own word back. */
export function changeColumn(actor: Actor, input: ColumnFields & { jit: string; column: string }): Promise<void> {
  return onBoard(actor, input.jit, async (tx, query) => {
    const { id, gone, kind } = await holdColumn(query, input.jit, input.column);
    if (gone) throw new Conflict("task-column-gone");
    if (!input.name && !kind) throw new Invalid({ name: "required" });
    await tx.boardColumn.update({ where: { id }, data: { name: input.name, cardLimit: input.cardLimit } });
    return { column: id, limit: input.cardLimit };
  });
}

/**
 * Deletes a column; its cards go to the end of `to`. Throws Conflict("task-last-column"), and
 * Conflict("task-column-not-empty") when it holds cards and no other column is named for them.
 */
export function deleteColumn(actor: Actor, { jit, column, to }: { jit: string; column: string; to: string | null }) {
  return onBoard(actor, jit, async (tx, query) => {
    const others = (await columnsOf(query, jit)).filter(({ id }) => id !== column);
    if (others.length === 0) throw new Conflict("task-last-column");
    // In one order, so that two deletions that name each other's columns do not wait in a circle.
    const wanted = to ?? others[0]!.id;
    for (const id of [column, wanted].sort()) await holdColumn(query, jit, id);
    const { gone } = await holdColumn(query, jit, column);
    if (gone) throw new Conflict("task-column-gone");
    if (!others.some(({ id }) => id === wanted)) throw new NotFound();
    const cards = inOrder(
      await tx.task.findMany({ where: { columnId: column }, select: { id: true, orderKey: true } }),
    );
    if (cards.length > 0 && !to) throw new Conflict("task-column-not-empty");
    let standing = await tx.task.findMany({ where: { columnId: wanted }, select: { id: true, orderKey: true } });
    for (const { id } of cards) {
      const written = placeAfter(standing, id, "last");
      for (const one of written)
        await tx.task.update({ where: { id: one.id }, data: { orderKey: one.orderKey, columnId: wanted } });
      standing = [...standing.filter((one) => !written.some((other) => other.id === one.id)), ...written];
    }
    await tx.boardColumn.update({ where: { id: column }, data: { deletedAt: now(), movedToId: wanted } });
    return { column, to: wanted, cards: cards.length };
  });
}
