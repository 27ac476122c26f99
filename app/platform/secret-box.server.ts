import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { keyFile, replaceKeyFile } from "./key-files.server.ts";

/*
 * Secrets that the product must be able to read again, sealed with a key that is not in the database (AES-256-GCM). The
 * file of keys holds one a line, the one in use first; older ones open what was sealed under them until it is sealed
 * anew. It is read each time, so that a rotation holds at once in every process.
 */
const file = "secrets.key";
const lengths = { name: 8, nonce: 12, tag: 16 };

/** No key of this installation opens it, or it was altered, or it belongs to someone else. */
export class SealedError extends Error {
  override name = "SealedError";
}

const newKey = () => randomBytes(32).toString("base64");

function keys(): Buffer[] {
  return keyFile(file, newKey)
    .trim()
    .split("\n")
    .map((line) => Buffer.from(line, "base64"));
}

const nameOf = (key: Buffer) => createHash("sha256").update(key).digest().subarray(0, lengths.name);

/** Seals a text under the key in use. `about` says whose it is: it opens for nobody else. */
export function sealSecret(text: string, about: string): Uint8Array<ArrayBuffer> {
  const [key] = keys() as [Buffer];
  const nonce = randomBytes(lengths.nonce);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(about));
  const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Uint8Array.from(Buffer.concat([nameOf(key), nonce, sealed, cipher.getAuthTag()]));
}

/** Throws SealedError. */
export function openSecret(sealed: Uint8Array, about: string): string {
  const bytes = Buffer.from(sealed);
  const start = lengths.name + lengths.nonce;
  const key = keys().find((one) => nameOf(one).equals(bytes.subarray(0, lengths.name)));
  if (!key || bytes.length < start + lengths.tag) throw new SealedError("no key of this installation opens it");
  try {
    const cipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(lengths.name, start))
      .setAAD(Buffer.from(about))
      .setAuthTag(bytes.subarray(-lengths.tag));
    return Buffer.concat([cipher.update(bytes.subarray(start, -lengths.tag)), cipher.final()]).toString("utf8");
  } catch {
    throw new SealedError("it was altered, or belongs to someone else");
  }
}

/** Puts a new key in front. What is stored opens with the older ones until `forgetOldKeys`. */
export function rotateSecretsKey(): void {
  replaceKeyFile(file, [newKey(), ...keys().map((key) => key.toString("base64"))].join("\n"));
}

export function hasOldKeys(): boolean {
  return keys().length > 1;
}

/** Destroys all keys but the one in use: what is still sealed under them is lost. */
export function forgetOldKeys(): void {
  const [key] = keys() as [Buffer];
  replaceKeyFile(file, key.toString("base64"));
}
