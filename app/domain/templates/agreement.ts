import clauseData from "./agreement-clauses.json" with { type: "json" };
import annexClauseData from "./annex-clauses.json" with { type: "json" };
import annexData from "./annexes.json" with { type: "json" };
import type { Clause, Field } from "./fields.ts";

/** Name and version of the template; stands in every frozen text made from it. */
export const templateId = "jit-agreement R-2026.1";

export const clauses = clauseData as unknown as readonly Clause[];

/** Annexes that an arrangement may have, by the number under which clauses name them. */
export const annexes: readonly { id: string; name: string }[] = annexData;

/** The clauses with which each annex begins, by its number. Their ids and fields are never those of another text. */
export const annexClauses = annexClauseData as unknown as Readonly<Record<string, readonly Clause[]>>;

/** Of the arrangement and of every annex. */
export const allClauses: readonly Clause[] = [...clauses, ...Object.values(annexClauses).flat()];
const clausesById = new Map(allClauses.map((clause) => [clause.id, clause]));
const fieldsByName = new Map(
  allClauses.flatMap((clause) => clause.fields.map((field) => [field.name, field] as const)),
);

export function findClause(id: string): Clause | undefined {
  return clausesById.get(id);
}

export function findField(name: string): Field | undefined {
  return fieldsByName.get(name);
}
