import { now } from "#app/platform/clock.ts";
import { type Query, queryOf, type Transaction } from "#app/platform/database.server.ts";
import { isId, newId } from "#app/platform/ids.ts";
import type { Action } from "../actions.ts";
import type { Actor } from "../actor.ts";
import type { Facts } from "../audit/entry.server.ts";
import { change } from "../change.server.ts";
import { Conflict, NotFound } from "../errors.ts";
import type { Reader } from "./handling.ts";
import { factsOf, keptOf } from "./kept.server.ts";
import { holdTask, requireOpen } from "./moving.server.ts";
import { readerOf } from "./reading.server.ts";
import { requireHere } from "./tasks.server.ts";

type OfTask = { jit: string; task: string };

/** One act on a card that the actor sees, in a team that is open; the card is held meanwhile. */
function onCard(
  actor: Actor,
  action: Action,
  { jit, task }: OfTask,
  work: (tx: Transaction, query: Query, reader: Reader) => Promise<Facts>,
): Promise<void> {
  return change(actor, action, { jit, task }, async (tx, access) => {
    const query = queryOf(tx);
    await requireOpen(query, jit);
    const reader = await readerOf(query, actor, jit, access);
    await holdTask(query, { jit, task }, reader);
    return { result: undefined, facts: { task, ...(await work(tx, query, reader)) } };
  });
}

/** Adds a line to the checklist. Throws Invalid("task-holder-gone") for a person who has left. */
export function addStep(actor: Actor, input: OfTask & { words: string; member: string | null }): Promise<void> {
  return onCard(actor, "task.change", input, async (tx, query) => {
    if (input.member) await requireHere(query, input.jit, input.member);
    const id = newId();
    const { jit: jitId, task: taskId, words, member: memberId } = input;
    await tx.taskStep.create({ data: { id, jitId, taskId, words, memberId } });
    return { step: id };
  });
}

export function removeStep(actor: Actor, input: OfTask & { step: string }): Promise<void> {
  return onCard(actor, "task.change", input, async (tx) => {
    await requireStep(tx, input);
    // Whose only step it was is told that the card is gone, if it is for them.
    const before = await keptOf(tx, input.task);
    await tx.taskStep.deleteMany({ where: { id: input.step, taskId: input.task } });
    return { step: input.step, before: factsOf(before) };
  });
}

/** Ticks a step or takes the tick back. A step that stands so already is left alone: two people ticked it at once. */
export function tickStep(actor: Actor, input: OfTask & { step: string; done: boolean }): Promise<void> {
  return onCard(actor, "task.tick", input, async (tx, _query, { memberId }) => {
    await requireStep(tx, input);
    await tx.taskStep.updateMany({
      where: { id: input.step, doneAt: input.done ? null : { not: null } },
      data: input.done ? { doneAt: now(), doneById: memberId } : { doneAt: null, doneById: null },
    });
    return { step: input.step };
  });
}

async function requireStep(tx: Transaction, { task, step }: OfTask & { step: string }): Promise<void> {
  if (!isId(step)) throw new NotFound();
  const found = await tx.taskStep.count({ where: { id: step, taskId: task } });
  if (found === 0) throw new Conflict("already-done");
}

export function addComment(actor: Actor, input: OfTask & { words: string }): Promise<void> {
  return onCard(actor, "task.comment", input, async (tx, _query, { memberId }) => {
    if (!memberId) throw new NotFound();
    const id = newId();
    const { jit: jitId, task: taskId, words } = input;
    await tx.taskComment.create({ data: { id, jitId, taskId, memberId, words, at: now() } });
    return { comment: id };
  });
}
