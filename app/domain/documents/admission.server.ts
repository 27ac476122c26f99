import { now } from "#app/platform/clock.ts";
import { pool, queryOfClient } from "#app/platform/database.server.ts";
import { isId } from "#app/platform/ids.ts";
import { findAccess, findAccesses } from "../access.server.ts";
import { livingSessions } from "../accounts/session.server.ts";
import { type Access, can } from "../actions.ts";
import type { Actor } from "../actor.ts";
import { type DocumentState, stateAt } from "./states.ts";

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

type Row = { id: string; jit: string; state: DocumentState; expires: Date | null; epoch: number };
const columns = "id, jit_id AS jit, state, expires_at AS expires, epoch";

/**
 * Whether the person may open the text, and how. "not-found" for nonsense and for someone who is not a member alike;
 * "forbidden" for a member without the right to read.
 */
export async function admit(actor: Actor, document: string): Promise<Admission | "not-found" | "forbidden"> {
  if (!isId(document)) return "not-found";
  const query = queryOfClient(pool());
  const [row] = await query<Row>(`SELECT ${columns} FROM document WHERE id = $1::uuid`, [document]);
  const access = row && (await findAccess(query, actor.personId, row.jit));
  if (!access) return "not-found";
  const mode = modeOf(access, row);
  if (!mode) return "forbidden";
  const [party] = await query<{ position: number }>("SELECT position FROM party WHERE id = $1::uuid", [access.partyId]);
  return { jit: row.jit, document, epoch: row.epoch, mode, position: party?.position ?? null };
}

function modeOf(access: Access, row: Row): Mode | null {
  const subject = { documentId: row.id, documentState: stateAt(row.state, row.expires, now()) };
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
  const rows = await query<Row>(`SELECT ${columns} FROM document WHERE jit_id = $1::uuid AND id = ANY ($2::uuid[])`, [
    jit,
    [...new Set(people.map(({ document }) => document))],
  ]);
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
