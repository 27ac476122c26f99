import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { type AddedSignature, type AdditionFault, addedSignature } from "./added-signature.ts";
import {
  certificateFrom,
  fingerprintOf,
  hasStrongAlgorithm,
  isAuthority,
  maySignContent,
  strongDigests,
  strongKey,
  subjectOf,
} from "./anchors.ts";
import { certificateOf, cmsIn, hex, joined, messageDigest, parsed } from "./pades-check.ts";

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
  return signatureOf(cms, covered, { form: added.form, base, anchors, since, at });
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

type Asked = Pick<Against, "anchors" | "since" | "at"> & { form: AddedSignature["form"]; base: number };

async function signatureOf(
  cms: Uint8Array,
  covered: Uint8Array,
  asked: Asked,
): Promise<OutsideSignature | OutsideFault> {
  const signed = parsed(cms);
  const info = signed?.signerInfos[0];
  const signer = signed && certificateOf(signed);
  if (!signed || !info || signed.signerInfos.length !== 1 || !signer) return "outside-altered";
  if (signed.encapContentInfo.eContentType !== dataType || signed.encapContentInfo.eContent) return "outside-altered";
  const hash = hashes[info.digestAlgorithm.algorithmId];
  if (!hash || !strongDigests.has(info.digestAlgorithm.algorithmId) || !strongKey(signer)) return "outside-weak";
  if (weakSignatures.has(info.signatureAlgorithm.algorithmId)) return "outside-weak";
  const digest = (single(info, messageDigest) as asn1js.OctetString | null)?.valueBlock?.valueHexView;
  const actual = new Uint8Array(await crypto.subtle.digest(hash, copied(covered)));
  if (!digest || hex(digest) !== hex(actual)) return "outside-altered";
  if ((single(info, contentType) as asn1js.ObjectIdentifier | null)?.valueBlock?.toString() !== dataType) {
    return "outside-altered";
  }
  if (!(await holds(signed, covered))) return "outside-altered";
  if (!(await namesItsCertificate(info, signer, asked.form))) return "outside-altered";
  return trusted(signed, signer, claimedTime(info), asked);
}

const dataType = "1.2.840.113549.1.7.1";
const contentType = "1.2.840.113549.1.9.3";
const signingTime = "1.2.840.113549.1.9.5";
const signingCertificate = "1.2.840.113549.1.9.16.2.47";
const hashes: Record<string, "SHA-256" | "SHA-384" | "SHA-512"> = {
  "2.16.840.1.101.3.4.2.1": "SHA-256",
  "2.16.840.1.101.3.4.2.2": "SHA-384",
  "2.16.840.1.101.3.4.2.3": "SHA-512",
};
/** RSA and ECDSA with MD5, SHA-1 and SHA-224. */
const weakSignatures = new Set([
  "1.2.840.113549.1.1.4",
  "1.2.840.113549.1.1.5",
  "1.2.840.113549.1.1.14",
  "1.2.840.10045.4.1",
  "1.2.840.10045.4.3.1",
]);

/** The value of a signed attribute that stands there once, with one value. */
function single(info: pkijs.SignerInfo, type: string): asn1js.AsnType | null {
  const found = info.signedAttrs?.attributes.filter((one) => one.type === type) ?? [];
  return found.length === 1 && found[0]?.values.length === 1 ? found[0].values[0] : null;
}

async function holds(signed: pkijs.SignedData, covered: Uint8Array): Promise<boolean> {
  try {
    return await signed.verify({ signer: 0, checkChain: false, data: copied(covered) });
  } catch {
    return false;
  }
}

/**
 * ESS signing-certificate-v2 (RFC 5035): the signature is over the digest of its certificate, so that another of the same
 * key cannot be put in its place. PAdES asks for it; the older form may leave it out.
 */
async function namesItsCertificate(info: pkijs.SignerInfo, signer: pkijs.Certificate, form: AddedSignature["form"]) {
  const named = single(info, signingCertificate);
  if (!named) return form === "adbe.pkcs7.detached";
  try {
    const [list] = (named as asn1js.Sequence).valueBlock.value as asn1js.Sequence[];
    const [first] = (list?.valueBlock.value ?? []) as asn1js.Sequence[];
    const [algorithm, digest] = first?.valueBlock.value ?? [];
    const said = algorithm instanceof asn1js.OctetString ? algorithm : (digest as asn1js.OctetString);
    const oid = algorithm instanceof asn1js.Sequence ? algorithm.valueBlock.value[0] : null;
    const hash = oid ? hashes[(oid as asn1js.ObjectIdentifier).valueBlock.toString()] : "SHA-256";
    if (!hash) return false;
    const actual = await crypto.subtle.digest(hash, signer.toSchema(true).toBER(false));
    return hex(said.valueBlock.valueHexView) === hex(new Uint8Array(actual));
  } catch {
    return false;
  }
}

function claimedTime(info: pkijs.SignerInfo): Date | null {
  const said = single(info, signingTime);
  return said instanceof asn1js.UTCTime || said instanceof asn1js.GeneralizedTime ? said.toDate() : null;
}

async function trusted(
  signed: pkijs.SignedData,
  signer: pkijs.Certificate,
  claimedAt: Date | null,
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

type Leaf = { signer: pkijs.Certificate; others: pkijs.Certificate[]; at: Date };
const longestPath = 5;

/** From the signer up to the anchor, without the anchor itself; null when no path holds at `at` (RFC 5280 6.1). */
async function pathTo(anchor: TrustedAnchor, { signer, others, at }: Leaf): Promise<pkijs.Certificate[] | null> {
  const root = certificateFrom(anchor.der);
  if (!root || !isValidAt(root, at)) return null;
  const authorities = others.filter((one) => isAuthority(one) && isValidAt(one, at) && understood(one));
  const climb = async (path: pkijs.Certificate[]): Promise<pkijs.Certificate[] | null> => {
    const last = path.at(-1)!;
    const below = path.length - 1;
    if (mayIssue(root, below) && (await isIssuedBy(last, root))) return path;
    if (path.length >= longestPath) return null;
    for (const next of authorities) {
      if (path.includes(next) || !mayIssue(next, below) || !(await isIssuedBy(last, next))) continue;
      const found = await climb([...path, next]);
      if (found) return found;
    }
    return null;
  };
  return understood(signer) && !isSame(signer, root) ? climb([signer]) : null;
}

const isValidAt = ({ notBefore, notAfter }: pkijs.Certificate, at: Date) =>
  notBefore.value <= at && notAfter.value >= at;
const isSame = (one: pkijs.Certificate, other: pkijs.Certificate) =>
  one.serialNumber.isEqual(other.serialNumber) && one.issuer.isEqual(other.issuer);

/** How many authorities may stand below this one: its path length, where it says one. */
function mayIssue(authority: pkijs.Certificate, below: number): boolean {
  const limits = authority.extensions?.find(({ extnID }) => extnID === "2.5.29.19")?.parsedValue;
  const most = (limits as pkijs.BasicConstraints | undefined)?.pathLenConstraint;
  return most === undefined || below <= Number(most instanceof asn1js.Integer ? most.valueBlock.valueDec : most);
}

async function isIssuedBy(one: pkijs.Certificate, authority: pkijs.Certificate): Promise<boolean> {
  if (!one.issuer.isEqual(authority.subject)) return false;
  try {
    return await one.verify(authority);
  } catch {
    return false;
  }
}

/** Constraints, usages, policies: what is critical and not among them is not understood, and then the answer is no. */
const known = new Set(["2.5.29.19", "2.5.29.15", "2.5.29.37", "2.5.29.32", "2.5.29.14", "2.5.29.35"]);
const understood = ({ extensions = [] }: pkijs.Certificate) =>
  extensions.every(({ critical, extnID }) => !critical || known.has(extnID));

/** Purposes of a certificate with which documents are signed; one that names none may be used for all. */
const purposes = new Set([
  "1.3.6.1.5.5.7.3.36",
  "1.3.6.1.5.5.7.3.4",
  "1.2.840.113583.1.1.5",
  "1.3.6.1.4.1.311.10.3.12",
  "2.5.29.37.0",
]);

function isForDocuments({ extensions = [] }: pkijs.Certificate): boolean {
  const named = extensions.find(({ extnID }) => extnID === "2.5.29.37")?.parsedValue as pkijs.ExtKeyUsage | undefined;
  return !named || named.keyPurposes.some((one) => purposes.has(one));
}

const latin1 = (bytes: Uint8Array) => new TextDecoder("latin1").decode(bytes);
const copied = (bytes: Uint8Array) => Uint8Array.from(bytes).buffer;
