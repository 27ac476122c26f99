import type { Transaction } from "#app/platform/database.server.ts";
import { Conflict } from "../errors.ts";

/**
 * Throws Conflict("party-joining") for a State whose accession is not in force, and Conflict("party-leaving") for a party that has given notice or has left: nobody gets a role for it any more,
 * since every role ended with the instant of the notice. Ask under the lock of `holdJit`.
 */
export async function requireStaying(tx: Transaction, party: string | null): Promise<void> {
  if (party === null) return;
  const row = await tx.party.findUnique({ where: { id: party }, select: { leftAt: true, accedingById: true } });
  if (row?.accedingById) throw new Conflict("party-joining");
  if (row?.leftAt) throw new Conflict("party-leaving");
}
