import { createHash, createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { removePasskey } from "#app/domain/accounts/enrolment.server.ts";
import type { PasskeyAsk } from "#app/domain/accounts/passkeys.server.ts";
import { findAgreement } from "#app/domain/documents/document.server.ts";
import { revokeMember } from "#app/domain/jits/members.server.ts";
import type { Manifest } from "#app/domain/signing/manifest.ts";
import { statementChallenge } from "#app/domain/signing/statement.ts";
import { type StepUpForm, signWithStepUp } from "#app/domain/signing/step-up.server.ts";
import { atInstant } from "#app/platform/clock.ts";
import { database } from "#app/platform/database.server.ts";
import { asOwner, signInAs, testPassword } from "#tests/support/account.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { openedForSignature } from "#tests/support/opened-for-signature.ts";
import { type Lie, passkeyDevice } from "#tests/support/passkey-device.ts";
import { codeOf, withApp, withPasskey } from "#tests/support/second-factors.ts";
import { memberOf } from "#tests/support/team.ts";

let db: FreshDatabase;
let stage: Awaited<ReturnType<typeof openedForSignature>>;
beforeAll(async () => {
  db = await freshDatabase();
  stage = await openedForSignature(db.owner, 16);
}, 60_000);
beforeEach(() => db.owner.query("DELETE FROM rate_limit"));
afterAll(() => db.drop());

/** The next signatory, signed in; the place that is signed; and the words of the form. */
async function signatory() {
  const colleague = stage.people.shift();
  if (!colleague) throw new Error("bring more people above");
  const { actor } = await signInAs(colleague);
  const agreement = await findAgreement(stage.founder, stage.jit);
  const slot = agreement?.frozen?.slots.find((one) => one.personId === colleague.personId)?.id ?? "";
  const place = { ...stage.step, slot, meaning: "I sign." };
  const words = { digest: stage.digest, capacity: "Prosecutor", place: "Almaty", agreed: "on" };
  const askDevice = async () => (await signWithStepUp(actor, place, { by: "passkey", ...words })) as PasskeyAsk;
  const sign = (form: StepUpForm) => signWithStepUp(actor, place, form);
  const signed = () => database().signature.findFirst({ where: { slotId: slot } });
  return { actor, slot, place, words, askDevice, sign, signed };
}

const refusals = async () =>
  (await db.owner.query("SELECT body FROM audit.entry WHERE body LIKE '%account.stepUpRefused%'")).rowCount ?? 0;

test("the passkey signs the statement that was kept before it was asked, and anyone can check that", async () => {
  const { actor, words, slot, askDevice, sign, signed } = await signatory();
  const { device } = await withPasskey(actor);
  const asked = await askDevice();
  const kept = await database().webauthnChallenge.findUniqueOrThrow({ where: { id: asked.ask } });
  await sign({ by: "answer", ask: asked.ask, answer: device.answer(asked) });
  const { manifest, assertion, level } = (await signed())!;
  expect(level).toBe("passkey");
  expect(manifest).toBe(kept.statement);
  expect(JSON.parse(manifest) as Manifest).toMatchObject({ level, slot, digest: words.digest, place: "Almaty" });
  const { publicKey, authenticatorData, clientDataJSON, signature } = JSON.parse(assertion!);
  const bytes = (text: string) => Buffer.from(text, "base64url");
  const client = bytes(clientDataJSON);
  const signedBytes = Buffer.concat([bytes(authenticatorData), createHash("sha256").update(client).digest()]);
  expect(verify("sha256", signedBytes, createPublicKey(publicKey), bytes(signature))).toBe(true);
  const challenge = Buffer.from(await statementChallenge(manifest));
  expect(JSON.parse(client.toString()).challenge).toBe(challenge.toString("base64url"));
  // The digest of the statement is in the team's trail from before the passkey was asked.
  const { rows } = await db.owner.query("SELECT body FROM audit.entry WHERE body LIKE $1", [
    `%${challenge.toString("hex")}%`,
  ]);
  expect(rows.map(({ body }) => JSON.parse(body).action)).toEqual(["signature.prepare"]);
});

const lies: [string, Lie][] = [
  ["another site", { origin: "https://jit.evil.example" }],
  ["another relying party", { relyingParty: "evil.example" }],
  ["no verification of its owner", { verified: false }],
  ["a challenge of its own", { challenge: Buffer.alloc(32).toString("base64url") }],
  ["a counter that went back, as of a copied key", { counter: 1 }],
  ["a key of someone else", { key: generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey }],
];
test("what a lying device or client answers signs nothing, stands in the trail, and spends the question", async () => {
  const { actor, askDevice, sign, signed } = await signatory();
  const { device } = await withPasskey(actor);
  // Counts up, so that a copy that stands behind shows.
  await asOwner(db.owner, "UPDATE passkey SET counter = 5 WHERE id = $1", [device.id]);
  for (const [what, lie] of lies) {
    const before = await refusals();
    const asked = await askDevice();
    const answer = device.answer(asked, { counter: 9, ...lie });
    await expect(sign({ by: "answer", ask: asked.ask, answer }), what).rejects.toMatchObject({
      reason: "passkey-refused",
    });
    expect(await refusals(), what).toBe(before + 1);
    const honest = device.answer(asked, { counter: 10 });
    await expect(sign({ by: "answer", ask: asked.ask, answer: honest })).rejects.toMatchObject({
      reason: "question-gone",
    });
  }
  expect(await signed()).toBeNull();
});

test("an answer is good once, for five minutes, for the session, the person and the act it was asked for", async () => {
  const one = await signatory();
  const { device } = await withPasskey(one.actor);
  const other = await signatory();
  const theirs = await withPasskey(other.actor);
  const asked = await one.askDevice();
  const answer = { by: "answer", ask: asked.ask, answer: device.answer(asked) } as const;
  // Of another person, also with a passkey of theirs.
  await expect(other.sign(answer)).rejects.toMatchObject({ reason: "question-gone" });
  await expect(other.sign({ ...answer, answer: theirs.device.answer(asked) })).rejects.toThrow("question-gone");
  // Of the same person in another session.
  const elsewhere = (await signInAs(one.actor)).actor;
  await expect(signWithStepUp(elsewhere, one.place, answer)).rejects.toThrow("question-gone");
  // Late.
  const later = new Date(Date.now() + 301_000);
  await expect(atInstant(later, () => one.sign(answer))).rejects.toThrow("question-gone");
  await one.sign(answer);
  await expect(one.sign(answer)).rejects.toThrow("question-gone");
  expect(await database().signature.count({ where: { slotId: one.slot } })).toBe(1);
});

test("two answers at once make one signature", async () => {
  const { actor, askDevice, sign, slot } = await signatory();
  const { device } = await withPasskey(actor);
  const asked = await askDevice();
  const answer = { by: "answer", ask: asked.ask, answer: device.answer(asked) } as const;
  const results = await Promise.allSettled([1, 2, 3].map(() => sign(answer)));
  expect(results.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  expect(await database().signature.count({ where: { slotId: slot } })).toBe(1);
});

test("a passkey that was removed meanwhile signs nothing", async () => {
  const { actor, askDevice, sign, signed } = await signatory();
  const { device } = await withPasskey(actor);
  const asked = await askDevice();
  await removePasskey(actor, device.id);
  await expect(sign({ by: "answer", ask: asked.ask, answer: device.answer(asked) })).rejects.toThrow("passkey-refused");
  expect(await signed()).toBeNull();
});

test("a statement that would no longer be the same is not signed", async () => {
  const { actor, askDevice, sign, signed } = await signatory();
  const { device } = await withPasskey(actor);
  const asked = await askDevice();
  await asOwner(db.owner, "UPDATE person SET latin_name = 'Someone Else' WHERE id = $1", [actor.personId]);
  await expect(sign({ by: "answer", ask: asked.ask, answer: device.answer(asked) })).rejects.toThrow(
    "statement-changed",
  );
  expect(await signed()).toBeNull();
});

test("one who is revoked between reading and signing does not sign, by passkey or code", async () => {
  for (const way of ["passkey", "code"] as const) {
    const { actor, words, askDevice, sign, signed } = await signatory();
    const { device } = await withPasskey(actor);
    const { secret } = await withApp(actor);
    const asked = await askDevice();
    const member = await memberOf(db.owner, stage.jit, actor);
    await revokeMember(stage.founder, { jit: stage.jit, member, reason: "left" });
    const form: StepUpForm =
      way === "passkey"
        ? { by: "answer", ask: asked.ask, answer: device.answer(asked) }
        : { by: "code", ...words, password: testPassword, code: codeOf(secret) };
    await expect(sign(form)).rejects.toMatchObject({ name: "NotFound" });
    expect(await signed()).toBeNull();
  }
});

test("password and code sign at the lower level; either wrong, or a code used already, signs nothing", async () => {
  const { actor, words, sign, signed } = await signatory();
  const { secret, codes } = await withApp(actor);
  const form = { by: "code", ...words, password: testPassword, code: codeOf(secret) } as const;
  await expect(sign({ ...form, password: "not this one at all" })).rejects.toMatchObject({
    problems: { password: "wrong-current-password" },
  });
  // The code of the step before set the app up; a recovery code signs in, it does not sign.
  for (const code of [codeOf(secret, -1), codeOf(secret, -4), codes?.[0] ?? ""]) {
    await expect(sign({ ...form, code })).rejects.toMatchObject({ problems: { code: "wrong-code" } });
  }
  expect(await signed()).toBeNull();
  await db.owner.query("DELETE FROM rate_limit");
  await sign(form);
  expect(await signed()).toMatchObject({ level: "code", assertion: null });
  expect(JSON.parse((await signed())?.manifest ?? "")).toMatchObject({ level: "code" });
});

test("guessing codes is stopped after five, and the right code has to wait too", async () => {
  const { actor, words, sign, signed } = await signatory();
  const { secret } = await withApp(actor);
  const form = { by: "code", ...words, password: testPassword, code: "000000" } as const;
  for (let count = 0; count < 5; count++) await expect(sign(form)).rejects.toMatchObject({ name: "Invalid" });
  await expect(sign({ ...form, code: codeOf(secret) })).rejects.toMatchObject({ reason: "rate-limited-minute" });
  expect(await signed()).toBeNull();
});

test("without a second factor nobody signs, whatever is sent", async () => {
  const { words, sign, signed } = await signatory();
  await expect(sign({ by: "passkey", ...words })).rejects.toMatchObject({ reason: "factor-needed" });
  const form = { by: "code", ...words, password: testPassword, code: "000000" } as const;
  await expect(sign(form)).rejects.toMatchObject({ reason: "factor-needed" });
  const forged = passkeyDevice().answer({ ask: "", carry: {}, request: { challenge: "AA" } });
  await expect(sign({ by: "answer", ask: "x", answer: forged })).rejects.toMatchObject({ reason: "question-gone" });
  expect(await signed()).toBeNull();
});
