import type { Query } from "#app/platform/database.server.ts";
import { readBody, type StoredBody } from "./body.ts";
import { sameFrontier } from "./checkpoint.server.ts";
import {
  commitmentOf,
  type StoredEntry,
  type StoredHead,
  sha256,
  storedEntries,
  storedHead,
} from "./entries.server.ts";
import { type Kept, readKept } from "./kept.server.ts";
import { addLeaf, emptyFrontier, type Frontier, leafHash, rootOfFrontier, sameBytes } from "./tree.ts";
import type { Fault, FaultReason } from "./verdict.ts";

/** The trail as recomputed: either its first fault, or its root and the bodies in order. */
export type Walked = { fault: Fault } | { fault: null; frontier: Frontier; root: string; erased: number };

/**
 * Recomputes a whole trail from its stored bodies and compares it with the rows, with the head in the database and with
 * the copy kept outside. `see` gets every entry that fits, in order. The copy is read first, before the snapshot of the
 * database is taken: a sealing in between must not look like a trail that was cut.
 */
export async function walkTrail(query: Query, log: string, see: (body: StoredBody) => void): Promise<Walked> {
  const kept = await readKept(log);
  const head = await storedHead(query, log);
  if (!head) return { fault: { entry: 1, reason: kept.leaves.length > 0 ? "cut" : "missing" } };
  let frontier = emptyFrontier;
  let erased = 0;
  for await (const entry of storedEntries(query, log, 0, head.size)) {
    const { reason, body, leaf } = await judge(entry, log, frontier.size + 1, kept);
    if (reason) return { fault: { entry: frontier.size + 1, reason } };
    if (body.commitment && !entry.detail) erased++;
    frontier = await addLeaf(sha256, frontier, leaf);
    see(body);
  }
  const fault = (await judgeEnd(query, log, frontier, head, kept)) ?? null;
  if (fault) return { fault };
  return { fault: null, frontier, root: Buffer.from(await rootOfFrontier(sha256, frontier)).toString("hex"), erased };
}

type Judged = { reason: FaultReason } & Partial<Record<"body" | "leaf", undefined>>;
type Fits = { reason: null; body: StoredBody; leaf: Uint8Array };

async function judge(entry: StoredEntry, log: string, expected: number, kept: Kept): Promise<Judged | Fits> {
  if (entry.seq !== expected) return { reason: "missing" };
  const leaf = await leafHash(sha256, new TextEncoder().encode(entry.body));
  // The sealed copy first: it tells a changed body from a changed leaf beside a true body.
  const sealed = kept.leaves[expected - 1];
  if (sealed && !sameBytes(sealed, leaf))
    return { reason: sameBytes(leaf, entry.leaf) ? replaced(entry, log) : "body-changed" };
  if (!sameBytes(leaf, entry.leaf)) return { reason: "body-changed" };
  const body = readBody(entry.body);
  if (!body) return { reason: "unreadable" };
  if (!isInPlace(body, entry, log)) return { reason: "misplaced" };
  if (entry.detail && !body.commitment) return { reason: "details-invented" };
  if (entry.detail && commitmentOf(entry.detail) !== body.commitment) return { reason: "details-changed" };
  return { reason: null, body, leaf };
}

/** Another entry than the sealed one: one from another place of the trail, or one that was made up. */
function replaced(entry: StoredEntry, log: string): FaultReason {
  const body = readBody(entry.body);
  return body && !isInPlace(body, entry, log) ? "misplaced" : "replaced";
}

function isInPlace(body: StoredBody, entry: StoredEntry, log: string): boolean {
  return body.log === log && body.seq === entry.seq && body.at === entry.at.toISOString();
}

/** What can be wrong although every entry fits in itself. */
async function judgeEnd(
  query: Query,
  log: string,
  frontier: Frontier,
  head: StoredHead,
  kept: Kept,
): Promise<Fault | undefined> {
  const { size } = frontier;
  if (size < head.size) return { entry: size + 1, reason: "missing" };
  if (size < kept.leaves.length) return { entry: size + 1, reason: "cut" };
  if (!sameFrontier(frontier, head.frontier)) return unsealedFault(frontier, head, kept.leaves.length);
  if (head.last > size) return { entry: size + 1, reason: "beyond-end" };
  const [loose] = await query<{ seq: bigint | null }>(
    `SELECT min(d.seq) AS seq FROM audit.detail d WHERE d.log = $1::uuid
        AND NOT EXISTS (SELECT 1 FROM audit.entry e WHERE e.log = d.log AND e.seq = d.seq)`,
    [log],
  );
  if (loose?.seq) return { entry: Number(loose.seq), reason: "details-invented" };
  if (!kept.sound) return { entry: Math.max(1, kept.leaves.length), reason: "seal-unsound" };
  return undefined;
}

/** Head and rows disagree after what is sealed: the perfect subtree whose root differs bounds where. */
function unsealedFault(frontier: Frontier, head: StoredHead, sealed: number): Fault {
  let start = 0;
  for (const [index, width] of subtreesOf(frontier.size).entries()) {
    const same = Buffer.from(frontier.roots[index] ?? []).toString("hex") === head.frontier[index];
    if (!same && start + width > sealed) {
      return { entry: Math.max(start, sealed) + 1, upTo: start + width, reason: "unsealed-changed" };
    }
    start += width;
  }
  // Everything fits what is sealed: it is the head that was changed.
  return { entry: Math.max(1, frontier.size), reason: "head-changed" };
}

/** Sizes of the perfect subtrees, largest first. */
function subtreesOf(size: number): number[] {
  const bits = size.toString(2);
  return [...bits].flatMap((bit, index) => (bit === "1" ? [2 ** (bits.length - 1 - index)] : []));
}
