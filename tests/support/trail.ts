import type pg from "pg";

export type EntryInLog = { body: { actor: object; facts: Record<string, unknown> }; details: object | null };

/** The entries of an action as they stand in a log, oldest first, with their details where those were not erased. */
export async function entriesOf(owner: pg.Pool, log: string, action: string): Promise<EntryInLog[]> {
  const { rows } = await owner.query<EntryInLog>(
    `SELECT e.body::jsonb AS body, d.details FROM audit.entry e LEFT JOIN audit.detail d USING (log, seq)
      WHERE e.log = $1 AND e.body::jsonb ->> 'action' = $2 ORDER BY e.seq`,
    [log, action],
  );
  return rows;
}
