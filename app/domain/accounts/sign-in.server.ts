import { z } from "zod";
import { database, queryOf, type Transaction } from "#app/platform/database.server.ts";
import { platform } from "../access.server.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict, Invalid } from "../errors.ts";
import type { GlobalRole } from "../roles.ts";
import { forgetAttempts, returnAttempt, spendAttempt } from "./attempts.server.ts";
import { factorsOf, hasFactor } from "./factors.server.ts";
import { hashPassword, isOutdated, passwordFits } from "./password.server.ts";
import { waitForSecondFactor } from "./second-factor.server.ts";
import { endSession, startSession } from "./session.server.ts";
import { type Origin, recordRefusal, type SignedInNow } from "./sign-in-record.server.ts";

export const SignIn = z.object({
  email: z
    .string("required")
    .trim()
    .toLowerCase()
    .min(1, "required")
    .max(254, "too-long")
    .refine((text) => !/\p{Cc}/u.test(text), "email-invalid"),
  password: z.string("required").min(1, "required").max(1000, "too-long"),
  next: z.string().optional(),
});

/** `half`: the password was right and a second factor is asked for; the cookie is that of the half. */
export type PasswordFound = SignedInNow & { half: boolean };

/**
 * Signs a person in and returns the cookie; who has a second factor is asked for it next. An unknown address and a wrong password answer alike, in text and in the
 * work done. Throws Invalid("wrong-password"), Conflict("rate-limited…" | "busy").
 */
export async function signIn(input: { email: string; password: string }, origin: Origin): Promise<PasswordFound> {
  await countTry(input.email, origin.address);
  const person = await database().person.findUnique({ where: { email: input.email }, include: { authority: true } });
  const fits = await passwordFits(person?.passwordHash ?? null, input.password);
  if (!person || person.disabledAt || !fits) {
    await recordRefusal(origin.address, person?.id ?? null, "wrong-password");
    throw new Invalid({ "": "wrong-password" });
  }
  await forgetAttempts("account", input.email);
  await returnAttempt("address", origin.address);
  const actor: Actor = {
    personId: person.id,
    sessionId: null,
    authorityId: person.authorityId,
    state: person.authority.state,
    globalRoles: person.globalRoles as GlobalRole[],
  };
  const stronger = isOutdated(person.passwordHash ?? "") ? await hashPassword(input.password) : null;
  const who = { person: person.id, language: person.language, theme: person.theme };
  const rehash = async (tx: Transaction) => {
    if (stronger) await tx.person.update({ where: { id: person.id }, data: { passwordHash: stronger } });
  };
  if (hasFactor(await factorsOf(database(), person.id))) {
    return change(actor, "account.askSecondFactor", platform, async (tx) => {
      await rehash(tx);
      const cookie = await waitForSecondFactor(tx, person.id);
      return { result: { ...who, cookie, half: true }, details: { address: origin.address, device: origin.device } };
    });
  }
  return change(actor, "account.signIn", platform, async (tx) => {
    const query = queryOf(tx);
    await rehash(tx);
    // Looked at again: a factor that was added meanwhile must not be passed by.
    if (hasFactor(await factorsOf(tx, person.id))) throw new Conflict("sign-in-again");
    if (origin.session) await endSession(query, origin.session);
    const { id, cookie } = await startSession(query, person.id, origin.device, "password");
    const { address, device } = origin;
    return {
      result: { ...who, cookie, half: false },
      facts: { session: id.slice(0, 16), level: "password" },
      details: { address, device },
    };
  });
}

/** Counts the try for the address, then for the account, whether or not there is one. What is too much is recorded. */
async function countTry(email: string, address: string): Promise<void> {
  try {
    await spendAttempt("address", address);
    await spendAttempt("account", email);
  } catch (error) {
    if (error instanceof Conflict) await recordRefusal(address, null, error.reason);
    throw error;
  }
}

export function signOut(actor: Actor): Promise<void> {
  return change(actor, "account.signOut", platform, async (tx) => {
    if (actor.sessionId) await endSession(queryOf(tx), actor.sessionId);
    return { result: undefined };
  });
}
