import type { Level } from "../accounts/levels.ts";
import { stateName } from "../names/names.ts";
import type { SlotRole } from "./slots.ts";

/** Version 1 did not say the level: then it was the password. Version 2 did not say the role: then it was the signatory's. */
export const manifestType = "jit-signature/3";

/** In whose place somebody signs, and by which mandate. */
export type OnBehalfOf = { name: string; latinName: string; mandate: string };

/** What every statement on a slot says. `digest` is the SHA-256 of the frozen text. */
type Slotted = {
  jit: string;
  document: string;
  version: number;
  digest: string;
  slot: string;
  role: SlotRole;
  /** State of the party, ISO 3166-1 alpha-2 */
  party: string;
  authority: string;
  signer: { person: string; name: string; latinName: string };
  /** absent for who signs for themselves */
  onBehalfOf?: OnBehalfOf;
  capacity: string;
  place: string;
};

/**
 * What a signature says, as canonical JSON (RFC 8785): these very bytes are signed. The key is the installation's: it
 * attests that this person, signed in and proven to be there as `level` says, declared this. It is not the person's own
 * key; with a passkey, the answer of the passkey over the same bytes is kept beside it (assertion.server.ts).
 */
export type Manifest = Slotted & {
  type: typeof manifestType;
  meaning: string;
  /** what the signatory proved to be there with */
  level: Level;
  /** when the statement was made: with a passkey, up to five minutes before it was signed; instant in UTC, milliseconds */
  at: string;
};

/** Version 1 did not say what the officer proved to be there with: then it was the open session alone. */
export const paperManifestType = "jit-paper/2";

/**
 * What the installation attests of a paper signed in ink: whose signature its finder says it bears, the exact scan, and
 * who of another party compared digest and pages, proven to be there as the level of `confirmedBy` says. The signatory has
 * no level: nobody proved to the installation whose hand it is.
 */
export type PaperManifest = Slotted & {
  type: typeof paperManifestType;
  /** name and day as they stand on the paper */
  signatory: string;
  signedOn: string;
  original: { sha256: string; type: string; pages: number };
  handedInBy: { person: string; name: string; latinName: string };
  confirmedBy: { person: string; name: string; latinName: string; party: string; level: Level };
  /** when the statement was made: with a passkey, up to five minutes before it counted; instant in UTC, milliseconds */
  at: string;
};

export const outsideManifestType = "jit-outside/1";

/**
 * What the installation attests of a file that was signed outside: which file it was, what of it was checked, and under
 * which authority that the party has registered. The signature itself stands in the file; what weight it has is for the
 * law of the party to say.
 */
export type OutsideManifest = Slotted & {
  type: typeof outsideManifestType;
  outside: {
    /** of the file as it was handed in, and of the file that was handed out */
    sha256: string;
    base: string;
    /** "chain": the next revision of the file; otherwise a counterpart, because another was first or time was up */
    kind: "chain" | "moved" | "late";
    signer: { subject: string; fingerprint: string };
    anchor: { subject: string; fingerprint: string };
    /** what the signer's own clock said, where it said anything; not checked further than to some minutes */
    claimedAt: string | null;
    checked: readonly string[];
  };
  /** when it was handed in and checked, and so began to count; instant in UTC, milliseconds */
  at: string;
};

/** What was checked of it, and what was not; these words are part of the statement. */
export const outsideChecks = [
  "The file begins with the file that was handed out, byte for byte.",
  "It adds one signature over the whole file, and nothing else.",
  "The signature fits the file and its certificate.",
  "The certificate leads to an authority that the party registered and a second person approved, and was valid.",
  "Whether its issuer has taken the certificate back was not asked.",
] as const;

/** What the signatory declares, in the language of the manifest. Kept in it word for word. */
export function meaningOf(partyState: string, role: SlotRole = "signatory"): string {
  const state = stateName(partyState, "en");
  if (role === "visa") return `I have examined the text for ${state}, and its law does not stand against signing it.`;
  if (role === "countersignatory") return `I countersign for ${state}, for the authority I act for.`;
  return `I sign for ${state}, and I mean to bind the authority I act for.`;
}
