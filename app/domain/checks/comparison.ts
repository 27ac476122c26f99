import { digestOfText } from "../documents/content.ts";
import type { TextNode } from "../documents/text-node.ts";
import { type ClauseView, textView } from "./text-view.ts";

/** Somebody's word that a clause says the same in this language as in the one it is compared with. */
export type Comparison = { clause: string; language: string; digest: string };

/** The language with which the others are compared: English, in which every text begins, or the first there is. */
export function comparedWith(languages: readonly string[]): string | undefined {
  return languages.includes("en") ? "en" : [...languages].sort()[0];
}

/**
 * SHA-256, hex, of a clause in two languages: what stands in its blocks, and which values. A value that changes does so
 * in both by itself, and is not part of it.
 */
export function digestOfPair(base: ClauseView, other: ClauseView): string {
  return digestOfText(JSON.stringify([saidIn(base), saidIn(other)]));
}

const saidIn = ({ blocks, values }: ClauseView) => [
  blocks.map(({ text, title }) => [title, text]),
  values.map(({ field }) => field),
];

/** The same from two clauses of the shared document. */
export function digestOfClauses(base: TextNode, other: TextNode): string {
  const viewOf = (clause: TextNode) => textView("", { type: "doc", content: [clause] }).clauses[0] as ClauseView;
  return digestOfPair(viewOf(base), viewOf(other));
}
