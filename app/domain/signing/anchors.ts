import * as asn1js from "asn1js";
import * as pkijs from "pkijs";

/** Bytes of a certificate file; those of an authority have one or two thousand. */
export const mostAnchorBytes = 64 * 1024;

/** The certificate of an authority, as it is shown and kept. `der` are the bytes that its fingerprint is of. */
export type Anchor = {
  der: Uint8Array;
  /** SHA-256 of the certificate, hex */
  fingerprint: string;
  subject: string;
  notBefore: Date;
  notAfter: Date;
  /** such as "RSA 3072" or "P-256" */
  key: string;
};
export type AnchorFault =
  | "required"
  | "anchor-too-large"
  | "anchor-not-a-certificate"
  | "anchor-several"
  | "anchor-private-key"
  | "anchor-not-an-authority"
  | "anchor-run-out"
  | "anchor-not-yet"
  | "anchor-weak";

const block = /-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\s]*)-----END \1-----/g;

/**
 * Reads one certificate, PEM or DER, and checks that it can be a trust anchor: an authority (RFC 5280 4.2.1.9) that may
 * sign certificates, valid at `at`, with a key and an algorithm that are strong enough. A file that holds a private key
 * is refused whatever else it holds: nobody should keep it here.
 */
export async function readAnchor(bytes: Uint8Array, at: Date): Promise<Anchor | AnchorFault> {
  if (bytes.length === 0) return "required";
  if (bytes.length > mostAnchorBytes) return "anchor-too-large";
  const taken = derOf(bytes);
  if (typeof taken === "string") return taken;
  const certificate = certificateFrom(taken);
  if (!certificate) return holdsPrivateKey(taken) ? "anchor-private-key" : "anchor-not-a-certificate";
  if (!isAuthority(certificate)) return "anchor-not-an-authority";
  const { notBefore, notAfter } = certificate;
  if (notAfter.value < at) return "anchor-run-out";
  if (notBefore.value > at) return "anchor-not-yet";
  const key = strongKey(certificate);
  if (!key || !hasStrongAlgorithm(certificate)) return "anchor-weak";
  return {
    der: taken,
    fingerprint: await fingerprintOf(taken),
    subject: subjectOf(certificate),
    notBefore: notBefore.value,
    notAfter: notAfter.value,
    key,
  };
}

function derOf(bytes: Uint8Array): Uint8Array | AnchorFault {
  if (bytes[0] === 0x30) return bytes;
  const text = new TextDecoder("latin1").decode(bytes);
  if (/PRIVATE KEY/.test(text)) return "anchor-private-key";
  const blocks = [...text.matchAll(block)];
  if (blocks.length > 1) return "anchor-several";
  const [, kind, base64] = blocks[0] ?? [];
  if (kind !== "CERTIFICATE" || !base64) return "anchor-not-a-certificate";
  try {
    return Uint8Array.from(atob(base64.replace(/\s/g, "")), (letter) => letter.charCodeAt(0));
  } catch {
    return "anchor-not-a-certificate";
  }
}

/** The certificate, if the bytes are one and nothing besides. */
export function certificateFrom(der: Uint8Array): pkijs.Certificate | null {
  try {
    const { offset } = asn1js.fromBER(copied(der));
    return offset === der.length ? pkijs.Certificate.fromBER(copied(der)) : null;
  } catch {
    return null;
  }
}

/** PKCS #8 (RFC 5958), plain or sealed, a key of RSA or of a curve by itself, or a store of PKCS #12. */
function holdsPrivateKey(der: Uint8Array): boolean {
  const { result } = asn1js.fromBER(copied(der));
  if (!(result instanceof asn1js.Sequence)) return false;
  const [first, second] = result.valueBlock.value;
  if (first instanceof asn1js.Integer) return true;
  return first instanceof asn1js.Sequence && second instanceof asn1js.OctetString;
}

export function isAuthority({ extensions = [] }: pkijs.Certificate): boolean {
  const limits = extensions.find(({ extnID }) => extnID === "2.5.29.19")?.parsedValue;
  if (!(limits instanceof pkijs.BasicConstraints) || limits.cA !== true) return false;
  const usage = usageOf(extensions);
  return usage === null || (usage & keyCertSign) !== 0;
}

const keyCertSign = 0x04;
const contentSigning = 0x80 | 0x40;

/** The first eight bits of the key usage (RFC 5280 4.2.1.3), or null when it is not said. */
function usageOf(extensions: pkijs.Extension[]): number | null {
  const usage = extensions.find(({ extnID }) => extnID === "2.5.29.15");
  if (!usage) return null;
  return (usage.parsedValue as asn1js.BitString | undefined)?.valueBlock?.valueHexView[0] ?? 0;
}

/** Whether its key may sign content: digital signature or content commitment, where it says anything at all. */
export function maySignContent({ extensions = [] }: pkijs.Certificate): boolean {
  const usage = usageOf(extensions);
  return usage === null || (usage & contentSigning) !== 0;
}

const curves: Record<string, string> = {
  "1.2.840.10045.3.1.7": "P-256",
  "1.3.132.0.34": "P-384",
  "1.3.132.0.35": "P-521",
};

/** What key it is, when it is one that is trusted today: RSA of 2048 bits or more, or a curve of NIST. */
export function strongKey({ subjectPublicKeyInfo: info }: pkijs.Certificate): string | null {
  if (info.algorithm.algorithmId === "1.2.840.10045.2.1") {
    const curve = info.algorithm.algorithmParams;
    return curve instanceof asn1js.ObjectIdentifier ? (curves[curve.valueBlock.toString()] ?? null) : null;
  }
  if (info.algorithm.algorithmId !== "1.2.840.113549.1.1.1") return null;
  const modulus = (info.parsedKey as pkijs.RSAPublicKey | undefined)?.modulus.valueBlock.valueHexView;
  const first = modulus?.findIndex((byte) => byte !== 0) ?? -1;
  if (!modulus || first < 0) return null;
  const bits = (modulus.length - first) * 8 - Math.clz32(modulus[first] ?? 0) + 24;
  return bits >= 2048 ? `RSA ${bits}` : null;
}

const strongAlgorithms = new Set([
  "1.2.840.10045.4.3.2",
  "1.2.840.10045.4.3.3",
  "1.2.840.10045.4.3.4",
  "1.2.840.113549.1.1.11",
  "1.2.840.113549.1.1.12",
  "1.2.840.113549.1.1.13",
  "1.2.840.113549.1.1.10",
]);

/** Signed with SHA-256 or longer. A signature of RSA-PSS says its digest in its parameters. */
export function hasStrongAlgorithm({ signatureAlgorithm }: pkijs.Certificate): boolean {
  if (!strongAlgorithms.has(signatureAlgorithm.algorithmId)) return false;
  if (signatureAlgorithm.algorithmId !== "1.2.840.113549.1.1.10") return true;
  try {
    const { hashAlgorithm } = new pkijs.RSASSAPSSParams({ schema: signatureAlgorithm.algorithmParams });
    return strongDigests.has(hashAlgorithm.algorithmId);
  } catch {
    return false;
  }
}

/** SHA-256, SHA-384, SHA-512. */
export const strongDigests = new Set(["2.16.840.1.101.3.4.2.1", "2.16.840.1.101.3.4.2.2", "2.16.840.1.101.3.4.2.3"]);

const parts: Record<string, string> = {
  "2.5.4.3": "CN",
  "2.5.4.10": "O",
  "2.5.4.11": "OU",
  "2.5.4.6": "C",
  "2.5.4.4": "SN",
  "2.5.4.42": "GN",
  "2.5.4.5": "serialNumber",
  "2.5.4.97": "organizationIdentifier",
};

/** "CN=…, O=…, C=…": for people to read and compare, not to be read by programs. At most 300 characters. */
export function subjectOf({ subject }: Pick<pkijs.Certificate, "subject">): string {
  const said = subject.typesAndValues.map(({ type, value }) => {
    return `${parts[type] ?? type}=${String((value.valueBlock as { value?: unknown }).value ?? "")}`;
  });
  const clean = Array.from(said.join(", "), (letter) => (/\p{C}/u.test(letter) ? " " : letter)).join("");
  return clean.slice(0, 300);
}

/** SHA-256 of the DER, hex. */
export async function fingerprintOf(der: Uint8Array): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", copied(der)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const copied = (bytes: Uint8Array) => Uint8Array.from(bytes).buffer;
