import { stateName } from "../names/names.ts";

export const manifestType = "jit-signature/1";

/**
 * What a signature says, as canonical JSON (RFC 8785): these very bytes are signed. `digest` is the SHA-256 of the
 * frozen text. The key is the installation's: it attests that this person, signed in and asked for the password again,
 * declared this. It is not the person's own key.
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
  /** instant in UTC, milliseconds */
  at: string;
};

/** What the signatory declares, in the language of the manifest. Kept in it word for word. */
export function meaningOf(partyState: string): string {
  return `I sign for ${stateName(partyState, "en")}, and I mean to bind the authority I act for.`;
}
