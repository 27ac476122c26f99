import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import type { DocumentState } from "../documents/states.ts";
import { Conflict } from "../errors.ts";
import { isClosed } from "./jit.ts";

/**
 * Holds the team's row to the end of the transaction: changes to its parties, members and invitations happen one
 * after the other, so that "the last administrator" means the same to all of them. Returns the state of the
 * arrangement, or null before it is started; `with text`, that state cannot change meanwhile either.
 */
export async function holdJit(tx: Transaction, jit: string, text?: "with text"): Promise<DocumentState | null> {
  const query = queryOf(tx);
  await query("SELECT id FROM jit WHERE id = $1::uuid FOR UPDATE", [jit]);
  const [document] = await query<{ state: DocumentState }>(
    `SELECT state FROM document WHERE jit_id = $1::uuid AND kind = 'agreement' ${text ? "FOR SHARE" : ""}`,
    [jit],
  );
  return document?.state ?? null;
}

/** As `holdJit`; throws Conflict("team-closed") once the team is archived or given up. */
export async function holdOpenJit(tx: Transaction, jit: string): Promise<DocumentState | null> {
  const state = await holdJit(tx, jit);
  if (isClosed(state)) throw new Conflict("team-closed");
  return state;
}
