import type { Query, Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import { type Handled, maySee, type Reader } from "./handling.ts";
import { iso } from "./instants.ts";

/** A field before and after a change, as a form holds it; null: the handling code kept the card from the reader then. */
export type FieldChange = { field: string; before: string | null; after: string | null };
export type History = { seq: number; at: string; action: string; latinName: string | null; changes: FieldChange[] };

type Changed = { jit: string; task: string; fields: Record<string, [string, string]>; before: Handled; after: Handled };

/** Keeps what changed beside the entry of the trail; returns the id for the entry to name. */
export async function keepChange(tx: Transaction, { jit, task, fields, before, after }: Changed): Promise<string> {
  const id = newId();
  await tx.taskChange.create({
    data: {
      id,
      taskId: task,
      jitId: jit,
      fields,
      keptBefore: { ...before } as object,
      keptAfter: { ...after } as object,
    },
  });
  return id;
}

type Row = Omit<History, "changes"> & {
  from: string | null;
  to: string | null;
  fields: Record<string, [string, string]> | null;
  keptBefore: Handled;
  keptAfter: Handled;
};
const longest = 100;

/**
 * The newest entries of the trail about a card, with what changed in it. A value is told to who could see the card while
 * it stood there: one written under a stricter handling code stays with those it was written for.
 */
export async function historyOf(
  query: Query,
  { jit, task }: { jit: string; task: string },
  reader: Reader,
): Promise<History[]> {
  const rows = await query<Row>(
    `SELECT e.seq::int AS seq, ${iso("e.at")} AS at, e.body::jsonb ->> 'action' AS action, p.latin_name AS "latinName",
            e.body::jsonb #>> '{facts,from}' AS "from", e.body::jsonb #>> '{facts,to}' AS "to",
            c.fields, c.kept_before AS "keptBefore", c.kept_after AS "keptAfter"
       FROM audit.entry e LEFT JOIN person p ON p.id::text = e.body::jsonb #>> '{actor,person}'
       LEFT JOIN task_change c ON c.task_id = $2::uuid AND c.id::text = e.body::jsonb #>> '{facts,change}'
      WHERE e.log = $1::uuid AND e.body::jsonb #>> '{facts,task}' = $2::text
      ORDER BY e.seq DESC LIMIT ${longest}`,
    [jit, task],
  );
  return rows.map(({ from, to, fields, keptBefore, keptAfter, ...entry }) => {
    const moved = from && to && from !== to ? [{ field: "column", before: from, after: to }] : [];
    const changed = Object.entries(fields ?? {}).map(([field, [before, after]]) => ({
      field,
      before: maySee(reader, keptBefore) ? before : null,
      after: maySee(reader, keptAfter) ? after : null,
    }));
    return { ...entry, changes: [...moved, ...changed] };
  });
}
