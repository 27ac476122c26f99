import { now } from "#app/platform/clock.ts";
import { config } from "#app/platform/config.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import { openSecret, sealSecret } from "#app/platform/secret-box.server.ts";
import { platform } from "../access.server.ts";
import type { Action } from "../actions.ts";
import type { Actor } from "../actor.ts";
import { type Change, change } from "../change.server.ts";
import { Conflict, Invalid, NotFound } from "../errors.ts";
import { view } from "../view.server.ts";
import { forgetAttempts, spendAttempt } from "./attempts.server.ts";
import { ask, spendQuestion } from "./challenges.server.ts";
import { isConfirmed, requireConfirmed, sessionOf } from "./confirmation.server.ts";
import { factorsOf, secretOf } from "./factors.server.ts";
import { type Notice, noticesOf, tell } from "./notices.server.ts";
import type { NewPasskeyAnswer } from "./passkey-answers.ts";
import { newPasskeyAsk, newPasskeyOf, type PasskeyAsk } from "./passkeys.server.ts";
import { newRecoveryCodes, recoveryCodeHash } from "./recovery-codes.server.ts";
import { newTotpSecret, totpAddress, totpStep } from "./totp.ts";

/*
 * A person's own second factors. Each change asks that the person has just proven to be there, stands in the trail, and
 * is told to the person.
 */
const most = 10;
const minutesToConfirm = 10;

/** What the person has. `pending`: an app that waits for its first code, for the session that began it alone. */
export type OwnFactors = {
  passkeys: { id: string; name: string; backedUp: boolean; madeAt: Date; lastUsedAt: Date | null }[];
  app: { since: Date; lastUsedAt: Date | null } | null;
  pending: { secret: string; address: string } | null;
  codesLeft: number;
  confirmed: boolean;
  notices: Notice[];
};

export function listFactors(actor: Actor, email: string): Promise<OwnFactors> {
  return view(actor, "factor.list", platform, async (db) => {
    const person = actor.personId;
    const passkeys = await db.passkey.findMany({ where: { personId: person }, orderBy: { madeAt: "asc" } });
    const totp = await db.totp.findUnique({ where: { personId: person } });
    const confirmed = await isConfirmed(db, actor);
    const secret = confirmed && totp && isPending(totp, actor) ? openSecret(totp.sealed, secretOf(person)) : null;
    return {
      passkeys: passkeys.map(({ id, name, backedUp, madeAt, lastUsedAt }) => ({
        id,
        name,
        backedUp,
        madeAt,
        lastUsedAt,
      })),
      app: totp?.confirmedAt ? { since: totp.confirmedAt, lastUsedAt: totp.lastUsedAt } : null,
      pending:
        secret === null
          ? null
          : { secret, address: totpAddress({ secret, account: email, issuer: config().INSTALLATION_NAME }) },
      codesLeft: await db.recoveryCode.count({ where: { personId: person, usedAt: null } }),
      confirmed,
      notices: await noticesOf(db, person),
    };
  });
}

type Pending = { confirmedAt: Date | null; sessionId: string; madeAt: Date };

function isPending({ confirmedAt, sessionId, madeAt }: Pending, actor: Actor): boolean {
  const since = now().getTime() - minutesToConfirm * 60_000;
  return confirmedAt === null && sessionId === actor.sessionId && madeAt.getTime() > since;
}

function changeFactors<Result>(actor: Actor, action: Action, work: (tx: Transaction) => Promise<Change<Result>>) {
  return change(actor, action, platform, async (tx) => {
    await requireConfirmed(tx, actor);
    return work(tx);
  });
}

const enrolling = (actor: Actor) => ({ purpose: "enrol", person: actor.personId, boundTo: sessionOf(actor) }) as const;

/** Asks the browser to make a passkey, which will have this name. Throws Conflict("confirm-first" | "too-many-passkeys"). */
export function askForPasskey(actor: Actor, { name, email }: { name: string; email: string }): Promise<PasskeyAsk> {
  return view(actor, "factor.list", platform, async (db) => {
    await requireConfirmed(db, actor);
    const { passkeys } = await factorsOf(db, actor.personId);
    if (passkeys.length >= most) throw new Conflict("too-many-passkeys");
    const question = await ask(enrolling(actor));
    return newPasskeyAsk(question, { person: actor.personId, email, passkeys }, { act: "addPasskey", name });
  });
}

/** Keeps the passkey. With the first factor come recovery codes, which are returned this once. */
export async function addPasskey(
  actor: Actor,
  { ask: id, answer, name }: NewPasskeyAnswer & { name: string },
): Promise<string[] | null> {
  const { challenge } = await spendQuestion(id, enrolling(actor));
  const passkey = await newPasskeyOf(answer, challenge);
  if (!passkey) throw new Conflict("passkey-refused");
  const { counter, ...kept } = passkey;
  return changeFactors(actor, "factor.addPasskey", async (tx) => {
    // An id that is known already belongs to another account or was sent twice.
    if (await tx.passkey.findUnique({ where: { id: kept.id } })) throw new Conflict("passkey-refused");
    await tx.passkey.create({
      data: { ...kept, counter: BigInt(counter), personId: actor.personId, name, madeAt: now() },
    });
    await tell(tx, actor.personId, "passkeyAdded", actor.sessionId);
    const facts = { passkey: kept.id.slice(0, 16), synced: kept.backedUp };
    return { result: await firstCodes(tx, actor), facts, details: { name } };
  });
}

/** Throws NotFound for a passkey that is not the person's own. */
export function removePasskey(actor: Actor, id: string): Promise<void> {
  return changeFactors(actor, "factor.removePasskey", async (tx) => {
    const removed = await tx.passkey.deleteMany({ where: { id, personId: actor.personId } });
    if (removed.count !== 1) throw new NotFound();
    await tell(tx, actor.personId, "passkeyRemoved", actor.sessionId);
    return { result: undefined, facts: { passkey: id.slice(0, 16) } };
  });
}

/** Makes a secret for an authenticator app; it counts only after a code of it was given. Throws Conflict("app-there"). */
export function beginApp(actor: Actor): Promise<void> {
  return changeFactors(actor, "factor.beginApp", async (tx) => {
    // Before the key is read: a rotation waits for who still seals with the old one (secrets.server.ts).
    await queryOf(tx)("LOCK TABLE totp IN ROW EXCLUSIVE MODE", []);
    await tx.totp.deleteMany({ where: { personId: actor.personId, confirmedAt: null } });
    if (await tx.totp.findUnique({ where: { personId: actor.personId } })) throw new Conflict("app-there");
    const sealed = sealSecret(newTotpSecret(), secretOf(actor.personId));
    await tx.totp.create({
      data: { personId: actor.personId, sealed, sessionId: sessionOf(actor), madeAt: now() },
    });
    return { result: undefined };
  });
}

/** The first code shows that the app holds the secret. Throws Conflict("app-gone"), Invalid for a wrong code. */
export async function addApp(actor: Actor, code: string): Promise<string[] | null> {
  await spendAttempt("second", actor.personId);
  const codes = await changeFactors(actor, "factor.addApp", async (tx) => {
    await queryOf(tx)("SELECT 1 FROM totp WHERE person_id = $1::uuid FOR UPDATE", [actor.personId]);
    const row = await tx.totp.findUnique({ where: { personId: actor.personId } });
    if (!row || !isPending(row, actor)) throw new Conflict("app-gone");
    const step = totpStep(openSecret(row.sealed, secretOf(actor.personId)), code, now(), null);
    if (step === null) throw new Invalid({ code: "wrong-code" });
    await tx.totp.update({ where: { personId: actor.personId }, data: { confirmedAt: now(), lastStep: step } });
    await tell(tx, actor.personId, "appAdded", actor.sessionId);
    return { result: await firstCodes(tx, actor) };
  });
  await forgetAttempts("second", actor.personId);
  return codes;
}

export function removeApp(actor: Actor): Promise<void> {
  return changeFactors(actor, "factor.removeApp", async (tx) => {
    const removed = await tx.totp.deleteMany({ where: { personId: actor.personId } });
    if (removed.count !== 1) throw new NotFound();
    await tell(tx, actor.personId, "appRemoved", actor.sessionId);
    return { result: undefined };
  });
}

/** Ten new recovery codes, returned this once; those before open nothing any more. */
export function makeCodes(actor: Actor): Promise<string[]> {
  return changeFactors(actor, "factor.makeCodes", async (tx) => {
    await tell(tx, actor.personId, "codesMade", actor.sessionId);
    return { result: await newCodes(tx, actor.personId) };
  });
}

async function firstCodes(tx: Transaction, actor: Actor): Promise<string[] | null> {
  const left = await tx.recoveryCode.count({ where: { personId: actor.personId, usedAt: null } });
  return left > 0 ? null : newCodes(tx, actor.personId);
}

async function newCodes(tx: Transaction, person: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await tx.recoveryCode.deleteMany({ where: { personId: person } });
  await tx.recoveryCode.createMany({
    data: codes.map((code) => ({ codeHash: recoveryCodeHash(code), personId: person, madeAt: now() })),
  });
  return codes;
}
