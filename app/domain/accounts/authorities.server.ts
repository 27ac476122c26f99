import { z } from "zod";
import { now } from "#app/platform/clock.ts";
import type { Transaction } from "#app/platform/database.server.ts";
import { newId } from "#app/platform/ids.ts";
import { platform } from "../access.server.ts";
import type { Actor } from "../actor.ts";
import { change } from "../change.server.ts";
import { Invalid } from "../errors.ts";
import { line } from "../jits/wording.ts";
import { names } from "../names/english.ts";
import { view } from "../view.server.ts";

export const authorityKinds = ["prosecution", "court", "police", "customs", "tax", "fiu", "ministry", "io"] as const;

const State = z.string().refine((code) => /^[A-Z]{2}$/.test(code) && names.states[code] !== undefined, "state-unknown");
const languageTag = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$/, "language-unknown");
const zones = new Set([...Intl.supportedValuesOf("timeZone"), "UTC"]);

/** An authority is of a State; without one it is an international organisation. */
export const AddAuthority = z.object({
  state: State.optional(),
  kind: z.enum(authorityKinds, "wrong-kind"),
  name: line(200),
  ownName: line(200).optional(),
  ownLanguage: languageTag.optional(),
  otherName: line(200).optional(),
  otherLanguage: languageTag.optional(),
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
    const { id, names } = await createAuthority(tx, input);
    return { result: { id }, facts: { authority: id, state: input.state ?? null }, details: { names } };
  });
}

/** One authority as a row. Shared by administration and set-up. Throws Invalid. */
export async function createAuthority(tx: Transaction, input: AddAuthority) {
  if (!input.state && input.kind !== "io") throw new Invalid({ state: "state-needed" });
  if (input.state && input.kind === "io") throw new Invalid({ kind: "organisation-without-state" });
  const id = newId();
  const names = namesOf(input);
  const state = input.state ?? null;
  const { kind, timeZone } = input;
  const languages = Object.keys(names);
  await tx.authority.create({ data: { id, state, kind, names, languages, timeZone, createdAt: now() } });
  return { id, names };
}

/** Official names by language, English first. A name needs its language and the other way round. */
function namesOf(input: AddAuthority): Record<string, string> {
  const names: Record<string, string> = { en: input.name };
  for (const kind of ["own", "other"] as const) {
    const name = input[`${kind}Name`];
    const language = input[`${kind}Language`];
    if (name && !language) throw new Invalid({ [`${kind}Language`]: "required" });
    if (language && !name) throw new Invalid({ [`${kind}Name`]: "required" });
    if (name && language && language in names) throw new Invalid({ [`${kind}Language`]: "already-listed" });
    if (name && language) names[language] = name;
  }
  return names;
}
