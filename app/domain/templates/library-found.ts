import type { LibraryLine } from "./library.ts";
import { searchable, wordsSought } from "./library-search.ts";
import { paragraphsOf, wordingIn } from "./library-text.ts";

/** A clause as a list of those found shows it, in one of its languages. */
export function foundClause(clause: LibraryLine, language: string) {
  const { reference, title, topic, source, whenToUse, wordings, retired } = clause;
  const shown = wordingIn(language, wordings);
  return {
    reference,
    title,
    topic,
    source,
    whenToUse,
    languages: languagesOf(wordings),
    retired: retired !== null,
    shown: { language: shown.language, paragraphs: paragraphsOf(shown.text) },
  };
}

/** The language in which the words were found, the reader's first: who searches in Chinese wants to see the Chinese. */
export function languageFound({ wordings }: LibraryLine, q: string, language: string): string {
  const words = wordsSought(q);
  const tags = [...new Set([language, "en", ...Object.keys(wordings)])].filter((tag) => wordings[tag] !== undefined);
  const texts = new Map(tags.map((tag) => [tag, searchable(wordings[tag] ?? "")]));
  const has = (tag: string, word: string) => texts.get(tag)?.includes(word) === true;
  return (
    tags.find((tag) => words.every((word) => has(tag, word))) ??
    tags.find((tag) => words.some((word) => has(tag, word))) ??
    language
  );
}

/** Every language of a clause, ready to be shown. */
export function allWordings(wordings: Readonly<Record<string, string>>) {
  return languagesOf(wordings).map((language) => ({ language, paragraphs: paragraphsOf(wordings[language] ?? "") }));
}

/** English first; the database keeps no order. */
function languagesOf(wordings: Readonly<Record<string, string>>): string[] {
  return ["en", ...Object.keys(wordings).filter((tag) => tag !== "en")];
}
