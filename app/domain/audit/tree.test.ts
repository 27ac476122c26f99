import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { consistencyProof, continues, includes, inclusionProof } from "./proofs.ts";
import { addLeaf, emptyFrontier, type Hash, leafHash, rootOf, rootOfFrontier, webHash } from "./tree.ts";

const sha256: Hash = (bytes) => createHash("sha256").update(bytes).digest();
const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, "hex"));
const hex = (value: Uint8Array) => Buffer.from(value).toString("hex");

// Entries, roots and proofs of the test tree of Certificate Transparency (merkletree/merkle_tree_test.cc).
const entries = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
const roots = [
  "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
  "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
  "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
  "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
  "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
  "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
  "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
  "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
];
const leavesOf = (count: number, of: readonly string[] = entries) =>
  Promise.all(of.slice(0, count).map((entry) => leafHash(sha256, bytes(entry))));

describe("golden vectors", () => {
  test("the empty tree is the hash of nothing", async () => {
    const nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    expect(hex(await rootOf(sha256, []))).toBe(nothing);
    expect(hex(await rootOfFrontier(sha256, emptyFrontier))).toBe(nothing);
  });

  test.each(roots.map((root, index) => [index + 1, root] as const))("root of %i leaves", async (count, root) => {
    const leaves = await leavesOf(count);
    expect(hex(await rootOf(sha256, leaves))).toBe(root);
    expect(hex(await rootOf(webHash, leaves))).toBe(root);
    let frontier = emptyFrontier;
    for (const leaf of leaves) frontier = await addLeaf(sha256, frontier, leaf);
    expect(frontier.size).toBe(count);
    expect(hex(await rootOfFrontier(sha256, frontier))).toBe(root);
  });

  test("paths and consistency proofs", async () => {
    const leaves = await leavesOf(8);
    expect((await inclusionProof(sha256, leaves, 0)).map(hex)).toEqual([
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
      "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]);
    expect((await inclusionProof(sha256, leaves, 5)).map(hex)).toEqual([
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]);
    expect((await consistencyProof(sha256, leaves, 6)).map(hex)).toEqual([
      "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
      "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]);
  });
});

const patience = 60_000;
const allLeaves = leavesOf(
  130,
  Array.from({ length: 130 }, (_, n) => n.toString(16).padStart(8, "0")),
);
const madeLeaves = async (size: number) => (await allLeaves).slice(0, size);
const sizeAndPlace = fc
  .integer({ min: 1, max: 130 })
  .chain((size) => fc.record({ size: fc.constant(size), index: fc.integer({ min: 0, max: size - 1 }) }));

describe("proofs", () => {
  test(
    "of every leaf of every size are accepted, whichever way the root is made",
    async () => {
      await fc.assert(
        fc.asyncProperty(sizeAndPlace, async ({ size, index }) => {
          const leaves = await madeLeaves(size);
          let frontier = emptyFrontier;
          for (const leaf of leaves) frontier = await addLeaf(sha256, frontier, leaf);
          const root = await rootOfFrontier(sha256, frontier);
          expect(hex(root)).toBe(hex(await rootOf(sha256, leaves)));
          const proof = await inclusionProof(sha256, leaves, index);
          expect(await includes(sha256, { index, size, leaf: leaves[index]!, root, proof })).toBe(true);
          const older = index + 1;
          const olderRoot = await rootOf(sha256, leaves.slice(0, older));
          const consistency = await consistencyProof(sha256, leaves, older);
          expect(await continues(sha256, { older, newer: size, olderRoot, newerRoot: root, proof: consistency })).toBe(
            true,
          );
        }),
        { numRuns: 200 },
      );
    },
    patience,
  );

  const faults = ["flip", "drop", "double", "place", "size", "root", "swap"] as const;
  const spoil = (proof: Uint8Array[], fault: string, at: number): Uint8Array[] => {
    const spoilt = proof.map((node) => Uint8Array.from(node));
    const place = proof.length === 0 ? 0 : at % proof.length;
    if (fault === "flip" && spoilt[place]) spoilt[place][at % 32]! ^= 1 << (at % 8);
    if (fault === "drop") spoilt.splice(place, 1);
    if (fault === "double") spoilt.splice(place, 0, spoilt[place] ?? new Uint8Array(32));
    if (fault === "swap") spoilt.reverse();
    return spoilt;
  };

  test(
    "that were changed in any way are refused",
    async () => {
      await fc.assert(
        fc.asyncProperty(sizeAndPlace, fc.constantFrom(...faults), fc.nat(), async ({ size, index }, fault, at) => {
          const leaves = await madeLeaves(size);
          const root = await rootOf(sha256, leaves);
          const proof = await inclusionProof(sha256, leaves, index);
          const spoilt = spoil(proof, fault, at);
          const claim = {
            index: fault === "place" ? (index + 1) % size : index,
            size,
            leaf: leaves[index]!,
            root: fault === "root" ? Uint8Array.from(root).fill(0) : root,
            proof: spoilt,
          };
          const same = claim.index === index && fault !== "root" && spoilt.map(hex).join() === proof.map(hex).join();
          expect(await includes(sha256, claim)).toBe(same);

          const older = index + 1;
          const olderRoot = await rootOf(sha256, leaves.slice(0, older));
          const consistency = await consistencyProof(sha256, leaves, older);
          const wrong = spoil(consistency, fault, at);
          const unchanged = wrong.map(hex).join() === consistency.map(hex).join();
          const refused = fault === "root" || !unchanged || (fault === "size" && older > 1);
          const statement = {
            older: fault === "size" && older > 1 ? older - 1 : older,
            newer: size,
            olderRoot: fault === "root" ? Uint8Array.from(olderRoot).fill(0) : olderRoot,
            newerRoot: root,
            proof: wrong,
          };
          expect(await continues(sha256, statement)).toBe(!refused);
        }),
        { numRuns: 600 },
      );
    },
    patience,
  );

  test("with nonsense for sizes are refused, not thrown at", async () => {
    const leaf = new Uint8Array(32);
    for (const size of [-1, 0, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(await includes(sha256, { index: 0, size, leaf, root: leaf, proof: [] })).toBe(false);
      const claim = { older: size, newer: size, olderRoot: leaf, newerRoot: leaf, proof: [] };
      expect(await continues(sha256, claim)).toBe(false);
    }
    const far = { index: 2 ** 50, size: 2 ** 52, leaf, root: leaf, proof: [leaf, leaf] };
    expect(await includes(sha256, far)).toBe(false);
  });
});
