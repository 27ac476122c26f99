import { statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { askToConfirm, confirmByPasskey } from "#app/domain/accounts/confirmation.server.ts";
import {
  addApp,
  addPasskey,
  askForPasskey,
  beginApp,
  listFactors,
  makeCodes,
  removeApp,
  removePasskey,
} from "#app/domain/accounts/enrolment.server.ts";
import { findNews } from "#app/domain/accounts/notices.server.ts";
import { hashPassword } from "#app/domain/accounts/password.server.ts";
import { clearFactorsOf } from "#app/domain/accounts/people.server.ts";
import { askPasskeyToSignIn, completeSignIn } from "#app/domain/accounts/second-factor.server.ts";
import { sealAnew } from "#app/domain/accounts/secrets.server.ts";
import { findSignedIn } from "#app/domain/accounts/session.server.ts";
import { signIn } from "#app/domain/accounts/sign-in.server.ts";
import type { Actor } from "#app/domain/actor.ts";
import { atInstant } from "#app/platform/clock.ts";
import { database } from "#app/platform/database.server.ts";
import { rotateSecretsKey } from "#app/platform/secret-box.server.ts";
import { addAccount, asOwner, sent, signInAs, testPassword } from "#tests/support/account.ts";
import { type FreshDatabase, freshDatabase } from "#tests/support/database.ts";
import { passkeyDevice } from "#tests/support/passkey-device.ts";
import { codeOf, withApp, withPasskey } from "#tests/support/second-factors.ts";
import { addOffice, type Colleague, type Office } from "#tests/support/team.ts";

let fresh: FreshDatabase;
let office: Office;
beforeAll(async () => {
  fresh = await freshDatabase();
  office = await addOffice(fresh.owner, "KZ");
  await hashPassword(testPassword);
});
beforeEach(() => fresh.owner.query("DELETE FROM rate_limit"));
afterAll(() => fresh.drop());

type Person = Actor & { email: string };
async function someone(): Promise<Person> {
  const colleague: Colleague = await addAccount(fresh.owner, office);
  return { ...(await signInAs(colleague)).actor, email: colleague.email };
}

const origin = { address: "192.0.2.7", device: "Firefox · Linux" };
/** The first half of a sign-in; the cookie a browser would send. */
async function half(person: Person): Promise<string> {
  const found = await signIn({ email: person.email, password: testPassword }, origin);
  expect(found.half).toBe(true);
  return sent(found.cookie);
}

const levelOf = async (cookie: string) => {
  const me = await findSignedIn(sent(cookie));
  return (await database().session.findUniqueOrThrow({ where: { id: me?.actor.sessionId ?? "" } })).level;
};

async function entries(action: string): Promise<Record<string, unknown>[]> {
  const { rows } = await fresh.owner.query("SELECT body FROM audit.entry WHERE body LIKE $1 ORDER BY seq", [
    `%"${action}"%`,
  ]);
  return rows.map(({ body }) => JSON.parse(body));
}

test("nothing is added or removed unless the person has just proven to be there, in this very session", async () => {
  const person = await someone();
  const refused = { reason: "confirm-first" };
  await expect(beginApp(person)).rejects.toMatchObject(refused);
  await expect(makeCodes(person)).rejects.toMatchObject(refused);
  await expect(askForPasskey(person, { name: "x", email: "x" })).rejects.toMatchObject(refused);
  const { device } = await withPasskey(person);
  const elsewhere = (await signInAs(person)).actor;
  await expect(removePasskey(elsewhere, device.id)).rejects.toMatchObject(refused);
  const later = new Date(Date.now() + 301_000);
  await expect(atInstant(later, () => removePasskey(person, device.id))).rejects.toMatchObject(refused);
  // An existing passkey is proof too.
  const asked = await askToConfirm(elsewhere);
  await confirmByPasskey(elsewhere, { ask: asked.ask, answer: device.answer(asked) });
  await removePasskey(elsewhere, device.id);
  expect((await listFactors(person, "")).passkeys).toEqual([]);
});

test("a new passkey must answer the question, on this site, verified; one id belongs to one account", async () => {
  const person = await someone();
  const other = await someone();
  const { device } = await withPasskey(person);
  await withApp(other);
  for (const lie of [
    { origin: "https://evil.example" },
    { verified: false },
    { challenge: "AAAA" },
    { relyingParty: "evil" },
  ]) {
    const asked = await askForPasskey(other, { name: "x", email: "x" });
    const answer = passkeyDevice().make(asked, lie);
    await expect(addPasskey(other, { ask: asked.ask, answer, name: "x" })).rejects.toThrow("passkey-refused");
  }
  const asked = await askForPasskey(other, { name: "x", email: "x" });
  const stolen = { ask: asked.ask, answer: device.make(asked), name: "x" };
  await expect(addPasskey(other, stolen)).rejects.toThrow("passkey-refused");
  await expect(addPasskey(other, stolen)).rejects.toThrow("question-gone");
  expect((await listFactors(other, "")).passkeys).toEqual([]);
});

test("with a second factor the password alone opens nothing; a passkey, a code or a recovery code completes it", async () => {
  const person = await someone();
  const { device, codes } = await withPasskey(person);
  const { secret } = await withApp(person);
  const waiting = await half(person);
  expect(await findSignedIn(waiting)).toBeNull();
  const asked = await askPasskeyToSignIn(waiting);
  const answer = { ask: asked.ask, answer: device.answer(asked) };
  const byPasskey = await completeSignIn(waiting, answer, origin);
  expect(await levelOf(byPasskey.cookie)).toBe("passkey");
  // The half is used up, and the question with it.
  await expect(completeSignIn(waiting, answer, origin)).rejects.toThrow("sign-in-again");
  await expect(completeSignIn(await half(person), answer, origin)).rejects.toThrow("question-gone");
  const code = codeOf(secret);
  const byCode = await completeSignIn(await half(person), { code }, origin);
  expect(await levelOf(byCode.cookie)).toBe("code");
  await expect(completeSignIn(await half(person), { code }, origin)).rejects.toMatchObject({
    problems: { code: "wrong-code" },
  });
  const recovery = { code: ` ${codes?.[3]?.toLowerCase()}` };
  const byRecovery = await completeSignIn(await half(person), recovery, origin);
  expect(await levelOf(byRecovery.cookie)).toBe("recovery");
  await expect(completeSignIn(await half(person), recovery, origin)).rejects.toMatchObject({ name: "Invalid" });
  expect((await listFactors(person, "")).codesLeft).toBe(9);
  expect((await entries("account.signIn")).map(({ facts }) => (facts as { level?: string }).level)).toContain(
    "recovery",
  );
});

test("the half of a sign-in ends after five minutes, and with a new password or cleared factors", async () => {
  const person = await someone();
  const { secret } = await withApp(person);
  const waiting = await half(person);
  const later = new Date(Date.now() + 301_000);
  await expect(atInstant(later, () => completeSignIn(waiting, { code: "1" }, origin))).rejects.toThrow("sign-in-again");
  const admin = await someone();
  await asOwner(fresh.owner, "UPDATE person SET global_roles = '{user_admin}' WHERE id = $1", [admin.personId]);
  await clearFactorsOf(admin, person.personId);
  await expect(completeSignIn(waiting, { code: codeOf(secret) }, origin)).rejects.toThrow("sign-in-again");
});

test("codes cannot be guessed: of many at once five are looked at, and what was refused is recorded", async () => {
  const person = await someone();
  const { secret } = await withApp(person);
  const waiting = await half(person);
  const tries = await Promise.allSettled(
    Array.from({ length: 20 }, (_, count) => completeSignIn(waiting, { code: String(count).padStart(6, "0") }, origin)),
  );
  const reasons = tries.map((one) => (one as PromiseRejectedResult).reason.reason ?? "wrong-code");
  expect(reasons.filter((reason) => reason === "wrong-code")).toHaveLength(5);
  await expect(completeSignIn(waiting, { code: codeOf(secret) }, origin)).rejects.toThrow("rate-limited-minute");
  const refused = (await entries("account.signInRefused")).map(({ facts }) => facts as { reason: string });
  expect(refused.some(({ reason }) => reason === "wrong-code")).toBe(true);
});

test("one code at the same moment twice signs in once", async () => {
  const person = await someone();
  const { secret } = await withApp(person);
  const first = await half(person);
  const code = codeOf(secret);
  const all = await Promise.allSettled([1, 2, 3].map(() => completeSignIn(first, { code }, origin)));
  expect(all.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
});

test("the secret is shown to the session that set it up, until confirmed, and nowhere kept as it is", async () => {
  const person = await someone();
  const { secret, codes } = await withApp(person);
  expect((await listFactors(person, "")).pending).toBeNull();
  const { rows } = await fresh.owner.query(
    "SELECT t::text AS row FROM totp t UNION ALL SELECT r::text FROM recovery_code r",
  );
  const kept = rows.map(({ row }) => row).join("\n");
  const { rows: sealed } = await fresh.owner.query("SELECT encode(sealed, 'escape') AS text FROM totp");
  expect(kept + JSON.stringify(sealed)).not.toContain(secret);
  for (const code of codes ?? []) expect(kept).not.toContain(code.replaceAll("-", ""));
  // A row copied to another person opens nothing for them.
  const thief = await someone();
  await withApp(thief);
  await asOwner(
    fresh.owner,
    "UPDATE totp SET sealed = (SELECT sealed FROM totp WHERE person_id = $1) WHERE person_id = $2",
    [person.personId, thief.personId],
  );
  await expect(completeSignIn(await half(thief), { code: codeOf(secret) }, origin)).rejects.toMatchObject({
    name: "SealedError",
  });
  await fresh.owner.query("ALTER TABLE totp DISABLE TRIGGER audited");
  await fresh.owner.query("DELETE FROM totp WHERE person_id = $1", [thief.personId]);
  await fresh.owner.query("ALTER TABLE totp ENABLE TRIGGER audited");
});

test("an app that is not confirmed within ten minutes, or from another session, counts for nothing", async () => {
  const person = await someone();
  const other = await someone();
  await withPasskey(person);
  await withApp(other);
  await beginApp(person);
  const { pending } = await listFactors(person, "");
  const code = codeOf(pending?.secret ?? "");
  const later = new Date(Date.now() + 601_000);
  await expect(atInstant(later, () => addApp(person, code))).rejects.toMatchObject({ name: "Conflict" });
  await expect(addApp(person, "000000")).rejects.toMatchObject({ problems: { code: "wrong-code" } });
  expect((await listFactors(person, "")).app).toBeNull();
  await addApp(person, code);
  expect((await listFactors(person, "")).app).not.toBeNull();
  await expect(beginApp(person)).rejects.toThrow("app-there");
  await removeApp(person);
});

test("a rotated key seals every secret anew, the codes go on working, and the old key is gone", async () => {
  const person = await someone();
  const { secret } = await withApp(person);
  const sealed = async () => (await database().totp.findUniqueOrThrow({ where: { personId: person.personId } })).sealed;
  const before = await sealed();
  const path = join(fresh.dataDir, "keys", "secrets.key");
  rotateSecretsKey();
  expect(statSync(path).mode & 0o777).toBe(0o600);
  // Between the two, what was sealed before still opens.
  await completeSignIn(await half(person), { code: codeOf(secret) }, origin);
  expect(await sealAnew()).toBeGreaterThan(0);
  expect(Buffer.from(await sealed()).equals(Buffer.from(before))).toBe(false);
  await completeSignIn(await half(person), { code: codeOf(secret, 1) }, origin);
  expect(await sealAnew()).toBe(0);
  await asOwner(fresh.owner, "UPDATE totp SET sealed = $2, last_step = NULL WHERE person_id = $1", [
    person.personId,
    before,
  ]);
  await expect(completeSignIn(await half(person), { code: codeOf(secret) }, origin)).rejects.toThrow("no key");
});

test("whatever happens to the factors is told to their owner in every other session, and stands in the trail", async () => {
  const person = await someone();
  const { device } = await withPasskey(person);
  expect(await findNews(person)).toBeNull();
  const elsewhere = (await signInAs(person)).actor;
  expect(await findNews(elsewhere)).toMatchObject({ kind: "passkeyAdded" });
  await removePasskey(person, device.id);
  expect(await findNews(elsewhere)).toMatchObject({ kind: "passkeyRemoved" });
  const admin = await someone();
  await asOwner(fresh.owner, "UPDATE person SET global_roles = '{user_admin}' WHERE id = $1", [admin.personId]);
  await expect(clearFactorsOf(person, admin.personId)).rejects.toMatchObject({ name: "Forbidden" });
  await expect(clearFactorsOf(admin, admin.personId)).rejects.toThrow("own-factors");
  await clearFactorsOf(admin, person.personId);
  const again = await signIn({ email: person.email, password: testPassword }, origin);
  expect(again.half).toBe(false);
  const me = await findSignedIn(sent(again.cookie));
  expect(await findNews(me!.actor)).toMatchObject({ kind: "cleared" });
  const cleared = (await entries("person.clearFactors")).at(-1);
  expect(cleared).toMatchObject({ facts: { person: person.personId } });
  for (const action of ["factor.addPasskey", "factor.removePasskey"]) expect(await entries(action)).not.toEqual([]);
});
