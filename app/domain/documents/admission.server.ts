import { now } from "#app/platform/clock.ts";
import { pool, type Query, queryOfClient } from "#app/platform/database.server.ts";
import { isId } from "#app/platform/ids.ts";
import { findAccesses } from "../access.server.ts";
import { type Access, can } from "../access.ts";
import { livingSessions } from "../accounts/session.server.ts";
import type { DocumentKind } from "./kinds.ts";
import { type StoredState, standingColumns, stateAt } from "./states.ts";

/** What someone may do with an open text. */
export type Mode = "write" | "read";

export type Admission = {
  jit: string;
  document: string;
  epoch: number;
  mode: Mode;
  /** place of the person's party in the arrangement, from 1; null for who belongs to none */
  position: number | null;
};

type Row = StoredState & { id: string; jit: string; kind: DocumentKind; epoch: number };
const columns = `d.id, d.jit_id AS jit, d.kind, ${standingColumns}, d.epoch`;

/** Someone who wants to open a text. */
export type Caller = { person: string; document: string };

/**
 * Whether each may open the text, and how; the answers in their order, asked for all at once. "not-found" for nonsense
 * and for someone who is not a member alike; "forbidden" for a member without the right to read.
 */
export async function admitAll(callers: readonly Caller[]): Promise<(Admission | "not-found" | "forbidden")[]> {
  const query = queryOfClient(pool());
  const ids = [...new Set(callers.map(({ document }) => document).filter(isId))];
  const rows = await query<Row>(`SELECT ${columns} FROM document d WHERE d.id = ANY ($1::uuid[])`, [ids]);
  const documents = new Map(rows.map((row) => [row.id, row]));
  const people = new Map<string, string[]>();
  for (const { person, document } of callers) {
    const jit = documents.get(document)?.jit;
    if (jit) people.set(jit, [...(people.get(jit) ?? []), person]);
  }
  const found = [...people].map(async ([jit, some]) => [jit, await findAccesses(query, some, jit)] as const);
  const accesses = new Map(await Promise.all(found));
  const accessOf = ({ person, document }: Caller) => accesses.get(documents.get(document)?.jit ?? "")?.get(person);
  const positions = await positionsOf(query, [
    ...new Set(callers.flatMap((caller) => accessOf(caller)?.partyId ?? [])),
  ]);
  return callers.map((caller) => {
    const row = documents.get(caller.document);
    const access = accessOf(caller);
    if (!row || !access) return "not-found";
    const mode = modeOf(access, row);
    if (!mode) return "forbidden";
    const position = positions.get(access.partyId ?? "") ?? null;
    return { jit: row.jit, document: row.id, epoch: row.epoch, mode, position };
  });
}

async function positionsOf(query: Query, parties: readonly string[]): Promise<Map<string, number>> {
  if (parties.length === 0) return new Map();
  const rows = await query<{ id: string; position: number }>(
    "SELECT id, position FROM party WHERE id = ANY ($1::uuid[])",
    [parties],
  );
  return new Map(rows.map(({ id, position }) => [id, position]));
}

function modeOf(access: Access, row: Row): Mode | null {
  const subject = { documentId: row.id, documentKind: row.kind, documentState: stateAt(row, now()) };
  if (can(access, "document.read", subject) !== "yes") return null;
  return can(access, "document.edit", subject) === "yes" ? "write" : "read";
}

/** Someone who has the text open. */
export type Present = { person: string; session: string; document: string; epoch: number };
/** What the answer is now. */
export type Standing = Mode | "signed-out" | "no-access" | "gone" | "rebuilt";

/** Asks for everybody who has texts of one JIT open the question that was asked when they opened them. */
export async function askAgain<Someone extends Present>(
  jit: string,
  people: readonly Someone[],
): Promise<Map<Someone, Standing>> {
  const query = queryOfClient(pool());
  const sessions = await livingSessions(query, [...new Set(people.map(({ session }) => session))]);
  const rows = await query<Row>(
    `SELECT ${columns} FROM document d WHERE d.jit_id = $1::uuid AND d.id = ANY ($2::uuid[])`,
    [jit, [...new Set(people.map(({ document }) => document))]],
  );
  const accesses = await findAccesses(query, [...new Set(people.map(({ person }) => person))], jit);
  return new Map(
    people.map((someone) => {
      const row = rows.find(({ id }) => id === someone.document);
      return [someone, standingOf(someone, sessions.has(someone.session), accesses.get(someone.person), row)];
    }),
  );
}

function standingOf(present: Present, alive: boolean, access: Access | undefined, row?: Row): Standing {
  if (!alive) return "signed-out";
  if (!access) return "no-access";
  if (!row) return "gone";
  if (row.epoch !== present.epoch) return "rebuilt";
  return modeOf(access, row) ?? "no-access";
}
