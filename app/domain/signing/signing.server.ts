import canonicalize from "canonicalize";
import { z } from "zod";
import { now } from "#app/platform/clock.ts";
import type { Transaction } from "#app/platform/database.server.ts";
import type { Level } from "../accounts/levels.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { holdDocument } from "../documents/document.server.ts";
import { move, supersedeFrozen } from "../documents/freezing.server.ts";
import { Conflict } from "../errors.ts";
import { type Manifest, manifestType } from "./manifest.ts";
import {
  enterIntoForceIfLast,
  ownSlot,
  refuseUnlessTurn,
  refuseWhileBlocked,
  signSlot,
  slotStatement,
  turnOf,
} from "./slot.server.ts";

export const SignDocument = z.object({
  jit: z.string(),
  document: z.string(),
  slot: z.string(),
  /** what the signatory read; another digest means that the text changed meanwhile */
  digest: z.string().length(64, "text-changed"),
  capacity: z.string("required").trim().min(1, "required").max(200, "too-long"),
  place: z.string("required").trim().min(1, "required").max(200, "too-long"),
  meaning: z.string("required").min(1, "required").max(2000, "too-long"),
});

export type SignDocument = z.infer<typeof SignDocument>;

/**
 * How the signatory proves to be there. `prove` is asked inside the transaction that signs, for the very manifest; it
 * throws, or returns the answer of the passkey where there is one. `at` is when the statement was made.
 */
export type StepUp = {
  level: Level;
  at: Date;
  prove: (tx: Transaction, manifest: string) => Promise<string | null>;
};

/** Without a second factor, as everybody signed before there were any: for the past of the demonstration, and tests. */
export function passwordAlone(): StepUp {
  return { level: "password", at: now(), prove: async () => null };
}

/**
 * What the signatory is to sign, as canonical JSON, after every check that signing itself makes. Throws Conflict:
 * "already-signed", "not-your-turn", "method-not-agreed", "text-changed", "findings-block-signature", "not-in-this-state".
 */
export async function statementToSign(
  tx: Transaction,
  actor: Actor,
  input: SignDocument,
  { level, at }: Omit<StepUp, "prove">,
) {
  const document = await holdDocument(tx, input.jit, input.document);
  const slot = await ownSlot(tx, document, actor, input.slot);
  const { frozenText: frozen } = slot;
  if (frozen.digest !== input.digest) throw new Conflict("text-changed");
  refuseUnlessTurn(slot, "workspace");
  await refuseWhileBlocked(tx, document, frozen);
  const manifest: Manifest = {
    type: manifestType,
    ...(await slotStatement(tx, slot)),
    capacity: input.capacity,
    place: input.place,
    meaning: input.meaning,
    level,
    at: at.toISOString(),
  };
  return { document, slot, frozen, text: canonicalize(manifest)! };
}

/**
 * Signs the frozen text for the signatory's own slot, with the step-up that step-up.server.ts has asked for.
 * The last signature puts the arrangement in force (T11) in the same transaction.
 * Throws as `statementToSign` does, and what `prove` throws.
 */
export function signDocument(actor: Actor, input: SignDocument, stepUp: StepUp): Promise<{ inForce: boolean }> {
  const target = { jit: input.jit, document: input.document, slot: input.slot };
  return change(actor, "signature.sign", target, async (tx) => {
    const { document, slot, frozen, text } = await statementToSign(tx, actor, input, stepUp);
    const assertion = await stepUp.prove(tx, text);
    const at = now();
    const signature = await signSlot(tx, slot, {
      ...{ text, at, turn: await turnOf(tx, slot), method: "workspace" },
      ...{ level: stepUp.level, assertion },
    });
    const follows = await enterIntoForceIfLast(tx, document, frozen, at);
    return {
      result: { inForce: follows.length > 0 },
      facts: {
        document: document.id,
        digest: frozen.digest,
        slot: slot.id,
        signature: signature.id,
        key: signature.key,
        level: stepUp.level,
      },
      follows,
    };
  });
}

export const DeclineSignature = z.object({
  jit: z.string(),
  document: z.string(),
  slot: z.string(),
  reason: z.string("required").trim().min(1, "required").max(2000, "too-long"),
});

/** T09: one signatory declines; all signatures become void and stay in the record; the text opens again as a new version. */
export function declineSignature(actor: Actor, input: z.infer<typeof DeclineSignature>) {
  const target = { jit: input.jit, document: input.document, slot: input.slot };
  return change(actor, "signature.decline", target, async (tx) => {
    const document = await holdDocument(tx, input.jit, input.document);
    const slot = await ownSlot(tx, document, actor, input.slot);
    if (slot.state === "signed") throw new Conflict("already-signed");
    await tx.signatureSlot.update({
      where: { id: slot.id },
      data: { state: "declined", decidedAt: now(), reason: input.reason },
    });
    const superseded = await supersedeFrozen(tx, document.id, slot.id);
    await move(tx, document, "signature.decline", { version: document.version + 1 });
    return {
      result: undefined,
      facts: { document: document.id, slot: slot.id, superseded, version: document.version + 1 },
      details: { reason: input.reason },
    };
  });
}
