import { findField } from "./agreement.ts";
import type { Field, Segment } from "./fields.ts";

/** A field as editors write it: {duration}, or {midTerm?words when it holds|words when it does not}. */
const written = /\{([A-Za-z]\w{0,63})(?:\?([^|{}]{0,500})\|([^|{}]{0,500}))?\}/g;

/**
 * The paragraphs of a wording, each as words and fields. A name in braces that is no field of the template, and a table,
 * which has no place inside a sentence, stay words. Markup is words too.
 */
export function paragraphsOf(wording: string): Segment[][] {
  return wording
    .split(/\n+/)
    .map((line) => line.trim())
    .filter(Boolean)
    .map(segmentsOf);
}

function segmentsOf(line: string): Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  for (const match of line.matchAll(written)) {
    const [whole, field = "", yes, no] = match;
    if (!fitsSentence(findField(field))) continue;
    if (match.index > from) segments.push(line.slice(from, match.index));
    segments.push(yes === undefined ? { field } : { field, yes, no });
    from = match.index + whole.length;
  }
  if (from < line.length) segments.push(line.slice(from));
  return segments;
}

/** A table has no place inside a sentence. */
export function fitsSentence(field: Field | undefined): field is Field {
  return field !== undefined && field.type.kind !== "table";
}

/** True when every name in braces is a value that a sentence can hold: one misspelt would be signed as it stands. */
export function namesOnlyValues(wording: string): boolean {
  return [...wording.matchAll(written)].every(([, name = ""]) => fitsSentence(findField(name)));
}

/** The same the other way: one paragraph of the template as an editor would write it. */
export function writtenOut(segments: readonly Segment[]): string {
  return segments
    .map((segment) => {
      if (typeof segment === "string") return segment;
      const { field, yes, no = "" } = segment;
      return yes === undefined ? `{${field}}` : `{${field}?${yes}|${no}}`;
    })
    .join("");
}

/** The wording in the language, or in English where there is none yet. */
export function wordingIn(language: string, wordings: Readonly<Record<string, string>>) {
  const own = wordings[language] ?? wordings[language.split("-")[0] ?? ""];
  return own === undefined ? { language: "en", text: wordings.en ?? "" } : { language, text: own };
}
