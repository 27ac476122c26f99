import canonicalize from "canonicalize";
import { z } from "zod";
import { now } from "#app/platform/clock.ts";
import type { Transaction } from "#app/platform/database.server.ts";
import type { Level } from "../accounts/levels.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { holdDocument } from "../documents/document.server.ts";
import { Conflict, Forbidden, Invalid } from "../errors.ts";
import { type PaperManifest, paperManifestType } from "./manifest.ts";
import { memberOf } from "./papers.server.ts";
import type { StepUp } from "./signing.server.ts";
import {
  enterIntoForceIfLast,
  type HeldSlot,
  holdSlot,
  refuseUnlessTurn,
  refuseWhileBlocked,
  signSlot,
  slotStatement,
} from "./slot.server.ts";

/** For which party the officer acts is named by `party`: the right is asked for it, and it may not be that of the slot. */
const checked = { jit: z.string(), document: z.string(), slot: z.string(), party: z.string() };

export const ConfirmPaper = z.object({
  ...checked,
  /** SHA-256 of the scan that the officer had before their eyes */
  sha256: z.string().length(64, "paper-changed"),
  /** the first 16 digits at the foot of its pages, as the officer reads them off */
  shortDigest: z
    .string("required")
    .min(1, "required")
    .max(100, "too-long")
    .transform((typed) => typed.replace(/\s/g, "").toLowerCase()),
  pages: z.coerce.number("required").int("wrong-kind").min(1, "required").max(10_000, "too-long"),
});

export type ConfirmPaper = z.infer<typeof ConfirmPaper>;

export const RefusePaper = z.object({
  ...checked,
  sha256: z.string().length(64, "paper-changed"),
  reason: z.string("required").trim().min(1, "required").max(2000, "too-long"),
});

/**
 * An officer of another party confirms digest and pages: from now on the slot is signed. Throws Forbidden for the own
 * party, Invalid for a digest or a number of pages that differs, Conflict: "paper-changed", "paper-gone",
 * "not-your-turn", "text-changed", "findings-block-signature"; and what `prove` throws.
 */
export function confirmPaper(actor: Actor, input: ConfirmPaper, stepUp: StepUp): Promise<{ inForce: boolean }> {
  const target = { jit: input.jit, document: input.document, party: input.party };
  return change(actor, "paper.confirm", target, async (tx) => {
    const { document, slot, original, officer, text } = await paperToConfirm(tx, actor, input, stepUp);
    const { frozenText: frozen } = slot;
    const assertion = await stepUp.prove(tx, text);
    const at = now();
    // The signatory proved nothing here; what the officer proved is said in the statement.
    const stated = { text, at, turn: original.turn, method: "ink", level: null, assertion } as const;
    const signature = await signSlot(tx, slot, stated);
    await tx.paperCheck.create({
      data: {
        originalId: original.id,
        jitId: input.jit,
        verdict: "confirmed",
        memberId: officer.id,
        partyId: input.party,
        signatureId: signature.id,
        at,
      },
    });
    const follows = await enterIntoForceIfLast(tx, document, frozen, at);
    return {
      result: { inForce: follows.length > 0 },
      facts: {
        document: document.id,
        digest: frozen.digest,
        slot: slot.id,
        original: original.id,
        sha256: original.sha256,
        signature: signature.id,
        person: slot.member.personId,
        key: signature.key,
        level: stepUp.level,
      },
      follows,
    };
  });
}

/** What the officer is to attest, as canonical JSON, after every check that confirming itself makes. Throws as `confirmPaper`. */
export async function paperToConfirm(
  tx: Transaction,
  actor: Actor,
  input: ConfirmPaper,
  { level, at }: Omit<StepUp, "prove">,
) {
  const { document, slot, original } = await paperToCheck(tx, input);
  refuseUnlessTurn(slot, "ink");
  await refuseWhileBlocked(tx, document, slot.frozenText);
  if (input.shortDigest !== slot.frozenText.digest.slice(0, 16)) {
    throw new Invalid({ shortDigest: "paper-digest-differs" });
  }
  if (input.pages !== original.pages) throw new Invalid({ pages: "paper-pages-differ" });
  const officer = await memberOf(tx, input.jit, actor);
  const text = await paperManifest(tx, { slot, original, officer, level, at });
  return { document, slot, original, officer, text };
}

/** The officer of another party finds that the scan is not of this text, or not whole; another can be handed in. */
export function refusePaper(actor: Actor, input: z.infer<typeof RefusePaper>): Promise<void> {
  const target = { jit: input.jit, document: input.document, party: input.party };
  return change(actor, "paper.refuse", target, async (tx) => {
    const { document, slot, original } = await paperToCheck(tx, input);
    const officer = await memberOf(tx, input.jit, actor);
    const by = { memberId: officer.id, partyId: input.party, reason: input.reason, at: now() };
    await tx.paperCheck.create({ data: { originalId: original.id, jitId: input.jit, verdict: "refused", ...by } });
    await tx.signatureSlot.update({ where: { id: slot.id }, data: { state: "waiting" } });
    return {
      result: undefined,
      facts: { document: document.id, slot: slot.id, original: original.id, sha256: original.sha256 },
      details: { reason: input.reason },
    };
  });
}

async function paperToCheck(
  tx: Transaction,
  input: { jit: string; document: string; slot: string; party: string; sha256: string },
) {
  const document = await holdDocument(tx, input.jit, input.document);
  const slot = await holdSlot(tx, document, input.slot);
  if (slot.partyId === input.party) throw new Forbidden();
  const [original] = slot.originals;
  if (slot.state !== "checking" || !original) throw new Conflict("paper-gone");
  if (original.sha256 !== input.sha256) throw new Conflict("paper-changed");
  return { document, slot, original };
}

type Checked = {
  slot: HeldSlot;
  original: HeldSlot["originals"][number];
  officer: Awaited<ReturnType<typeof memberOf>>;
  level: Level;
  at: Date;
};

async function paperManifest(tx: Transaction, { slot, original, officer, level, at }: Checked): Promise<string> {
  const { sha256, type, pages, signatory, capacity, place, signedOn } = original;
  const handed = await tx.member.findUniqueOrThrow({ where: { id: original.memberId }, include: { person: true } });
  const named = ({ id, name, latinName }: { id: string; name: string; latinName: string }) => ({
    person: id,
    name,
    latinName,
  });
  const manifest: PaperManifest = {
    type: paperManifestType,
    ...(await slotStatement(tx, slot)),
    ...{ capacity, place, signatory, signedOn },
    original: { sha256, type, pages },
    handedInBy: named(handed.person),
    confirmedBy: { ...named(officer.person), party: officer.party?.state ?? "", level },
    at: at.toISOString(),
  };
  return canonicalize(manifest)!;
}
