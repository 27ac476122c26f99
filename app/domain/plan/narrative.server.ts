import { queryOf, type Transaction } from "#app/platform/database.server.ts";
import type { Actor } from "../actor.ts";
import { contentOf } from "../documents/canonical.server.ts";
import type { Content } from "../documents/content.ts";
import { holdDocument } from "../documents/document.server.ts";
import { rebuild } from "../documents/history.server.ts";
import { recordEdits } from "../documents/recording.server.ts";
import { view } from "../view.server.ts";

/** Number of the annex that is the text of the plan (domain handbook 3.8). */
export const narrativeAnnex = "A3";

/** The text of the plan as it stands now; null where none is written, or it was given up. */
export async function narrativeOf(db: Transaction, jit: string): Promise<Content | null> {
  const document = await db.document.findFirst({
    where: { jitId: jit, annex: narrativeAnnex, state: { not: "withdrawn" } },
    select: { id: true, epoch: true, template: true },
  });
  if (!document) return null;
  const { id, epoch, template } = document;
  return contentOf(await rebuild(queryOf(db), { document: id, epoch }), template);
}

/** Where the text of the plan stands, for a link to it: whether there is one, and an arrangement that it can belong to. */
export type PlanTextLine = { there: boolean; possible: boolean };

export function planTextOf(actor: Actor, jit: string): Promise<PlanTextLine> {
  return view(actor, "plan.read", { jit }, async (db) => {
    const texts = await db.document.findMany({
      where: { jitId: jit, OR: [{ annex: narrativeAnnex }, { kind: "agreement" }], state: { not: "withdrawn" } },
      select: { annex: true },
    });
    return { there: texts.some(({ annex }) => annex !== null), possible: texts.some(({ annex }) => annex === null) };
  });
}

/** Nobody writes on the text until the transaction ends, and what was written stands in the trail before its entry. */
export async function holdNarrative(tx: Transaction, jit: string): Promise<void> {
  const document = await tx.document.findFirst({ where: { jitId: jit, annex: narrativeAnnex }, select: { id: true } });
  if (!document) return;
  const { epoch } = await holdDocument(tx, jit, document.id);
  await recordEdits(queryOf(tx), { document: document.id, epoch });
}
