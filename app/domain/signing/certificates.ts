import "reflect-metadata";
import * as x509 from "@peculiar/x509";

/** A key that signs, with the certificate that names it and the one that issued it (both DER). */
export type Issued = { key: CryptoKey; certificate: Uint8Array; issuer: Uint8Array };
/** The workspace's own authority: its key, and its certificate, which it issued itself. */
export type Authority = { keys: CryptoKeyPair; certificate: Uint8Array };

export const curve = { name: "ECDSA", namedCurve: "P-256" } as const;
const signing = { name: "ECDSA", hash: "SHA-256" } as const;
const minute = 60_000;
const day = 24 * 60 * minute;

/** Given as JSON with the kind of string named: what people typed cannot add parts to a name, and stays UTF-8. */
const nameOf = ({ organisation, name }: Naming): x509.Name =>
  new x509.Name([{ O: [{ utf8String: organisation }] }, { CN: [{ utf8String: name }] }]);

const serial = () => `01${Buffer.from(crypto.getRandomValues(new Uint8Array(15))).toString("hex")}`;
const der = (certificate: { rawData: ArrayBuffer }) => new Uint8Array(certificate.rawData);

export async function newAuthority(keys: CryptoKeyPair, installation: string, at: Date): Promise<Authority> {
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: nameOf({ organisation: installation, name: `${installation}: workspace authority` }),
    notBefore: new Date(at.getTime() - minute),
    notAfter: new Date(at.getTime() + 20 * 365 * day),
    signingAlgorithm: signing,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { keys, certificate: der(certificate) };
}

type Naming = { organisation: string; name: string };
type Wish = Naming & { publicKey: CryptoKey; at: Date };

/** For one signature: valid for thirty minutes, for a key that is used once. */
export function issueOneTime(authority: Authority, { at, ...wish }: Wish): Promise<Uint8Array> {
  return issue(authority, wish, { from: at.getTime() - minute, to: at.getTime() + 29 * minute }, [
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature | x509.KeyUsageFlags.nonRepudiation, true),
    // Signing of documents (RFC 9336 and the older form); readers of PDF that know neither look for e-mail protection.
    new x509.ExtendedKeyUsageExtension(["1.3.6.1.5.5.7.3.36", x509.ExtendedKeyUsage.emailProtection]),
  ]);
}

/** For the issuer of timestamps, five years. Its one purpose is critical, as RFC 3161 2.3 asks. */
export function issueForTimestamps(authority: Authority, { at, ...wish }: Wish): Promise<Uint8Array> {
  return issue(authority, wish, { from: at.getTime() - minute, to: at.getTime() + 5 * 365 * day }, [
    new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
    new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.timeStamping], true),
  ]);
}

async function issue(
  { keys, certificate }: Authority,
  { publicKey, organisation, name }: Naming & { publicKey: CryptoKey },
  { from, to }: { from: number; to: number },
  purposes: x509.Extension[],
): Promise<Uint8Array> {
  const issuer = new x509.X509Certificate(certificate as Uint8Array<ArrayBuffer>);
  const issued = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: nameOf({ organisation, name }),
    // The parsed name, not its words: another encoding of the same words is another issuer to some readers.
    issuer: issuer.subjectName,
    notBefore: new Date(from),
    notAfter: new Date(to),
    signingAlgorithm: signing,
    publicKey,
    signingKey: keys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      ...purposes,
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return der(issued);
}

/** The list of what the authority has taken back, which is nothing: certificates live shorter than a list would. */
export async function revocationList({ keys, certificate }: Authority, at: Date): Promise<Uint8Array> {
  const issuer = new x509.X509Certificate(certificate as Uint8Array<ArrayBuffer>);
  const list = await x509.X509CrlGenerator.create({
    issuer: issuer.subjectName,
    thisUpdate: new Date(at.getTime() - minute),
    nextUpdate: new Date(at.getTime() + 30 * day),
    signingAlgorithm: signing,
    signingKey: keys.privateKey,
    extensions: [await x509.AuthorityKeyIdentifierExtension.create(keys.publicKey)],
  });
  return der(list);
}
