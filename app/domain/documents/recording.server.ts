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
  // A row of its own: whoever types never waits for it. The head is read once it is held, or it could lie before what
  // somebody else has recorded meanwhile.
  const [recorded] = await query<{ to: number }>(
    `SELECT up_to AS "to" FROM document_recorded WHERE document_id = $1::uuid FOR UPDATE`,
    [document],
  );
  const [stored] = await query<{ jit: string; head: number }>(
    "SELECT jit_id AS jit, head FROM document WHERE id = $1::uuid",
    [document],
  );
  if (!recorded || !stored) throw new Error("a text without a place in the trail");
  if (recorded.to >= stored.head) return 0;
  const { jit, head } = stored;
  const rows = await rowsAfter(query, { document, epoch }, recorded.to, head);
  const byAuthor = groupByAuthor(rows);
  const authors = await authorsOf(query, [...byAuthor.keys()]);
  for (const [author, written] of byAuthor) {
    const digest = createHash("sha256");
    for (const row of written) digest.update(row.bytes);
    const facts = {
      document,
      epoch,
      from: recorded.to + 1,
      to: head,
      updates: written.length,
      sha256: digest.digest("hex"),
    };
    const actor = author === null ? "system" : authors.get(author);
    if (!actor) throw new Error("an author of the history has no person");
    await appendEntry(query, jit, { actor, action: "document.edit", facts });
  }
  await query("UPDATE document_recorded SET up_to = $2 WHERE document_id = $1::uuid", [document, head]);
  return byAuthor.size;
}

function groupByAuthor(rows: Row[]): Map<string | null, Row[]> {
  const groups = new Map<string | null, Row[]>();
  for (const row of rows) groups.set(row.author, [...(groups.get(row.author) ?? []), row]);
  return groups;
}

async function authorsOf(query: Query, people: readonly (string | null)[]): Promise<Map<string, Actor>> {
  const rows = await query<{ person: string; authority: string; state: string | null }>(
    `SELECT p.id AS person, p.authority_id AS authority, a.state FROM person p JOIN authority a ON a.id = p.authority_id
      WHERE p.id = ANY ($1::uuid[])`,
    [people],
  );
  return new Map(
    rows.map(({ person, authority, state }) => [
      person,
      { personId: person, sessionId: null, authorityId: authority, state, globalRoles: [] },
    ]),
  );
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
