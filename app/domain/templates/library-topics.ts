import { clauses } from "./agreement.ts";
import { fitsSentence } from "./library-text.ts";

/** Titles of the template's clauses by id, in the language where there is one. */
export function topicTitles(language: string): Record<string, string> {
  return Object.fromEntries(clauses.map(({ id, titles }) => [id, titles[language] ?? titles.en ?? id]));
}

/** The names of values that a wording may hold in braces, by clause. */
export function valueNames(): { topic: string; names: string[] }[] {
  return clauses
    .map(({ id, fields }) => ({ topic: id, names: fields.filter(fitsSentence).map(({ name }) => name) }))
    .filter(({ names }) => names.length > 0);
}
