import { now } from "#app/platform/clock.ts";
import type { Query } from "#app/platform/database.server.ts";
import { readBody } from "./body.ts";
import { sha256, storedEntries, storedHead } from "./entries.server.ts";
import { type Checkpoint, keep, newestKept } from "./kept.server.ts";
import { addLeaf, emptyFrontier, type Frontier, leafHash } from "./tree.ts";

/** The trail in the database does not continue what was sealed; it is not sealed further. */
export class SealRefused extends Error {
  override name = "SealRefused";
}

const sealing = new Map<string, Promise<unknown>>();

/**
 * Seals a trail up to its newest entry and returns the checkpoint; the one that is there when nothing is new, null for
 * a log without entries. Goes by the copy kept outside the database: new entries are hashed again from their bodies
 * and must lead from the kept frontier to the stored one, or SealRefused is thrown and nothing is signed.
 * Never call it with a transaction that has itself appended: what is rolled back later would have been sealed.
 */
export function sealTrail(query: Query, log: string): Promise<Checkpoint | null> {
  const before = sealing.get(log) ?? Promise.resolve();
  const sealed = before.catch(() => {}).then(() => sealOnce(query, log));
  sealing.set(log, sealed);
  const forget = () => sealing.get(log) === sealed && sealing.delete(log);
  sealed.then(forget, forget);
  return sealed;
}

async function sealOnce(query: Query, log: string): Promise<Checkpoint | null> {
  // The kept copy first: another process may seal between the two, and the database never falls behind it.
  const kept = await newestKept(log);
  const head = await storedHead(query, log);
  const from = kept?.frontier ?? emptyFrontier;
  if (from.size > (head?.size ?? 0)) throw new SealRefused(`${log} is shorter than what was sealed`);
  if (!head) return null;
  const { frontier, leaves } = await continueFrom(query, log, from, head.size);
  if (frontier.size !== head.size || !sameFrontier(frontier, head.frontier)) {
    throw new SealRefused(`${log} does not continue what was sealed`);
  }
  if (kept && leaves.length === 0) return kept.checkpoint;
  return keep(log, { after: from.size, leaves, frontier, at: now() });
}

async function continueFrom(query: Query, log: string, from: Frontier, upTo: number) {
  const leaves: Uint8Array[] = [];
  let frontier = from;
  for await (const entry of storedEntries(query, log, from.size, upTo)) {
    const body = readBody(entry.body);
    if (entry.seq !== frontier.size + 1 || body?.seq !== entry.seq || body.log !== log) break;
    const leaf = await leafHash(sha256, new TextEncoder().encode(entry.body));
    leaves.push(leaf);
    frontier = await addLeaf(sha256, frontier, leaf);
  }
  return { frontier, leaves };
}

export function sameFrontier({ roots }: Frontier, stored: readonly string[]): boolean {
  return (
    roots.length === stored.length && roots.every((root, index) => Buffer.from(root).toString("hex") === stored[index])
  );
}
