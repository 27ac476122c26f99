import * as Y from "yjs";
import { now } from "#app/platform/clock.ts";
import { pool, type Query, queryOfClient } from "#app/platform/database.server.ts";
import { countAsActive } from "../accounts/session.server.ts";

/** A document at one epoch; the epoch is raised when a text is rebuilt. */
export type Edition = { document: string; epoch: number };

export type Row = { sequence: number; author: string | null; bytes: Uint8Array };

/** Rows after a sequence, in order. */
export function rowsAfter(query: Query, { document, epoch }: Edition, after: number, upTo?: number): Promise<Row[]> {
  return query<Row>(
    `SELECT sequence, author_id AS author, bytes FROM document_update
      WHERE document_id = $1::uuid AND epoch = $2 AND sequence > $3 AND sequence <= $4 ORDER BY sequence`,
    [document, epoch, after, upTo ?? 2_147_483_647],
  );
}

/**
 * The document as it was at a sequence, or now. Rows are applied one by one to a document: merging updates first would
 * be quadratic. A snapshot only saves time; `fromFirstRow` does without.
 */
export async function rebuild(
  query: Query,
  { upTo, fromFirstRow, ...edition }: Edition & { upTo?: number; fromFirstRow?: boolean },
): Promise<Y.Doc> {
  return (await rebuildWithHead(query, { ...edition, upTo, fromFirstRow })).doc;
}

export async function rebuildWithHead(
  query: Query,
  { upTo, fromFirstRow, ...edition }: Edition & { upTo?: number; fromFirstRow?: boolean },
): Promise<{ doc: Y.Doc; head: number; snapshot: number }> {
  const doc = new Y.Doc();
  const snapshot = fromFirstRow ? null : await newestSnapshot(query, edition, upTo);
  const rows = await rowsAfter(query, edition, snapshot?.sequence ?? 0, upTo);
  doc.transact(() => {
    if (snapshot) Y.applyUpdate(doc, snapshot.state);
    for (const row of rows) Y.applyUpdate(doc, row.bytes);
  });
  const head = rows.at(-1)?.sequence ?? snapshot?.sequence ?? 0;
  return { doc, head, snapshot: snapshot?.sequence ?? 0 };
}

async function newestSnapshot(query: Query, { document, epoch }: Edition, upTo?: number) {
  const [row] = await query<{ sequence: number; state: Uint8Array }>(
    `SELECT sequence, state FROM document_snapshot WHERE document_id = $1::uuid AND epoch = $2 AND sequence <= $3
      ORDER BY sequence DESC LIMIT 1`,
    [document, epoch, upTo ?? 2_147_483_647],
  );
  return row ?? null;
}

/** Keeps a full state so that the next opening is fast. Rows of the history stay. */
export async function keepSnapshot({ document, epoch }: Edition, sequence: number, state: Uint8Array): Promise<void> {
  await pool().query(
    `INSERT INTO document_snapshot (document_id, epoch, sequence, state, at)
     VALUES ($1::uuid, $2, $3, $4, $5::timestamptz) ON CONFLICT DO NOTHING`,
    [document, epoch, sequence, Buffer.from(state), now()],
  );
}

/** Newest snapshot and the rows after it up to a sequence: what a new snapshot is made from. */
export async function historyUpTo(edition: Edition, upTo: number): Promise<{ base: Uint8Array | null; rows: Row[] }> {
  const query = queryOfClient(pool());
  const snapshot = await newestSnapshot(query, edition, upTo);
  return { base: snapshot?.state ?? null, rows: await rowsAfter(query, edition, snapshot?.sequence ?? 0, upTo) };
}

/** A text as the collaboration server opens it. */
export type Opened = {
  doc: Y.Doc;
  /** name of the template that the text was made from */
  template: string;
  head: number;
  /** sequence of the snapshot it was built from, 0 when there was none */
  snapshot: number;
  clients: Map<number, string>;
  /** rows that the trail does not name yet */
  unrecorded: number;
};

/** Opens the text at its present epoch for live work, or null when it is at another one. */
export async function openHistory(edition: Edition): Promise<Opened | null> {
  const client = await pool().connect();
  try {
    // One view of all tables: a client bound meanwhile would look like nobody's.
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    const query = queryOfClient(client);
    const [row] = await query<{ epoch: number; template: string; audited: number }>(
      `SELECT d.epoch, d.template, r.up_to AS audited FROM document d JOIN document_recorded r ON r.document_id = d.id
        WHERE d.id = $1::uuid`,
      [edition.document],
    );
    if (row?.epoch !== edition.epoch) return null;
    const built = await rebuildWithHead(query, edition);
    const { template, audited } = row;
    return { ...built, template, clients: await boundClients(query, edition), unrecorded: built.head - audited };
  } finally {
    await client.query("ROLLBACK").catch(() => {});
    client.release();
  }
}

/** What other processes stored after a sequence, and the clients they bound. Null when the epoch has changed. */
export async function whatFollows(edition: Edition, after: number) {
  const query = queryOfClient(pool());
  const [row] = await query<{ epoch: number }>("SELECT epoch FROM document WHERE id = $1::uuid", [edition.document]);
  if (row?.epoch !== edition.epoch) return null;
  const rows = await rowsAfter(query, edition, after);
  return { rows, clients: await boundClients(query, edition) };
}

/** Typing keeps a session alive, as opening pages does. */
export function countTypingAsActive(session: string): Promise<void> {
  return countAsActive(queryOfClient(pool()), session);
}

/** Whose every client of the document is. */
export async function boundClients(query: Query, { document, epoch }: Edition): Promise<Map<number, string>> {
  const rows = await query<{ client: string; person: string }>(
    "SELECT client_id AS client, person_id AS person FROM document_client WHERE document_id = $1::uuid AND epoch = $2",
    [document, epoch],
  );
  return new Map(rows.map((row) => [Number(row.client), row.person]));
}

/** Where each of these documents stands now: how far its history reaches, at which epoch. */
export async function standingsOf(documents: readonly string[]) {
  const query = queryOfClient(pool());
  return await query<{ id: string; epoch: number; head: number }>(
    "SELECT id, epoch, head FROM document WHERE id = ANY ($1::uuid[])",
    [documents],
  );
}
