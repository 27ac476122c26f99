import * as Y from "yjs";
import { textName } from "#app/domain/documents/text.ts";

/** Where people type: the first paragraph of the clauses that have one. */
export function paragraphsOf(doc: Y.Doc): Y.XmlText[] {
  return doc
    .getXmlFragment(textName("en"))
    .toArray()
    .slice(1, 13)
    .flatMap((clause) => {
      const paragraph = clause instanceof Y.XmlElement ? clause.get(1) : null;
      const letters = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null;
      return letters instanceof Y.XmlText ? [letters] : [];
    });
}

/** The letters without their marks; what is not a letter counts one, as in Yjs. */
export function plain(letters: Y.XmlText): string {
  return (letters.toDelta() as { insert: unknown }[])
    .map(({ insert }) => (typeof insert === "string" ? insert : "\ufffc"))
    .join("");
}

/** Places behind a word, where another can be put in without cutting one. */
export function wordEnds(letters: Y.XmlText): number[] {
  const ends = [...plain(letters).matchAll(/n\d+\. /g)].map((found) => found.index + found[0].length);
  return ends.length > 0 ? ends : [0];
}

export function placeOf(doc: Y.Doc, word: string): { paragraph: Y.XmlText; at: number } | null {
  for (const paragraph of paragraphsOf(doc)) {
    // The name begins with what no other name ends with.
    const at = plain(paragraph).indexOf(word);
    if (at >= 0) return { paragraph, at };
  }
  return null;
}

/** How often each word of the editors stands in the text. */
export function countWords(doc: Y.Doc): Map<string, number> {
  const counts = new Map<string, number>();
  for (const paragraph of paragraphsOf(doc)) {
    for (const [word] of plain(paragraph).matchAll(/[A-Z]\d*n\d+\. /g)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}
