import { type Hash, sameBytes } from "./tree.ts";

/**
 * A sealed head of a trail as a signed note (C2SP signed-note and tlog-checkpoint): origin, size, root, then one
 * extension line with the instant. Foreign tools can check it with the public key alone.
 *
 *     jit.example/jit/0199…
 *     1481
 *     4t8u…=
 *     2026-11-23T10:41:28.000Z
 *
 *     — jit.example/jit/0199… Wg3k…=
 */
export type Head = { origin: string; size: number; root: Uint8Array; at: string };

/** Type 0x01 of signed-note: plain Ed25519 over the text of the note. */
const ed25519 = 1;

export function noteText({ origin, size, root, at }: Head): string {
  return `${origin}\n${size}\n${toBase64(root)}\n${at}\n`;
}

/** Names the key in a signature line: the first four bytes of SHA-256(name ‖ newline ‖ type ‖ public key). */
export async function noteKeyId(hash: Hash, name: string, publicKey: Uint8Array): Promise<Uint8Array> {
  const head = new TextEncoder().encode(`${name}\n`);
  return (await hash(Uint8Array.from([...head, ed25519, ...publicKey]))).slice(0, 4);
}

export async function signedNote(
  hash: Hash,
  head: Head,
  publicKey: Uint8Array,
  sign: (bytes: Uint8Array) => Uint8Array,
): Promise<string> {
  const text = noteText(head);
  const keyId = await noteKeyId(hash, head.origin, publicKey);
  const signature = sign(new TextEncoder().encode(text));
  return `${text}\n— ${head.origin} ${toBase64(Uint8Array.from([...keyId, ...signature]))}\n`;
}

/** The head that the note states, if it is signed with the key; null otherwise. */
export async function openNote(
  hash: Hash,
  note: string,
  publicKey: Uint8Array,
  verify: (bytes: Uint8Array, signature: Uint8Array) => boolean,
): Promise<Head | null> {
  const end = note.indexOf("\n\n");
  const text = note.slice(0, end + 1);
  const [origin, size, root, at, ...rest] = text.split("\n");
  if (end < 0 || !origin || !size || !root || !at || rest.length !== 1 || !/^[1-9]\d{0,14}$/.test(size)) return null;
  const keyId = await noteKeyId(hash, origin, publicKey);
  const bytes = new TextEncoder().encode(text);
  for (const line of note.slice(end + 2).split("\n")) {
    const [dash, name, blob] = line.split(" ");
    if (dash !== "—" || name !== origin || !blob) continue;
    const signature = fromBase64(blob);
    if (sameBytes(signature.slice(0, 4), keyId) && verify(bytes, signature.slice(4))) {
      return { origin, size: Number(size), root: fromBase64(root), at };
    }
  }
  return null;
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function fromBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
