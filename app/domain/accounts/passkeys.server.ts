import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from "@simplewebauthn/server";
import { config } from "#app/platform/config.ts";
import type { Question } from "./challenges.server.ts";

/** What is kept of a passkey: its id (base64url), public key (COSE) and the signature counter seen last. */
export type Passkey = { id: string; publicKey: Uint8Array<ArrayBuffer>; counter: number };
type KnownPasskey = { id: string; transports: string[] };

/** ES256 and RS256 (COSE): every device has one of the two, and openssl checks both with SHA-256. */
const algorithms = [-7, -257];

/** Where passkeys of this installation are good: its origin, and the host as relying party. WebAuthn, section 5.1.2. */
export function passkeySite(publicOrigin: string): { origin: string; relyingParty: string } {
  const { origin, hostname } = new URL(publicOrigin);
  return { origin, relyingParty: hostname };
}

/** What a browser is given to ask the passkeys of a person: for the page's prompt. `ask` names the question. */
export type PasskeyAsk = { ask: string; carry: Record<string, string> } & (
  | { request: PublicKeyCredentialRequestOptionsJSON }
  | { creation: PublicKeyCredentialCreationOptionsJSON }
);

/** `carry` goes back to the server beside the answer, as fields of the form. */
export async function passkeyAsk(
  { id, challenge }: Question,
  passkeys: readonly KnownPasskey[],
  carry: Record<string, string>,
): Promise<PasskeyAsk> {
  const request = await generateAuthenticationOptions({
    rpID: passkeySite(config().PUBLIC_ORIGIN).relyingParty,
    allowCredentials: passkeys.map((passkey) => ({ id: passkey.id, transports: passkey.transports })),
    challenge,
    userVerification: "required",
  });
  return { ask: id, carry, request };
}

/** For a new passkey of the person; a device that holds one of `passkeys` makes no second. */
export async function newPasskeyAsk(
  { id, challenge }: Question,
  owner: { person: string; email: string; passkeys: readonly KnownPasskey[] },
  carry: Record<string, string>,
): Promise<PasskeyAsk> {
  const creation = await generateRegistrationOptions({
    rpName: config().INSTALLATION_NAME,
    rpID: passkeySite(config().PUBLIC_ORIGIN).relyingParty,
    userID: Uint8Array.from(Buffer.from(owner.person.replaceAll("-", ""), "hex")),
    userName: owner.email,
    challenge,
    attestationType: "none",
    excludeCredentials: owner.passkeys.map((passkey) => ({ id: passkey.id, transports: passkey.transports })),
    authenticatorSelection: { residentKey: "preferred", userVerification: "required" },
    supportedAlgorithmIDs: algorithms,
  });
  return { ask: id, carry, creation };
}

/** The passkey that a browser made in answer to this very challenge on this very site, or null. */
export async function newPasskeyOf(
  answer: RegistrationResponseJSON,
  challenge: Uint8Array,
): Promise<(Passkey & { transports: string[]; backedUp: boolean }) | null> {
  const { origin, relyingParty } = passkeySite(config().PUBLIC_ORIGIN);
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: answer,
      expectedChallenge: Buffer.from(challenge).toString("base64url"),
      expectedOrigin: origin,
      expectedRPID: relyingParty,
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    });
    if (!registrationInfo) return null;
    const { credential, credentialBackedUp } = registrationInfo;
    return {
      id: credential.id,
      publicKey: Uint8Array.from(credential.publicKey),
      counter: credential.counter,
      transports: answer.response.transports ?? [],
      backedUp: credentialBackedUp,
    };
  } catch {
    return null;
  }
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
