import type { Level } from "../accounts/levels.ts";
import { stateName } from "../names/names.ts";

/** Version 1 did not say the level; then it was the password. */
export const manifestType = "jit-signature/2";

/**
 * What a signature says, as canonical JSON (RFC 8785): these very bytes are signed. `digest` is the SHA-256 of the
 * frozen text. The key is the installation's: it attests that this person, signed in and proven to be there as `level`
 * says, declared this. It is not the person's own key; with a passkey, the answer of the passkey over the same bytes is
 * kept beside it (assertion.server.ts).
 */
export type Manifest = {
  type: typeof manifestType;
  jit: string;
  document: string;
  version: number;
  digest: string;
  slot: string;
  /** State of the party, ISO 3166-1 alpha-2 */
  party: string;
  authority: string;
  signer: { person: string; name: string; latinName: string };
  capacity: string;
  place: string;
  meaning: string;
  /** what the signatory proved to be there with */
  level: Level;
  /** when the statement was made: with a passkey, up to five minutes before it was signed; instant in UTC, milliseconds */
  at: string;
};

/** What the signatory declares, in the language of the manifest. Kept in it word for word. */
export function meaningOf(partyState: string): string {
  return `I sign for ${stateName(partyState, "en")}, and I mean to bind the authority I act for.`;
}
