import { PDF, type RevocationProvider, type TimestampAuthority } from "@libpdf/core";
import * as pkijs from "pkijs";
import type { Issued } from "./certificates.ts";
import { timestampToken } from "./timestamp.ts";

/** Whoever signs, and what a reader of the PDF is shown of it. `reason` must hold no brackets and no backslash. */
export type PadesSigner = Issued & { reason: string; fieldName: string };
/** Who states the time: the built-in issuer, or whoever else gives a token for a digest. */
export type Timestamps = Issued | TimestampAuthority;
type Completion = { timestamps: Timestamps; revocations: Uint8Array; at: Date };

/** In bytes: the certificates, the token and room to spare; what is not used stays as zeros in the file. */
const reserved = 8192;
/** An authority outside may send long keys and its whole chain. */
const reservedForOutside = 24_576;
const roomFor = (timestamps: Timestamps) => ("timestamp" in timestamps ? reservedForOutside : reserved);

/**
 * Appends a signature of level B-T (ETSI EN 319 142-1) to a PDF: everything that was there stays, byte for byte.
 * Throws Error when the PDF cannot be continued so.
 */
export async function signPdf(
  pdf: Uint8Array,
  signer: PadesSigner,
  { timestamps, at }: Omit<Completion, "revocations">,
): Promise<Uint8Array> {
  if (/[()\\]/.test(signer.reason)) throw new Error("a reason in a PDF must hold no brackets");
  const open = await PDF.load(pdf);
  const { bytes } = await open.sign({
    signer: {
      certificate: signer.certificate,
      certificateChain: [signer.issuer],
      keyType: "EC",
      signatureAlgorithm: "ECDSA",
      sign: (data) => derSignature(signer.key, data),
    },
    reason: signer.reason,
    fieldName: signer.fieldName,
    signingTime: at,
    level: "B-T",
    timestampAuthority: authorityOf(timestamps, at),
    estimatedSize: roomFor(timestamps),
  });
  return continued(pdf, bytes);
}

/**
 * Ends a signed PDF (B-LTA): certificates and revocation lists go in, then a timestamp over the whole file, so that it
 * can be checked when the certificates have run out. The last signature ends with the file.
 */
export async function completePdf(pdf: Uint8Array, { timestamps, revocations, at }: Completion): Promise<Uint8Array> {
  // Never asks the network: there is one authority, and its list is here.
  const revocationProvider: RevocationProvider = { getCRL: async () => revocations, getOCSP: async () => null };
  const withData = await (await PDF.load(pdf)).addValidationData({ revocationProvider });
  const { bytes } = await (await PDF.load(withData.bytes)).addTimestamp({
    timestampAuthority: authorityOf(timestamps, at),
    longTermValidation: false,
    estimatedSize: roomFor(timestamps),
  });
  return continued(pdf, bytes);
}

function authorityOf(timestamps: Timestamps, at: Date): TimestampAuthority {
  if ("timestamp" in timestamps) return timestamps;
  return { timestamp: (digest) => timestampToken(digest, timestamps, at) };
}

/** WebCrypto gives both numbers of the signature side by side; a CMS holds them as a sequence. */
async function derSignature(key: CryptoKey, data: Uint8Array): Promise<Uint8Array> {
  const raw = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key, Uint8Array.from(data));
  return new Uint8Array((pkijs.createCMSECDSASignature(raw) as ArrayBuffer).slice(0));
}

function continued(before: Uint8Array, after: Uint8Array): Uint8Array {
  if (after.length <= before.length || before.some((byte, at) => after[at] !== byte)) {
    throw new Error("the PDF was written anew instead of being continued");
  }
  return after;
}
