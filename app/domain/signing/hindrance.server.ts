import { now } from "#app/platform/clock.ts";
import type { Actor } from "../actor.ts";
import { Conflict, NotFound } from "../errors.ts";
import { plannedEffect } from "../lifecycle/effects.server.ts";
import { view } from "../view.server.ts";

/**
 * The reason why a signature under a child of the arrangement would have no effect now, such as "extension-late", or null.
 * For pages, which say it before anybody tries; signing asks again.
 */
export function findHindrance(actor: Actor, input: { jit: string; document: string }): Promise<string | null> {
  return view(actor, "document.read", input, async (db) => {
    const frozen = await db.frozenText.findFirst({
      where: { documentId: input.document, jitId: input.jit, supersededAt: null },
      include: { document: true },
    });
    if (!frozen) throw new NotFound();
    try {
      await plannedEffect(db, frozen.document, frozen.canonical, now());
      return null;
    } catch (error) {
      if (error instanceof Conflict) return error.reason;
      throw error;
    }
  });
}
