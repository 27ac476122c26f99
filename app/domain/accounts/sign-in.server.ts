import { z } from "zod";
import { database, queryOf } from "#app/platform/database.server.ts";
import { platform } from "../access.server.ts";
import { type Actor, visitor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Invalid } from "../errors.ts";
import type { GlobalRole } from "../roles.ts";
import { forgetAttempts, spendAttempt } from "./attempts.server.ts";
import { passwordFits } from "./password.server.ts";
import { endSession, startSession } from "./session.server.ts";

export const SignIn = z.object({
  email: z.string("required").trim().toLowerCase().min(1, "required").max(254, "too-long"),
  password: z.string("required").min(1, "required").max(1000, "too-long"),
  next: z.string().optional(),
});

export type Origin = { address: string; device: string };

/**
 * Signs a person in and returns the cookie. An unknown address and a wrong password answer alike, in text and in the
 * work done. Throws Invalid("wrong-password"), Conflict("rate-limited" | "busy").
 */
export async function signIn(
  input: { email: string; password: string },
  { address, device }: Origin,
): Promise<{ cookie: string }> {
  await spendAttempt("address", address);
  await spendAttempt("account", input.email);
  const person = await database().person.findUnique({ where: { email: input.email }, include: { authority: true } });
  const fits = await passwordFits(person?.passwordHash ?? null, input.password);
  if (!person || person.disabledAt || !fits) {
    await change(visitor, "account.signInRefused", platform, async () => ({ result: undefined, details: { address } }));
    throw new Invalid({ "": "wrong-password" });
  }
  await forgetAttempts("account", input.email);
  const actor: Actor = {
    personId: person.id,
    sessionId: null,
    authorityId: person.authorityId,
    state: person.authority.state,
    globalRoles: person.globalRoles as GlobalRole[],
  };
  return change(actor, "account.signIn", platform, async (tx) => {
    const { id, cookie } = await startSession(queryOf(tx), person.id, device);
    return { result: { cookie }, facts: { session: id.slice(0, 16) }, details: { address, device } };
  });
}

export function signOut(actor: Actor): Promise<void> {
  return change(actor, "account.signOut", platform, async (tx) => {
    if (actor.sessionId) await endSession(queryOf(tx), actor.sessionId);
    return { result: undefined };
  });
}
