import { createHash } from "node:crypto";
import type { Query } from "#app/platform/database.server.ts";
import type { Hash } from "./tree.ts";

export const sha256: Hash = (bytes) => createHash("sha256").update(bytes).digest();

/** What the database says a trail is: its length, its frontier in hex, and the number of the last row there is. */
export type StoredHead = { size: number; frontier: string[]; last: number };

/** A row of the trail, nothing of it believed yet. */
export type StoredEntry = {
  seq: number;
  at: Date;
  body: string;
  leaf: Uint8Array;
  detail: { salt: Uint8Array; text: string } | null;
};

/** Head and last row in one statement, so that an entry that is just being written cannot stand between them. */
export async function storedHead(query: Query, log: string): Promise<StoredHead | null> {
  const [row] = await query<{ size: bigint | null; frontier: string[]; last: bigint | null }>(
    `SELECT h.size, ARRAY(SELECT encode(f.root, 'hex') FROM unnest(h.frontier) WITH ORDINALITY AS f (root, n) ORDER BY f.n)
              AS frontier, (SELECT max(e.seq) FROM audit.entry e WHERE e.log = $1::uuid) AS last
       FROM (SELECT 1) AS one LEFT JOIN audit.head h ON h.log = $1::uuid`,
    [log],
  );
  if (!row || (row.size === null && row.last === null)) return null;
  return { size: Number(row.size ?? 0), frontier: row.frontier ?? [], last: Number(row.last ?? 0) };
}

type Row = { seq: bigint; at: Date; body: string; leaf: Uint8Array; salt: Uint8Array | null; details: string | null };

const batch = 2000;

/** The rows after one number up to another, in order, in batches: a trail may be longer than memory. */
export async function* storedEntries(
  query: Query,
  log: string,
  after: number,
  upTo: number,
): AsyncGenerator<StoredEntry> {
  for (let from = after; from < upTo; ) {
    const rows = await query<Row>(
      `SELECT e.seq, e.at, e.body, e.leaf, d.salt, d.details::text AS details
         FROM audit.entry e LEFT JOIN audit.detail d ON d.log = e.log AND d.seq = e.seq
        WHERE e.log = $1::uuid AND e.seq > $2::bigint AND e.seq <= $3::bigint ORDER BY e.seq LIMIT ${batch}`,
      [log, from, upTo],
    );
    for (const row of rows) yield storedEntry(row);
    if (rows.length < batch) return;
    from = Number(rows.at(-1)!.seq);
  }
}

function storedEntry({ seq, at, body, leaf, salt, details }: Row): StoredEntry {
  const detail = salt !== null && details !== null ? { salt, text: details } : null;
  return { seq: Number(seq), at, body, leaf, detail };
}

/** What the entry holds in place of its details; the same bytes as in the SQL function audit.append. */
export function commitmentOf({ salt, text }: { salt: Uint8Array; text: string }): string {
  return createHash("sha256").update("jit-audit-detail/1").update(salt).update(text, "utf8").digest("hex");
}
