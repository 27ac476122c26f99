import { execFileSync, spawnSync } from "node:child_process";
import { createHash, createPublicKey, generateKeyPairSync, sign } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import canonicalize from "canonicalize";
import { unzipSync } from "fflate";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { stopPdf } from "#app/platform/pdf.server.ts";
import { saigaArrangement } from "#tests/support/saiga-arrangement.ts";
import { commitmentOf } from "../audit/entries.server.ts";
import { signedNote } from "../audit/note.ts";
import { leafHash, rootOf, webHash } from "../audit/tree.ts";
import { statementChallenge } from "../signing/statement.ts";
import { renderArrangement } from "./arrangement-pdf.server.ts";
import { type BundleInput, buildBundle } from "./bundle.server.ts";

const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const publicKeyPem = publicKey.export({ type: "spki", format: "pem" }).toString();
const utf8 = new TextEncoder();
let input: BundleInput;
let folder: string;

beforeAll(async () => {
  const arrangement = saigaArrangement();
  const { canonical, digest } = arrangement;
  input = {
    reference: "JIT-2026-001",
    version: 1,
    pdf: await renderArrangement(arrangement),
    sealedPdf: "no",
    canonical,
    digest,
    signatures: ["KZ", "EG", "KZ"].map((party) => attested(party, digest)),
    publicKeyPem,
    trail: await sealedTrail(11),
  };
}, 60_000);
afterAll(stopPdf);

function attested(party: string, digest: string) {
  const manifest = canonicalize({ type: "jit-signature/1", party, digest, signer: { name: "هشام فؤاد" } }) ?? "";
  return { party, manifest, signature: sign(null, utf8.encode(manifest), privateKey), keyId: "k" };
}

/** With the answer of a passkey over the same manifest, as a device gives it. */
async function confirmed(party: string, digest: string) {
  const attestedOne = attested(party, digest);
  const key = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const challenge = Buffer.from(await statementChallenge(attestedOne.manifest)).toString("base64url");
  const client = Buffer.from(JSON.stringify({ type: "webauthn.get", challenge, origin: "https://jit.example" }));
  const device = Buffer.concat([createHash("sha256").update("jit.example").digest(), Buffer.from([5, 0, 0, 0, 9])]);
  const signedBytes = Buffer.concat([device, createHash("sha256").update(client).digest()]);
  const assertion = canonicalize({
    publicKey: key.publicKey.export({ type: "spki", format: "pem" }).toString(),
    authenticatorData: device.toString("base64url"),
    clientDataJSON: client.toString("base64url"),
    signature: sign("sha256", signedBytes, key.privateKey).toString("base64url"),
  });
  return { ...attestedOne, assertion };
}

async function sealedTrail(size: number, more: object[] = []): Promise<BundleInput["trail"]> {
  const detail = { seq: 2, salt: "00ff", details: '{"name": "Ольга"}' };
  const commitment = commitmentOf({ salt: Buffer.from(detail.salt, "hex"), text: detail.details });
  const lines = Array.from({ length: size }, (_, n) =>
    JSON.stringify({
      v: 1,
      seq: n + 1,
      action: "document.edit",
      é: "字",
      ...(n === 1 ? { commitment } : {}),
      ...more[n],
    }),
  );
  const root = await rootOf(webHash, await Promise.all(lines.map((line) => leafHash(webHash, utf8.encode(line)))));
  const at = "2026-12-16T10:00:00.000Z";
  const raw = new Uint8Array(Buffer.from(createPublicKey(publicKeyPem).export({ format: "jwk" }).x ?? "", "base64url"));
  const head = { origin: "localhost:3000/jit/0199", size, root, at };
  const note = await signedNote(webHash, head, raw, (bytes) => sign(null, bytes, privateKey));
  return { lines, details: [detail], checkpoint: { size, root: Buffer.from(root).toString("hex"), at, note } };
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "jit-bundle-"));
  unpack(input);
});
afterEach(() => rmSync(folder, { recursive: true }));

function unpack(given: BundleInput): void {
  for (const [name, bytes] of Object.entries(unzipSync(buildBundle(given)))) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), bytes);
  }
}

/** The commands of VERIFY.txt as they stand there: a line each, the recipe in Python as one. */
function commands(): string[] {
  const lines = readFileSync(join(folder, "VERIFY.txt"), "utf8").split("\n");
  const code = lines.map((line) => (line.startsWith("    ") ? line.slice(4) : "")).join("\n");
  return code.match(/^python3 -c '[^']*'|^\S.*$/gm) ?? [];
}

/** Runs commands as someone would who pastes them; those that fail. */
function failing(which: RegExp = /./): string[] {
  return commands().filter((command) => {
    if (!which.test(command)) return false;
    const done = spawnSync("bash", ["-c", `set -o pipefail\n${command}`], { cwd: folder, encoding: "utf8" });
    return done.status !== 0;
  });
}

const change = (name: string, edit: (text: Buffer) => Buffer) =>
  writeFileSync(join(folder, name), edit(readFileSync(join(folder, name))));

const flip = (at: number) => (bytes: Buffer) => {
  const index = at < 0 ? bytes.length + at : at;
  bytes[index] = (bytes[index] ?? 0) ^ 1;
  return bytes;
};

/** What someone who means to deceive would do last. */
function writeSums(): void {
  const names = readFileSync(join(folder, "manifest/SHA256SUMS"), "utf8")
    .trim()
    .split("\n")
    .map((line) => line.slice(66));
  writeFileSync(join(folder, "manifest/SHA256SUMS"), execFileSync("sha256sum", names, { cwd: folder }));
}

describe("a bundle", { timeout: 240_000 }, () => {
  test("is the same to the byte each time, and holds exactly the bytes that were hashed and signed", () => {
    expect(Buffer.from(buildBundle(input)).equals(Buffer.from(buildBundle(input)))).toBe(true);
    const files = unzipSync(buildBundle(input));
    expect(
      createHash("sha256")
        .update(files["arrangement.json"] ?? "")
        .digest("hex"),
    ).toBe(input.digest);
    expect(new TextDecoder().decode(files["signatures/KZ-2.manifest.json"])).toBe(input.signatures[2]?.manifest);
    expect(new TextDecoder().decode(files["trail/entries.jsonl"]).split("\n").slice(0, -1)).toEqual(input.trail.lines);
    expect(Object.keys(files)).not.toContain("trail/details.jsonl");
    expect(Object.keys(unzipSync(buildBundle({ ...input, withDetails: true })))).toContain("trail/details.jsonl");
  });

  test("passes every command of its VERIFY.txt", () => {
    expect(commands().length).toBeGreaterThanOrEqual(11);
    expect(failing()).toEqual([]);
  });

  test("ties each annex to the text that names it", () => {
    const words = canonicalize({ template: "jit-annex A4 R-2026.1", fields: {}, languages: {} }) ?? "";
    const annex = { annex: "A4", digest: createHash("sha256").update(words).digest("hex"), canonical: words };
    const named = { annex: "A4", digest: annex.digest, version: 1 };
    const canonical = canonicalize({ ...JSON.parse(input.canonical), annexes: [named] }) ?? "";
    const digest = createHash("sha256").update(canonical).digest("hex");
    unpack({ ...input, canonical, digest, annexes: [annex], signatures: [attested("KZ", digest)] });
    const others = /SHA256SUMS|pdfdetach|EG|KZ-2/;
    expect(failing(/annexes\/|arrangement\.json/).filter((command) => !others.test(command))).toEqual([]);
    change("annexes/A4.json", (bytes) => Buffer.from(bytes.toString().replace("A4", "A5")));
    expect(failing(/annexes\//)).toHaveLength(1);
  });

  test("lets anyone check what a passkey answered, and finds each part of it that was altered", async () => {
    unpack({ ...input, signatures: [await confirmed("KZ", input.digest), await confirmed("EG", input.digest)] });
    const parts = ["device", "client", "sig", "pem"].map((end) => `signatures/KZ-1.passkey.${end}`);
    expect(failing(/passkey|KZ|EG/)).toEqual([]);
    for (const name of [...parts, "signatures/KZ-1.manifest.json"]) {
      const before = readFileSync(join(folder, name));
      change(name, name.endsWith(".pem") ? () => Buffer.from(otherPasskey()) : flip(12));
      expect(failing(/passkey/).length, name).toBeGreaterThan(0);
      writeFileSync(join(folder, name), before);
    }
    // Present but not verified by the device: no proof of who it was.
    change("signatures/EG-1.passkey.device", (bytes) => Buffer.from(bytes.map((byte, at) => (at === 32 ? 1 : byte))));
    expect(failing(/python3.*/s).length).toBeGreaterThan(0);
  });

  test("holds the scans of papers and what ended, lets anyone check both, and finds what was altered", () => {
    const scan = Buffer.from("%PDF-1.4 the paper");
    const sha256 = createHash("sha256").update(scan).digest("hex");
    const onPaper = (digest: string) => {
      const manifest = canonicalize({ type: "jit-paper/1", party: "CN", digest, original: { pages: 1, sha256 } }) ?? "";
      const original = { bytes: scan, type: "application/pdf" };
      return { party: "CN", manifest, signature: sign(null, utf8.encode(manifest), privateKey), keyId: "k", original };
    };
    const canonical = canonicalize({ template: "t", fields: { duration: "P6M" }, languages: {} }) ?? "";
    const digest = createHash("sha256").update(canonical).digest("hex");
    const slots = [{ state: "declined", role: "signatory", party: "EG", signatory: "Hisham Fouad", decidedAt: null }];
    const run = { version: 1, digest, canonical, endedAt: new Date(0), slots };
    const ended = [{ ...run, signatures: [attested("KZ", digest), onPaper(digest)] }];
    unpack({ ...input, version: 2, signatures: [onPaper(input.digest)], ended });
    const others = /KZ-2|signatures\/(KZ|EG)/;
    expect(failing(/originals|ended|CN-1/).filter((command) => !others.test(command))).toEqual([]);
    expect(readFileSync(join(folder, "originals/CN-1.pdf")).equals(scan)).toBe(true);
    expect(JSON.parse(readFileSync(join(folder, "ended/v1/ended.json"), "utf8"))).toMatchObject({ digest, slots });
    for (const [name, command] of [
      ["originals/CN-1.pdf", /originals\/CN-1/],
      ["ended/v1/originals/CN-1.pdf", /ended/],
      ["ended/v1/arrangement.json", /ended/],
      ["ended/v1/signatures/KZ-1.manifest.json", /ended/],
      ["ended/v1/signatures/KZ-1.sig", /ended/],
    ] as const) {
      const before = readFileSync(join(folder, name));
      change(name, flip(9));
      expect(failing(command).length, name).toBeGreaterThan(0);
      writeFileSync(join(folder, name), before);
    }
  });

  test("ties minutes and plans to the entries that approved them, and finds each that was altered or put in", async () => {
    const texts = ["minutes/M-01-v1", "minutes/M-01-v2", "plan/v1"].map((name) => {
      const canonical = canonicalize({ template: name, fields: { words: "Ольга" } }) ?? "";
      return { name, canonical, digest: createHash("sha256").update(canonical).digest("hex") };
    });
    const [first, second, plan] = texts.map(({ digest }) => digest);
    const at = "2026-12-16T10:00:00.000Z";
    const trail = await sealedTrail(3, [
      { at, action: "minutes.approve", facts: { number: 1, version: 1, digest: first } },
      { at, action: "minutes.approve", facts: { number: 1, version: 2, digest: second } },
      { at, action: "plan.versioned", facts: { version: 1, round: 1, digest: plan } },
    ]);
    unpack({ ...input, trail, approved: texts });
    expect(failing(/minutes/)).toEqual([]);
    const [check = ""] = commands().filter(
      (command) => command.startsWith("python3") && command.includes("minutes/M-"),
    );
    const run = () => spawnSync("bash", ["-c", check], { cwd: folder, encoding: "utf8" });
    for (const [name, altered] of [
      ["minutes/M-01-v1", flip(-5)],
      ["plan/v1", flip(-5)],
      // One version in the place of another is not what that entry approved.
      ["minutes/M-01-v2", () => Buffer.from(texts[0]!.canonical)],
    ] as const) {
      const before = readFileSync(join(folder, `${name}.json`));
      change(`${name}.json`, altered);
      expect(run().stderr, name).toContain(`NOT as approved: ${name}.json`);
      writeFileSync(join(folder, `${name}.json`), before);
    }
    rmSync(join(folder, "plan/v1.json"));
    expect(failing(/^test -s plan/)).toHaveLength(1);
    writeFileSync(join(folder, "minutes/M-02-v1.json"), texts[0]!.canonical);
    expect(run().stderr).toContain("NOT as approved: minutes/M-02-v1.json");
  });

  test("says what minutes and plans must give when it is taken without them, and checks one that is shown", async () => {
    const canonical = canonicalize({ template: "minutes" }) ?? "";
    const digest = createHash("sha256").update(canonical).digest("hex");
    const entry = { at: "2026-12-16", action: "minutes.approve", facts: { number: 1, version: 2, digest } };
    unpack({ ...input, trail: await sealedTrail(1, [entry]) });
    const [check = ""] = commands().filter(
      (command) => command.startsWith("python3") && command.includes("minutes/M-"),
    );
    const run = () => spawnSync("bash", ["-c", check], { cwd: folder, encoding: "utf8" });
    expect(run().stdout).toContain(`minutes/M-01-v2.json is not here; entry 1, 2026-12-16 names ${digest}`);
    mkdirSync(join(folder, "minutes"));
    writeFileSync(join(folder, "minutes/M-01-v2.json"), canonical);
    expect(run().stdout).toContain("minutes/M-01-v2.json is what entry 1 approved");
    change("minutes/M-01-v2.json", flip(-5));
    expect(run().status).not.toBe(0);
  });

  test("ties names and reasons to their entries, when they are taken along", () => {
    unpack({ ...input, withDetails: true });
    expect(failing(/details\.jsonl|SHA256SUMS/)).toEqual([]);
    change("trail/details.jsonl", (bytes) => Buffer.from(bytes.toString().replace("Ольга", "Олег")));
    expect(failing(/details\.jsonl/)).toHaveLength(1);
  });

  test("names every file in its sums, so that any flipped byte of any file is found", () => {
    const listed = readFileSync(join(folder, "manifest/SHA256SUMS"), "utf8");
    for (const name of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
      if (name === "manifest/SHA256SUMS" || statSync(join(folder, name)).isDirectory()) continue;
      expect(listed).toContain(`  ${name}\n`);
      change(name, flip(-3));
      const [sums = ""] = commands().filter((command) => command.includes("SHA256SUMS"));
      expect(spawnSync("bash", ["-c", sums], { cwd: folder }).status, name).not.toBe(0);
      change(name, flip(-3));
    }
  });

  const edits: [string, string, (bytes: Buffer) => Buffer, RegExp][] = [
    ["the text", "arrangement.json", (bytes) => Buffer.from(bytes.toString().replace("P12M", "P18M")), /digest/],
    [
      "what was signed",
      "signatures/KZ-1.manifest.json",
      (bytes) => Buffer.from(bytes.toString().replace("KZ", "KG")),
      /KZ-1\.sig/,
    ],
    ["a signature", "signatures/EG-1.sig", flip(20), /EG-1\.sig/],
    ["the key", "keys/installation.pem", () => Buffer.from(otherKey()), /openssl/],
    ["an entry", "trail/entries.jsonl", (bytes) => Buffer.from(bytes.toString().replace("edit", "open")), /python3/],
    [
      "a missing entry",
      "trail/entries.jsonl",
      (bytes) => Buffer.from(bytes.toString().replace(/^.*\n/, "")),
      /python3/,
    ],
    ["a cut end", "trail/entries.jsonl", (bytes) => Buffer.from(bytes.toString().replace(/.*\n$/, "")), /python3/],
    [
      "the seal",
      "trail/checkpoint.text",
      (bytes) => Buffer.from(bytes.toString().replace("11\n", "10\n")),
      /checkpoint\.sig/,
    ],
  ];
  test.each(edits)("tells when someone altered %s and wrote new sums", (_what, name, edit, command) => {
    change(name, edit);
    writeSums();
    expect(failing(/SHA256SUMS/)).toEqual([]);
    expect(failing(command).length).toBeGreaterThan(0);
  });

  test("says what is not there: no signature yet, a trail that was not sealed", () => {
    const files = unzipSync(buildBundle({ ...input, signatures: [], trail: { ...input.trail, checkpoint: null } }));
    const text = new TextDecoder().decode(files["VERIFY.txt"]);
    expect(text).toContain("Nobody has signed yet");
    expect(text).toContain("cannot be checked");
    expect(text).not.toContain("checkpoint.sig");
  });
});

function otherPasskey(): string {
  const { publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return publicKey.export({ type: "spki", format: "pem" }).toString();
}

function otherKey(): string {
  return generateKeyPairSync("ed25519").publicKey.export({ type: "spki", format: "pem" }).toString();
}
