import type { Editor } from "@tiptap/core";
import { startingWord } from "#app/domain/documents/seed-text.ts";
import type { TextNode } from "#app/domain/documents/text-node.ts";
import type { Segment } from "#app/domain/templates/fields.ts";

/** Below the paragraph at the caret, or as a clause of its own behind the one at the caret. */
export type Place = "paragraph" | "clause";

type Wording = { title: string; paragraphs: readonly (readonly Segment[])[] };

/** Writes the wording as the person would: it is theirs in the history, undone like anything else, and for all to see. */
export function insertFromLibrary(editor: Editor, { title, paragraphs }: Wording, place: Place): void {
  const blocks: TextNode[] = paragraphs.map((segments) => ({
    type: "paragraph",
    content: segments.map(startingWord),
  }));
  if (blocks.length === 0) return;
  const head: TextNode = { type: "clauseTitle", content: [{ type: "text", text: title }] };
  const content = place === "paragraph" ? blocks : { type: "clause", content: [head, ...blocks] };
  const where = place === "paragraph" ? placeOfBlocks(editor) : endOfClause(editor);
  editor.chain().focus().insertContentAt(where, content).scrollIntoView().run();
}

/** An empty paragraph at the caret was made for what comes, so it gives way. */
function placeOfBlocks(editor: Editor): number | { from: number; to: number } {
  const { $from, to } = editor.state.selection;
  if ($from.depth === 0) return endOfClause(editor) - 1;
  // Selected as a whole, the block itself holds no caret.
  if ($from.depth === 1) return to;
  const isEmpty = $from.depth === 2 && $from.parent.type.name === "paragraph" && $from.parent.content.size === 0;
  return isEmpty ? { from: $from.before(2), to: $from.after(2) } : $from.after(2);
}

/** Behind the clause at the caret; with everything selected, behind the first. */
function endOfClause(editor: Editor): number {
  const { $from } = editor.state.selection;
  return $from.depth > 0 ? $from.after(1) : (editor.state.doc.firstChild?.nodeSize ?? 0);
}
