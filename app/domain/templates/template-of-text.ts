import { annexClauses, clauses } from "./agreement.ts";
import { findAnnexKind } from "./annex.ts";
import type { Clause } from "./fields.ts";

/** What a text made from a template may hold besides words. */
export type TextTemplate = {
  /** names of its fields, those of tables too; not of their cells */
  fields: ReadonlySet<string>;
  /** ids of the clauses that it fixes */
  fixed: ReadonlySet<string>;
};

/**
 * The template by the name that stands in every text made from it: "jit-agreement R-2026.1", "jit-annex A3 R-2026.1".
 * Of a name that is none of these nothing is known, so it has no field and no fixed clause.
 */
export function templateOfText(name: string): TextTemplate {
  const known = byText.get(textOfName(name));
  return known ?? nothing;
}

/** "A3" of an annex, "" of the arrangement. Versions of a template share their names: a field is never used anew. */
function textOfName(name: string): string | null {
  if (name.startsWith("jit-agreement ")) return "";
  return findAnnexKind(/^jit-annex (A\d{1,2}) /.exec(name)?.[1] ?? "")?.id ?? null;
}

const nothing: TextTemplate = { fields: new Set(), fixed: new Set() };

function templateOf(all: readonly Clause[]): TextTemplate {
  return {
    fields: new Set(all.flatMap(({ fields }) => fields.map(({ name }) => name))),
    fixed: new Set(all.filter(({ fixed }) => fixed).map(({ id }) => id)),
  };
}

const byText = new Map<string | null, TextTemplate>([
  ["", templateOf(clauses)],
  ...Object.entries(annexClauses).map(([id, own]) => [id, templateOf(own)] as const),
]);
