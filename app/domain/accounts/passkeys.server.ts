import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from "@simplewebauthn/server";

/** What is kept of a passkey: its id (base64url), public key (COSE) and the signature counter seen last. */
export type Passkey = { id: string; publicKey: Uint8Array<ArrayBuffer>; counter: number };

/** Where passkeys of this installation are good: its origin, and the host as relying party. WebAuthn, section 5.1.2. */
export function passkeySite(publicOrigin: string): { origin: string; relyingParty: string } {
  const { origin, hostname } = new URL(publicOrigin);
  return { origin, relyingParty: hostname };
}

/**
 * What a browser's answer proves: that the owner of this passkey, verified by the device (PIN, finger, face), answered
 * this very challenge on this very site. Null when it does not, whatever is wrong with it: answers come from outside.
 * The caller consumes the challenge and stores the counter in the transaction that uses the proof; a device that
 * counts must count up, or it was copied. `backedUp`: the key is synced, not bound to one device. ASVS 6.7.1, 6.7.2.
 */
export async function passkeyProof(
  answer: AuthenticationResponseJSON,
  asked: { challenge: Uint8Array; publicOrigin: string; passkey: Passkey },
): Promise<{ counter: number; backedUp: boolean } | null> {
  const { origin, relyingParty } = passkeySite(asked.publicOrigin);
  if (answer.id !== asked.passkey.id) return null;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer,
      expectedChallenge: Buffer.from(asked.challenge).toString("base64url"),
      expectedOrigin: origin,
      expectedRPID: relyingParty,
      credential: asked.passkey,
      requireUserVerification: true,
    });
    if (!verified) return null;
    return { counter: authenticationInfo.newCounter, backedUp: authenticationInfo.credentialBackedUp };
  } catch {
    return null;
  }
}
