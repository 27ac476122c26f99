import { type Hash, nodeHash, rootOf, sameBytes, splitOf } from "./tree.ts";

/**
 * Proofs over a trail that need no other entry of it (RFC 9162, 2.1.3 and 2.1.4), each beside its check. The checks
 * read what strangers send: they answer false, they do not throw.
 */

/** The hashes that lead from one leaf to the root. */
export async function inclusionProof(hash: Hash, leaves: readonly Uint8Array[], index: number): Promise<Uint8Array[]> {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) throw new RangeError("no such leaf");
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  const [inside, beside, at] =
    index < split
      ? [leaves.slice(0, split), leaves.slice(split), index]
      : [leaves.slice(split), leaves.slice(0, split), index - split];
  return [...(await inclusionProof(hash, inside, at)), await rootOf(hash, beside)];
}

export type Inclusion = {
  index: number;
  size: number;
  leaf: Uint8Array;
  root: Uint8Array;
  proof: readonly Uint8Array[];
};

/** Whether the leaf stands at the index of the tree with this size and root. */
export async function includes(hash: Hash, { index, size, leaf, root, proof }: Inclusion): Promise<boolean> {
  if (!isSize(size) || !Number.isSafeInteger(index) || index < 0 || index >= size) return false;
  let place = index;
  let last = size - 1;
  let node = leaf;
  for (const beside of proof) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      node = await nodeHash(hash, beside, node);
      while (place % 2 === 0 && place !== 0) {
        place /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      node = await nodeHash(hash, node, beside);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && sameBytes(node, root);
}

/** The hashes that show that the first `older` leaves are those of the older tree. */
export async function consistencyProof(
  hash: Hash,
  leaves: readonly Uint8Array[],
  older: number,
): Promise<Uint8Array[]> {
  if (!Number.isInteger(older) || older < 1 || older > leaves.length) throw new RangeError("no such older tree");
  return older === leaves.length ? [] : subProof(hash, leaves, older, true);
}

async function subProof(
  hash: Hash,
  leaves: readonly Uint8Array[],
  older: number,
  whole: boolean,
): Promise<Uint8Array[]> {
  if (older === leaves.length) return whole ? [] : [await rootOf(hash, leaves)];
  const split = splitOf(leaves.length);
  const left = leaves.slice(0, split);
  const right = leaves.slice(split);
  return older <= split
    ? [...(await subProof(hash, left, older, whole)), await rootOf(hash, right)]
    : [...(await subProof(hash, right, older - split, false)), await rootOf(hash, left)];
}

export type Consistency = {
  older: number;
  newer: number;
  olderRoot: Uint8Array;
  newerRoot: Uint8Array;
  proof: readonly Uint8Array[];
};

/** Whether the newer tree continues the older one: nothing of it was changed, left out or put in between. */
export async function continues(
  hash: Hash,
  { older, newer, olderRoot, newerRoot, proof }: Consistency,
): Promise<boolean> {
  if (!isSize(older) || !isSize(newer) || older > newer) return false;
  if (older === newer) return proof.length === 0 && sameBytes(olderRoot, newerRoot);
  // A power of two is a perfect tree: its root is the first node itself and is left out of the proof.
  const [first, ...rest] = splitOf(older + 1) === older ? [olderRoot, ...proof] : proof;
  if (!first) return false;
  let place = older - 1;
  let last = newer - 1;
  while (place % 2 === 1) {
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  let before = first;
  let after = first;
  for (const node of rest) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      before = await nodeHash(hash, node, before);
      after = await nodeHash(hash, node, after);
      while (place % 2 === 0 && place !== 0) {
        place /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      after = await nodeHash(hash, after, node);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  return last === 0 && sameBytes(before, olderRoot) && sameBytes(after, newerRoot);
}

function isSize(size: number): boolean {
  return Number.isSafeInteger(size) && size >= 1;
}
