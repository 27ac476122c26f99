import "reflect-metadata";
import { PDF, type SignOptions } from "@libpdf/core";
import * as x509 from "@peculiar/x509";
import * as pkijs from "pkijs";

/* A national authority for tests, and the tool with which somebody signs a PDF under it, outside of the product. */

export const algorithms = {
  "P-256": { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" },
  "RSA 2048": {
    name: "RSASSA-PKCS1-v1_5",
    hash: "SHA-256",
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  },
  "RSA 1024": {
    name: "RSASSA-PKCS1-v1_5",
    hash: "SHA-256",
    modulusLength: 1024,
    publicExponent: new Uint8Array([1, 0, 1]),
  },
} as const;
export type KeyKind = keyof typeof algorithms;

const day = 24 * 3_600_000;
type Valid = { from?: Date; to?: Date };
export type NationalAuthority = { certificate: x509.X509Certificate; keys: CryptoKeyPair; kind: KeyKind };
export type NationalSigner = { certificate: Uint8Array; chain: Uint8Array[]; key: CryptoKey; kind: KeyKind };

const newKeys = (kind: KeyKind) =>
  crypto.subtle.generateKey(algorithms[kind], true, ["sign", "verify"]) as Promise<CryptoKeyPair>;
const serial = () =>
  Buffer.from(crypto.getRandomValues(new Uint8Array(8)))
    .toString("hex")
    .replace(/^./, "1");
export const derOf = (certificate: x509.X509Certificate) => new Uint8Array(certificate.rawData);

/** An authority of its own, or one below another. */
export async function nationalAuthority(
  at: Date,
  {
    name = "National Root",
    kind = "P-256" as KeyKind,
    above,
    pathLength,
    ...valid
  }: {
    name?: string;
    kind?: KeyKind;
    above?: NationalAuthority;
    pathLength?: number;
  } & Valid = {},
): Promise<NationalAuthority> {
  const keys = await newKeys(kind);
  const subject: ConstructorParameters<typeof x509.Name>[0] = [
    { C: [{ printableString: "EG" }] },
    { O: [{ utf8String: "Ministry of Justice" }] },
    { CN: [{ utf8String: name }] },
  ];
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: new x509.Name(subject),
    issuer: above ? above.certificate.subjectName : new x509.Name(subject),
    notBefore: valid.from ?? new Date(at.getTime() - 365 * day),
    notAfter: valid.to ?? new Date(at.getTime() + 3650 * day),
    signingAlgorithm: algorithms[above?.kind ?? kind],
    signingKey: (above?.keys ?? keys).privateKey,
    publicKey: keys.publicKey,
    extensions: [
      new x509.BasicConstraintsExtension(true, pathLength, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate, keys, kind };
}

/** Somebody with a certificate of the authority; `chain` is what comes with the signature. */
export async function nationalSigner(
  authority: NationalAuthority,
  at: Date,
  {
    kind = "P-256" as KeyKind,
    usage = x509.KeyUsageFlags.nonRepudiation,
    purposes = [] as string[],
    ...rest
  }: {
    kind?: KeyKind;
    usage?: number;
    purposes?: string[];
    chain?: NationalAuthority[];
    extensions?: x509.Extension[];
  } & Valid = {},
): Promise<NationalSigner> {
  const keys = await newKeys(kind);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: new x509.Name([{ C: [{ printableString: "EG" }] }, { CN: [{ utf8String: "هشام فؤاد" }] }]),
    issuer: authority.certificate.subjectName,
    notBefore: rest.from ?? new Date(at.getTime() - 30 * day),
    notAfter: rest.to ?? new Date(at.getTime() + 365 * day),
    signingAlgorithm: algorithms[authority.kind],
    signingKey: authority.keys.privateKey,
    publicKey: keys.publicKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(usage, true),
      ...(purposes.length > 0 ? [new x509.ExtendedKeyUsageExtension(purposes)] : []),
      ...(rest.extensions ?? []),
    ],
  });
  const chain = (rest.chain ?? [authority]).map((one) => derOf(one.certificate));
  return { certificate: derOf(certificate), chain, key: keys.privateKey, kind };
}

/** As a national tool does it: one increment with one invisible signature. */
export async function signOutside(
  pdf: Uint8Array,
  signer: NationalSigner,
  at: Date,
  options: Partial<SignOptions> & { change?: (open: PDF) => unknown } = {},
): Promise<Uint8Array> {
  const { change, ...rest } = options;
  const open = await PDF.load(Uint8Array.from(pdf));
  await change?.(open);
  const { bytes } = await open.sign({
    signer: {
      certificate: signer.certificate,
      certificateChain: signer.chain,
      keyType: signer.kind === "P-256" ? "EC" : "RSA",
      signatureAlgorithm: signer.kind === "P-256" ? "ECDSA" : "RSASSA-PKCS1-v1_5",
      sign: (data, algorithm) => signature(signer, data, algorithm),
    },
    signingTime: at,
    fieldName: `National-${serial()}`,
    estimatedSize: 8192,
    ...rest,
  });
  return bytes;
}

async function signature({ key, kind }: NationalSigner, data: Uint8Array, hash: string): Promise<Uint8Array> {
  const raw = await crypto.subtle.sign({ name: algorithms[kind].name, hash }, key, Uint8Array.from(data));
  if (kind !== "P-256") return new Uint8Array(raw);
  return new Uint8Array((pkijs.createCMSECDSASignature(raw) as ArrayBuffer).slice(0));
}
