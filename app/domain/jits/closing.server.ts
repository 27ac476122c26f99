import { now } from "#app/platform/clock.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { holdDocument } from "../documents/document.server.ts";
import { move } from "../documents/freezing.server.ts";
import { Conflict, Forbidden } from "../errors.ts";
import { holdJit } from "./hold.server.ts";

/** T19: one party asks to wind the team down. What it does about evidence and originals follows the arrangement. */
export function proposeClosure(actor: Actor, input: { jit: string; document: string }): Promise<void> {
  return change(actor, "jit.proposeClosure", input, async (tx, access) => {
    if (!access.partyId) throw new Forbidden();
    await holdJit(tx, input.jit);
    await move(tx, await holdDocument(tx, input.jit, input.document), "jit.proposeClosure");
    const closureProposedPartyId = access.partyId;
    await tx.jit.update({ where: { id: input.jit }, data: { closureProposedAt: now(), closureProposedPartyId } });
    return { result: undefined, facts: { document: input.document, party: access.partyId } };
  });
}

/**
 * T21, two-party rule: someone of another party confirms, and the team is archived for good.
 * Throws Conflict("second-party-needed") for the party that asked.
 */
export function archiveJit(actor: Actor, input: { jit: string; document: string }): Promise<void> {
  return change(actor, "jit.archive", input, async (tx, access) => {
    if (!access.partyId) throw new Forbidden();
    await holdJit(tx, input.jit);
    const document = await holdDocument(tx, input.jit, input.document);
    const { closureProposedPartyId } = await tx.jit.findUniqueOrThrow({ where: { id: input.jit } });
    if (closureProposedPartyId === access.partyId) throw new Conflict("second-party-needed");
    await move(tx, document, "jit.archive");
    return {
      result: undefined,
      facts: { document: document.id, proposedBy: closureProposedPartyId, confirmedBy: access.partyId },
    };
  });
}
