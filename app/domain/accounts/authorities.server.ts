import { z } from "zod";
import { now } from "#app/platform/clock.ts";
import { newId } from "#app/platform/ids.ts";
import { platform } from "../access.server.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { line } from "../jits/wording.ts";
import { view } from "../view.server.ts";

export const authorityKinds = ["prosecution", "court", "police", "customs", "tax", "fiu", "ministry", "io"] as const;

const State = z.string().regex(/^[A-Z]{2}$/, "state-unknown");
const zones = new Set([...Intl.supportedValuesOf("timeZone"), "UTC"]);

export const AddAuthority = z.object({
  state: State.optional(),
  kind: z.enum(authorityKinds, "wrong-kind"),
  name: line(200),
  ownName: line(200).optional(),
  ownLanguage: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, "language-unknown")
    .optional(),
  timeZone: z.string("required").refine((zone) => zones.has(zone), "zone-unknown"),
});
export type AddAuthority = z.infer<typeof AddAuthority>;

export type AuthorityLine = {
  id: string;
  state: string | null;
  kind: string;
  names: Record<string, string>;
  timeZone: string;
  people: number;
};

export function listAuthorities(actor: Actor): Promise<AuthorityLine[]> {
  return view(actor, "authority.list", platform, async (db) => {
    const rows = await db.authority.findMany({
      include: { _count: { select: { people: true } } },
      orderBy: [{ state: "asc" }, { createdAt: "asc" }],
    });
    return rows.map(({ id, state, kind, names, timeZone, _count }) => ({
      id,
      state,
      kind,
      names: names as Record<string, string>,
      timeZone,
      people: _count.people,
    }));
  });
}

export function addAuthority(actor: Actor, input: AddAuthority): Promise<{ id: string }> {
  return change(actor, "authority.add", platform, async (tx) => {
    const id = newId();
    const names = namesOf(input);
    await tx.authority.create({
      data: {
        id,
        state: input.state ?? null,
        kind: input.kind,
        names,
        languages: Object.keys(names),
        timeZone: input.timeZone,
        createdAt: now(),
      },
    });
    return { result: { id }, facts: { authority: id, state: input.state ?? null }, details: { names } };
  });
}

export function namesOf({ name, ownName, ownLanguage }: Pick<AddAuthority, "name" | "ownName" | "ownLanguage">) {
  return { en: name, ...(ownName && ownLanguage && ownLanguage !== "en" ? { [ownLanguage]: ownName } : {}) };
}
