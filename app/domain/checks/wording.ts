import { fieldText } from "../documents/field-text.ts";
import { findClause, findField } from "../templates/agreement.ts";
import annexes from "../templates/annexes.json" with { type: "json" };
import { type Finding, finding } from "./finding.ts";
import { cellOf, isEmpty, rowsOf, wordsOf } from "./rows.ts";
import type { Arrangement, ClauseView, TextView } from "./text-view.ts";

/** How a text refers to clauses by their number, for the languages in which we know it. The first group is the number. */
const clauseWords: Record<string, RegExp> = {
  en: /\bclauses?\s(\d{1,3})(?:\s?(?:–|-|to|and)\s?(\d{1,3}))?/gi,
  fr: /\bclauses?\s(\d{1,3})(?:\s?(?:–|-|à|et)\s?(\d{1,3}))?/gi,
  es: /\bcláusulas?\s(\d{1,3})(?:\s?(?:–|-|a|y)\s?(\d{1,3}))?/gi,
  ru: /(?<!\p{L})пункт(?:ы|а|е|у|ом|ах|ов)?\s(\d{1,3})(?:\s?(?:–|-|и)\s?(\d{1,3}))?/giu,
  ar: /(?:البند|الفقرة)\s\(?([\d\u0660-\u0669]{1,3})/g,
  zh: /第(\d{1,3})条/g,
};
/** Articles of the Convention; in Chinese they read as clauses do. */
const articleWords = /(?<!\p{L})(?:articles?|artículos?|стать\p{L}+|المادة)\s\(?[\d\u0660-\u0669]+(?:\(\d+\))?/giu;
const annexWords = /(?<![\p{L}\d])A(\d{1,2})(?:-\d{1,2})?(?![\p{L}\d])/gu;
const known = new Set(annexes.map((annex) => annex.id));
const clausePattern = (language: string) => clauseWords[language.split("-", 1)[0] ?? ""];

/** The text without what points elsewhere: its numbers say nothing about the thing agreed. */
export function withoutReferences(text: string, language: string): string {
  const pattern = clausePattern(language);
  return (pattern ? text.replace(pattern, " ") : text).replace(articleWords, " ").replace(annexWords, " ");
}

type Match = { words: string; place: { kind: "text"; language: string; from: number; to: number } };

function matchesIn(text: TextView, clause: ClauseView, pattern: RegExp, fails: (match: RegExpMatchArray) => boolean) {
  return clause.blocks.flatMap((block): Match[] =>
    [...block.text.matchAll(pattern)].filter(fails).map((match) => {
      const from = block.from + match.index;
      const place = { kind: "text", language: text.language, from, to: from + match[0].length } as const;
      return { words: match[0], place };
    }),
  );
}

/** V44: what the text points to is there: clauses by their number, annexes by their letter and number. */
export function checkReferences({ texts }: Arrangement): Finding[] {
  return texts.flatMap((text) => {
    const last = text.clauses.at(-1)?.number ?? 0;
    const pattern = clausePattern(text.language);
    return text.clauses.flatMap((clause) => [
      ...(pattern
        ? matchesIn(text, clause, pattern, ([, one, two]) => Number(one) > last || Number(two ?? 0) > last)
        : []
      ).map(({ words, place }) =>
        finding("V44", "V44-clause", { clause: clause.id, values: { words, count: last }, place }),
      ),
      ...matchesIn(text, clause, annexWords, ([, number]) => !known.has(`A${number}`)).map(({ words, place }) =>
        finding("V44", "V44-annex", { clause: clause.id, values: { words }, place }),
      ),
    ]);
  });
}

/** What people leave to be filled in: [insert name], [•], ____, XX, TBD. "[sic]" and "[12]" are none. */
const placeholders =
  /\[(?:insert|name|date|place|number|amount|to be|tbc|tbd|…|\.{2,}|•|_+|x+)[^\]\n]{0,80}\]|_{3,}|(?<![\p{L}\d-])X{2,}(?![\p{L}\d-])|(?<!\p{L})(?:TBD|TBC)(?!\p{L})|\[(?:вставить|указать|أدخل|填写|插入)[^\]\n]{0,80}\]/giu;

const isLeft = ([words]: RegExpMatchArray) => !/^x+$/.test(words);

/** The same in a plain text. */
export function placeholdersIn(text: string): string[] {
  return [...text.matchAll(placeholders)].filter(isLeft).map(([words]) => words);
}

/** V45: nothing is left to be filled in: no placeholder, and no value in a sentence that nobody has chosen. */
export function checkPlaceholders({ texts, fields }: Arrangement): Finding[] {
  const written = texts.flatMap((text) =>
    text.clauses.flatMap((clause) =>
      matchesIn(text, clause, placeholders, isLeft).map(({ words, place }) =>
        finding("V45", "V45-words", { clause: clause.id, values: { words }, place }),
      ),
    ),
  );
  const [main] = texts;
  const open = new Set<string>();
  const unset = (main?.clauses ?? []).flatMap((clause) =>
    clause.values.flatMap(({ field }) => {
      if (open.has(field) || fieldText({ name: field }, fields, main?.language ?? "en") !== null) return [];
      open.add(field);
      const place = findField(field) ? ({ kind: "field", field } as const) : undefined;
      return [finding("V45", "V45-field", { clause: clause.id, values: { fields: [field] }, place })];
    }),
  );
  return [...written, ...unset];
}

/** V45 for annexes, whose values mostly stand in tables: what the template always needs is chosen. */
export function checkNeeded({ texts, fields }: Arrangement): Finding[] {
  const [main] = texts;
  return (main?.clauses ?? []).flatMap(({ id, values }) =>
    (findClause(id)?.fields ?? [])
      .filter(({ name, type, required }) => required === "always" && type.kind !== "computed" && isEmpty(fields[name]))
      // What stands in a sentence is found there.
      .filter(({ name }) => !values.some(({ field }) => field === name))
      .map(({ name }) =>
        finding("V45", "V45-field", { clause: id, values: { fields: [name] }, place: { kind: "field", field: name } }),
      ),
  );
}

const partsOfAmendment = ["amendedClause", "oldText", "newText"];

/** V49: each change of an amendment names the clause and says the old words and the new. */
export function checkAmendments({ fields }: Arrangement): Finding[] {
  return rowsOf(fields, "amendments").flatMap((row) => {
    const missing = partsOfAmendment.filter((column) => wordsOf(row[column]) === "");
    const [column] = missing;
    if (!column) return [];
    const place = cellOf(fields, "amendments", row, column);
    return [finding("V49", "V49", { clause: "A9.01", values: { fields: missing }, place })];
  });
}

/** V46: a defined term is used, and is spelled as it is defined. Capitals at the beginning of a sentence are no other spelling. */
export function checkTerms({ texts, fields }: Arrangement): Finding[] {
  const [main] = texts;
  const terms = [
    ...new Set(
      rowsOf(fields, "terms")
        .map((row) => wordsOf(row.term))
        .filter(Boolean),
    ),
  ];
  const pattern = spellingsOf(terms);
  if (!main || !pattern) return [];
  const bySpelling = new Map(terms.map((term) => [joined(term), term]));
  const used = new Set<string>();
  const found = main.clauses.flatMap((clause) =>
    matchesIn(main, clause, pattern, ([words]) => {
      const term = bySpelling.get(joined(words));
      // A plural or another case of it is no other spelling.
      if (term !== undefined && term.toLowerCase() !== words.toLowerCase()) return true;
      for (const one of terms) if (words.toLowerCase().includes(one.toLowerCase())) used.add(one);
      return false;
    }).map(({ words, place }) => {
      const other = bySpelling.get(joined(words)) ?? words;
      used.add(other);
      return finding("V46", "V46-spelling", { clause: clause.id, values: { words, other }, place });
    }),
  );
  const place = { kind: "field", field: "terms" } as const;
  const unused = terms.filter((term) => !used.has(term));
  return [
    ...found,
    ...unused.map((term) => finding("V46", "V46-unused", { clause: "C01", values: { words: term }, place })),
  ];
}

const joined = (words: string) => words.toLowerCase().replace(/[\s\u00a0-]+/g, "");

/** The terms with their words joined, apart or with hyphens, the longest first; one more letter is a plural, or a case. */
function spellingsOf(terms: readonly string[]): RegExp | null {
  if (terms.length === 0) return null;
  const spellings = [...terms]
    .sort((a, b) => b.length - a.length)
    .map((term) =>
      term
        .split(/[\s\u00a0-]+/)
        .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
        .join("[\\s\\u00a0-]?"),
    );
  return new RegExp(`(?<!\\p{L})(?:${spellings.join("|")})(?!\\p{L}{2})`, "giu");
}
