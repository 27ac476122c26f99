import { execFileSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PDF } from "@libpdf/core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stopPdf } from "#app/platform/pdf.server.ts";
import { overPdf } from "#tests/support/pdf.ts";
import { saigaArrangement } from "#tests/support/saiga-arrangement.ts";
import { renderArrangement } from "../export/arrangement-pdf.server.ts";
import {
  type Authority,
  curve,
  issueForTimestamps,
  issueOneTime,
  newAuthority,
  revocationList,
} from "./certificates.ts";
import { completePdf, signPdf } from "./pades.ts";
import { checkPdf } from "./pades-check.ts";

const at = new Date("2026-12-16T10:00:00.000Z");
const newKeys = () => crypto.subtle.generateKey(curve, true, ["sign", "verify"]) as Promise<CryptoKeyPair>;
const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
const organisation = "Joint Investigation Teams";

let folder: string;
let base: Uint8Array;
let authority: Authority;
let signed: Uint8Array;
let sealed: Uint8Array;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "jit-pades-"));
  base = await renderArrangement(saigaArrangement());
  authority = await newAuthority(await newKeys(), organisation, at);
  signed = await signedBy(base, "First", at);
  sealed = await completed(signed, at);
}, 60_000);
afterAll(() => {
  stopPdf();
  rmSync(folder, { recursive: true });
});

async function timestamps(by = authority) {
  const { privateKey, publicKey } = await newKeys();
  const certificate = await issueForTimestamps(by, { organisation, name: "timestamps", publicKey, at });
  return { key: privateKey, certificate, issuer: by.certificate };
}

async function signedBy(pdf: Uint8Array, fieldName: string, when: Date, by = authority) {
  const { privateKey, publicKey } = await newKeys();
  const name = "Айгүл 王建国 هشام";
  const certificate = await issueOneTime(by, { organisation, name, publicKey, at });
  const signer = { key: privateKey, certificate, issuer: by.certificate, reason: "Test", fieldName };
  return signPdf(pdf, signer, { timestamps: await timestamps(by), at: when });
}

async function completed(pdf: Uint8Array, when: Date) {
  return completePdf(pdf, {
    timestamps: await timestamps(),
    revocations: await revocationList(authority, at),
    at: when,
  });
}

const check = (pdf: Uint8Array) =>
  checkPdf(pdf, { authority: authority.certificate, base: { length: base.length, sha256: sha256(base) } });

const file = (name: string, bytes: Uint8Array | string) => {
  writeFileSync(join(folder, name), bytes);
  return join(folder, name);
};
const pem = (der: Uint8Array) =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(der).toString("base64").replace(/.{64}/g, "$&\n")}\n-----END CERTIFICATE-----\n`;

/** The signature of a range and the bytes it covers, as openssl reads them. */
function taken(pdf: Uint8Array, which: number): { cms: string; content: string } {
  const found = [
    ...Buffer.from(pdf)
      .toString("latin1")
      .matchAll(/\/ByteRange\s*\[\s*0\s+(\d+)\s+(\d+)\s+(\d+)/g),
  ]
    .map(([, ...numbers]) => numbers.map(Number) as [number, number, number])
    .sort((a, b) => a[1] + a[2] - b[1] - b[2])[which]!;
  const [gap, resume, rest] = found;
  const digits = Buffer.from(pdf.subarray(gap + 1, resume - 1)).toString("latin1");
  const content = Buffer.concat([pdf.subarray(0, gap), pdf.subarray(resume, resume + rest)]);
  return { cms: file(`${which}.der`, Buffer.from(digits, "hex")), content: file(`${which}.bin`, content) };
}

const openssl = (...args: string[]) =>
  execFileSync("openssl", args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
const when = String(at.getTime() / 1000);

describe("a signed and completed PDF", { timeout: 60_000 }, () => {
  test("continues the file byte for byte, ends with its last signature, and is found whole", async () => {
    expect(Buffer.from(signed.subarray(0, base.length)).equals(base)).toBe(true);
    expect(Buffer.from(sealed.subarray(0, signed.length)).equals(signed)).toBe(true);
    expect(await check(signed)).toEqual([]);
    expect(await check(sealed)).toEqual([]);
    expect(overPdf(sealed, "qpdf", "--check", "%")).toContain("No syntax or stream encoding errors found");
  });

  test("is valid to pdfsig, which names the signer in the own script", () => {
    const said = overPdf(sealed, "pdfsig", "-nocert", "%");
    expect(said).toContain("Signature is Valid.");
    expect(said).toContain("ETSI.CAdES.detached");
    expect(said).toContain("Айгүл 王建国 هشام");
    expect(said).toContain("Total document signed");
  });

  test("is valid to openssl: the signature, its chain, and both timestamps", () => {
    const root = file("root.pem", pem(authority.certificate));
    const { cms, content } = taken(sealed, 0);
    const purpose = ["-purpose", "any", "-attime", when, "-CAfile", root];
    openssl(
      "cms",
      "-verify",
      "-binary",
      "-inform",
      "DER",
      "-in",
      cms,
      "-content",
      content,
      "-out",
      "/dev/null",
      ...purpose,
    );
    const last = taken(sealed, 1);
    const ts = ["ts", "-verify", "-data", last.content, "-in", last.cms, "-token_in", "-CAfile", root, "-attime", when];
    expect(openssl(...ts)).toContain("Verification: OK");
    expect(openssl("ts", "-reply", "-in", last.cms, "-token_in", "-text")).toContain("Dec 16 10:00:00 2026 GMT");
  });

  test("takes further signatures in any order, and each stays valid", async () => {
    const second = await signedBy(signed, "Second", at);
    const third = await completed(await signedBy(second, "Third", at), at);
    expect(await check(third)).toEqual([]);
    const said = overPdf(third, "pdfsig", "-nocert", "%");
    expect(said.match(/Signature is Valid\./g)).toHaveLength(3);
  });

  test("stays what it claims to be: PDF/A-3a, with the text attached", () => {
    expect(overPdf(sealed, "pdfinfo", "-meta", "%")).toMatch(/<pdfaid:part>3</);
    expect(overPdf(sealed, "pdfdetach", "-list", "%")).toContain("arrangement.json");
  });
});

describe("what is altered is found:", { timeout: 60_000 }, () => {
  const flipped = (at: number) => {
    const copy = Uint8Array.from(sealed);
    copy[at] = (copy[at] ?? 0) ^ 1;
    return copy;
  };
  const placeOf = (what: string, from = 0) => Buffer.from(sealed).indexOf(what, from, "latin1");

  test("one bit of the text that was closed", async () => {
    expect(await check(flipped(1000))).toEqual(["base", "digest", "digest"]);
  });
  test("one bit after it, in what came with a signature", async () => {
    expect(await check(flipped(placeOf("/Reason", base.length) + 3))).toEqual(["digest", "digest"]);
  });
  test("one digit of the first signature", async () => {
    const at = placeOf("/Contents", base.length);
    const open = placeOf("<", at);
    const copy = Uint8Array.from(sealed);
    copy[open + 401] = copy[open + 401] === 0x30 ? 0x31 : 0x30;
    const faults = await check(copy);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.at(-1)).toBe("digest");
  });
  test("something hidden in the room after a signature", async () => {
    const open = placeOf("<", placeOf("/Contents", base.length));
    const close = placeOf(">", open);
    const copy = Uint8Array.from(sealed);
    copy[close - 2] = 0x61;
    expect(await check(copy)).toContain("range");
  });
  test("bytes after the end", async () => {
    const longer = Buffer.concat([sealed, Buffer.from("\n% later\n%%EOF\n")]);
    expect(await check(longer)).toEqual(["after"]);
  });
  test("a page laid over another in a later version, which pdfsig still calls valid", async () => {
    const open = await PDF.load(sealed);
    open.getPage(0)?.drawRectangle({ x: 0, y: 0, width: 600, height: 900 });
    const shadowed = await open.save({ incremental: true });
    expect(overPdf(shadowed, "pdfsig", "-nocert", "%")).toContain("Signature is Valid.");
    expect(await check(shadowed)).toEqual(["after"]);
  });
  test("a signature that leaves out more than itself", async () => {
    const text = Buffer.from(signed).toString("latin1");
    const [whole = "", gap = ""] = /\/ByteRange\s*\[\s*0\s+(\d+)/.exec(text) ?? [];
    const shorter = whole.replace(gap, String(Number(gap) - 1).padStart(gap.length, "0"));
    expect(await check(Buffer.from(text.replace(whole, shorter), "latin1"))).toContain("range");
  });
  test("another paper under the same signatures", async () => {
    const other = await signedBy(await renderArrangement({ ...saigaArrangement(), version: 2 }), "First", at);
    expect(await check(other)).toEqual(["base"]);
  });
  test("a signature under another authority", async () => {
    const stranger = await newAuthority(await newKeys(), organisation, at);
    expect(await check(await signedBy(base, "First", at, stranger))).toEqual(["issuer"]);
  });
  test("a certificate that had run out when the timestamp was made, or was not valid yet", async () => {
    expect(await check(await signedBy(base, "First", new Date(at.getTime() + 30 * 60_000)))).toEqual(["time"]);
    expect(await check(await signedBy(base, "First", new Date(at.getTime() - 5 * 60_000)))).toEqual(["time"]);
  });
  test("a paper without any signature", async () => {
    expect(await check(base)).toEqual(["unsigned"]);
  });
});

test("a name that people typed cannot add parts to the certificate's", async () => {
  const name = 'X, CN=Minister+O="Other", C=NL';
  const { publicKey } = await newKeys();
  const certificate = await issueOneTime(authority, { organisation, name, publicKey, at });
  const { subject } = new X509Certificate(certificate).toLegacyObject();
  expect({ ...subject }).toEqual({ O: organisation, CN: name });
});

test("a reason with brackets, which the file would show wrongly, is refused", async () => {
  const { privateKey, publicKey } = await newKeys();
  const certificate = await issueOneTime(authority, { organisation, name: "X", publicKey, at });
  const signer = { key: privateKey, certificate, issuer: authority.certificate, reason: "(a)", fieldName: "A" };
  await expect(signPdf(base, signer, { timestamps: await timestamps(), at })).rejects.toThrow("brackets");
});
