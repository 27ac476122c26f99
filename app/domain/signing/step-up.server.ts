import { z } from "zod";
import { PasskeyAnswer } from "../accounts/passkey-answers.ts";
import type { PasskeyAsk } from "../accounts/passkeys.server.ts";
import type { Actor } from "../actor.ts";
import { type Manifest, manifestType, type PaperManifest, paperManifestType } from "./manifest.ts";
import { ConfirmPaper, confirmPaper, paperToConfirm } from "./paper-check.server.ts";
import { askPasskey, proveByCode, proveByPasskey } from "./proof.server.ts";
import { SignDocument, signDocument, statementToSign } from "./signing.server.ts";

/*
 * The acts that bind, each with the proof that its maker is there (proof.server.ts): signing the own slot, and confirming
 * the paper of another party.
 */
const code = {
  by: z.literal("code"),
  password: z.string("required").min(1, "required").max(1000, "too-long"),
  code: z.string("required").trim().min(1, "required").max(40, "wrong-code"),
};

const words = SignDocument.omit({ jit: true, document: true, meaning: true, slot: true }).extend({
  agreed: z.string("meaning-not-accepted"),
});

/** One form, three acts: ask the passkey, give its answer, or sign with password and code. */
export const StepUpForm = z.discriminatedUnion(
  "by",
  [words.extend({ by: z.literal("passkey") }), PasskeyAnswer.extend({ by: z.literal("answer") }), words.extend(code)],
  "factor-needed",
);
export type StepUpForm = z.infer<typeof StepUpForm>;

/** Whose place is signed, and what is declared. */
type Place = { jit: string; document: string; slot: string; meaning: string };

/** Signs, or returns what the passkey must be asked first. */
export async function signWithStepUp(actor: Actor, place: Place, form: StepUpForm): Promise<PasskeyAsk | null> {
  if (form.by === "passkey") {
    const input = { ...form, ...place };
    const target = { jit: input.jit, document: input.document, slot: input.slot };
    const make = async (...[tx, step]: Parameters<Parameters<typeof askPasskey>[1]["make"]>) =>
      (await statementToSign(tx, actor, input, step)).text;
    return askPasskey(actor, { action: "signature.prepare", target, carry: { by: "answer" }, make }, place.slot);
  }
  if (form.by === "code") await proveByCode(actor, form, (step) => signDocument(actor, { ...form, ...place }, step));
  else {
    const expected = { type: manifestType, slot: place.slot } as const;
    await proveByPasskey<Manifest>(actor, form, expected, ({ digest, capacity, place: where }, step) =>
      signDocument(actor, { ...place, digest, capacity, place: where }, step),
    );
  }
  return null;
}

/** Which paper, and the party in whose name the officer acts. */
type Checked = { jit: string; document: string; slot: string; party: string };
const seen = ConfirmPaper.omit({ jit: true, document: true, slot: true, party: true }).extend({
  act: z.literal("confirm"),
});

/** As `StepUpForm`. The answer of the passkey brings what the officer read along: the statement does not hold it. */
export const ConfirmPaperForm = z.discriminatedUnion(
  "by",
  [
    seen.extend({ by: z.literal("passkey") }),
    seen.extend({ by: z.literal("answer"), ...PasskeyAnswer.shape }),
    seen.extend(code),
  ],
  "factor-needed",
);
export type ConfirmPaperForm = z.infer<typeof ConfirmPaperForm>;

/** Confirms the paper, or returns what the passkey must be asked first. */
export async function confirmWithStepUp(
  actor: Actor,
  place: Checked,
  form: ConfirmPaperForm,
): Promise<PasskeyAsk | null> {
  const input = { ...form, ...place };
  if (form.by === "passkey") {
    const target = { jit: place.jit, document: place.document, party: place.party };
    const { sha256, shortDigest, pages } = form;
    const carry = { act: "confirm", by: "answer", sha256, shortDigest, pages: String(pages) };
    const make = async (...[tx, step]: Parameters<Parameters<typeof askPasskey>[1]["make"]>) =>
      (await paperToConfirm(tx, actor, input, step)).text;
    return askPasskey(actor, { action: "paper.prepare", target, carry, make }, place.slot);
  }
  if (form.by === "code") await proveByCode(actor, form, (step) => confirmPaper(actor, input, step));
  else {
    const expected = { type: paperManifestType, slot: place.slot } as const;
    await proveByPasskey<PaperManifest>(actor, form, expected, (_, step) => confirmPaper(actor, input, step));
  }
  return null;
}
