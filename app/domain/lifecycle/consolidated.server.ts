import { now } from "#app/platform/clock.ts";
import type { Actor } from "../actor.ts";
import { type AnnexLine, annexesOf } from "../documents/annexes.server.ts";
import type { Content } from "../documents/content.ts";
import type { Fields } from "../documents/field-text.ts";
import { Conflict } from "../errors.ts";
import { isChild } from "../templates/annex.ts";
import { view } from "../view.server.ts";
import { type Consolidated, consolidate, type SignedChild } from "./consolidated.ts";

/** The arrangement as its children change it, by language, made anew from the signed texts at each reading. */
export type ForInformation = {
  at: Date;
  version: number;
  digest: string;
  timeZone: string;
  fields: Fields;
  texts: Record<string, Consolidated>;
  /** every child, also those that are written or came to nothing */
  children: AnnexLine[];
  signed: { annex: string; from: Date; digest: string }[];
};

/** For everybody who may read the text. Throws Conflict("nothing-frozen") before the arrangement is in force. */
export function readForInformation(actor: Actor, input: { jit: string; document: string }): Promise<ForInformation> {
  return view(actor, "document.read", input, async (db) => {
    const at = now();
    const row = await db.document.findFirst({
      where: { id: input.document, jitId: input.jit, kind: "agreement", inForceAt: { not: null } },
      include: { frozen: { where: { supersededAt: null } } },
    });
    const frozen = row?.frozen[0];
    if (!row || !frozen) throw new Conflict("nothing-frozen");
    const children = (await annexesOf(db, input.jit)).filter(({ annex }) => isChild(annex));
    const inForce = await db.document.findMany({
      where: { jitId: input.jit, kind: "annex", inForceAt: { not: null }, state: "in_force" },
      include: { frozen: { where: { supersededAt: null } } },
    });
    const signed = inForce.flatMap(({ annex, inForceAt, frozen: [text] }) =>
      annex && inForceAt && text && isChild(annex)
        ? [{ annex, from: inForceAt, digest: text.digest, fields: (JSON.parse(text.canonical) as Content).fields }]
        : [],
    );
    const content = JSON.parse(frozen.canonical) as Content;
    const texts = Object.keys(content.languages).map(
      (language) => [language, consolidate(content, language, signed satisfies SignedChild[], at)] as const,
    );
    return {
      at,
      version: frozen.version,
      digest: frozen.digest,
      timeZone: row.referenceTimeZone ?? "UTC",
      fields: content.fields,
      texts: Object.fromEntries(texts),
      children,
      signed: signed.map(({ annex, from, digest }) => ({ annex, from, digest })),
    };
  });
}
