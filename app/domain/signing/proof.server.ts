import { now } from "#app/platform/clock.ts";
import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import { platform } from "../access.server.ts";
import { forgetAttempts, spendAttempt } from "../accounts/attempts.server.ts";
import { keepQuestion, spendQuestion } from "../accounts/challenges.server.ts";
import { orRefused, refuseStepUp, sessionOf } from "../accounts/confirmation.server.ts";
import { factorsOf, spendAppCode, spendPasskey } from "../accounts/factors.server.ts";
import type { PasskeyAnswer } from "../accounts/passkey-answers.ts";
import { type PasskeyAsk, passkeyAsk } from "../accounts/passkeys.server.ts";
import { confirmPassword } from "../accounts/password.server.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict, Invalid } from "../errors.ts";
import { view } from "../view.server.ts";
import { assertionOf } from "./assertion.server.ts";
import type { StepUp } from "./signing.server.ts";
import { statementChallenge } from "./statement.ts";

/*
 * Before a statement binds, its maker proves to be there. With a passkey: the statement is made, stored and hashed, its
 * hash is what the passkey signs, and exactly this statement becomes the signature. With password and code of an app: the
 * lower level, which the record names. The password alone proves nothing.
 */
export type Factors = { passkey: boolean; code: boolean };

/** What the person can prove to be there with. */
export function signingFactors(actor: Actor): Promise<Factors> {
  return view(actor, "factor.list", platform, async (db) => {
    const { passkeys, app } = await factorsOf(db, actor.personId);
    return { passkey: passkeys.length > 0, code: app };
  });
}

const signing = (actor: Actor) => ({ purpose: "sign", person: actor.personId, boundTo: sessionOf(actor) }) as const;

type Prepared = {
  action: "signature.prepare" | "paper.prepare";
  target: { jit: string; document: string; slot?: string; party?: string };
  /** goes with the answer back to the page's own form */
  carry: Record<string, string>;
  /** the statement as canonical JSON, after every check that the act itself makes */
  make: (tx: Transaction, step: Omit<StepUp, "prove">) => Promise<string>;
};

/** Makes and keeps the statement; its digest is in the trail before the passkey is asked. Throws as `make`. */
export function askPasskey(actor: Actor, { action, target, carry, make }: Prepared, slot: string): Promise<PasskeyAsk> {
  const asker = signing(actor);
  return change(actor, action, target, async (tx) => {
    const { passkeys } = await factorsOf(tx, actor.personId);
    if (passkeys.length === 0) throw new Conflict("factor-needed");
    const text = await make(tx, { level: "passkey", at: now() });
    const challenge = await statementChallenge(text);
    const question = await keepQuestion(queryOf(tx), asker, challenge, text);
    const facts = { document: target.document, slot, statement: Buffer.from(challenge).toString("hex") };
    return { result: await passkeyAsk(question, passkeys, carry), facts };
  });
}

/** A statement that was asked about. `type` keeps one kind from being taken for another. */
export type Asked = { type: string; slot: string; at: string };

/**
 * Carries out what was asked about. Everything is checked again as it stands now, and the statement made again must be the
 * one that the passkey signed. Throws Conflict("question-gone" | "statement-changed" | "passkey-refused").
 */
export async function proveByPasskey<Statement extends Asked>(
  actor: Actor,
  { ask, answer }: PasskeyAnswer,
  expected: Pick<Statement, "type" | "slot">,
  act: (statement: Statement, stepUp: StepUp) => Promise<unknown>,
): Promise<void> {
  const { challenge, statement } = await spendQuestion(ask, signing(actor));
  if (statement === null) throw new Conflict("question-gone");
  const read = JSON.parse(statement) as Statement;
  if (read.slot !== expected.slot || read.type !== expected.type) throw new Conflict("question-gone");
  const prove: StepUp["prove"] = async (tx, text) => {
    if (text !== statement) throw new Conflict("statement-changed");
    const used = await spendPasskey(tx, actor.personId, { answer, challenge });
    if (!used) throw new Conflict("passkey-refused");
    return assertionOf(answer, used);
  };
  await orRefused(actor, () => act(read, { level: "passkey", at: new Date(read.at), prove }));
}

/** Throws Conflict("factor-needed" | "rate-limited…"), Invalid for password and code. */
export async function proveByCode(
  actor: Actor,
  { password, code }: { password: string; code: string },
  act: (stepUp: StepUp) => Promise<unknown>,
): Promise<void> {
  if (!(await signingFactors(actor)).code) throw new Conflict("factor-needed");
  await spendAttempt("second", actor.personId);
  if (!(await confirmPassword(actor, password))) {
    await refuseStepUp(actor, "wrong-current-password");
    throw new Invalid({ password: "wrong-current-password" });
  }
  const prove: StepUp["prove"] = async (tx) => {
    if (!(await spendAppCode(tx, actor.personId, code))) throw new Invalid({ code: "wrong-code" });
    return null;
  };
  await orRefused(actor, () => act({ level: "code", at: now(), prove }));
  await forgetAttempts("second", actor.personId);
}
