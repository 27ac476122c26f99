import { createHash } from "node:crypto";
import { pool, type Query, queryOfClient } from "#app/platform/database.server.ts";
import type { Actor } from "../actor.ts";
import { appendEntry } from "../audit/entry.server.ts";
import { type Edition, type Row, rowsAfter } from "./history.server.ts";

/**
 * Names in the trail what was written since the last time: one entry an author, with the range, the number of rows and
 * the SHA-256 of the author's rows in it. Call it inside a transaction, last: it appends. Safe to repeat after a crash.
 * Returns how many entries it made.
 */
export async function recordEdits(query: Query, { document, epoch }: Edition): Promise<number> {
  const [held] = await query<{ jit: string; from: number; to: number }>(
    `SELECT jit_id AS jit, audited_to AS "from", head AS "to" FROM document WHERE id = $1::uuid FOR UPDATE`,
    [document],
  );
  if (!held || held.from >= held.to) return 0;
  const rows = await rowsAfter(query, { document, epoch }, held.from, held.to);
  const byAuthor = groupByAuthor(rows);
  for (const [author, written] of byAuthor) {
    const digest = createHash("sha256");
    for (const row of written) digest.update(row.bytes);
    const facts = {
      document,
      epoch,
      from: held.from + 1,
      to: held.to,
      updates: written.length,
      sha256: digest.digest("hex"),
    };
    const actor = author ? await authorOf(query, author) : "system";
    await appendEntry(query, held.jit, { actor, action: "document.edit", facts });
  }
  await query("UPDATE document SET audited_to = $2 WHERE id = $1::uuid", [document, held.to]);
  return byAuthor.size;
}

function groupByAuthor(rows: Row[]): Map<string | null, Row[]> {
  const groups = new Map<string | null, Row[]>();
  for (const row of rows) groups.set(row.author, [...(groups.get(row.author) ?? []), row]);
  return groups;
}

async function authorOf(query: Query, person: string): Promise<Actor> {
  const [row] = await query<{ authority: string; state: string | null }>(
    `SELECT p.authority_id AS authority, a.state FROM person p JOIN authority a ON a.id = p.authority_id WHERE p.id = $1::uuid`,
    [person],
  );
  if (!row) throw new Error("an author of the history has no person");
  return { personId: person, sessionId: null, authorityId: row.authority, state: row.state, globalRoles: [] };
}

/** `recordEdits` in a transaction of its own. */
export async function recordEditsNow(edition: Edition): Promise<number> {
  const client = await pool().connect();
  try {
    await client.query("BEGIN");
    const entries = await recordEdits(queryOfClient(client), edition);
    await client.query("COMMIT");
    return entries;
  } catch (error) {
    await client.query("ROLLBACK").catch(() => {});
    throw error;
  } finally {
    client.release();
  }
}
