import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import type { Content } from "../documents/content.ts";
import { holdDocument } from "../documents/document.server.ts";
import { move } from "../documents/freezing.server.ts";
import { Conflict, Forbidden } from "../errors.ts";
import { visibleTo } from "../tasks/handling.ts";
import { readerOf } from "../tasks/reading.server.ts";
import { view } from "../view.server.ts";
import { holdJit } from "./hold.server.ts";
import { notHandedOver, type OpenTask } from "./open-tasks.ts";

/** The cards that stand against archiving (V60). `others`: there are more, which this reader may not see. */
export function readOpenTasks(actor: Actor, jit: string): Promise<{ tasks: OpenTask[]; others: boolean }> {
  return view(actor, "jit.read", { jit }, async (db, access) => {
    const open = await openTasksOf(db, jit);
    const query = queryOf(db);
    const visible = visibleTo(await readerOf(query, actor, jit, access), 3);
    const tasks = await query<OpenTask>(
      `SELECT t.number, t.title FROM task t
        WHERE t.jit_id = $1::uuid AND t.number = ANY ($2::int[]) AND ${visible.sql} ORDER BY t.number`,
      [jit, open, ...visible.values],
    );
    return { tasks, others: tasks.length < open.length };
  });
}

/** Numbers of all cards that are neither done nor handed over, whoever may see them. */
async function openTasksOf(db: Transaction, jit: string): Promise<number[]> {
  const open = await queryOf(db)<{ number: number }>(
    `SELECT t.number FROM task t JOIN board_column b ON b.id = t.column_id
      WHERE t.jit_id = $1::uuid AND b.kind IS DISTINCT FROM 'done' ORDER BY t.number`,
    [jit],
  );
  const records = await queryOf(db)<{ canonical: string }>(
    `SELECT f.canonical FROM document d JOIN frozen_text f ON f.document_id = d.id AND f.superseded_at IS NULL
      WHERE d.jit_id = $1::uuid AND d.kind = 'annex' AND d.annex ~ '^A12(-|$)' AND d.state = 'finalised'`,
    [jit],
  );
  const fields = records.map(({ canonical }) => (JSON.parse(canonical) as Content).fields);
  return notHandedOver(open, fields).map(({ number }) => number);
}

/** T19: one party asks to wind the team down. What it does about evidence and originals follows the arrangement. */
export function proposeClosure(actor: Actor, input: { jit: string; document: string }): Promise<void> {
  return change(actor, "jit.proposeClosure", input, async (tx, access) => {
    if (!access.partyId) throw new Forbidden();
    await holdJit(tx, input.jit);
    await move(tx, await holdDocument(tx, input.jit, input.document), "jit.proposeClosure");
    const closureProposedPartyId = access.partyId;
    await tx.jit.update({ where: { id: input.jit }, data: { closureProposedAt: now(), closureProposedPartyId } });
    return { result: undefined, facts: { document: input.document, party: access.partyId } };
  });
}

/**
 * T21, two-party rule: someone of another party confirms, and the team is archived for good.
 * Throws Conflict("second-party-needed") for the party that asked, and Conflict("tasks-open") while a task is neither
 * done nor handed over (V60).
 */
export function archiveJit(actor: Actor, input: { jit: string; document: string }): Promise<void> {
  return change(actor, "jit.archive", input, async (tx, access) => {
    if (!access.partyId) throw new Forbidden();
    await holdJit(tx, input.jit);
    const document = await holdDocument(tx, input.jit, input.document);
    const { closureProposedPartyId } = await tx.jit.findUniqueOrThrow({ where: { id: input.jit } });
    if (closureProposedPartyId === access.partyId) throw new Conflict("second-party-needed");
    if ((await openTasksOf(tx, input.jit)).length > 0) throw new Conflict("tasks-open");
    await move(tx, document, "jit.archive");
    return {
      result: undefined,
      facts: { document: document.id, proposedBy: closureProposedPartyId, confirmedBy: access.partyId },
    };
  });
}
