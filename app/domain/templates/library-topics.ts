import { clauses } from "./agreement.ts";

/** Titles of the template's clauses by id, in the language where there is one. */
export function topicTitles(language: string): Record<string, string> {
  return Object.fromEntries(clauses.map(({ id, titles }) => [id, titles[language] ?? titles.en ?? id]));
}
