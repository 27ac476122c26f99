import { z } from "zod";
import { database, queryOf } from "#app/platform/database.server.ts";
import { platform } from "../access.server.ts";
import { type Actor, visitor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict, Invalid } from "../errors.ts";
import type { GlobalRole } from "../roles.ts";
import { forgetAttempts, returnAttempt, spendAttempt } from "./attempts.server.ts";
import { hashPassword, isOutdated, passwordFits } from "./password.server.ts";
import { endSession, startSession } from "./session.server.ts";

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

/** Where a sign-in comes from; `session` is the one the browser already has, which then ends. */
export type Origin = { address: string; device: string; session?: string | null };
export type SignedInNow = { person: string; cookie: string; language: string; theme: string };

/**
 * Signs a person in and returns the cookie. An unknown address and a wrong password answer alike, in text and in the
 * work done. Throws Invalid("wrong-password"), Conflict("rate-limited…" | "busy").
 */
export async function signIn(input: { email: string; password: string }, origin: Origin): Promise<SignedInNow> {
  await countTry(input.email, origin.address);
  const person = await database().person.findUnique({ where: { email: input.email }, include: { authority: true } });
  const fits = await passwordFits(person?.passwordHash ?? null, input.password);
  if (!person || person.disabledAt || !fits) {
    await refused(origin.address, person?.id ?? null, "wrong-password");
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
  return change(actor, "account.signIn", platform, async (tx) => {
    const query = queryOf(tx);
    if (stronger) await tx.person.update({ where: { id: person.id }, data: { passwordHash: stronger } });
    if (origin.session) await endSession(query, origin.session);
    const { id, cookie } = await startSession(query, person.id, origin.device);
    const { address, device } = origin;
    return {
      result: { person: person.id, cookie, language: person.language, theme: person.theme },
      facts: { session: id.slice(0, 16) },
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
    if (error instanceof Conflict) await refused(address, null, error.reason);
    throw error;
  }
}

function refused(address: string, person: string | null, reason: string): Promise<void> {
  return change(visitor, "account.signInRefused", platform, async () => ({
    result: undefined,
    facts: { reason, person },
    details: { address },
  }));
}

export function signOut(actor: Actor): Promise<void> {
  return change(actor, "account.signOut", platform, async (tx) => {
    if (actor.sessionId) await endSession(queryOf(tx), actor.sessionId);
    return { result: undefined };
  });
}
