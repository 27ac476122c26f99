import { createHash } from "node:crypto";
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
import { readPaper } from "./paper.ts";
import { holdSlot, refuseUnlessTurn, refuseWhileBlocked, turnOf } from "./slot.server.ts";

/*
 * Ink: somebody of the party hands in the scan of the paper; it is kept as it came. It counts once an officer of another
 * party has compared the digest at its foot and its pages (paper-check.server.ts). Until then the slot waits.
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

export async function memberOf(tx: Transaction, jit: string, actor: Actor) {
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
