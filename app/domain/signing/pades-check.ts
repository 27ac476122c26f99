import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import { pathTo } from "./certificate-path.ts";

/**
 * What is wrong with a signed PDF: `unsigned` no signature; `base` it does not begin with the text that was closed;
 * `range` a signature leaves out more than itself; `revision` it does not end where a version of the file ends; `after`
 * bytes follow the last one; `digest` bytes were changed; `signature` the signature itself does not fit; `issuer` its
 * certificate is not from the authority; `time` no timestamp says that it was made while its certificate was valid.
 */
export type PdfFault =
  | "unsigned"
  | "base"
  | "range"
  | "revision"
  | "after"
  | "digest"
  | "signature"
  | "issuer"
  | "time";
/** `stamps`: what stands above the issuer of timestamps, where that is not the authority itself. */
type Trust = { authority: Uint8Array; stamps?: Uint8Array; base: { length: number; sha256: string } };
type Issuers = { issuer: pkijs.Certificate; stamps: Uint8Array | undefined };

/**
 * Checks every signature of a PDF that this workspace signed, and that nothing stands in the file which none of them
 * covers: a page laid over another in a later version is found, which readers of PDF do not call a fault. Needs only
 * WebCrypto. Returns the faults in the order of the file; none: it is whole.
 */
export async function checkPdf(pdf: Uint8Array, { authority, stamps, base }: Trust): Promise<PdfFault[]> {
  const faults: PdfFault[] = [];
  if (hex(await sha256(pdf.subarray(0, base.length))) !== base.sha256) faults.push("base");
  const ranges = rangesOf(pdf);
  if (ranges.length === 0) return [...faults, "unsigned"];
  const issuers = { issuer: pkijs.Certificate.fromBER(copied(authority)), stamps };
  for (const range of ranges) faults.push(...(await signatureFaults(pdf, range, issuers)));
  if (ranges.at(-1)?.end !== pdf.length) faults.push("after");
  return faults;
}

/** A signature covers everything up to `end` except its own digits, from `gap` to `resume`. */
type Range = { gap: number; resume: number; end: number };

function rangesOf(pdf: Uint8Array): Range[] {
  const text = new TextDecoder("latin1").decode(pdf);
  return [...text.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)]
    .map(([, from, gap, resume, rest]) => ({
      gap: Number(from) === 0 ? Number(gap) : -1,
      resume: Number(resume),
      end: Number(resume) + Number(rest),
    }))
    .sort((a, b) => a.end - b.end);
}

async function signatureFaults(pdf: Uint8Array, range: Range, issuers: Issuers): Promise<PdfFault[]> {
  const cms = cmsIn(pdf, range);
  if (!cms) return ["range"];
  const faults: PdfFault[] = endsRevision(pdf, range.end) ? [] : ["revision"];
  const signed = parsed(cms);
  if (!signed) return [...faults, "signature"];
  const covered = joined(pdf.subarray(0, range.gap), pdf.subarray(range.resume, range.end));
  const found = isToken(signed) ? tokenFaults(signed, covered, issuers) : cmsFaults(signed, covered, issuers);
  return [...faults, ...(await found)];
}

/** The gap is one string of digits and nothing else, and what follows the signature in it is zeros. */
export function cmsIn(pdf: Uint8Array, { gap, resume, end }: Range): Uint8Array | null {
  if (gap < 0 || resume <= gap || end > pdf.length) return null;
  const digits = new TextDecoder("latin1").decode(pdf.subarray(gap, resume));
  if (!/^<(?:[0-9a-f]{2})+>$/i.test(digits)) return null;
  const bytes = Uint8Array.from(digits.match(/[0-9a-f]{2}/gi) ?? [], (pair) => Number.parseInt(pair, 16));
  const { offset } = asn1js.fromBER(copied(bytes));
  return offset > 0 && bytes.subarray(offset).every((byte) => byte === 0) ? bytes.subarray(0, offset) : null;
}

function endsRevision(pdf: Uint8Array, end: number): boolean {
  return /%%EOF\s*$/.test(new TextDecoder("latin1").decode(pdf.subarray(Math.max(0, end - 16), end)));
}

export function parsed(cms: Uint8Array): pkijs.SignedData | null {
  try {
    return new pkijs.SignedData({ schema: pkijs.ContentInfo.fromBER(copied(cms)).content });
  } catch {
    return null;
  }
}

const tokenType = "1.2.840.113549.1.9.16.1.4";
const isToken = (signed: pkijs.SignedData) => signed.encapContentInfo.eContentType === tokenType;

async function cmsFaults(signed: pkijs.SignedData, covered: Uint8Array, issuers: Issuers): Promise<PdfFault[]> {
  const attribute = signed.signerInfos[0]?.signedAttrs?.attributes.find(({ type }) => type === messageDigest);
  const digest = (attribute?.values[0] as asn1js.OctetString | undefined)?.valueBlock.valueHexView;
  if (!digest || hex(digest) !== hex(await sha256(covered))) return ["digest"];
  if (!(await verified(signed, covered))) return ["signature"];
  const signer = certificateOf(signed);
  if (!signer || !(await signer.verify(issuers.issuer))) return ["issuer"];
  return (await signedInTime(signed, signer, issuers)) ? [] : ["time"];
}

export const messageDigest = "1.2.840.113549.1.9.4";
const signatureTimestamp = "1.2.840.113549.1.9.16.2.14";

/** The token over the signature says that it was there while the certificate was valid. */
async function signedInTime(signed: pkijs.SignedData, signer: pkijs.Certificate, issuers: Issuers) {
  const info = signed.signerInfos[0];
  const attribute = info?.unsignedAttrs?.attributes.find(({ type }) => type === signatureTimestamp);
  const token = attribute && parsed(new Uint8Array((attribute.values[0] as asn1js.Sequence).toBER(false)));
  if (!info || !token || !isToken(token)) return false;
  const value = new Uint8Array(info.signature.valueBlock.valueHexView);
  if ((await tokenFaults(token, value, issuers)).length > 0) return false;
  const at = infoOf(token).genTime;
  return at >= signer.notBefore.value && at <= signer.notAfter.value;
}

/** A timestamp over `content`, by an issuer of timestamps that the authority named. */
async function tokenFaults(
  token: pkijs.SignedData,
  content: Uint8Array,
  { issuer, stamps }: Issuers,
): Promise<PdfFault[]> {
  const { hashedMessage } = infoOf(token).messageImprint;
  if (hex(hashedMessage.valueBlock.valueHexView) !== hex(await sha256(content))) return ["digest"];
  if (!(await verified(token, content))) return ["signature"];
  const signer = certificateOf(token);
  const states = signer?.extensions?.some(({ parsedValue }) => parsedValue?.keyPurposes?.includes(timeStamping));
  if (!signer || !states) return ["issuer"];
  if (!stamps) return (await signer.verify(issuer)) ? [] : ["issuer"];
  const others = (token.certificates ?? []).filter((one) => one instanceof pkijs.Certificate);
  return (await pathTo({ der: stamps }, { signer, others, at: infoOf(token).genTime })) ? [] : ["issuer"];
}

const timeStamping = "1.3.6.1.5.5.7.3.8";

function infoOf(token: pkijs.SignedData): pkijs.TSTInfo {
  return pkijs.TSTInfo.fromBER(copied(token.encapContentInfo.eContent?.getValue() ?? new ArrayBuffer(0)));
}

export async function verified(signed: pkijs.SignedData, data: Uint8Array): Promise<boolean> {
  try {
    return await signed.verify({ signer: 0, checkChain: false, data: copied(data) });
  } catch {
    return false;
  }
}

/** The certificate that the signature itself names, among those that came with it. */
export function certificateOf({ signerInfos, certificates = [] }: pkijs.SignedData): pkijs.Certificate | null {
  const sid = signerInfos[0]?.sid;
  if (!(sid instanceof pkijs.IssuerAndSerialNumber)) return null;
  const found = certificates.find(
    (one) =>
      one instanceof pkijs.Certificate && one.serialNumber.isEqual(sid.serialNumber) && one.issuer.isEqual(sid.issuer),
  );
  return (found as pkijs.Certificate | undefined) ?? null;
}

export const sha256 = async (bytes: Uint8Array) => new Uint8Array(await crypto.subtle.digest("SHA-256", copied(bytes)));
export const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const copied = (bytes: Uint8Array | ArrayBuffer) => Uint8Array.from(new Uint8Array(bytes)).buffer;

export function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const whole = new Uint8Array(first.length + second.length);
  whole.set(first);
  whole.set(second, first.length);
  return whole;
}
