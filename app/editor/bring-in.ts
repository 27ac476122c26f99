import { Fragment, type Node, type Schema } from "@tiptap/pm/model";
import { type EditorState, TextSelection, type Transaction } from "@tiptap/pm/state";
import type { TextNode } from "#app/domain/documents/text-node.ts";

/** A part of a file that the person chose: into which clause (null: a new one at the end), and what becomes of its words. */
export type BroughtPart = {
  clause: string | null;
  how: "replace" | "add";
  /** the new title, or null to leave it; a new clause needs one */
  title: string | null;
  blocks: TextNode[];
};

let held: { document: string; parts: BroughtPart[] } | null = null;

/** Keeps what was chosen for the editor that the next page opens. Gone when the page is loaded anew: nothing changed. */
export function holdForEditor(document: string, parts: BroughtPart[]): void {
  held = { document, parts };
}

/** Gives out what is held for this document, once. */
export function takeHeld(document: string): BroughtPart[] | null {
  const parts = held?.document === document ? held.parts : null;
  if (parts) held = null;
  return parts;
}

/**
 * One edit that puts all parts in, to be sent like typing: the rules of writing, the history, the guard of the server
 * and undo treat it as the person's own. Throws RangeError when a part does not fit the text.
 */
export function bringIn(state: EditorState, parts: readonly BroughtPart[]): Transaction {
  const transaction = state.tr;
  let first: number | null = null;
  for (const part of parts) {
    const at = part.clause === null ? null : placeOf(transaction.doc, part.clause);
    const changed = at === null ? addClause(transaction, part) : changeClause(transaction, part, at);
    first = first === null ? changed : Math.min(first, changed);
  }
  transaction.doc.check();
  if (first !== null) transaction.setSelection(TextSelection.near(transaction.doc.resolve(first)));
  return transaction.scrollIntoView();
}

function placeOf(doc: Node, clause: string): number | null {
  let found: number | null = null;
  doc.forEach((node, position) => {
    if (node.attrs.clauseId === clause) found = position;
  });
  return found;
}

function blocksFrom(schema: Schema, blocks: readonly TextNode[]): Node[] {
  return blocks.map((block) => schema.nodeFromJSON(block));
}

function changeClause(transaction: Transaction, part: BroughtPart, at: number): number {
  const { schema } = transaction.doc.type;
  const clause = transaction.doc.nodeAt(at) as Node;
  const afterTitle = at + 1 + (clause.firstChild?.nodeSize ?? 0);
  const end = at + clause.nodeSize - 1;
  const blocks = blocksFrom(schema, part.blocks);
  if (part.how === "add") {
    transaction.insert(end, blocks);
    return end;
  }
  // A clause is never without a block: what comes in takes the place of all at once.
  if (blocks.length > 0) transaction.replaceWith(afterTitle, end, blocks);
  if (part.title !== null) transaction.replaceWith(at + 2, afterTitle - 1, words(schema, part.title));
  return at + 2;
}

function addClause(transaction: Transaction, part: BroughtPart): number {
  const { schema } = transaction.doc.type;
  const blocks = blocksFrom(schema, part.blocks);
  const title = schema.nodes.clauseTitle?.create(null, words(schema, part.title ?? "")) as Node;
  const content = blocks.length > 0 ? blocks : [schema.nodes.paragraph?.create() as Node];
  const end = transaction.doc.content.size;
  transaction.insert(end, schema.nodes.clause?.create(null, [title, ...content]) as Node);
  return end + 2;
}

function words(schema: Schema, text: string): Fragment {
  return text ? Fragment.from(schema.text(text)) : Fragment.empty;
}
