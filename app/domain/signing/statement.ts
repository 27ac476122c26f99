/** The type under which a manifest is signed; it keeps the same bytes from meaning anything else. */
export const statementType = "application/vnd.jit-signature+json";

/**
 * The bytes that are signed for a payload of a type: DSSE's pre-authentication encoding, version 1. Lengths are in
 * bytes, so no other pair of type and payload gives the same bytes.
 */
export function statementBytes(type: string, payload: Uint8Array): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder();
  const head = text.encode(`DSSEv1 ${text.encode(type).length} ${type} ${payload.length} `);
  const bytes = new Uint8Array(head.length + payload.length);
  bytes.set(head);
  bytes.set(payload, head.length);
  return bytes;
}

/**
 * What a passkey is asked to sign for a manifest (canonical JSON): the SHA-256, 32 bytes, of its encoded statement. The
 * challenge is the statement, so an answer to it cannot be used for another text, slot, person or moment.
 */
export async function statementChallenge(manifest: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = statementBytes(statementType, new TextEncoder().encode(manifest));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
}
