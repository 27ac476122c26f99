import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import { SealRefused, sealTrail } from "./checkpoint.server.ts";
import { storedEntries, storedHead } from "./entries.server.ts";
import { type Checkpoint, newestKept } from "./kept.server.ts";

/** A trail to take away. `lines` are the exact texts that were hashed: line n is entry n, its leaf SHA-256(0x00 ‖ line). */
export type ExportedTrail = {
  lines: string[];
  /** names and reasons that were not erased, with the salt that ties them to the commitment in the entry */
  details: { seq: number; salt: string; details: string }[];
  /** over exactly these lines, unless the trail no longer continues what was sealed */
  checkpoint: Checkpoint | null;
};

/** Reads a whole trail within a door that is already open; call it before anything is appended in the transaction. */
export async function exportTrail(db: Transaction, jit: string): Promise<ExportedTrail> {
  const query = queryOf(db);
  const checkpoint = await sealTrail(query, jit).catch(async (error: unknown) => {
    if (!(error instanceof SealRefused)) throw error;
    return (await newestKept(jit))?.checkpoint ?? null;
  });
  const upTo = checkpoint?.size ?? (await storedHead(query, jit))?.size ?? 0;
  const exported: ExportedTrail = { lines: [], details: [], checkpoint };
  for await (const { seq, body, detail } of storedEntries(query, jit, 0, upTo)) {
    exported.lines.push(body);
    if (detail) exported.details.push({ seq, salt: Buffer.from(detail.salt).toString("hex"), details: detail.text });
  }
  return exported;
}
