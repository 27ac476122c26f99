import { createHash, randomBytes } from "node:crypto";
import { now } from "#app/platform/clock.ts";
import { config } from "#app/platform/config.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import { platform } from "../access.server.ts";
import { type Actor, visitor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict, Invalid } from "../errors.ts";
import type { GlobalRole } from "../roles.ts";
import { view } from "../view.server.ts";
import { forgetAttempts, spendAttempt } from "./attempts.server.ts";
import { ask, spendQuestion } from "./challenges.server.ts";
import { type Factors, factorsOf, spendCode, spendPasskey } from "./factors.server.ts";
import type { Level } from "./levels.ts";
import type { PasskeyAnswer } from "./passkey-answers.ts";
import { type PasskeyAsk, passkeyAsk } from "./passkeys.server.ts";
import { endSession, startSession } from "./session.server.ts";
import { type Origin, recordRefusal, type SignedInNow } from "./sign-in-record.server.ts";

/*
 * The second half of a sign-in. Its first half, the password, is remembered for five minutes by a cookie that opens
 * nothing else; only the hash of its token is kept.
 */
const minutes = 5;
const tokenShape = /^[A-Za-z0-9_-]{43}$/;

const secure = () => config().PUBLIC_ORIGIN.startsWith("https:");
const cookieName = () => (secure() ? "__Host-jit-half" : "jit-half");
const cookieWith = (value: string, age: number) =>
  `${cookieName()}=${value}; Path=/; Max-Age=${age}; HttpOnly; SameSite=Strict${secure() ? "; Secure" : ""}`;
const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");

/** Inside the change that found the password right. Returns the cookie. */
export async function waitForSecondFactor(tx: Transaction, person: string): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  await tx.halfSignIn.deleteMany({ where: { OR: [{ expiresAt: { lt: now() } }, { personId: person }] } });
  const expiresAt = new Date(now().getTime() + minutes * 60_000);
  await tx.halfSignIn.create({ data: { tokenHash: hashOf(token), personId: person, expiresAt } });
  return cookieWith(token, minutes * 60);
}

/** The cookie that makes the browser forget the first half. */
export function blankHalfCookie(): string {
  return cookieWith("", 0);
}

type Half = { tokenHash: string; actor: Actor; language: string; theme: string; factors: Factors };

/** Who waits for the second factor, or null. */
export function findHalfSignIn(cookieHeader: string | null): Promise<Half | null> {
  const start = `${cookieName()}=`;
  const pair = (cookieHeader ?? "").split(/;\s*/).find((one) => one.startsWith(start));
  const token = pair?.slice(start.length) ?? "";
  if (!tokenShape.test(token)) return Promise.resolve(null);
  return view(visitor, "account.signIn", platform, async (db) => {
    const half = await db.halfSignIn.findUnique({
      where: { tokenHash: hashOf(token) },
      include: { person: { include: { authority: true } } },
    });
    if (!half || half.expiresAt <= now() || half.person.disabledAt) return null;
    const { id, authorityId, authority, globalRoles, language, theme } = half.person;
    const actor: Actor = {
      personId: id,
      sessionId: null,
      authorityId,
      state: authority.state,
      globalRoles: globalRoles as GlobalRole[],
    };
    return { tokenHash: half.tokenHash, actor, language, theme, factors: await factorsOf(db, id) };
  });
}

async function getHalf(cookieHeader: string | null): Promise<Half> {
  const half = await findHalfSignIn(cookieHeader);
  if (!half) throw new Conflict("sign-in-again");
  return half;
}

export async function askPasskeyToSignIn(cookieHeader: string | null): Promise<PasskeyAsk> {
  const { actor, tokenHash, factors } = await getHalf(cookieHeader);
  const question = await ask({ purpose: "signIn", person: actor.personId, boundTo: tokenHash });
  return passkeyAsk(question, factors.passkeys, { act: "answer" });
}

type Proof = { code: string } | PasskeyAnswer;

/**
 * Completes the sign-in with a passkey, a code of the app or a recovery code; counted like the password. Throws
 * Conflict("sign-in-again" | "question-gone" | "passkey-refused" | "rate-limited…"), Invalid for a wrong code.
 */
export async function completeSignIn(cookieHeader: string | null, proof: Proof, origin: Origin): Promise<SignedInNow> {
  const half = await getHalf(cookieHeader);
  const { actor, tokenHash } = half;
  try {
    await spendAttempt("second", actor.personId);
    const asker = { purpose: "signIn", person: actor.personId, boundTo: tokenHash } as const;
    const challenge = "ask" in proof ? (await spendQuestion(proof.ask, asker)).challenge : null;
    const cookie = await change(actor, "account.signIn", platform, async (tx) => {
      const query = queryOf(tx);
      const once = await tx.halfSignIn.deleteMany({ where: { tokenHash, expiresAt: { gt: now() } } });
      if (once.count !== 1) throw new Conflict("sign-in-again");
      const level = await proven(tx, actor.personId, proof, challenge);
      if (origin.session) await endSession(query, origin.session);
      const session = await startSession(query, actor.personId, origin.device, level);
      const { address, device } = origin;
      return {
        result: session.cookie,
        facts: { session: session.id.slice(0, 16), level },
        details: { address, device },
      };
    });
    await forgetAttempts("second", actor.personId);
    return { person: actor.personId, cookie, language: half.language, theme: half.theme };
  } catch (error) {
    const reason = error instanceof Conflict ? error.reason : error instanceof Invalid ? error.problems.code : null;
    if (reason) await recordRefusal(origin.address, actor.personId, reason);
    throw error;
  }
}

async function proven(tx: Transaction, person: string, proof: Proof, challenge: Uint8Array | null): Promise<Level> {
  if ("ask" in proof) {
    const used = challenge && (await spendPasskey(tx, person, { answer: proof.answer, challenge }));
    if (!used) throw new Conflict("passkey-refused");
    return "passkey";
  }
  const level = await spendCode(tx, person, { code: proof.code, session: null });
  if (!level) throw new Invalid({ code: "wrong-code" });
  return level;
}
