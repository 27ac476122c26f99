import type { ClosedAnnex, Content } from "#app/domain/documents/content.ts";
import type { TextNode } from "#app/domain/documents/text-node.ts";
import { now } from "#app/platform/clock.ts";
import type { Actor } from "../actor.ts";
import { rowsOf, wordsOf } from "../checks/rows.ts";
import { boundAt } from "../jits/bound.ts";
import { validAt } from "../jits/validity.ts";
import { concernsAlone } from "../lifecycle/concerned.ts";
import { joiningState } from "../lifecycle/joining.server.ts";
import { rightOf } from "../matrix.ts";
import type { JitRole } from "../roles.ts";
import { view } from "../view.server.ts";
import { bodyKey } from "./approvals.ts";
import { allowedMethods, builtMethods } from "./slots.ts";

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

/**
 * Everyone who could take a slot, by party, so that a party without a signatory shows: who signs, and who can only
 * receive a copy. `named`: clause C28 of the frozen text names the person.
 */
export function listPossibleSlots(actor: Actor, { jit, document }: { jit: string; document: string }) {
  return view(actor, "member.list", { jit }, async (db) => {
    const frozen = await db.frozenText.findFirst({
      where: { documentId: document, supersededAt: null },
      include: { document: { select: { annex: true } } },
    });
    const fields = frozen ? (JSON.parse(frozen.canonical) as Content).fields : {};
    const alone = concernsAlone(frozen?.document.annex ?? null, fields);
    const named = new Set(rowsOf(fields, "signatories").map((row) => bodyKey(wordsOf(row.personRef))));
    const parties = await db.party.findMany({
      where: { jitId: jit, ...boundAt(now()), ...(alone === null ? {} : { state: alone }) },
      orderBy: { position: "asc" },
      include: {
        members: {
          where: { roles: { some: validAt(now()) }, person: { disabledAt: null } },
          include: {
            person: { select: { name: true, latinName: true } },
            roles: { where: validAt(now()), select: { role: true } },
          },
          orderBy: { addedAt: "asc" },
        },
      },
    });
    const signs = ({ roles }: { roles: { role: string }[] }) => roles.some(({ role }) => role === "signatory");
    const reads = ({ roles }: { roles: { role: string }[] }) =>
      roles.some(({ role }) => rightOf(role as JitRole, "readText") === "Y");
    const joins = joiningState(frozen?.document.annex ?? null, fields);
    return {
      joins,
      allowed: allowedMethods(fields).filter((method) => builtMethods.includes(method)),
      zone: typeof fields.referenceTimeZone === "string" ? fields.referenceTimeZone : "UTC",
      parties: parties.map((party) => {
        const members = party.members.map(({ id, capacity, person, roles }) => ({ id, capacity, roles, ...person }));
        const signatories = members.filter(signs).map(({ roles: _, ...member }) => ({
          ...member,
          named: named.has(bodyKey(member.name)) || named.has(bodyKey(member.latinName)),
        }));
        const others = members.filter((member) => !signs(member) && reads(member)).map(({ roles: _, ...rest }) => rest);
        return { id: party.id, state: party.state, signatories, others };
      }),
    };
  });
}
