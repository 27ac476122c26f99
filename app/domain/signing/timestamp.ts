import * as asn1js from "asn1js";
import * as pkijs from "pkijs";
import type { Issued } from "./certificates.ts";

const sha256 = "2.16.840.1.101.3.4.2.1";
const contentType = { data: "1.2.840.113549.1.7.2", timestamp: "1.2.840.113549.1.9.16.1.4" };
/** "The clock of this installation": an arc of our own, made from a UUID (ITU-T X.667). */
const policy = "2.25.143098242483405790436517428236913742911";

/** A timestamp token (RFC 3161), DER: that these 32 bytes, a SHA-256, were there at the instant. */
export async function timestampToken(imprint: Uint8Array, issuer: Issued, at: Date): Promise<Uint8Array> {
  const info = new pkijs.TSTInfo({
    version: 1,
    policy,
    messageImprint: new pkijs.MessageImprint({
      hashAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: sha256, algorithmParams: new asn1js.Null() }),
      hashedMessage: new asn1js.OctetString({ valueHex: copied(imprint) }),
    }),
    serialNumber: asn1js.Integer.fromBigInt(BigInt(`0x01${hex(crypto.getRandomValues(new Uint8Array(12)))}`)),
    genTime: at,
    accuracy: new pkijs.Accuracy({ seconds: 1 }),
  });
  const content = info.toSchema().toBER(false);
  const certificate = pkijs.Certificate.fromBER(copied(issuer.certificate));
  const signed = new pkijs.SignedData({
    version: 3,
    encapContentInfo: new pkijs.EncapsulatedContentInfo({
      eContentType: contentType.timestamp,
      eContent: new asn1js.OctetString({ valueHex: content }),
    }),
    signerInfos: [
      new pkijs.SignerInfo({
        version: 1,
        sid: new pkijs.IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
        signedAttrs: await attributes(content, issuer.certificate),
      }),
    ],
    certificates: [certificate, pkijs.Certificate.fromBER(copied(issuer.issuer))],
  });
  await signed.sign(issuer.key, 0, "SHA-256");
  const token = new pkijs.ContentInfo({ contentType: contentType.data, content: signed.toSchema(true) });
  return new Uint8Array(token.toSchema().toBER(false));
}

async function attributes(content: ArrayBuffer, certificate: Uint8Array): Promise<pkijs.SignedAndUnsignedAttributes> {
  const digest = await crypto.subtle.digest("SHA-256", content);
  const named = await crypto.subtle.digest("SHA-256", copied(certificate));
  const sequence = (...value: asn1js.AsnType[]) => new asn1js.Sequence({ value });
  return new pkijs.SignedAndUnsignedAttributes({
    type: 0,
    attributes: [
      attribute("1.2.840.113549.1.9.3", new asn1js.ObjectIdentifier({ value: contentType.timestamp })),
      attribute("1.2.840.113549.1.9.4", new asn1js.OctetString({ valueHex: digest })),
      // signingCertificateV2 (RFC 5816): SHA-256 is its default and is not named.
      attribute(
        "1.2.840.113549.1.9.16.2.47",
        sequence(sequence(sequence(new asn1js.OctetString({ valueHex: named })))),
      ),
    ],
  });
}

const attribute = (type: string, value: asn1js.AsnType) => new pkijs.Attribute({ type, values: [value] });
const hex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
const copied = (bytes: Uint8Array) => Uint8Array.from(bytes).buffer;
