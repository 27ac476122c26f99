import type { ClosedAnnex, Content } from "#app/domain/documents/content.ts";
import type { TextNode } from "#app/domain/documents/text-node.ts";
import { now } from "#app/platform/clock.ts";
import type { Actor } from "../actor.ts";
import { boundAt } from "../jits/bound.ts";
import { heldAt } from "../jits/validity.ts";
import { concernsAlone } from "../lifecycle/concerned.ts";
import { view } from "../view.server.ts";

/** The canonical text taken apart for reading. */
export type FrozenReading = {
  version: number;
  digest: string;
  frozenAt: Date;
  template: string;
  fields: Record<string, unknown>;
  languages: Record<string, TextNode>;
  annexes?: readonly ClosedAnnex[];
};

/** The newest frozen text, read from the very bytes that are signed; null when nothing is frozen. */
export function findFrozen(actor: Actor, input: { jit: string; document: string }): Promise<FrozenReading | null> {
  return view(actor, "document.read", input, async (db) => {
    const frozen = await db.frozenText.findFirst({ where: { documentId: input.document, supersededAt: null } });
    if (!frozen) return null;
    const { version, digest, frozenAt, canonical } = frozen;
    return {
      version,
      digest,
      frozenAt,
      ...(JSON.parse(canonical) as Pick<FrozenReading, "template" | "fields" | "languages" | "annexes">),
    };
  });
}

/** Everyone who could sign the closed text today, and the parties that sign it, so that one without a signatory shows. */
export function listPossibleSignatories(actor: Actor, { jit, document: id }: { jit: string; document: string }) {
  return view(actor, "member.list", { jit }, async (db) => {
    const frozen = await db.frozenText.findFirst({
      where: { documentId: id, jitId: jit, supersededAt: null },
      include: { document: true },
    });
    const { fields } = frozen ? (JSON.parse(frozen.canonical) as Content) : { fields: {} };
    const alone = concernsAlone(frozen?.document.annex ?? null, fields);
    const parties = await db.party.findMany({
      where: { jitId: jit, ...boundAt(now()), ...(alone === null ? {} : { state: alone }) },
      orderBy: { position: "asc" },
      include: {
        members: {
          where: { roles: { some: heldAt(now(), ["signatory"]) } },
          include: { person: { select: { name: true, latinName: true } } },
        },
      },
    });
    return parties.map((party) => ({
      id: party.id,
      state: party.state,
      signatories: party.members.map(({ id, capacity, person }) => ({ id, capacity, ...person })),
    }));
  });
}
