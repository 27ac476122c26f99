import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { zipSync } from "fflate";
import type { Level } from "../accounts/levels.ts";
import type { ExportedTrail } from "../audit/export.server.ts";
import { outsideAttachment } from "./arrangement.ts";
import { english as words } from "./arrangement-words.ts";
import { isApproval } from "./verify-approved.ts";
import { verifyText } from "./verify-text.ts";

/** What is taken away together. Texts are the exact bytes that were hashed or signed; nothing is written anew. */
export type BundleInput = {
  reference: string;
  version: number;
  pdf: Uint8Array;
  /** whether the PDF bears the seal of the installation; `seal`: the certificates behind it (DER), where they were kept */
  sealedPdf: "yes" | "no" | "awaited";
  seal?: { authority: Uint8Array; stamps: Uint8Array } | null;
  /** the frozen bytes and their SHA-256 in hex */
  canonical: string;
  digest: string;
  /** annexes that the frozen bytes name, with theirs */
  annexes?: readonly { annex: string; digest: string; canonical: string }[];
  signatures: BundledSignature[];
  /** texts and signatures that ended without entering into force, oldest first */
  ended?: readonly BundledEnd[];
  /** minutes and versions of the plan that the team approved for itself; absent, only the trail tells of them */
  approved?: readonly ApprovedText[];
  /** of the key of the installation, SPKI */
  publicKeyPem: string;
  trail: ExportedTrail;
  /** names and reasons of the trail with their salts; left out, the trail can be checked all the same */
  withDetails?: boolean;
};
/** The exact bytes that were approved. `name`: `minutes/M-01-v1`, `plan/v1`, by the number of the meeting and the version. */
export type ApprovedText = { name: string; canonical: string };
/** `manifest` is the canonical JSON that was signed; `party` the State it was signed for. */
export type BundledSignature = {
  party: string;
  manifest: string;
  signature: Uint8Array;
  keyId: string;
  /** the answer of the signatory's passkey (signing/assertion.server.ts), canonical JSON */
  assertion?: string | null;
  /** the scan of the paper, when it was signed in ink */
  original?: { bytes: Uint8Array; type: string } | null;
  /** the file that was signed outside, and the authority (DER) under which it was taken */
  outside?: { bytes: Uint8Array; anchor: Uint8Array } | null;
};
/** A version that the parties went back to, or in which a signature was taken back. */
export type BundledEnd = {
  version: number;
  digest: string;
  canonical: string;
  endedAt: Date;
  slots: readonly { state: string; role: string; party: string; signatory: string; decidedAt: Date | null }[];
  signatures: BundledSignature[];
};

// fflate writes local time into the ZIP: this gives the same fields in every zone. The format begins in 1980.
const noTime = new Date(1980, 0, 1);
const utf8 = new TextEncoder();

/** The evidence bundle as ZIP, to be checked with sha256sum, openssl and python. The same input gives the same bytes. */
export function buildBundle(input: BundleInput): Uint8Array {
  const files: Record<string, Uint8Array> = {
    "arrangement.pdf": input.pdf,
    "arrangement.json": utf8.encode(input.canonical),
    ...Object.fromEntries(
      (input.annexes ?? []).map(({ annex, canonical }) => [`annexes/${annex}.json`, utf8.encode(canonical)]),
    ),
    "keys/installation.pem": utf8.encode(input.publicKeyPem),
    ...(input.seal && {
      "keys/seal.pem": utf8.encode(pemOf(input.seal.authority)),
      "keys/timestamps.pem": utf8.encode(pemOf(input.seal.stamps)),
    }),
    ...signatureFiles(input.signatures),
    ...endedFiles(input.ended ?? []),
    ...Object.fromEntries(
      (input.approved ?? []).map(({ name, canonical }) => [`${name}.json`, utf8.encode(canonical)]),
    ),
    ...trailFiles(input),
  };
  const names = Object.keys(files);
  const signed = names.filter((name) => name.startsWith("signatures/") && name.endsWith(".manifest.json"));
  files["VERIFY.txt"] = utf8.encode(
    verifyText({
      reference: input.reference,
      version: input.version,
      digest: input.digest,
      annexes: input.annexes ?? [],
      keyId: keyIdOf(input.publicKeyPem),
      signed: signed.map((name) => name.replace(".manifest.json", "")),
      ways: input.signatures.map(({ manifest }) => wayOf(manifest)),
      attached: names.filter((name) => isAttached(name, input.pdf)),
      passkeys: names.flatMap((name) => (name.endsWith(".passkey.json") ? [name.replace(".passkey.json", "")] : [])),
      outside: names.filter((name) => name.startsWith("counterparts/") && name.endsWith(".pdf")),
      originals: names.filter((name) => name.includes("originals/")),
      ended: (input.ended ?? []).map((run) => ({
        folder: folderOf(run),
        digest: run.digest,
        signed: names.flatMap((name) =>
          name.startsWith(`${folderOf(run)}/`) && name.endsWith(".manifest.json")
            ? [name.replace(".manifest.json", "")]
            : [],
        ),
      })),
      approved: (input.approved ?? []).map(({ name }) => `${name}.json`),
      approvals: input.trail.lines.filter(isApproval).length,
      sealed: input.trail.checkpoint !== null,
      sealedPdf: input.sealedPdf !== "yes" ? input.sealedPdf : input.seal ? "with-authorities" : "sealed",
      entries: input.trail.lines.length,
      withDetails: input.withDetails === true,
    }),
  );
  files["manifest/SHA256SUMS"] = utf8.encode(sums(files));
  return zipSync(files, { mtime: noTime, level: 6 });
}

/** How the signature was given and what was proved, in words; version 1 of a statement did not say the level. */
function wayOf(manifest: string): string {
  const {
    type,
    level = "password",
    confirmedBy,
  } = JSON.parse(manifest) as {
    type: string;
    level?: Level;
    confirmedBy?: { level?: Level };
  };
  if (type.startsWith("jit-outside/")) return "made outside, with a national certificate";
  if (type.startsWith("jit-paper/")) {
    const proof = confirmedBy?.level ? `, ${words.levels[confirmedBy.level]}` : "";
    return `in ink; the scan was confirmed by an officer of another party${proof}`;
  }
  return `in the workspace, ${words.levels[level]}`;
}

/** Names of attachments stand in a PDF as they are. */
function isAttached(name: string, pdf: Uint8Array): boolean {
  const number = /^counterparts\/(.+)\.pdf$/.exec(name)?.[1];
  return number !== undefined && Buffer.from(pdf).includes(outsideAttachment(number));
}

const folderOf = ({ version }: BundledEnd) => `ended/v${version}`;

/** Each under its version: the frozen bytes, how every slot ended, and what was signed. */
function endedFiles(runs: readonly BundledEnd[]): Record<string, Uint8Array> {
  const files: Record<string, Uint8Array> = {};
  for (const run of runs) {
    const folder = folderOf(run);
    const { version, digest, endedAt } = run;
    const slots = run.slots.map((slot) => ({ ...slot, decidedAt: slot.decidedAt?.toISOString() ?? null }));
    files[`${folder}/arrangement.json`] = utf8.encode(run.canonical);
    files[`${folder}/ended.json`] = utf8.encode(
      canonicalize({ version, digest, endedAt: endedAt.toISOString(), slots }),
    );
    Object.assign(files, signatureFiles(run.signatures, `${folder}/`));
  }
  return files;
}

const endings: Record<string, string> = { "application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png" };

function signatureFiles(signatures: readonly BundledSignature[], folder = ""): Record<string, Uint8Array> {
  const count: Record<string, number> = {};
  const files: Record<string, Uint8Array> = {};
  for (const { party, manifest, signature, keyId, assertion, original, outside } of signatures) {
    const state = /^[A-Z]{2}$/.test(party) ? party : "other";
    count[state] = (count[state] ?? 0) + 1;
    const name = `${folder}signatures/${state}-${count[state]}`;
    const record = { keyId, manifest, signature: Buffer.from(signature).toString("base64") };
    files[`${name}.json`] = utf8.encode(canonicalize(record));
    files[`${name}.manifest.json`] = utf8.encode(manifest);
    files[`${name}.sig`] = signature;
    if (original)
      files[`${folder}originals/${state}-${count[state]}.${endings[original.type] ?? "bin"}`] = original.bytes;
    if (outside) {
      const file = `${folder}counterparts/${state}-${count[state]}`;
      files[`${file}.pdf`] = outside.bytes;
      files[`${file}.anchor.pem`] = utf8.encode(pemOf(outside.anchor));
    }
    if (assertion) Object.assign(files, passkeyFiles(name, assertion));
  }
  return files;
}

function pemOf(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString("base64")
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`;
}

/** What the passkey signed, apart, so that openssl can check it. */
function passkeyFiles(name: string, assertion: string): Record<string, Uint8Array> {
  const { publicKey, authenticatorData, clientDataJSON, signature } = JSON.parse(assertion) as Record<string, string>;
  const bytes = (text = "") => Uint8Array.from(Buffer.from(text, "base64url"));
  return {
    [`${name}.passkey.json`]: utf8.encode(assertion),
    [`${name}.passkey.pem`]: utf8.encode(publicKey),
    [`${name}.passkey.device`]: bytes(authenticatorData),
    [`${name}.passkey.client`]: bytes(clientDataJSON),
    [`${name}.passkey.sig`]: bytes(signature),
  };
}

function trailFiles({ trail, withDetails, publicKeyPem }: BundleInput): Record<string, Uint8Array> {
  const files: Record<string, Uint8Array> = { "trail/entries.jsonl": lines(trail.lines) };
  if (withDetails) files["trail/details.jsonl"] = lines(trail.details.map((detail) => canonicalize(detail) ?? ""));
  if (!trail.checkpoint) return files;
  const { note, size, root, at } = trail.checkpoint;
  const { text, signature } = takeApart(note);
  const record = { at, keyId: keyIdOf(publicKeyPem), root, signature: Buffer.from(signature).toString("base64"), size };
  files["trail/checkpoint.json"] = utf8.encode(canonicalize(record));
  files["trail/checkpoint.note"] = utf8.encode(note);
  files["trail/checkpoint.text"] = utf8.encode(text);
  files["trail/checkpoint.sig"] = signature;
  return files;
}

const lines = (texts: string[]) => utf8.encode(texts.map((text) => `${text}\n`).join(""));

/** A signed note is its text, an empty line, and "— name base64(four bytes that name the key ‖ signature)". */
function takeApart(note: string): { text: string; signature: Uint8Array } {
  const end = note.indexOf("\n\n");
  const blob = Buffer.from(note.slice(end).trim().split(" ").at(-1) ?? "", "base64");
  return { text: note.slice(0, end + 1), signature: Uint8Array.from(blob.subarray(4)) };
}

function keyIdOf(publicKeyPem: string): string {
  const der = Buffer.from(publicKeyPem.replace(/-----[^-]+-----/g, ""), "base64");
  return createHash("sha256").update(der).digest("hex");
}

/** As sha256sum writes and reads it, from the folder above. */
function sums(files: Record<string, Uint8Array>): string {
  return Object.keys(files)
    .sort()
    .map(
      (name) =>
        `${createHash("sha256")
          .update(files[name] ?? "")
          .digest("hex")}  ${name}\n`,
    )
    .join("");
}
