import { now } from "#app/platform/clock.ts";
import type { Transaction } from "#app/platform/database.server.ts";
import { platform } from "../access.server.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict, Invalid } from "../errors.ts";
import { view } from "../view.server.ts";
import { ask, spendQuestion } from "./challenges.server.ts";
import { factorsOf, spendPasskey } from "./factors.server.ts";
import type { PasskeyAnswer } from "./passkey-answers.ts";
import { type PasskeyAsk, passkeyAsk } from "./passkeys.server.ts";
import { confirmPassword } from "./password.server.ts";

/*
 * Before second factors are changed, the person proves again to be there: an open session on an unlocked computer is not
 * enough. The proof holds for five minutes, for this session.
 */
const minutes = 5;

/** The session of the actor, which every proof is bound to. Throws Conflict("confirm-first") for who has none. */
export function sessionOf(actor: Actor): string {
  if (!actor.sessionId) throw new Conflict("confirm-first");
  return actor.sessionId;
}

export async function isConfirmed(db: Transaction, actor: Actor): Promise<boolean> {
  const since = new Date(now().getTime() - minutes * 60_000);
  const where = { id: actor.sessionId ?? "", personId: actor.personId, revokedAt: null, confirmedAt: { gt: since } };
  return (await db.session.count({ where })) > 0;
}

/** Throws Conflict("confirm-first"). */
export async function requireConfirmed(db: Transaction, actor: Actor): Promise<void> {
  if (!(await isConfirmed(db, actor))) throw new Conflict("confirm-first");
}

/** Throws Invalid for a wrong password, Conflict as `confirmPassword`. */
export async function confirmByPassword(actor: Actor, password: string): Promise<void> {
  if (!(await confirmPassword(actor, password))) {
    await refuseStepUp(actor, "wrong-current-password");
    throw new Invalid({ password: "wrong-current-password" });
  }
  await confirm(actor, "password", async () => {});
}

export function askToConfirm(actor: Actor): Promise<PasskeyAsk> {
  return view(actor, "factor.list", platform, async (db) => {
    const { passkeys } = await factorsOf(db, actor.personId);
    const asker = { purpose: "confirm", person: actor.personId, boundTo: sessionOf(actor) } as const;
    return passkeyAsk(await ask(asker), passkeys, { act: "confirmAnswer" });
  });
}

/** Throws Conflict("question-gone" | "passkey-refused"). */
export async function confirmByPasskey(actor: Actor, { ask: id, answer }: PasskeyAnswer): Promise<void> {
  const asker = { purpose: "confirm", person: actor.personId, boundTo: sessionOf(actor) } as const;
  const { challenge } = await spendQuestion(id, asker);
  await orRefused(actor, () =>
    confirm(actor, "passkey", async (tx) => {
      if (!(await spendPasskey(tx, actor.personId, { answer, challenge }))) throw new Conflict("passkey-refused");
    }),
  );
}

function confirm(actor: Actor, by: string, prove: (tx: Transaction) => Promise<void>): Promise<void> {
  return change(actor, "account.confirm", platform, async (tx) => {
    await prove(tx);
    await tx.session.updateMany({
      where: { id: sessionOf(actor), personId: actor.personId },
      data: { confirmedAt: now() },
    });
    return { result: undefined, facts: { by } };
  });
}

const ofFactors = ["passkey-refused", "wrong-code"];

/** Puts into the trail that a factor was refused, then refuses. */
export async function orRefused<Result>(actor: Actor, act: () => Promise<Result>): Promise<Result> {
  try {
    return await act();
  } catch (error) {
    const reason =
      error instanceof Conflict ? error.reason : error instanceof Invalid ? error.problems.code : undefined;
    if (reason && ofFactors.includes(reason)) await refuseStepUp(actor, reason);
    throw error;
  }
}

export function refuseStepUp(actor: Actor, reason: string): Promise<void> {
  return change(actor, "account.stepUpRefused", platform, async () => ({ result: undefined, facts: { reason } }));
}
