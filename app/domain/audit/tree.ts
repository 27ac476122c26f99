/**
 * The Merkle tree of a trail, as in RFC 6962 section 2.1 and RFC 9162. Pure: the hash is passed in, so that the server
 * (node:crypto), the browser (WebCrypto) and the tests run the same lines. The SQL function audit.append folds the same
 * frontier inside the database; verify.server.ts compares the two.
 */
export type Hash = (bytes: Uint8Array) => Uint8Array | Promise<Uint8Array>;

/** SHA-256 of the browser, and of Node where speed does not matter. */
export const webHash: Hash = async (bytes) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>));

/** What is needed to append and to know the root: the roots of the perfect subtrees, largest first. */
export type Frontier = { readonly size: number; readonly roots: readonly Uint8Array[] };

export const emptyFrontier: Frontier = { size: 0, roots: [] };

// Different first bytes, so that no node can be passed off as a leaf (RFC 6962, 2.1).
const leafMark = 0;
const nodeMark = 1;

export function leafHash(hash: Hash, body: Uint8Array) {
  const bytes = new Uint8Array(1 + body.length);
  bytes[0] = leafMark;
  bytes.set(body, 1);
  return hash(bytes);
}

export function nodeHash(hash: Hash, left: Uint8Array, right: Uint8Array) {
  const bytes = new Uint8Array(1 + left.length + right.length);
  bytes[0] = nodeMark;
  bytes.set(left, 1);
  bytes.set(right, 1 + left.length);
  return hash(bytes);
}

/** The frontier with one more leaf: each trailing one-bit of the old size is a perfect subtree that the leaf completes. */
export async function addLeaf(hash: Hash, frontier: Frontier, leaf: Uint8Array): Promise<Frontier> {
  const roots = [...frontier.roots];
  let node = leaf;
  for (let rest = frontier.size; rest % 2 === 1; rest = Math.floor(rest / 2)) {
    node = await nodeHash(hash, roots.pop()!, node);
  }
  roots.push(node);
  return { size: frontier.size + 1, roots };
}

export async function rootOfFrontier(hash: Hash, { roots }: Frontier): Promise<Uint8Array> {
  let root = roots.at(-1);
  if (!root) return hash(new Uint8Array());
  for (const left of roots.slice(0, -1).reverse()) root = await nodeHash(hash, left, root);
  return root;
}

/** The root over leaves, by the definition of the RFC; the frontier gives the same without keeping the leaves. */
export async function rootOf(hash: Hash, leaves: readonly Uint8Array[]): Promise<Uint8Array> {
  if (leaves.length === 0) return hash(new Uint8Array());
  if (leaves.length === 1) return leaves[0]!;
  const split = splitOf(leaves.length);
  const left = await rootOf(hash, leaves.slice(0, split));
  return nodeHash(hash, left, await rootOf(hash, leaves.slice(split)));
}

/** The largest power of two below `size`. */
export function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
