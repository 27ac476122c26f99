import * as Y from "yjs";
import { now } from "#app/platform/clock.ts";
import { pool, type Query, queryOfClient } from "#app/platform/database.server.ts";
import { findAccesses } from "../access.server.ts";
import { countAsActive, idleMinutes } from "../accounts/session.server.ts";
import { type Access, can } from "../actions.ts";
import type { Actor } from "../actor.ts";
import { type DocumentState, stateAt } from "./states.ts";

/** A document at one epoch; the epoch is raised when a text is rebuilt. */
export type Edition = { document: string; epoch: number };

/** What one person adds in one batch. `clients` are the Yjs clients it uses whose owner is not stored yet. */
export type Part = { actor: Actor; clients: readonly number[]; bytes: Uint8Array };

/** Why a part was not stored: what the person was told at connecting no longer holds. */
export type Refusal = "session" | "access" | "only-reads" | "not-yours";

export type Appended = { head: number; at: Date; refused: Map<Part, Refusal> };

/** A commit that takes longer has lost its connection. */
const longestBatchMs = 10_000;

/** Someone else has added rows meanwhile, or the text was rebuilt: load what is missing and try again. */
export class Overtaken extends Error {
  override name = "Overtaken";
}

/**
 * Stores a batch: in one transaction holds what each author holds today, the sessions and the document, asks again
 * whether they may edit, binds new clients to their authors, and appends one row a part (C3, C4, C5). The document's
 * row lock orders it with freezing: an update is inside the frozen text or refused. Rows that may be stored are, even
 * when others of the batch are refused. Throws Overtaken when `expected` is not the head.
 */
export async function appendBatch(
  edition: Edition & { jit: string; expected: number },
  parts: readonly Part[],
): Promise<Appended> {
  const client = await pool().connect();
  let givenUp = false;
  // A connection can die without a word. The caller tries again: when it was stored after all, its rows are found.
  const hanging = setTimeout(() => {
    givenUp = true;
    client.release(true);
  }, longestBatchMs);
  try {
    await client.query("BEGIN");
    const appended = await appendWithin(queryOfClient(client), edition, parts);
    await client.query("COMMIT");
    return appended;
  } catch (error) {
    if (!givenUp) await client.query("ROLLBACK").catch(() => {});
    throw error;
  } finally {
    clearTimeout(hanging);
    if (!givenUp) client.release();
  }
}

async function appendWithin(
  query: Query,
  edition: Edition & { jit: string; expected: number },
  parts: readonly Part[],
): Promise<Appended> {
  // Order of locks: sessions and members, then the document.
  const mayBe = await askAuthors(query, edition.jit, parts);
  const [document] = await query<{ state: DocumentState; expires: Date | null; head: number; epoch: number }>(
    `SELECT state, expires_at AS expires, head, epoch FROM document WHERE id = $1::uuid AND jit_id = $2::uuid FOR UPDATE`,
    [edition.document, edition.jit],
  );
  if (!document || document.epoch !== edition.epoch || document.head !== edition.expected) throw new Overtaken();
  const documentState = stateAt(document.state, document.expires, now());
  const subject = { documentId: edition.document, documentState };
  const bound = await bindClients(query, edition, parts);
  const refused = new Map<Part, Refusal>();
  const kept: Part[] = [];
  for (const part of parts) {
    const access = mayBe.get(part.actor.personId + part.actor.sessionId);
    if (access === "session" || access === undefined) refused.set(part, "session");
    else if (access === null) refused.set(part, "access");
    else if (can(access, "document.edit", subject) !== "yes")
      refused.set(part, can(access, "document.read", subject) === "yes" ? "only-reads" : "access");
    else if (part.clients.some((client) => bound.get(client) !== part.actor.personId)) refused.set(part, "not-yours");
    else kept.push(part);
  }
  const at = now();
  if (kept.length > 0) await insertRows(query, edition, document.head, kept, at);
  return { head: document.head + kept.length, at, refused };
}

type Standing = Access | null | "session";

/** What each author holds, by person and session; "session" when the session has ended. */
async function askAuthors(query: Query, jit: string, parts: readonly Part[]): Promise<Map<string, Standing>> {
  const sessions = parts.flatMap(({ actor }) => actor.sessionId ?? []);
  const alive = await holdSessions(query, sessions);
  const people = [...new Set(parts.map(({ actor }) => actor.personId))];
  const accesses = await findAccesses(query, people, jit, true);
  return new Map(
    parts.map(({ actor: { personId, sessionId } }) => [
      personId + sessionId,
      sessionId === null || alive.has(sessionId) ? (accesses.get(personId) ?? null) : "session",
    ]),
  );
}

/** Those of the sessions that are alive; they cannot end before the transaction does. */
async function holdSessions(query: Query, sessions: readonly string[]): Promise<Set<string>> {
  if (sessions.length === 0) return new Set();
  const rows = await query<{ id: string }>(
    `SELECT id FROM session WHERE id = ANY ($1::text[]) AND revoked_at IS NULL AND expires_at > $2::timestamptz
        AND last_seen_at > $3::timestamptz ORDER BY id FOR SHARE`,
    [sessions, now(), new Date(now().getTime() - idleMinutes * 60_000)],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Binds clients nobody has yet to the first author who uses them; returns whose each client is. */
async function bindClients(query: Query, { document, epoch }: Edition, parts: readonly Part[]) {
  const wanted = new Map<number, string>();
  for (const part of parts) {
    for (const client of part.clients) if (!wanted.has(client)) wanted.set(client, part.actor.personId);
  }
  if (wanted.size === 0) return new Map<number, string>();
  const ids = [...wanted.keys()];
  await query(
    `INSERT INTO document_client (document_id, epoch, client_id, person_id, bound_at)
     SELECT $1::uuid, $2, c, p, $5::timestamptz FROM unnest($3::bigint[], $4::uuid[]) AS t (c, p) ON CONFLICT DO NOTHING`,
    [document, epoch, ids, [...wanted.values()], now()],
  );
  const rows = await query<{ client: string; person: string }>(
    `SELECT client_id AS client, person_id AS person FROM document_client
      WHERE document_id = $1::uuid AND epoch = $2 AND client_id = ANY ($3::bigint[])`,
    [document, epoch, ids],
  );
  return new Map(rows.map((row) => [Number(row.client), row.person]));
}

async function insertRows(query: Query, { document, epoch }: Edition, head: number, parts: Part[], at: Date) {
  await query(
    `WITH moved AS (UPDATE document SET head = $3 + cardinality($4::uuid[]) WHERE id = $1::uuid)
     INSERT INTO document_update (document_id, epoch, sequence, author_id, bytes, at)
     SELECT $1::uuid, $2, $3 + n, a, b, $6::timestamptz
       FROM unnest($4::uuid[], $5::bytea[]) WITH ORDINALITY AS t (a, b, n)`,
    [document, epoch, head, parts.map((part) => part.actor.personId), parts.map((part) => Buffer.from(part.bytes)), at],
  );
}

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
    const [row] = await query<{ epoch: number; audited: number }>(
      `SELECT epoch, audited_to AS audited FROM document WHERE id = $1::uuid`,
      [edition.document],
    );
    if (row?.epoch !== edition.epoch) return null;
    const built = await rebuildWithHead(query, edition);
    return { ...built, clients: await boundClients(query, edition), unrecorded: built.head - row.audited };
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
