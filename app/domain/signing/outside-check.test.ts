import "reflect-metadata";
import { PDF, PdfArray, PdfDict, PdfName, PdfNumber, PdfString } from "@libpdf/core";
import * as x509 from "@peculiar/x509";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { stopPdf } from "#app/platform/pdf.server.ts";
import {
  derOf,
  type KeyKind,
  type NationalAuthority,
  type NationalSigner,
  nationalAuthority,
  nationalSigner,
  signOutside,
} from "#tests/support/national-authority.ts";
import { overPdf } from "#tests/support/pdf.ts";
import { saigaArrangement } from "#tests/support/saiga-arrangement.ts";
import { renderArrangement } from "../export/arrangement-pdf.server.ts";
import { fingerprintOf } from "./anchors.ts";
import { checkOutside, type OutsideFault, type TrustedAnchor } from "./outside-check.ts";

const at = new Date("2026-12-16T10:00:00.000Z");
const since = new Date(at.getTime() - 20 * 60_000);
const minutes = (count: number) => new Date(at.getTime() + count * 60_000);

let base: Uint8Array;
let root: NationalAuthority;
let signer: NationalSigner;
let signed: Uint8Array;
beforeAll(async () => {
  base = await renderArrangement(saigaArrangement());
  root = await nationalAuthority(at);
  signer = await nationalSigner(root, at);
  signed = await signOutside(base, signer, at);
}, 60_000);
afterAll(() => stopPdf());

async function anchorOf(authority: NationalAuthority, revoked = false): Promise<TrustedAnchor> {
  const der = derOf(authority.certificate);
  return { der, fingerprint: await fingerprintOf(der), revoked };
}

type Against = Partial<{ bases: Uint8Array[]; anchors: TrustedAnchor[]; now: Date }>;
async function check(file: Uint8Array, { bases = [base], anchors, now = at }: Against = {}) {
  return checkOutside(file, { bases, anchors: anchors ?? [await anchorOf(root)], since, at: now });
}

describe("a signature that was made outside", { timeout: 60_000 }, () => {
  test.each<KeyKind>(["P-256", "RSA 2048"])("with a key %s is found good, and pdfsig says the same", async (kind) => {
    const authority = await nationalAuthority(at, { kind });
    const person = await nationalSigner(authority, at, { kind });
    const file = await signOutside(base, person, at);
    const found = await check(file, { anchors: [await anchorOf(root), await anchorOf(authority)] });
    expect(found).toEqual({
      base: 0,
      signer: {
        subject: "C=EG, CN=هشام فؤاد",
        fingerprint: await fingerprintOf(person.certificate),
        notAfter: expect.any(Date),
      },
      anchor: (await anchorOf(authority)).fingerprint,
      claimedAt: at,
    });
    const said = overPdf(file, "pdfsig", "-nocert", "%");
    expect(said).toContain("Signature is Valid.");
    expect(said).toContain("Total document signed");
  });

  test("by an authority below the anchor, whose certificate comes with it; and under that one as the anchor", async () => {
    const below = await nationalAuthority(at, { name: "Issuing", above: root });
    const person = await nationalSigner(below, at, { chain: [below] });
    const file = await signOutside(base, person, at);
    expect(await check(file)).toMatchObject({ anchor: (await anchorOf(root)).fingerprint });
    expect(await check(file, { anchors: [await anchorOf(below)] })).toMatchObject({ base: 0 });
  });

  test.each(["adbe.pkcs7.detached", "ETSI.CAdES.detached"] as const)("in the form %s", async (subFilter) => {
    expect(await check(await signOutside(base, signer, at, { subFilter }))).toMatchObject({ base: 0 });
  });

  test("over a file that somebody else has signed already, and says which of the revisions it continues", async () => {
    const second = await signOutside(signed, signer, at);
    expect(await check(second, { bases: [base, signed] })).toMatchObject({ base: 1 });
    const late = await signOutside(base, signer, at);
    expect(await check(late, { bases: [base, signed] })).toMatchObject({ base: 0 });
  });

  test("with SHA-384 and SHA-512", async () => {
    for (const digestAlgorithm of ["SHA-384", "SHA-512"] as const) {
      expect(await check(await signOutside(base, signer, at, { digestAlgorithm }))).toMatchObject({ base: 0 });
    }
  });

  test("by a clock that is four minutes off is good, six minutes is not", async () => {
    expect(await check(await signOutside(base, signer, minutes(4)))).toMatchObject({ claimedAt: minutes(4) });
    expect(await check(await signOutside(base, signer, minutes(6)))).toBe("outside-time");
    expect(await check(await signOutside(base, signer, minutes(-26)))).toBe("outside-time");
  });
});

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString("latin1");
const bytesOf = (words: string) => Uint8Array.from(Buffer.from(words, "latin1"));
/** One byte other, at a place after the base. */
function changedAt(place: number): Uint8Array {
  const copy = Uint8Array.from(signed);
  copy[place] = (copy[place] ?? 0) ^ 1;
  return copy;
}
const placeOf = (what: string, from = base.length) => text(signed).indexOf(what, from);
const rootOf = (open: PDF) => open.context.catalog.getDict();
const script = (code: string) => PdfDict.of({ S: PdfName.of("JavaScript"), JS: PdfString.fromString(code) });

describe("an upload that is not taken:", { timeout: 60_000 }, () => {
  const attacks: [string, OutsideFault, () => Uint8Array | Promise<Uint8Array>][] = [
    ["nothing", "required", () => new Uint8Array()],
    ["no PDF", "outside-not-a-pdf", () => bytesOf("PK\u0003\u0004 a letter")],
    ["the file as it was handed out", "outside-unsigned", () => base],
    ["a file of eight megabytes", "outside-too-large", () => new Uint8Array(8 * 1024 * 1024)],
    [
      "half a megabyte more than a signature needs",
      "outside-too-large",
      () => Buffer.concat([signed, new Uint8Array(512 * 1024)]),
    ],
    [
      "an encrypted copy",
      "outside-encrypted",
      async () => {
        const open = await PDF.load(Uint8Array.from(base));
        open.setProtection({ userPassword: "a", ownerPassword: "b" });
        return open.save();
      },
    ],
    [
      "the signed file of another agreement",
      "outside-other-text",
      async () => signOutside(await renderArrangement({ ...saigaArrangement(), version: 2 }), signer, at),
    ],
    [
      "a file that a program wrote anew",
      "outside-other-text",
      async () => {
        const open = await PDF.load(Uint8Array.from(signed));
        open.setTitle("Another");
        return open.save({ incremental: false });
      },
    ],
    ["bytes after the end", "outside-appended", () => Buffer.concat([signed, bytesOf("\n% later\n%%EOF\n")])],
    ["one byte after the end", "outside-appended", () => Buffer.concat([signed, bytesOf("\n")])],
    [
      "a page laid over another after the signature",
      "outside-appended",
      async () => {
        const open = await PDF.load(Uint8Array.from(signed));
        open.getPage(0)?.drawRectangle({ x: 0, y: 0, width: 600, height: 900 });
        return open.save({ incremental: true });
      },
    ],
    [
      "a page laid over another under the signature",
      "outside-changed",
      () =>
        signOutside(base, signer, at, {
          change: (open) => open.getPage(0)?.drawRectangle({ x: 0, y: 0, width: 600, height: 900 }),
        }),
    ],
    ["a page more", "outside-changed", () => signOutside(base, signer, at, { change: (open) => open.addPage() })],
    ["a page less", "outside-changed", () => signOutside(base, signer, at, { change: (open) => open.removePage(1) })],
    [
      "a note on a page",
      "outside-changed",
      () =>
        signOutside(base, signer, at, {
          change: (open) =>
            open.getPage(0)?.addTextAnnotation({ rect: { x: 0, y: 0, width: 20, height: 20 }, contents: "not agreed" }),
        }),
    ],
    [
      "another field in the form",
      "outside-changed",
      () => signOutside(base, signer, at, { change: (open) => open.getOrCreateForm().createTextField("amount") }),
    ],
    [
      "another title",
      "outside-changed",
      () => signOutside(base, signer, at, { change: (open) => open.setTitle("Something else") }),
    ],
    [
      "a script that runs when the file is opened",
      "outside-script",
      () =>
        signOutside(base, signer, at, {
          change: (open) => rootOf(open).set("OpenAction", open.context.register(script("app.alert(1)"))),
        }),
    ],
    [
      "a script on a page",
      "outside-changed",
      () =>
        signOutside(base, signer, at, {
          change: (open) => open.getPage(0)?.dict.set("AA", PdfDict.of({ O: script("app.alert(1)") })),
        }),
    ],
    [
      "another language of the whole file",
      "outside-changed",
      () => signOutside(base, signer, at, { change: (open) => rootOf(open).set("Lang", PdfString.fromString("fr")) }),
    ],
    [
      "a file hidden in it",
      "outside-changed",
      () => signOutside(base, signer, at, { change: (open) => open.addAttachment("a.txt", bytesOf("a")) }),
    ],
    ["a signature that shows a stamp over the text", "outside-visible", async () => withVisibleBox()],
    [
      "two signatures at once",
      "outside-appended",
      async () => signOutside(await signOutside(base, signer, at), signer, at),
    ],
    ["one bit of what came with the signature", "outside-altered", () => changedAt(placeOf("/M (D:") + 10)],
    ["a digit of the signature", "outside-altered", () => changedDigit(401)],
    ["something in the room after the signature", "outside-range", () => changedDigit(-3)],
    [
      "a range that leaves out more",
      "outside-range",
      () => {
        const [whole = "", gap = ""] = /\/ByteRange\s*\[\s*0\s+(\d+)/.exec(text(signed).slice(base.length)) ?? [];
        const shorter = whole.replace(gap, String(Number(gap) - 1).padStart(gap.length, "0"));
        return bytesOf(text(signed).replace(whole, shorter));
      },
    ],
    ["a file that breaks off", "outside-damaged", () => signed.subarray(0, signed.length - 100)],
    [
      "a second list of ranges",
      "outside-range",
      () => bytesOf(text(signed).replace("/Filter /Adobe.PPKLite", "/ByteRange [0 1 2 3]  ")),
    ],
  ];
  test.each(attacks)("%s → %s", async (_name, fault, make) => {
    expect(await check(await make())).toBe(fault);
  });

  /** The digit of the signature so far from its begin, or before its end. */
  function changedDigit(offset: number): Uint8Array {
    const open = placeOf("<", placeOf("/Contents"));
    const place = offset > 0 ? open + offset : placeOf(">", open) + offset;
    const copy = Uint8Array.from(signed);
    copy[place] = copy[place] === 0x30 ? 0x31 : 0x30;
    return copy;
  }

  /** The library signs with an invisible field only: this one is given its box just before the file is written. */
  function withVisibleBox(): Promise<Uint8Array> {
    return signOutside(base, signer, at, {
      change: (open) => {
        const save = open.save.bind(open);
        open.save = (options) => {
          open.save = save;
          for (const field of open.getForm()?.getFields() ?? []) {
            const box = [10, 10, 500, 700].map((one) => PdfNumber.of(one));
            field.getDict().set("Rect", new PdfArray(box));
          }
          return save(options);
        };
      },
    });
  }
});

describe("a certificate that is not trusted:", { timeout: 60_000 }, () => {
  const people: [string, OutsideFault, () => Promise<NationalSigner>][] = [
    ["of another authority", "outside-issuer", async () => nationalSigner(await nationalAuthority(at), at)],
    [
      "of an authority with the same name",
      "outside-issuer",
      async () => nationalSigner(await nationalAuthority(at, { name: "National Root" }), at),
    ],
    ["run out", "outside-run-out", () => nationalSigner(root, at, { to: minutes(-1) })],
    ["not valid yet", "outside-run-out", () => nationalSigner(root, at, { from: minutes(1) })],
    ["with a key of 1024 bits", "outside-weak", () => nationalSigner(root, at, { kind: "RSA 1024" })],
    ["for servers", "outside-purpose", () => nationalSigner(root, at, { purposes: ["1.3.6.1.5.5.7.3.1"] })],
    [
      "for encryption",
      "outside-purpose",
      () => nationalSigner(root, at, { usage: x509.KeyUsageFlags.keyEncipherment }),
    ],
    [
      "with a critical rule that nobody here knows",
      "outside-issuer",
      () =>
        nationalSigner(root, at, {
          extensions: [new x509.Extension("1.2.3.4.5", true, new Uint8Array([5, 0]).buffer)],
        }),
    ],
    [
      "issued by somebody who is no authority",
      "outside-issuer",
      async () => {
        const person = await nationalSigner(root, at);
        const certificate = new x509.X509Certificate(person.certificate as Uint8Array<ArrayBuffer>);
        const publicKey = await certificate.publicKey.export();
        const keys = { privateKey: person.key, publicKey };
        return nationalSigner({ certificate, keys, kind: "P-256" }, at);
      },
    ],
    [
      "of an authority below one that allows none",
      "outside-issuer",
      async () => {
        const narrow = await nationalAuthority(at, { name: "Narrow", above: root, pathLength: 0 });
        const below = await nationalAuthority(at, { name: "Below", above: narrow });
        return nationalSigner(below, at, { chain: [below, narrow] });
      },
    ],
    [
      "of an authority below that has run out",
      "outside-issuer",
      async () => {
        const below = await nationalAuthority(at, { name: "Old", above: root, to: minutes(-1) });
        return nationalSigner(below, at, { chain: [below] });
      },
    ],
  ];
  test.each(people)("%s → %s", async (_name, fault, person) => {
    expect(await check(await signOutside(base, await person(), at))).toBe(fault);
  });

  test("under an anchor that was revoked, or has run out, or is of nobody", async () => {
    expect(await check(signed, { anchors: [await anchorOf(root, true)] })).toBe("outside-anchor-revoked");
    expect(await check(signed, { anchors: [] })).toBe("outside-issuer");
    const short = await nationalAuthority(at, { to: minutes(1) });
    const file = await signOutside(base, await nationalSigner(short, at), at);
    expect(await check(file, { anchors: [await anchorOf(short)] })).toMatchObject({ base: 0 });
    expect(await check(file, { anchors: [await anchorOf(short)], now: minutes(2) })).toBe("outside-issuer");
  });
});

/*
 * What a CMS carries beside the signature (certificates further up, names of algorithms) is under no signature. There an
 * altered bit may pass unseen, and then what was found must be the very same.
 */
test("no upload that differs from the signed file by a bit, an end or more bytes is ever taken", async () => {
  const mutations = fc.oneof(
    fc.record({ kind: fc.constant("flip" as const), at: fc.nat(signed.length - 1), bit: fc.nat(7) }),
    fc.record({
      kind: fc.constant("flip" as const),
      at: fc.integer({ min: base.length, max: signed.length - 1 }),
      bit: fc.nat(7),
    }),
    fc.record({ kind: fc.constant("cut" as const), at: fc.nat(signed.length - 1) }),
    fc.record({ kind: fc.constant("append" as const), bytes: fc.uint8Array({ minLength: 1, maxLength: 200 }) }),
    fc.record({
      kind: fc.constant("insert" as const),
      at: fc.nat(signed.length - 1),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 20 }),
    }),
  );
  const anchors = [await anchorOf(root)];
  const good = await check(signed, { anchors });
  const room = { from: placeOf("<", placeOf("/Contents")), to: placeOf(">", placeOf("/Contents")) };
  await fc.assert(
    fc.asyncProperty(mutations, async (mutation) => {
      const file = mutated(mutation);
      const found = await check(file, { anchors });
      const inRoom = mutation.kind === "flip" && mutation.at > room.from && mutation.at < room.to;
      if (inRoom && typeof found !== "string") expect(found).toEqual(good);
      else expect(found).toBeTypeOf("string");
    }),
    { numRuns: 250 },
  );
}, 120_000);

type Mutation =
  | { kind: "flip"; at: number; bit: number }
  | { kind: "cut"; at: number }
  | { kind: "append"; bytes: Uint8Array }
  | { kind: "insert"; at: number; bytes: Uint8Array };

function mutated(mutation: Mutation): Uint8Array {
  if (mutation.kind === "cut") return signed.subarray(0, mutation.at);
  if (mutation.kind === "append") return Buffer.concat([signed, mutation.bytes]);
  if (mutation.kind === "insert") {
    return Buffer.concat([signed.subarray(0, mutation.at), mutation.bytes, signed.subarray(mutation.at)]);
  }
  const copy = Uint8Array.from(signed);
  copy[mutation.at] = (copy[mutation.at] ?? 0) ^ (1 << mutation.bit);
  return copy;
}
