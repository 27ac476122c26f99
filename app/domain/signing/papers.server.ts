import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { z } from "zod";
import { now } from "#app/platform/clock.ts";
import type { Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { holdDocument } from "../documents/document.server.ts";
import { Conflict, Forbidden, Invalid, NotFound } from "../errors.ts";
import { Day } from "../jits/validity.ts";
import { view } from "../view.server.ts";
import { type PaperManifest, paperManifestType } from "./manifest.ts";
import { readPaper } from "./paper.ts";
import {
  enterIntoForceIfLast,
  type HeldSlot,
  holdSlot,
  refuseUnlessTurn,
  refuseWhileBlocked,
  signSlot,
  slotStatement,
  turnOf,
} from "./slot.server.ts";

/*
 * Ink: somebody of the party hands in the scan of the paper; it is kept as it came. It counts once an officer of another
 * party has compared the digest at its foot and its pages. Until then the slot waits.
 */
const line = z.string("required").trim().min(1, "required").max(200, "too-long");

export const HandInPaper = z.object({
  jit: z.string(),
  document: z.string(),
  slot: z.string(),
  /** what was printed: another digest means that the text changed meanwhile */
  digest: z.string().length(64, "text-changed"),
  signatory: line,
  capacity: line,
  place: line,
  signedOn: z.string("required").min(1, "required").pipe(Day),
});
export type HandInPaper = z.infer<typeof HandInPaper>;

/**
 * Keeps the scan. Throws Invalid for a file or a day that cannot be, and Conflict: "already-signed", "paper-there",
 * "not-your-turn", "method-not-agreed", "text-changed", "findings-block-signature".
 */
export async function handInPaper(actor: Actor, input: HandInPaper, bytes: Uint8Array): Promise<{ original: string }> {
  const paper = await readPaper(bytes);
  if (typeof paper === "string") throw new Invalid({ file: paper });
  // A day can have begun somewhere before it begins in UTC, by fourteen hours at most.
  if (input.signedOn > new Date(now().getTime() + 14 * 3_600_000).toISOString().slice(0, 10)) {
    throw new Invalid({ signedOn: "paper-not-signed-yet" });
  }
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const target = { jit: input.jit, document: input.document, slot: input.slot };
  return change(actor, "paper.handIn", target, async (tx) => {
    const document = await holdDocument(tx, input.jit, input.document);
    const slot = await holdSlot(tx, document, input.slot);
    if (slot.role === "copy") throw new Forbidden();
    if (slot.frozenText.digest !== input.digest) throw new Conflict("text-changed");
    if (slot.state === "checking") throw new Conflict("paper-there");
    refuseUnlessTurn(slot, "ink");
    await refuseWhileBlocked(tx, document, slot.frozenText);
    const { signatory, capacity, place, signedOn } = input;
    const id = newId();
    await tx.paperOriginal.create({
      data: {
        id,
        jitId: input.jit,
        slotId: slot.id,
        turn: await turnOf(tx, slot),
        bytes: Uint8Array.from(bytes),
        ...paper,
        sha256,
        ...{ signatory, capacity, place, signedOn },
        memberId: (await memberOf(tx, input.jit, actor)).id,
        at: now(),
      },
    });
    await tx.signatureSlot.update({ where: { id: slot.id }, data: { state: "checking" } });
    const facts = { document: document.id, digest: slot.frozenText.digest, slot: slot.id, original: id };
    return { result: { original: id }, facts: { ...facts, sha256, type: paper.type, pages: paper.pages, signedOn } };
  });
}

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

export const RefusePaper = z.object({
  ...checked,
  sha256: z.string().length(64, "paper-changed"),
  reason: z.string("required").trim().min(1, "required").max(2000, "too-long"),
});

/**
 * An officer of another party confirms digest and pages: from now on the slot is signed. Throws Forbidden for the own
 * party, Invalid for a digest or a number of pages that differs, Conflict: "paper-changed", "paper-gone",
 * "not-your-turn", "text-changed", "findings-block-signature".
 */
export function confirmPaper(actor: Actor, input: z.infer<typeof ConfirmPaper>): Promise<{ inForce: boolean }> {
  const target = { jit: input.jit, document: input.document, party: input.party };
  return change(actor, "paper.confirm", target, async (tx) => {
    const { document, slot, original } = await paperToCheck(tx, input);
    const { frozenText: frozen } = slot;
    refuseUnlessTurn(slot, "ink");
    await refuseWhileBlocked(tx, document, frozen);
    if (input.shortDigest !== frozen.digest.slice(0, 16)) throw new Invalid({ shortDigest: "paper-digest-differs" });
    if (input.pages !== original.pages) throw new Invalid({ pages: "paper-pages-differ" });
    const at = now();
    const officer = await memberOf(tx, input.jit, actor);
    const text = await paperManifest(tx, { slot, original, officer, at });
    const signature = await signSlot(tx, slot, { text, at, turn: original.turn, method: "ink", level: null });
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
      },
      follows,
    };
  });
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
  at: Date;
};

async function paperManifest(tx: Transaction, { slot, original, officer, at }: Checked): Promise<string> {
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
    confirmedBy: { ...named(officer.person), party: officer.party?.state ?? "" },
    at: at.toISOString(),
  };
  return canonicalize(manifest)!;
}

async function memberOf(tx: Transaction, jit: string, actor: Actor) {
  const member = await tx.member.findUnique({
    where: { jitId_personId: { jitId: jit, personId: actor.personId } },
    include: { person: true, party: true },
  });
  if (!member) throw new NotFound();
  return member;
}

/** The scan as it was handed in; that it was looked at is an entry in the trail. */
export function readOriginal(actor: Actor, input: { jit: string; document: string; slot: string }) {
  return view(
    actor,
    "paper.read",
    { jit: input.jit, document: input.document },
    async (db) => {
      const original = await db.paperOriginal.findFirst({
        where: { slotId: input.slot, jitId: input.jit, slot: { frozenText: { documentId: input.document } } },
        orderBy: { turn: "desc" },
      });
      if (!original) throw new NotFound();
      return original;
    },
    ({ id, sha256 }) => ({ document: input.document, original: id, sha256 }),
  );
}
