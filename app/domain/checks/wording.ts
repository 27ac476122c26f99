import { fieldText } from "../documents/field-text.ts";
import { findField } from "../templates/agreement.ts";
import annexes from "../templates/annexes.json" with { type: "json" };
import { type Finding, finding } from "./finding.ts";
import { isEmpty, rowsOf, wordsOf } from "./rows.ts";
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
    const last = text.clauses.length - 1;
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

/** V45: nothing is left to be filled in: no placeholder, and no value in a sentence that nobody has chosen. */
export function checkPlaceholders({ texts, fields }: Arrangement): Finding[] {
  const written = texts.flatMap((text) =>
    text.clauses.flatMap((clause) =>
      matchesIn(text, clause, placeholders, ([words]) => !/^x+$/.test(words)).map(({ words, place }) =>
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

/** V46: a defined term is used, and is spelled as it is defined. Capitals at the beginning of a sentence are no other spelling. */
export function checkTerms({ texts, fields }: Arrangement): Finding[] {
  const [main] = texts;
  const terms = rowsOf(fields, "terms").filter((row) => !isEmpty(row.term));
  if (!main || terms.length === 0) return [];
  const blocks = main.clauses.flatMap((clause) => clause.blocks.map((block) => ({ clause: clause.id, ...block })));
  return terms.flatMap((row) => {
    const term = wordsOf(row.term);
    const pattern = spellingsOf(term);
    if (!pattern) return [];
    let used = false;
    const found: Finding[] = [];
    for (const { text, from, clause } of blocks) {
      for (const match of text.matchAll(pattern)) {
        const words = match[0];
        if (words.toLowerCase() === term.toLowerCase()) {
          used = true;
          continue;
        }
        const at = from + match.index;
        const place = { kind: "text", language: main.language, from: at, to: at + words.length } as const;
        found.push(finding("V46", "V46-spelling", { clause, values: { words, other: term }, place }));
      }
    }
    if (used || found.length > 0) return found;
    return [
      finding("V46", "V46-unused", {
        clause: "C01",
        values: { words: term },
        place: { kind: "field", field: "terms" },
        lookedAt: [term],
      }),
    ];
  });
}

/** The term with its words joined, apart or with hyphens; a plural "s" is the same word. */
function spellingsOf(term: string): RegExp | null {
  const words = term.split(/[\s\u00a0-]+/).filter(Boolean);
  if (words.length === 0) return null;
  const joined = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("[\\s\\u00a0-]?");
  return new RegExp(`(?<!\\p{L})${joined}(?!\\p{L}{2})`, "giu");
}
