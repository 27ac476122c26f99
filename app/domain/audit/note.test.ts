import { createHash, generateKeyPairSync, sign, verify } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { noteKeyId, openNote, signedNote } from "./note.ts";
import type { Hash } from "./tree.ts";

const sha256: Hash = (bytes) => createHash("sha256").update(bytes).digest();
const raw = (jwkX: string) => Uint8Array.from(Buffer.from(jwkX, "base64url"));

// The public key of the checksum database of Go, as its tools carry it: name+id+base64(type ‖ key).
const known = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const key = raw(publicKey.export({ format: "jwk" }).x!);
const check = (bytes: Uint8Array, signature: Uint8Array) => verify(null, bytes, publicKey, signature);
const head = {
  origin: "jit.example/jit/1",
  size: 1481,
  root: new Uint8Array(32).fill(7),
  at: "2026-11-23T10:41:28.000Z",
};
const made = () => signedNote(sha256, head, key, (bytes) => sign(null, bytes, privateKey));

test("the key id follows from name and key as others compute it", async () => {
  const [, name, id, encoded] = known.match(/^([^+]+)\+([0-9a-f]+)\+(.+)$/)!;
  const bytes = Uint8Array.from(Buffer.from(encoded!, "base64"));
  expect(bytes[0]).toBe(1);
  expect(Buffer.from(await noteKeyId(sha256, name!, bytes.slice(1))).toString("hex")).toBe(id);
});

test("a note opens with the key that signed it, and with no other", async () => {
  expect(await openNote(sha256, await made(), key, check)).toEqual(head);
  const other = generateKeyPairSync("ed25519").publicKey;
  const otherKey = raw(other.export({ format: "jwk" }).x!);
  expect(await openNote(sha256, await made(), otherKey, (b, s) => verify(null, b, other, s))).toBeNull();
});

test("a note changed in one character does not open as another", async () => {
  const note = await made();
  await fc.assert(
    fc.asyncProperty(fc.nat(note.length - 2), fc.integer({ min: 32, max: 126 }), async (at, code) => {
      const changed = note.slice(0, at) + String.fromCharCode(code) + note.slice(at + 1);
      const opened = await openNote(sha256, changed, key, check);
      if (opened) expect(opened).toEqual(head);
    }),
    { numRuns: 1000 },
  );
}, 60_000);
