import type { Node } from "@tiptap/pm/model";
import type { EditorState } from "@tiptap/pm/state";

/** A clause as lists name it. Its number is its place in the text; the cover is 0. */
export type OutlineEntry = { id: string; number: number; title: string };

export function outlineOf(doc: Node): OutlineEntry[] {
  const entries: OutlineEntry[] = [];
  doc.forEach((clause, _offset, index) => {
    entries.push({ id: String(clause.attrs.clauseId), number: index, title: clause.firstChild?.textContent ?? "" });
  });
  return entries;
}

/** Place of the clause that holds the caret, or null when it stands in none. */
export function clauseAtCaret(state: EditorState): number | null {
  const { $from } = state.selection;
  return $from.depth > 0 ? $from.index(0) : null;
}
