import { now } from "#app/platform/clock.ts";
import { pool, type Query, queryOfClient } from "#app/platform/database.server.ts";
import { findAccesses } from "../access.server.ts";
import { can } from "../access.ts";
import { idleMinutes } from "../accounts/session.server.ts";
import type { Action } from "../actions.ts";
import type { Actor } from "../actor.ts";
import { jitRoles } from "../roles.ts";
import type { Edition } from "./history.server.ts";
import { type DocumentKind, documentKinds } from "./kinds.ts";
import { documentStates } from "./states.ts";

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

const anyDocument = "any";

/** The roles with which `can` lets someone do this to any text of the kind, and those with which it must be assigned. */
function rolesThatMay(action: Action, documentKind: DocumentKind) {
  const may = (role: (typeof jitRoles)[number], assigned: string[]) =>
    can({ roles: [role], partyId: null, assigned }, action, { documentId: anyDocument, documentKind }) === "yes";
  const any = jitRoles.filter((role) => may(role, []));
  return { any, assigned: jitRoles.filter((role) => !any.includes(role) && may(role, [anyDocument])) };
}

/** What the statement is handed for a kind of text. */
function rightsIn(documentKind: DocumentKind) {
  const everything = { roles: jitRoles, partyId: null, assigned: [anyDocument] };
  const editable = documentStates.filter(
    (documentState) =>
      can(everything, "document.edit", { documentId: anyDocument, documentKind, documentState }) === "yes",
  );
  return {
    editable,
    editors: rolesThatMay("document.edit", documentKind),
    readers: rolesThatMay("document.read", documentKind),
  };
}
const rights = Object.fromEntries(documentKinds.map((kind) => [kind, rightsIn(kind)])) as Record<
  DocumentKind,
  ReturnType<typeof rightsIn>
>;

/** A text keeps its kind, so it is asked for once. */
const kinds = new Map<string, DocumentKind>();

async function kindOf(query: Query, document: string): Promise<DocumentKind> {
  const known = kinds.get(document);
  if (known) return known;
  const [row] = await query<{ kind: DocumentKind }>("SELECT kind FROM document WHERE id = $1::uuid", [document]);
  if (!row) throw new Error("a batch for a text that is not there");
  kinds.set(document, row.kind);
  return row.kind;
}

/**
 * Stores a batch: in one transaction holds what each author holds today, the sessions and the document, asks again
 * whether they may edit, binds new clients to their authors, and appends one row a part (C3, C4, C5). The document's
 * row lock orders it with freezing: an update is inside the frozen text or refused. Rows that may be stored are, even
 * when others of the batch are refused. Throws Overtaken when `expected` is not the head.
 *
 * One statement, so that a letter waits for one round trip: the SQL function append_updates, which is handed the roles
 * and states that `can` lets through. tests/promises/appending.test.ts holds the two together.
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
    const kind = await kindOf(queryOfClient(client), edition.document);
    const { rows } = await client.query(statementFor(edition, parts, kind));
    const { head, at, refusals } = rows[0] as { head: number | null; at: Date; refusals: (Refusal | null)[] };
    if (head === null) throw new Overtaken();
    await askTheRefused(queryOfClient(client), { ...edition, kind }, parts, refusals);
    return { head, at, refused: new Map(parts.flatMap((part, n) => (refusals[n] ? [[part, refusals[n]]] : []))) };
  } finally {
    clearTimeout(hanging);
    if (!givenUp) client.release();
  }
}

/**
 * A role that began while the statement waited for its member's row can begin after the statement's own instant: then
 * the old one has ended and the new one not begun. Whoever seems to hold nothing is asked about once more; nothing is
 * stored by that, but a person whose role changed is not told that the access was taken back.
 */
async function askTheRefused(
  query: Query,
  { jit, document, kind }: Edition & { jit: string; kind: DocumentKind },
  parts: readonly Part[],
  refusals: (Refusal | null)[],
): Promise<void> {
  const people = parts.flatMap(({ actor }, n) => (refusals[n] === "access" ? actor.personId : []));
  if (people.length === 0) return;
  const accesses = await findAccesses(query, [...new Set(people)], jit);
  for (const [n, { actor }] of parts.entries()) {
    const access = refusals[n] === "access" && accesses.get(actor.personId);
    if (access && can(access, "document.read", { documentId: document, documentKind: kind }) === "yes")
      refusals[n] = "only-reads";
  }
}

function statementFor(
  { jit, document, epoch, expected }: Edition & { jit: string; expected: number },
  parts: readonly Part[],
  kind: DocumentKind,
) {
  const { editors, editable, readers } = rights[kind];
  const clients = parts.flatMap((part, n) => part.clients.map((client) => ({ client, part: n + 1 })));
  return {
    name: "append_updates",
    text: "SELECT head, at, refusals FROM append_updates($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16)",
    values: [
      jit,
      document,
      epoch,
      expected,
      parts.map(({ actor }) => actor.personId),
      parts.map(({ actor }) => actor.sessionId),
      parts.map(({ bytes }) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)),
      clients.map(({ client }) => client),
      clients.map(({ part }) => part),
      editors.any,
      editors.assigned,
      editable,
      readers.any,
      readers.assigned,
      now(),
      `${idleMinutes} minutes`,
    ],
  };
}
