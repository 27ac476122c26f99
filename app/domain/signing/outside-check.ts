import * as pkijs from "pkijs";
import { type AddedSignature, type AdditionFault, addedSignature } from "./added-signature.ts";
import { fingerprintOf, hasStrongAlgorithm, maySignContent, strongKey, subjectOf } from "./anchors.ts";
import { isForDocuments, pathTo } from "./certificate-path.ts";
import { type FittingSignature, fittingSignature } from "./outside-cms.ts";
import { cmsIn, hex, joined } from "./pades-check.ts";

/** Bytes that a signature with its certificates may add to the file, and bytes of the whole file. */
export const mostAddedBytes = 256 * 1024;
export const mostOutsideBytes = 6 * 1024 * 1024;
/** A clock may be wrong by so much. */
export const clockSkew = 5 * 60_000;

/** Why a file is not taken, each with a sentence of its own (i18n/english/outside.ts). */
export type OutsideFault =
  | "required"
  | "outside-too-large"
  | "outside-not-a-pdf"
  | "outside-encrypted"
  | "outside-other-text"
  | "outside-unsigned"
  | "outside-appended"
  | "outside-script"
  | "outside-visible"
  | "outside-changed"
  | "outside-damaged"
  | "outside-range"
  | "outside-altered"
  | "outside-weak"
  | "outside-issuer"
  | "outside-anchor-revoked"
  | "outside-run-out"
  | "outside-purpose"
  | "outside-time";

/** What was found: which base the file continues, who signed by the certificate, and which anchor it leads to. */
export type OutsideSignature = {
  /** place in `bases` */
  base: number;
  signer: { subject: string; fingerprint: string; notAfter: Date };
  /** fingerprint of the anchor */
  anchor: string;
  /** what the signer's clock said, where it said anything: a claim */
  claimedAt: Date | null;
};

export type TrustedAnchor = { der: Uint8Array; fingerprint: string; revoked: boolean };
type Against = {
  /** revisions of the file of this very text, of which the upload continues one */
  bases: readonly Uint8Array[];
  anchors: readonly TrustedAnchor[];
  /** when the first of them was handed out: nobody can have signed before */
  since: Date;
  at: Date;
};

/**
 * Checks a PDF that was signed outside: that it is one of `bases` byte for byte with one signature over the whole file
 * and nothing else added, that the signature holds, and that its certificate leads to an anchor of the party, valid now
 * (RFC 5280). Whether the issuer has taken the certificate back is not asked: that would need the network. Needs only
 * WebCrypto.
 */
export async function checkOutside(
  file: Uint8Array,
  { bases, anchors, since, at }: Against,
): Promise<OutsideSignature | OutsideFault> {
  if (file.length === 0) return "required";
  if (file.length > mostOutsideBytes) return "outside-too-large";
  if (!latin1(file.subarray(0, 5)).startsWith("%PDF-")) return "outside-not-a-pdf";
  const base = longestBase(file, bases);
  if (base === null) return /\/Encrypt\s+\d+ \d+ R/.test(latin1(file)) ? "outside-encrypted" : "outside-other-text";
  const start = bases[base]!;
  if (file.length === start.length) return "outside-unsigned";
  if (file.length - start.length > mostAddedBytes) return "outside-too-large";
  const range = rangeIn(file, start.length);
  if (range === null) return "outside-unsigned";
  if (range.end < file.length) return "outside-appended";
  const added = await addedSignature(start, file);
  if (typeof added === "string") return additionFaults[added];
  const cms = cmsIn(file, range);
  if (!cms || !isThatSignature(added, file, range) || range.gap < start.length) return "outside-range";
  const covered = joined(file.subarray(0, range.gap), file.subarray(range.resume, range.end));
  const fitting = await fittingSignature(cms, covered, added.form);
  return typeof fitting === "string" ? fitting : trusted(fitting, { base, anchors, since, at });
}

const additionFaults: Record<AdditionFault, OutsideFault> = {
  encrypted: "outside-encrypted",
  damaged: "outside-damaged",
  revisions: "outside-appended",
  script: "outside-script",
  visible: "outside-visible",
  changed: "outside-changed",
};

/** The longest of the revisions with which the file begins: they begin with each other. */
function longestBase(file: Uint8Array, bases: readonly Uint8Array[]): number | null {
  const fitting = bases.flatMap((base, index) => (startsWith(file, base) ? [{ index, length: base.length }] : []));
  return fitting.sort((a, b) => b.length - a.length)[0]?.index ?? null;
}

function startsWith(file: Uint8Array, base: Uint8Array): boolean {
  return base.length <= file.length && base.every((byte, at) => file[at] === byte);
}

type Range = { gap: number; resume: number; end: number };

/** The one range that stands in what was added; null when there is none, and one that fits nothing when there are more. */
function rangeIn(file: Uint8Array, from: number): Range | null {
  const added = latin1(file.subarray(from));
  const found = [...added.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)];
  if (found.length === 0) return null;
  const [begin, gap, resume, rest] = (found[0] ?? []).slice(1).map(Number);
  if (found.length > 1 || begin !== 0) return { gap: -1, resume: 0, end: file.length };
  return { gap: gap ?? -1, resume: resume ?? 0, end: (resume ?? 0) + (rest ?? 0) };
}

/** That what the table of objects calls the signature is what the range leaves out. */
function isThatSignature({ range, contents }: AddedSignature, file: Uint8Array, { gap, resume, end }: Range): boolean {
  const [begin, one, two, rest] = range;
  const same = begin === 0 && one === gap && two === resume && resume + (rest ?? -1) === end;
  return same && latin1(file.subarray(gap + 1, resume - 1)).toLowerCase() === hex(contents);
}

type Asked = Pick<Against, "anchors" | "since" | "at"> & { base: number };

async function trusted(
  { signed, signer, claimedAt }: FittingSignature,
  { anchors, base, since, at }: Asked,
): Promise<OutsideSignature | OutsideFault> {
  if (signer.notAfter.value < at || signer.notBefore.value > at) return "outside-run-out";
  const others = (signed.certificates ?? []).filter((one) => one instanceof pkijs.Certificate);
  let revoked = false;
  for (const anchor of anchors) {
    const path = await pathTo(anchor, { signer, others, at });
    if (!path) continue;
    if (anchor.revoked) {
      revoked = true;
      continue;
    }
    if (path.some((one) => !strongKey(one) || !hasStrongAlgorithm(one))) return "outside-weak";
    if (!maySignContent(signer) || !isForDocuments(signer)) return "outside-purpose";
    if (claimedAt && !isPlausible(claimedAt, since, at)) return "outside-time";
    const der = new Uint8Array(signer.toSchema(true).toBER(false));
    return {
      base,
      signer: {
        subject: subjectOf(signer),
        fingerprint: await fingerprintOf(der),
        notAfter: signer.notAfter.value,
      },
      anchor: anchor.fingerprint,
      claimedAt,
    };
  }
  return revoked ? "outside-anchor-revoked" : "outside-issuer";
}

function isPlausible(claimed: Date, since: Date, at: Date): boolean {
  return claimed.getTime() >= since.getTime() - clockSkew && claimed.getTime() <= at.getTime() + clockSkew;
}

const latin1 = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);
