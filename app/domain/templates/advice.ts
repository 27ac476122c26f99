import data from "./clause-advice.json" with { type: "json" };
import type { Advice } from "./fields.ts";

/** Goes with the rule set and the template of the same name. Own words; a drafting aid, not legal advice. */
export const adviceVersion = data.version;

const advice = new Map<string, Advice>(Object.entries(data.clauses as Record<string, Advice>));

/** Typical trouble with a clause and ready ways to word it; undefined for a clause that the parties added. */
export function adviceOn(clause: string): Advice | undefined {
  return advice.get(clause);
}
