import type { Editor } from "@tiptap/core";
import { startingWord } from "#app/domain/documents/seed-text.ts";
import type { Segment } from "#app/domain/templates/fields.ts";

/**
 * Puts ready words behind the caret, or as a paragraph at the end of its clause. Titles hold letters only, so there the
 * words become a paragraph.
 */
export function insertWording(editor: Editor, wording: readonly Segment[], where: "caret" | "paragraph"): void {
  const { $to, to } = editor.state.selection;
  const content = wording.map(startingWord);
  const takesWords = $to.parent.isTextblock && $to.parent.type.name !== "clauseTitle";
  if (where === "caret" && takesWords) {
    editor.chain().insertContentAt(to, content).run();
    return;
  }
  if ($to.depth === 0) return;
  const end = $to.end(1);
  editor.chain().insertContentAt(end, { type: "paragraph", content }).scrollIntoView().run();
}
