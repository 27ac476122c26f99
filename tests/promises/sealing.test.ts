import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { afterAll, beforeAll, expect, test } from "vitest";
import { finaliseDocument } from "#app/domain/documents/freezing.server.ts";
import { rotateKey } from "#app/domain/signing/installation-keys.server.ts";
import { openSigning } from "#app/domain/signing/opening.server.ts";
import { downloadRecord } from "#app/domain/signing/record.server.ts";
import { finalPdf } from "#app/domain/signing/sealing.server.ts";
import { passwordAlone, signDocument } from "#app/domain/signing/signing.server.ts";
import { signatoriesOnly } from "#app/domain/signing/slots.ts";
import { config } from "#app/platform/config.ts";
import { database } from "#app/platform/database.server.ts";
import { stopPdf } from "#app/platform/pdf.server.ts";
import { agreeForAll } from "#tests/support/agreeing.ts";
import { completeText } from "#tests/support/complete-text.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { negotiate } from "#tests/support/negotiation.ts";
import { cookieOf, openPages } from "#tests/support/pages.ts";
import { overPdf } from "#tests/support/pdf.ts";
import { foundTeam, memberOf } from "#tests/support/team.ts";
import { commandsHold } from "#tests/support/verify-commands.ts";

/* In force, everybody is given one file, sealed by the installation once. */
let db: FreshDatabase;
let pages: Awaited<ReturnType<typeof openPages>>;
beforeAll(async () => {
  db = await freshDatabase();
  pages = await openPages();
});
afterAll(() => {
  stopPdf();
  return db.drop();
});

const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");

/** A team whose text is open for signature; `sign` makes all signatures. */
async function inSignature() {
  const team = await foundTeam(db.owner);
  await team.bring("eg", ["lead_negotiator"]);
  const signers = [await team.bring("kz", ["signatory"]), await team.bring("eg", ["signatory"])];
  const target = await negotiate(team);
  await completeText({ ...team, ...target });
  await agreeForAll(target);
  const { digest } = await finaliseDocument(team.founder, target);
  const signatories = await Promise.all(signers.map((signer) => memberOf(db.owner, team.jit, signer)));
  await openSigning(team.founder, { ...target, slots: signatoriesOnly(signatories) });
  const sign = async () => {
    for (const signer of signers) {
      const waiting = { frozenText: { digest }, member: { personId: signer.personId } };
      const { id: slot } = await database().signatureSlot.findFirstOrThrow({ where: waiting });
      const words = { capacity: "Prosecutor", place: "Almaty", meaning: "I sign." };
      await signDocument(signer, { ...target, slot, digest, ...words }, passwordAlone());
    }
  };
  const download = async (actor = team.founder) =>
    (await finalPdf(actor, target, await downloadRecord(actor, target))).bytes;
  return { ...team, target, signers, sign, download };
}

const lastPartHolds = (files: Record<string, Uint8Array>) => commandsHold(files, "6. ", "WHAT A SIGNATURE IS");

const sealings = (jit: string) =>
  db.owner.query("SELECT 1 FROM audit.entry WHERE log = $1 AND body::jsonb ->> 'action' = 'document.seal'", [jit]);

test("before entry into force the paper bears no seal, and none is kept", async () => {
  const team = await inSignature();
  expect(overPdf(await team.download(), "pdfinfo", "%")).toContain("Pages");
  expect(await database().sealedPdf.count({ where: { jitId: team.jit } })).toBe(0);
});

test("in force everybody is given the same sealed file, made once even when all ask at once", async () => {
  const team = await inSignature();
  await team.sign();
  const files = await Promise.all([team.founder, ...team.signers, team.founder].map((actor) => team.download(actor)));
  expect(new Set(files.map(sha256)).size).toBe(1);
  expect((await sealings(team.jit)).rows).toHaveLength(1);
  const said = overPdf(files[0]!, "pdfsig", "-nocert", "%");
  expect(said).toContain("Signature is Valid.");
  expect(said).toContain(`CN=${config().INSTALLATION_NAME}: seal of the installation`);
  expect(said.toLowerCase()).not.toContain("qualified");
  const kept = await database().sealedPdf.findFirstOrThrow({ where: { jitId: team.jit } });
  expect(kept.digest).toBe(sha256(files[0]!));
  expect(sha256(files[0]!.subarray(0, kept.baseLength))).toBe(kept.baseDigest);
});

test("the page and the record give that file, and the commands of the record hold for it", async () => {
  const team = await inSignature();
  await team.sign();
  const file = await team.download();
  const cookie = await cookieOf(team.founder);
  const pdf = await pages.ask(`/jits/${team.reference}/agreement/pdf`, { cookie });
  expect(sha256(new Uint8Array(await pdf.arrayBuffer()))).toBe(sha256(file));
  const zip = await pages.ask(`/jits/${team.reference}/agreement/export`, { cookie });
  const files = unzipSync(new Uint8Array(await zip.arrayBuffer()));
  expect(sha256(files["arrangement.pdf"]!)).toBe(sha256(file));
  expect(lastPartHolds(files)).toBe(true);
  // A letter of the text inside the seal, and one that only the timestamp over everything covers.
  for (const at of [2_000, file.length - 200_000]) {
    const altered = Uint8Array.from(file);
    altered[at]! ^= 1;
    expect(lastPartHolds({ ...files, "arrangement.pdf": altered })).toBe(false);
  }
});

test("a kept file cannot be changed or taken away in the database", async () => {
  const team = await inSignature();
  await team.sign();
  await team.download();
  for (const statement of ["UPDATE sealed_pdf SET digest = ''", "DELETE FROM sealed_pdf"]) {
    await expect(db.owner.query(`${statement} WHERE jit_id = $1`, [team.jit])).rejects.toThrow("append-only");
  }
});

test.each(["authority", "timestamps"] as const)(
  "the key %s is a file that only the owner reads; rotated, the next seal is made with another and the old one holds",
  async (which) => {
    const [first, second] = [await inSignature(), await inSignature()];
    await first.sign();
    const before = await first.download();
    const path = (name: string) => join(config().DATA_DIR, "keys", name);
    expect(statSync(path(`${which}.key`)).mode & 0o777).toBe(0o600);
    const old = readFileSync(path(`${which}.key`), "utf8");
    const retired = rotateKey(which);
    expect(retired).toMatch(/^[0-9a-f]{64}$/);
    expect(readdirSync(path("retired"))).toContain(`${which}-${retired?.slice(0, 16)}.pem`);
    await second.sign();
    const after = await second.download();
    expect(readFileSync(path(`${which}.key`), "utf8")).not.toBe(old);
    for (const file of [before, after, await first.download()]) {
      expect(overPdf(file, "pdfsig", "-nocert", "%")).toContain("Signature is Valid.");
    }
    expect(sha256(await first.download())).toBe(sha256(before));
  },
);
