import type { Level } from "../accounts/levels.ts";
import type { OnBehalfOf } from "../signing/manifest.ts";
import type { SlotRole } from "../signing/slots.ts";

/** Everything that stands in the PDF of a frozen arrangement. Instants are Dates, States ISO 3166-1 alpha-2. */
export type ArrangementToPrint = {
  /** the frozen bytes, RFC 8785, and their SHA-256 in hex */
  canonical: string;
  digest: string;
  /** of the installation, without a path: where the QR code on the paper leads */
  origin: string;
  version: number;
  frozenAt: Date;
  jit: { reference: string; names: Record<string, string>; exercise: boolean };
  /** number of the annex, when it is one that is printed; only a child of the arrangement has signatures of its own */
  annex?: string | null;
  /** closed annexes that the canonical text names, printed behind the signatures */
  annexes?: readonly AnnexToPrint[];
  parties: PartyToPrint[];
  signatories: SignatoryToPrint[];
  /** `expiresAt`: null for a child of the arrangement, which holds as long as that does */
  inForce?: { at: Date; expiresAt: Date | null; timeZone: string } | null;
  /** files that were signed outside, which go into the PDF as attachments */
  outside?: readonly { name: string; bytes: Uint8Array }[];
};
/** The exact words of an annex, `digest` being the SHA-256 of their UTF-8 bytes in hex. `about`: the body it is for. */
export type AnnexToPrint = { annex: string; about: string | null; version: number; digest: string; canonical: string };
export type PartyToPrint = {
  state: string;
  stateName: string;
  /** official names by BCP 47 tag */
  authorityNames: Record<string, string>;
  nationalCase: string;
  position: number;
};
export type SignatoryToPrint = {
  /** State of the party */
  party: string;
  name: string;
  latinName: string;
  capacity: string;
  state: "waiting" | "signed";
  signedAt?: Date | null;
  signatureId?: string | null;
  /** the signatory's when absent */
  role?: SlotRole;
  /** in whose place and by which mandate, where somebody was delegated to */
  onBehalfOf?: OnBehalfOf | null;
  /** signed in the workspace: what the person proved to be there with */
  level?: Level | null;
  /** signed outside: name of the attachment in which the signature stands, once it is there */
  outside?: { attachment: string | null } | null;
  /** signed in ink: what stands on the paper */
  paper?: { signatory: string; signedOn: string; place: string } | null;
};

/** Name of the attachment in which a signature made outside stands; `number` as in the record, such as "EG-1". */
export function outsideAttachment(number: string): string {
  return `signed-outside-${number}.pdf`;
}
