import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as Y from "yjs";
import { appendBatch } from "#app/domain/documents/appending.server.ts";
import { findAgreement } from "#app/domain/documents/document.server.ts";
import { finaliseDocument, reopenDocument, withdrawDocument } from "#app/domain/documents/freezing.server.ts";
import { rebuildWithHead } from "#app/domain/documents/history.server.ts";
import { Conflict, Forbidden, NotFound } from "#app/domain/errors.ts";
import { openSigning } from "#app/domain/signing/opening.server.ts";
import { declineSignature, passwordAlone, signDocument } from "#app/domain/signing/signing.server.ts";
import { signatoriesOnly } from "#app/domain/signing/slots.ts";
import { database, queryOf } from "#app/platform/database.server.ts";
import { installationKey, verifyBytes } from "#app/platform/keys.server.ts";
import { negotiate } from "#tests/support/negotiation.ts";
import { agreeForAll } from "../support/agreeing.ts";
import { completeText } from "../support/complete-text.ts";
import { type FreshDatabase, freshDatabase } from "../support/database.ts";
import { edit } from "../support/lived-team.ts";
import { type Colleague, foundTeam, memberOf, type Team } from "../support/team.ts";

let db: FreshDatabase;
beforeAll(async () => {
  db = await freshDatabase();
});
afterAll(() => db.drop());

type Ready = Team & { document: string; step: { jit: string; document: string }; signers: Colleague[] };

/** A team of two States with a text in negotiation and a signatory each. */
async function ready(): Promise<Ready> {
  const team = await foundTeam(db.owner);
  await team.bring("eg", ["lead_negotiator"]);
  const signers = [await team.bring("kz", ["signatory"]), await team.bring("eg", ["signatory"])];
  const step = await negotiate(team);
  await completeText({ ...team, ...step });
  await agreeForAll(step);
  return { ...team, document: step.document, step, signers };
}

async function openedForSignature(): Promise<Ready & { digest: string }> {
  const team = await ready();
  const { digest } = await finaliseDocument(team.founder, team.step);
  const signatories = await Promise.all(team.signers.map((signer) => memberOf(db.owner, team.jit, signer)));
  await openSigning(team.founder, { ...team.step, slots: signatoriesOnly(signatories) });
  return { ...team, digest };
}

async function slotOf(team: Ready, signer: Colleague): Promise<string> {
  const agreement = await findAgreement(team.founder, team.jit);
  return agreement?.frozen?.slots.find((slot) => slot.personId === signer.personId)?.id ?? "";
}

async function sign(
  team: Ready & { digest: string },
  signer: Colleague,
  change: Partial<{ digest: string; slot: string }> = {},
) {
  const slot = change.slot ?? (await slotOf(team, signer));
  const words = { capacity: "Prosecutor", place: "Almaty", meaning: "I sign." };
  return signDocument(signer, { ...team.step, slot, digest: change.digest ?? team.digest, ...words }, passwordAlone());
}

const outcomes = (results: PromiseSettledResult<unknown>[]) =>
  results.filter((one) => one.status === "fulfilled").length;

describe("freezing", () => {
  test("stores the canonical bytes, and their SHA-256 is the digest", async () => {
    const team = await ready();
    const { digest } = await finaliseDocument(team.founder, team.step);
    const frozen = await database().frozenText.findFirstOrThrow({ where: { documentId: team.document } });
    expect(createHash("sha256").update(frozen.canonical).digest("hex")).toBe(digest);
    expect(frozen.digest).toBe(digest);
  });

  test("of two people who finalise at once, one does, and the other is told", async () => {
    const team = await ready();
    const results = await Promise.allSettled([1, 2, 3].map(() => finaliseDocument(team.founder, team.step)));
    expect(outcomes(results)).toBe(1);
    for (const one of results) if (one.status === "rejected") expect(one.reason).toBeInstanceOf(Conflict);
    expect(await database().frozenText.count({ where: { documentId: team.document } })).toBe(1);
  });

  test("an edit is refused or keeps the text from being frozen without it", async () => {
    const team = await ready();
    const edition = { document: team.document, epoch: 1 };
    const { doc, head } = await rebuildWithHead(queryOf(database()), edition);
    const before = Y.encodeStateVector(doc);
    doc.getMap("fields").set("escalation", "typed while it was frozen");
    const part = { actor: team.founder, clients: [doc.clientID], bytes: Y.encodeStateAsUpdate(doc, before) };
    const [appended, finalised] = await Promise.allSettled([
      appendBatch({ ...edition, jit: team.jit, expected: head }, [part]),
      finaliseDocument(team.founder, team.step),
    ]);
    const stored = appended.status === "fulfilled" && appended.value.refused.size === 0;
    // Nobody has agreed to the words that came in between: then nothing is frozen.
    if (stored) expect(finalised).toMatchObject({ status: "rejected", reason: { reason: "not-agreed" } });
    else expect(finalised.status).toBe("fulfilled");
    expect(await database().frozenText.count({ where: { documentId: team.document } })).toBe(stored ? 0 : 1);
  });

  test("after it nobody writes, not even who administers", async () => {
    const team = await ready();
    await finaliseDocument(team.founder, team.step);
    await expect(edit(team, team.founder, "late")).rejects.toThrow("only-reads");
  });

  test("a period that cannot be stops it with the finding, and nothing is frozen", async () => {
    const team = await ready();
    const edition = { document: team.document, epoch: 1 };
    const { doc, head } = await rebuildWithHead(queryOf(database()), edition);
    const before = Y.encodeStateVector(doc);
    doc.getMap("fields").set("duration", "P400Y");
    const part = { actor: team.founder, clients: [doc.clientID], bytes: Y.encodeStateAsUpdate(doc, before) };
    await appendBatch({ ...edition, jit: team.jit, expected: head }, [part]);
    await agreeForAll(team.step);
    await expect(finaliseDocument(team.founder, team.step)).rejects.toMatchObject({
      reason: "findings-block-finalising",
      values: { findings: [{ sentence: "V11-duration", clause: "C05" }] },
    });
    expect(await database().frozenText.count({ where: { documentId: team.document } })).toBe(0);
    expect((await findAgreement(team.founder, team.jit))?.state).toBe("negotiation");
  });
});

describe("signing", () => {
  test("the last signature puts the arrangement in force, with a start and an end in the reference zone", async () => {
    const team = await openedForSignature();
    expect(await sign(team, team.signers[0] as Colleague)).toEqual({ inForce: false });
    expect(await sign(team, team.signers[1] as Colleague)).toEqual({ inForce: true });
    const agreement = await findAgreement(team.founder, team.jit);
    expect(agreement).toMatchObject({ state: "in_force", referenceTimeZone: "Asia/Almaty" });
    const hour = new Intl.DateTimeFormat("en", { hour: "numeric", hourCycle: "h23", timeZone: "Asia/Almaty" });
    expect(Number(hour.format(agreement?.expiresAt as Date))).toBe(0);
  });

  test("each signature verifies with the installation's public key over the very bytes kept, and over no others", async () => {
    const team = await openedForSignature();
    await sign(team, team.signers[0] as Colleague);
    const kept = await database().signature.findFirstOrThrow({ where: { jitId: team.jit } });
    const { publicKeyPem, keyId } = installationKey();
    expect(kept.keyId).toBe(keyId);
    expect(verifyBytes(Buffer.from(kept.manifest), kept.signature, publicKeyPem)).toBe(true);
    expect(verifyBytes(Buffer.from(`${kept.manifest} `), kept.signature, publicKeyPem)).toBe(false);
    expect(JSON.parse(kept.manifest)).toMatchObject({ digest: team.digest, party: "KZ", capacity: "Prosecutor" });
  });

  test("nobody signs twice, for another, over another text, or without the role", async () => {
    const team = await openedForSignature();
    const [first, second] = team.signers as [Colleague, Colleague];
    const results = await Promise.allSettled([1, 2, 3].map(() => sign(team, first)));
    expect(outcomes(results)).toBe(1);
    expect(await database().signature.count({ where: { jitId: team.jit } })).toBe(1);
    await expect(sign(team, first, { slot: await slotOf(team, second) })).rejects.toThrow(Forbidden);
    await expect(sign(team, second, { digest: "0".repeat(64) })).rejects.toThrow("text-changed");
    await expect(sign(team, team.founder, { slot: await slotOf(team, second) })).rejects.toThrow(Forbidden);
    await expect(sign(team, second, { slot: "01890000-0000-7000-8000-000000000000" })).rejects.toThrow(NotFound);
  });

  test("two who sign at the same moment both count", async () => {
    const team = await openedForSignature();
    const results = await Promise.allSettled(team.signers.map((signer) => sign(team, signer)));
    expect(outcomes(results)).toBe(2);
    expect((await findAgreement(team.founder, team.jit))?.state).toBe("in_force");
  });

  test("every party must have its signatory before signing opens", async () => {
    const team = await ready();
    await finaliseDocument(team.founder, team.step);
    const only = [await memberOf(db.owner, team.jit, team.signers[0] as Colleague)];
    await expect(openSigning(team.founder, { ...team.step, slots: signatoriesOnly(only) })).rejects.toThrow(
      "signatory-missing",
    );
    const wrong = [...only, await memberOf(db.owner, team.jit, team.founder)];
    await expect(openSigning(team.founder, { ...team.step, slots: signatoriesOnly(wrong) })).rejects.toThrow(
      "signatory-unknown",
    );
  });

  test("one who declines makes all signatures void; they stay, and the text opens again as the next version", async () => {
    const team = await openedForSignature();
    const [first, second] = team.signers as [Colleague, Colleague];
    await sign(team, first);
    await declineSignature(second, { ...team.step, slot: await slotOf(team, second), reason: "Clause 14" });
    const agreement = await findAgreement(team.founder, team.jit);
    expect(agreement).toMatchObject({ state: "negotiation", version: 2, frozen: null });
    expect(await database().signature.count({ where: { jitId: team.jit } })).toBe(1);
    const slots = await database().signatureSlot.findMany({ where: { jitId: team.jit } });
    expect(slots.map((slot) => slot.state).sort()).toEqual(["declined", "void"]);
    await edit(team, team.founder, "after");
    await expect(finaliseDocument(team.founder, team.step)).rejects.toThrow("not-agreed");
    await agreeForAll(team.step);
    const { digest } = await finaliseDocument(team.founder, team.step);
    expect(digest).not.toBe(team.digest);
  });

  test("reopening supersedes what was frozen, and the superseded bytes stay as they were", async () => {
    const team = await openedForSignature();
    await sign(team, team.signers[0] as Colleague);
    await reopenDocument(team.founder, { ...team.step, reason: "A date was wrong" });
    const frozen = await database().frozenText.findFirstOrThrow({ where: { jitId: team.jit } });
    expect(frozen.digest).toBe(team.digest);
    expect(frozen.supersededAt).not.toBeNull();
    await expect(db.owner.query("UPDATE frozen_text SET canonical = '{}' WHERE id = $1", [frozen.id])).rejects.toThrow(
      "does not change",
    );
    await expect(sign(team, team.signers[1] as Colleague, { slot: await firstSlot(team) })).rejects.toThrow(Conflict);
  });

  test("an arrangement that is in force cannot be reopened or withdrawn", async () => {
    const team = await openedForSignature();
    for (const signer of team.signers) await sign(team, signer);
    await expect(reopenDocument(team.founder, { ...team.step, reason: "no" })).rejects.toThrow(Conflict);
    await expect(withdrawDocument(team.founder, { ...team.step, reason: "no" })).rejects.toThrow(Conflict);
  });
});

async function firstSlot(team: Ready): Promise<string> {
  const person = team.signers[1]?.personId;
  const slot = await database().signatureSlot.findFirstOrThrow({
    where: { jitId: team.jit, member: { personId: person } },
  });
  return slot.id;
}
