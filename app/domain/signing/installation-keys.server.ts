import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, X509Certificate } from "node:crypto";
import { now } from "#app/platform/clock.ts";
import { config } from "#app/platform/config.ts";
import { destroyKeyFile, hasKeyFile, keyFile, retireKeyFile } from "#app/platform/key-files.server.ts";
import {
  type Authority,
  curve,
  type Issued,
  issueForTimestamps,
  issueOneTime,
  newAuthority,
  revocationList,
} from "./certificates.ts";

/**
 * The keys with which this installation signs PDFs, each a file of mode 0600 made at first use: `authority` issues the
 * certificates, `timestamps` states the time. Read anew each time, which is seldom, so that a rotation holds at once in
 * every process.
 */
export const rotatable = ["authority", "timestamps"] as const;
export type Rotatable = (typeof rotatable)[number];

/** What is needed to seal one document: a key for this once, the issuer of timestamps, the list of what was revoked. */
export async function sealingKeys(): Promise<{ seal: Issued; timestamps: Issued; revocations: Uint8Array }> {
  const authority = await workspaceAuthority();
  const at = now();
  const { privateKey, publicKey } = await crypto.subtle.generateKey(curve, false, ["sign", "verify"]);
  const organisation = config().INSTALLATION_NAME;
  const name = `${organisation}: seal of the installation`;
  return {
    seal: {
      key: privateKey,
      certificate: await issueOneTime(authority, { organisation, name, publicKey, at }),
      issuer: authority.certificate,
    },
    timestamps: await timestampIssuer(authority),
    revocations: await revocationList(authority, at),
  };
}

/**
 * Makes an end of a key; the next use makes another. Its certificate is kept under keys/retired, because what was
 * signed under it must stay checkable; the secret is gone. A new authority needs a new certificate for timestamps too.
 * Returns the fingerprint of the certificate that was retired, or null when there was none.
 */
export function rotateKey(which: Rotatable): string | null {
  const retired = retire(which);
  if (which === "authority") retire("timestamps");
  destroyKeyFile(`${which}.key`);
  return retired;
}

function retire(which: Rotatable): string | null {
  if (!hasKeyFile(`${which}.pem`)) return null;
  const { raw } = new X509Certificate(keyFile(`${which}.pem`, () => ""));
  const fingerprint = createHash("sha256").update(raw).digest("hex");
  retireKeyFile(`${which}.pem`, `${which}-${fingerprint.slice(0, 16)}.pem`);
  return fingerprint;
}

async function workspaceAuthority(): Promise<Authority> {
  const keys = await keysOf("authority");
  const certificate = await certificateOf("authority", keys, async () => {
    return (await newAuthority(keys, config().INSTALLATION_NAME, now())).certificate;
  });
  return { keys, certificate };
}

async function timestampIssuer(authority: Authority): Promise<Issued> {
  const { privateKey, publicKey } = await keysOf("timestamps");
  const organisation = config().INSTALLATION_NAME;
  const wish = { organisation, name: `${organisation}: timestamps`, publicKey, at: now() };
  const certificate = await certificateOf(
    "timestamps",
    { privateKey, publicKey },
    () => issueForTimestamps(authority, wish),
    authority.certificate,
  );
  return { key: privateKey, certificate, issuer: authority.certificate };
}

async function keysOf(which: Rotatable): Promise<CryptoKeyPair> {
  const secret = createPrivateKey(keyFile(`${which}.key`, newKey));
  const spki = createPublicKey(secret).export({ type: "spki", format: "der" });
  const pkcs8 = secret.export({ type: "pkcs8", format: "der" });
  return {
    privateKey: await crypto.subtle.importKey("pkcs8", Uint8Array.from(pkcs8), curve, false, ["sign"]),
    publicKey: await crypto.subtle.importKey("spki", Uint8Array.from(spki), curve, true, ["verify"]),
  };
}

function newKey(): string {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return privateKey.export({ type: "pkcs8", format: "pem" }).toString();
}

/** The kept certificate, while it belongs to the key and its issuer and holds; otherwise a new one takes its place. */
async function certificateOf(
  which: Rotatable,
  { publicKey }: CryptoKeyPair,
  make: () => Promise<Uint8Array>,
  issuer?: Uint8Array,
): Promise<Uint8Array> {
  const name = `${which}.pem`;
  if (hasKeyFile(name)) {
    const kept = new X509Certificate(keyFile(name, () => ""));
    const spki = Buffer.from(await crypto.subtle.exportKey("spki", publicKey));
    const ofKey = kept.publicKey.export({ type: "spki", format: "der" }).equals(spki);
    const issued = !issuer || kept.verify(new X509Certificate(issuer).publicKey);
    if (ofKey && issued && Date.parse(kept.validTo) > now().getTime()) return Uint8Array.from(kept.raw);
    retire(which);
  }
  const made = pemOf(await make());
  return Uint8Array.from(new X509Certificate(keyFile(name, () => made)).raw);
}

function pemOf(der: Uint8Array): string {
  return new X509Certificate(der).toString();
}
