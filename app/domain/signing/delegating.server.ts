import { z } from "zod";
import { now } from "#app/platform/clock.ts";
import type { Transaction } from "#app/platform/database.server.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { holdDocument } from "../documents/document.server.ts";
import { Conflict } from "../errors.ts";
import { heldAt } from "../jits/validity.ts";
import { view } from "../view.server.ts";
import { type HeldSlot, ownSlot } from "./slot.server.ts";

export const DelegateSlot = z.object({
  jit: z.string(),
  document: z.string(),
  slot: z.string(),
  member: z.string("required").min(1, "required"),
  mandate: z.string("required").trim().min(1, "required").max(500, "too-long"),
});

/**
 * Gives the own slot to another signatory of the same party, with the reference of the mandate; both names stay. Who
 * was delegated to may not delegate further. Throws Conflict: "already-signed", "already-delegated",
 * "delegate-unknown", "delegate-has-slot".
 */
export function delegateSlot(actor: Actor, input: z.infer<typeof DelegateSlot>) {
  const target = { jit: input.jit, document: input.document, slot: input.slot };
  return change(actor, "slot.delegate", target, async (tx) => {
    const document = await holdDocument(tx, input.jit, input.document);
    const slot = await ownSlot(tx, document, actor, input.slot);
    if (slot.state !== "waiting") throw new Conflict("already-signed");
    if (slot.delegation) throw new Conflict("already-delegated");
    const to = await delegateOf(tx, slot, input.member);
    const { mandate } = input;
    await tx.slotDelegation.create({
      data: { slotId: slot.id, jitId: input.jit, fromMemberId: slot.memberId, toMemberId: to.id, mandate, at: now() },
    });
    await tx.signatureSlot.update({ where: { id: slot.id }, data: { memberId: to.id } });
    return {
      result: undefined,
      facts: { document: document.id, slot: slot.id, from: slot.memberId, member: to.id },
      details: { mandate },
    };
  });
}

const canBeDelegate = (slot: Pick<HeldSlot, "partyId" | "jitId">) => ({
  jitId: slot.jitId,
  partyId: slot.partyId,
  person: { disabledAt: null },
  roles: { some: heldAt(now(), ["signatory"]) },
});

async function delegateOf(tx: Transaction, slot: HeldSlot, id: string) {
  const candidates = await tx.member.findMany({ where: canBeDelegate(slot) });
  const to = candidates.find((member) => member.id === id);
  if (!to || to.id === slot.memberId) throw new Conflict("delegate-unknown");
  if (slot.frozenText.slots.some(({ memberId }) => memberId === to.id)) throw new Conflict("delegate-has-slot");
  return to;
}

/** Signatories of the own party who have no slot yet. */
export function listDelegates(actor: Actor, jit: string, slot: { partyId: string; taken: readonly string[] }) {
  return view(actor, "member.list", { jit }, async (db) => {
    const members = await db.member.findMany({
      where: { ...canBeDelegate({ jitId: jit, partyId: slot.partyId }), id: { notIn: [...slot.taken] } },
      include: { person: { select: { name: true, latinName: true } } },
      orderBy: { addedAt: "asc" },
    });
    return members.map(({ id, capacity, person }) => ({ id, capacity, ...person }));
  });
}
