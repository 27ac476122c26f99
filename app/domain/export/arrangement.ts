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
  /** number of the annex, when it is one that is printed; it has no signatures of its own */
  annex?: string | null;
  parties: PartyToPrint[];
  signatories: SignatoryToPrint[];
  inForce?: { at: Date; expiresAt: Date; timeZone: string } | null;
};
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
  /** signed in ink: what stands on the paper */
  paper?: { signatory: string; signedOn: string; place: string } | null;
};
