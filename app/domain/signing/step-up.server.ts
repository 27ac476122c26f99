import { z } from "zod";
import { now } from "#app/platform/clock.ts";
import { queryOf } from "#app/platform/database.server.ts";
import { platform } from "../access.server.ts";
import { forgetAttempts, spendAttempt } from "../accounts/attempts.server.ts";
import { keepQuestion, spendQuestion } from "../accounts/challenges.server.ts";
import { orRefused, refuseStepUp, sessionOf } from "../accounts/confirmation.server.ts";
import { factorsOf, spendAppCode, spendPasskey } from "../accounts/factors.server.ts";
import { PasskeyAnswer } from "../accounts/passkey-answers.ts";
import { type PasskeyAsk, passkeyAsk } from "../accounts/passkeys.server.ts";
import { confirmPassword } from "../accounts/password.server.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Conflict, Invalid } from "../errors.ts";
import { view } from "../view.server.ts";
import { assertionOf } from "./assertion.server.ts";
import type { Manifest } from "./manifest.ts";
import { SignDocument, signDocument, statementToSign } from "./signing.server.ts";
import { statementChallenge } from "./statement.ts";

/*
 * Before a signature binds, the signatory proves to be there. With a passkey: the statement is made, stored and hashed,
 * its hash is what the passkey signs, and exactly this statement becomes the signature. With password and code of an
 * app: the lower level, which the record names. Nobody signs with the password alone.
 */
const words = SignDocument.omit({ jit: true, document: true, meaning: true, slot: true }).extend({
  agreed: z.string("meaning-not-accepted"),
});

/** One form, three acts: ask the passkey, give its answer, or sign with password and code. */
export const StepUpForm = z.discriminatedUnion(
  "by",
  [
    words.extend({ by: z.literal("passkey") }),
    PasskeyAnswer.extend({ by: z.literal("answer") }),
    words.extend({
      by: z.literal("code"),
      password: z.string("required").min(1, "required").max(1000, "too-long"),
      code: z.string("required").trim().min(1, "required").max(40, "wrong-code"),
    }),
  ],
  "factor-needed",
);
export type StepUpForm = z.infer<typeof StepUpForm>;

/** Whose place is signed, and what is declared. */
type Place = { jit: string; document: string; slot: string; meaning: string };

/** What the person can sign with. */
export function signingFactors(actor: Actor): Promise<{ passkey: boolean; code: boolean }> {
  return view(actor, "factor.list", platform, async (db) => {
    const { passkeys, app } = await factorsOf(db, actor.personId);
    return { passkey: passkeys.length > 0, code: app };
  });
}

/** Signs, or returns what the passkey must be asked first. */
export async function signWithStepUp(actor: Actor, place: Place, form: StepUpForm): Promise<PasskeyAsk | null> {
  if (form.by === "passkey") return askToSign(actor, { ...form, ...place });
  if (form.by === "answer") await signByPasskey(actor, place, form);
  else await signByCode(actor, { ...form, ...place }, form);
  return null;
}

const signing = (actor: Actor) => ({ purpose: "sign", person: actor.personId, boundTo: sessionOf(actor) }) as const;

/** Makes and keeps the statement; its digest is in the trail before the passkey is asked. Throws as `statementToSign`. */
function askToSign(actor: Actor, input: SignDocument): Promise<PasskeyAsk> {
  const asker = signing(actor);
  const target = { jit: input.jit, document: input.document, slot: input.slot };
  return change(actor, "signature.prepare", target, async (tx) => {
    const { passkeys } = await factorsOf(tx, actor.personId);
    if (passkeys.length === 0) throw new Conflict("factor-needed");
    const { text } = await statementToSign(tx, actor, input, { level: "passkey", at: now() });
    const challenge = await statementChallenge(text);
    const question = await keepQuestion(queryOf(tx), asker, challenge, text);
    const facts = { document: input.document, slot: input.slot, statement: Buffer.from(challenge).toString("hex") };
    return { result: await passkeyAsk(question, passkeys, { by: "answer" }), facts };
  });
}

/**
 * Signs the statement that was asked about. Everything is checked again as it stands now, and the statement made again
 * must be the one that the passkey signed. Throws Conflict("question-gone" | "statement-changed" | "passkey-refused").
 */
async function signByPasskey(actor: Actor, place: Place, { ask, answer }: PasskeyAnswer): Promise<void> {
  const { challenge, statement } = await spendQuestion(ask, signing(actor));
  if (statement === null) throw new Conflict("question-gone");
  const { digest, capacity, place: where, at, slot } = JSON.parse(statement) as Manifest;
  if (slot !== place.slot) throw new Conflict("question-gone");
  const input = { ...place, digest, capacity, place: where };
  await orRefused(actor, () =>
    signDocument(actor, input, {
      level: "passkey",
      at: new Date(at),
      prove: async (tx, text) => {
        if (text !== statement) throw new Conflict("statement-changed");
        const used = await spendPasskey(tx, actor.personId, { answer, challenge });
        if (!used) throw new Conflict("passkey-refused");
        return assertionOf(answer, used);
      },
    }),
  );
}

/** Throws Conflict("factor-needed" | "rate-limited…"), Invalid for password and code. */
async function signByCode(actor: Actor, input: SignDocument, { password, code }: { password: string; code: string }) {
  if (!(await signingFactors(actor)).code) throw new Conflict("factor-needed");
  await spendAttempt("second", actor.personId);
  if (!(await confirmPassword(actor, password))) {
    await refuseStepUp(actor, "wrong-current-password");
    throw new Invalid({ password: "wrong-current-password" });
  }
  await orRefused(actor, () =>
    signDocument(actor, input, {
      level: "code",
      at: now(),
      prove: async (tx) => {
        if (!(await spendAppCode(tx, actor.personId, code))) throw new Invalid({ code: "wrong-code" });
        return null;
      },
    }),
  );
  await forgetAttempts("second", actor.personId);
}
