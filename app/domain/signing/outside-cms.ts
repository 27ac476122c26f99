import * as asn1js from "asn1js";
import type * as pkijs from "pkijs";
import type { SignatureForm } from "./added-signature.ts";
import { strongDigests, strongKey } from "./anchors.ts";
import { certificateOf, hex, messageDigest, parsed } from "./pades-check.ts";

/** A signature that fits its bytes and its certificate. `claimedAt`: what the signer's clock said, where it said anything. */
export type FittingSignature = { signed: pkijs.SignedData; signer: pkijs.Certificate; claimedAt: Date | null };

/**
 * Checks the one CMS signature of a PDF over the bytes it covers (RFC 5652; PAdES, ETSI EN 319 142-1). Whose certificate it
 * is, and whether that is trusted, is asked elsewhere. Needs only WebCrypto.
 */
export async function fittingSignature(
  cms: Uint8Array,
  covered: Uint8Array,
  form: SignatureForm,
): Promise<FittingSignature | "outside-altered" | "outside-weak"> {
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
  if (!(await namesItsCertificate(info, signer, form))) return "outside-altered";
  return { signed, signer, claimedAt: claimedTime(info) };
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
async function namesItsCertificate(info: pkijs.SignerInfo, signer: pkijs.Certificate, form: SignatureForm) {
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

const copied = (bytes: Uint8Array) => Uint8Array.from(bytes).buffer;
