import { createPublicKey } from "node:crypto";
import type { AuthenticationResponseJSON } from "@simplewebauthn/server";
import { decodeCredentialPublicKey } from "@simplewebauthn/server/helpers";
import canonicalize from "canonicalize";

/**
 * The answer of a passkey as it is kept with a signature and given away in the record. Bytes are base64url. The
 * signature (ES256 in DER, or RS256) is over authenticatorData and the SHA-256 of clientDataJSON, which holds the
 * challenge: the SHA-256 of the statement (statement.ts).
 */
export type Assertion = {
  /** id of the passkey */
  passkey: string;
  /** of the passkey: SPKI, PEM */
  publicKey: string;
  authenticatorData: string;
  clientDataJSON: string;
  signature: string;
  /** the passkey is synced between devices, not bound to one */
  synced: boolean;
};

export function assertionOf(
  { response }: AuthenticationResponseJSON,
  used: { id: string; publicKey: Uint8Array; backedUp: boolean },
): string {
  const { authenticatorData, clientDataJSON, signature } = response;
  const assertion: Assertion = {
    passkey: used.id,
    publicKey: pemOf(used.publicKey),
    authenticatorData,
    clientDataJSON,
    signature,
    synced: used.backedUp,
  };
  return canonicalize(assertion)!;
}

/** COSE (RFC 9053) to SPKI: elliptic keys have x and y at -2 and -3, RSA keys n and e at -1 and -2. */
function pemOf(cose: Uint8Array): string {
  const key = decodeCredentialPublicKey(Uint8Array.from(cose)) as Map<number, unknown>;
  const at = (label: number) => Buffer.from(key.get(label) as Uint8Array).toString("base64url");
  const jwk =
    key.get(1) === 2 ? { kty: "EC", crv: "P-256", x: at(-2), y: at(-3) } : { kty: "RSA", n: at(-1), e: at(-2) };
  return createPublicKey({ key: jwk, format: "jwk" }).export({ type: "spki", format: "pem" }).toString();
}
