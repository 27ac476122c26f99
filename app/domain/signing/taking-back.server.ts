import { z } from "zod";
import { now } from "#app/platform/clock.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { holdDocument } from "../documents/document.server.ts";
import { Conflict } from "../errors.ts";
import { ownSlot } from "./slot.server.ts";

export const WithdrawSignature = z.object({
  jit: z.string(),
  document: z.string(),
  slot: z.string(),
  reason: z.string("required").trim().min(1, "required").max(2000, "too-long"),
});

/**
 * Who signed takes the own signature back, before all have signed. It stays in the record as taken back, and the slot
 * waits again; signatures of others stay as they are. A paper that nobody has looked at yet is taken back likewise.
 * Throws Conflict("nothing-signed") when there is neither.
 */
export function withdrawSignature(actor: Actor, input: z.infer<typeof WithdrawSignature>) {
  const target = { jit: input.jit, document: input.document, slot: input.slot };
  return change(actor, "signature.withdraw", target, async (tx) => {
    const document = await holdDocument(tx, input.jit, input.document);
    const slot = await ownSlot(tx, document, actor, input.slot);
    const [signature] = slot.signatures;
    const [original] = slot.originals;
    const at = now();
    if (slot.state === "signed" && signature) {
      const data = { signatureId: signature.id, jitId: input.jit, personId: actor.personId, reason: input.reason, at };
      await tx.signatureWithdrawal.create({ data });
    } else if (slot.state === "checking" && original) {
      const by = { memberId: slot.memberId, partyId: slot.partyId, reason: input.reason, at };
      await tx.paperCheck.create({
        data: { originalId: original.id, jitId: input.jit, verdict: "withdrawn", ...by },
      });
    } else throw new Conflict("nothing-signed");
    await tx.signatureSlot.update({ where: { id: slot.id }, data: { state: "waiting", decidedAt: null } });
    const what = slot.state === "signed" ? "signature" : "original";
    const taken = (slot.state === "signed" ? signature?.id : original?.id) ?? "";
    return {
      result: undefined,
      facts: { document: document.id, slot: slot.id, digest: slot.frozenText.digest, [what]: taken },
      details: { reason: input.reason },
    };
  });
}
