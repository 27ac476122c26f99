import type { TextNode } from "./text-node.ts";

/**
 * Numbers follow from places and are never content: a clause added between two others moves all that follow. The
 * cover of an arrangement is number 0; an annex has none and begins with 1. The editor writes the same numbers with
 * CSS counters (editor.css).
 */
export type ClauseHead = { id: string; number: number; title: string; fixed: boolean };

/** The clauses of a text with their numbers, for lists of them. */
export function clausesOf(doc: TextNode): ClauseHead[] {
  const first = firstNumberOf(doc);
  return (doc.content ?? []).map((clause, place) => ({
    id: String(clause.attrs?.clauseId ?? ""),
    number: first + place,
    title: plainText(clause.content?.[0]),
    fixed: clause.attrs?.fixed === true,
  }));
}

/** The number of the first clause: the arrangement alone has a cover, and is known by the clauses of its template. */
export function firstNumberOf(doc: TextNode): 0 | 1 {
  return numbersFrom((doc.content ?? []).map((clause) => clause.attrs?.clauseId));
}

export function numbersFrom(clauseIds: readonly unknown[]): 0 | 1 {
  return clauseIds.some((id) => /^C\d\d$/.test(String(id))) ? 0 : 1;
}

/** The blocks of a clause below its title, each with its number such as "14.2"; only paragraphs have one. */
export function numberedBlocks(clause: TextNode, number: number): { block: TextNode; label: string | null }[] {
  let paragraph = 0;
  return (clause.content ?? []).slice(1).map((block) => ({
    block,
    label: block.type === "paragraph" ? `${number}.${++paragraph}` : null,
  }));
}

/** The words inside a node, without the values of fields. */
export function plainText(node: TextNode | undefined): string {
  if (!node) return "";
  return node.text ?? (node.content ?? []).map(plainText).join("");
}
