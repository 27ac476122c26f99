import { firstNumberOf } from "../documents/clauses.ts";
import type { Fields } from "../documents/field-text.ts";
import type { TextNode } from "../documents/text-node.ts";
import type { Facts } from "./facts.ts";

/** Stands for a field or a break inside the text of a block, so that offsets are positions. */
export const atom = "\ufffc";

export type BlockView = {
  /** the words of the block, one unit for each position in it */
  text: string;
  /** position of its first letter */
  from: number;
  /** the paragraph number a reader sees is that of the clause: titles belong to it too */
  title: boolean;
};

export type ClauseView = {
  id: string;
  /** as readers see it; the cover is 0 */
  number: number;
  blocks: readonly BlockView[];
  /** fields whose value stands in its words; those that only choose words are not among them */
  values: readonly { field: string; from: number }[];
};

/** One language of the arrangement, taken apart once for all checks. */
export type TextView = { language: string; clauses: readonly ClauseView[]; byId: ReadonlyMap<string, ClauseView> };

/** What every check is given. The first text is the one people work in. */
export type Arrangement = { fields: Fields; texts: readonly TextView[]; facts: Facts };

type ToCheck = { fields: Fields; languages: Readonly<Record<string, TextNode>>; facts: Facts };

export function viewOf({ fields, languages, facts }: ToCheck): Arrangement {
  const working = typeof fields.workingLanguage === "string" ? fields.workingLanguage : "en";
  const rank = (language: string) => (language === working ? 0 : language === "en" ? 1 : 2);
  const inOrder = Object.keys(languages).sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return { fields, facts, texts: inOrder.map((language) => textView(language, languages[language]!)) };
}

export function textView(language: string, doc: TextNode): TextView {
  const clauses: ClauseView[] = [];
  const first = firstNumberOf(doc);
  let position = 0;
  for (const [place, node] of (doc.content ?? []).entries()) {
    const blocks: BlockView[] = [];
    const values: { field: string; from: number }[] = [];
    position += walk(node, position, blocks, values);
    clauses.push({ id: String(node.attrs?.clauseId ?? ""), number: first + place, blocks, values });
  }
  return { language, clauses, byId: new Map(clauses.map((clause) => [clause.id, clause])) };
}

const textblocks = new Set(["paragraph", "heading", "clauseTitle"]);
const leaves = new Set(["field", "fieldTable", "hardBreak"]);

/** Returns how many positions the node takes, as ProseMirror counts. */
function walk(node: TextNode, at: number, blocks: BlockView[], values: { field: string; from: number }[]): number {
  if (node.text !== undefined) return node.text.length;
  if (leaves.has(node.type)) {
    if (node.type === "field" && node.attrs?.yes == null) values.push({ field: String(node.attrs?.name), from: at });
    return 1;
  }
  let position = at + 1;
  for (const child of node.content ?? []) position += walk(child, position, blocks, values);
  if (textblocks.has(node.type)) {
    const text = (node.content ?? []).map((child) => child.text ?? atom).join("");
    blocks.push({ text, from: at + 1, title: node.type === "clauseTitle" });
  }
  return position + 1 - at;
}
