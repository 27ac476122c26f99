import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from "node:crypto";
import { keyFile, keyPath } from "./key-files.server.ts";

/** A signature by the installation. keyId: SHA-256 of the public key (SPKI, DER) in hex. */
export type Signed = { signature: Uint8Array; keyId: string };

type InstallationKey = { path: string; secret: KeyObject; publicKeyPem: string; keyId: string };
let loaded: InstallationKey | undefined;

/** The installation's Ed25519 key, from a file made at first use. Throws KeyError when others can read it. */
export function installationKey(): InstallationKey {
  const path = keyPath("installation.key");
  if (loaded?.path === path) return loaded;
  const secret = createPrivateKey(keyFile("installation.key", newKey));
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

function newKey(): string {
  return generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

export function signBytes(bytes: Uint8Array): Signed {
  const { secret, keyId } = installationKey();
  return { signature: sign(null, bytes, secret), keyId };
}

export function verifyBytes(bytes: Uint8Array, signature: Uint8Array, publicKeyPem: string): boolean {
  return verify(null, bytes, publicKeyPem, signature);
}
