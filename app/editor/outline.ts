import type { Node } from "@tiptap/pm/model";
import type { EditorState } from "@tiptap/pm/state";
import { numbersFrom } from "#app/domain/documents/clauses.ts";

/** A clause as lists name it. Its number follows from its place in the text. */
export type OutlineEntry = { id: string; number: number; title: string };

export function outlineOf(doc: Node): OutlineEntry[] {
  const entries: OutlineEntry[] = [];
  const first = numbersFrom(doc.content.content.map((clause) => clause.attrs.clauseId));
  doc.forEach((clause, _offset, index) => {
    entries.push({
      id: String(clause.attrs.clauseId),
      number: first + index,
      title: clause.firstChild?.textContent ?? "",
    });
  });
  return entries;
}

/** Place of the clause that holds the caret, or null when it stands in none. */
export function clauseAtCaret(state: EditorState): number | null {
  const { $from } = state.selection;
  return $from.depth > 0 ? $from.index(0) : null;
}

/** The fields that a clause names, in their order. */
export function fieldsIn(clause: Node): string[] {
  const names = new Set<string>();
  clause.descendants((node) => {
    if (node.type.name === "field" || node.type.name === "fieldTable") names.add(String(node.attrs.name));
  });
  return [...names];
}
