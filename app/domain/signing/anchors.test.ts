import "reflect-metadata";
import { X509Certificate } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import {
  derOf,
  type NationalAuthority,
  type NationalSigner,
  nationalAuthority,
  nationalSigner,
} from "#tests/support/national-authority.ts";
import { type AnchorFault, readAnchor } from "./anchors.ts";

const at = new Date("2026-12-16T10:00:00.000Z");
const minute = 60_000;
let root: NationalAuthority;
let person: NationalSigner;
let secret: Uint8Array;
beforeAll(async () => {
  root = await nationalAuthority(at);
  person = await nationalSigner(root, at);
  secret = new Uint8Array(await crypto.subtle.exportKey("pkcs8", root.keys.privateKey));
});

const utf8 = (text: string) => new TextEncoder().encode(text);
const pem = (der: Uint8Array, kind = "CERTIFICATE") =>
  `-----BEGIN ${kind}-----\n${Buffer.from(der).toString("base64").replace(/.{64}/g, "$&\n")}\n-----END ${kind}-----\n`;

test.each(["P-256", "RSA 2048"] as const)(
  "an authority with a key %s is read from DER and from PEM alike",
  async (kind) => {
    const authority = await nationalAuthority(at, { kind, name: "الجذر القومي" });
    const der = derOf(authority.certificate);
    const anchor = await readAnchor(der, at);
    const known = new X509Certificate(der);
    expect(anchor).toEqual({
      der,
      fingerprint: known.fingerprint256.replaceAll(":", "").toLowerCase(),
      subject: "C=EG, O=Ministry of Justice, CN=الجذر القومي",
      notBefore: new Date(known.validFrom),
      notAfter: new Date(known.validTo),
      key: kind,
    });
    expect(await readAnchor(utf8(`Bag Attributes\n${pem(der)}`), at)).toEqual(anchor);
  },
);

test("marks that turn the direction of writing do not come out of a name", async () => {
  const authority = await nationalAuthority(at, { name: "Root\u202etooR\u0000" });
  expect(await readAnchor(derOf(authority.certificate), at)).toMatchObject({
    subject: expect.stringContaining("Root tooR "),
  });
});

const faults: [string, AnchorFault, () => Uint8Array | Promise<Uint8Array>][] = [
  ["nothing", "required", () => new Uint8Array()],
  ["a large file", "anchor-too-large", () => new Uint8Array(65 * 1024)],
  ["a letter", "anchor-not-a-certificate", () => utf8("Dear colleague")],
  [
    "a request for a certificate",
    "anchor-not-a-certificate",
    () => utf8(pem(derOf(root.certificate), "CERTIFICATE REQUEST")),
  ],
  [
    "a certificate with bytes after it",
    "anchor-not-a-certificate",
    () => Buffer.concat([derOf(root.certificate), Buffer.from([0])]),
  ],
  ["a certificate that breaks off", "anchor-not-a-certificate", () => derOf(root.certificate).subarray(0, 200)],
  ["two certificates", "anchor-several", () => utf8(pem(derOf(root.certificate)).repeat(2))],
  ["a private key", "anchor-private-key", () => secret],
  ["a private key as text", "anchor-private-key", () => utf8(pem(secret, "PRIVATE KEY"))],
  [
    "a certificate with its private key",
    "anchor-private-key",
    () => utf8(pem(derOf(root.certificate)) + pem(secret, "EC PRIVATE KEY")),
  ],
  ["the certificate of a person", "anchor-not-an-authority", () => person.certificate],
  [
    "one that has run out",
    "anchor-run-out",
    async () => derOf((await nationalAuthority(at, { to: new Date(at.getTime() - minute) })).certificate),
  ],
  [
    "one that is not valid yet",
    "anchor-not-yet",
    async () => derOf((await nationalAuthority(at, { from: new Date(at.getTime() + minute) })).certificate),
  ],
  [
    "a key of 1024 bits",
    "anchor-weak",
    async () => derOf((await nationalAuthority(at, { kind: "RSA 1024" })).certificate),
  ],
];
test.each(faults)("%s → %s", async (_name, fault, make) => {
  expect(await readAnchor(await make(), at)).toBe(fault);
});
