import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { config } from "./config.ts";

/** A signature by the installation. keyId: SHA-256 of the public key (SPKI, DER) in hex. */
export type Signed = { signature: Uint8Array; keyId: string };

type InstallationKey = { path: string; secret: KeyObject; publicKeyPem: string; keyId: string };
let loaded: InstallationKey | undefined;

/** The key of the installation is readable by others; the message is a sentence for the operator. */
export class KeyError extends Error {
  override name = "KeyError";
}

/**
 * The installation's Ed25519 key, from a file of mode 0600 made at first use. When two processes start at once, both
 * use the one whose file was there first: a file appears under its name only when it is whole.
 */
export function installationKey(): InstallationKey {
  const folder = join(config().DATA_DIR, "keys");
  const path = join(folder, "installation.key");
  if (loaded?.path === path) return loaded;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  makeOnce(path);
  if ((statSync(path).mode & 0o077) !== 0) {
    throw new KeyError(`Others can read the key of this installation. Run: chmod 600 ${path}`);
  }
  const secret = createPrivateKey(readFileSync(path));
  const open = createPublicKey(secret);
  loaded = {
    path,
    secret,
    publicKeyPem: open.export({ type: "spki", format: "pem" }).toString(),
    keyId: createHash("sha256")
      .update(open.export({ type: "spki", format: "der" }))
      .digest("hex"),
  };
  return loaded;
}

function makeOnce(path: string): void {
  if (statSync(path, { throwIfNoEntry: false })) return;
  const draft = `${path}.${process.pid}.${Date.now()}`;
  const { privateKey } = generateKeyPairSync("ed25519");
  writeFileSync(draft, privateKey.export({ type: "pkcs8", format: "pem" }), { mode: 0o600, flag: "wx" });
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as { code?: string }).code !== "EEXIST") throw error;
  } finally {
    rmSync(draft);
  }
}

export function signBytes(bytes: Uint8Array): Signed {
  const { secret, keyId } = installationKey();
  return { signature: sign(null, bytes, secret), keyId };
}

export function verifyBytes(bytes: Uint8Array, signature: Uint8Array, publicKeyPem: string): boolean {
  return verify(null, bytes, publicKeyPem, signature);
}
