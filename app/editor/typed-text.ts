import { Extension } from "@tiptap/core";
import type { Node } from "@tiptap/pm/model";
import { type EditorState, Plugin } from "@tiptap/pm/state";
import { absolutePositionToRelativePosition, type ProsemirrorBinding, ySyncPluginKey } from "@tiptap/y-tiptap";
import * as Y from "yjs";

/**
 * Puts typed and deleted letters into the shared text at the caret. The binding alone compares the text before and
 * after, and cannot tell which of two equal letters is new: beside someone who writes at the same place it takes the
 * neighbour's letter for the own one, and from then on the two write into each other's words. What is not typing goes
 * through the comparison as before; so does typing that was put in here, and then no difference is found.
 */
export const TypedText = Extension.create({
  name: "typedText",
  // Before the binding (1000): what it finds done, it does not do again.
  priority: 1001,
  addProseMirrorPlugins() {
    return [typedText()];
  },
});

export function typedText(): Plugin {
  return new Plugin({
    view: () => ({
      update: (view, before) => {
        const typed = before.doc === view.state.doc ? null : typing(before.doc, view.state);
        const sync = ySyncPluginKey.getState(view.state) as Sync | undefined;
        if (!typed || !sync || sync.isChangeOrigin) return;
        sync.binding.mux(() => put(typed, sync));
      },
    }),
  });
}

type Sync = { binding: ProsemirrorBinding; doc: Y.Doc; isChangeOrigin: boolean; addToHistory: boolean };
/** At a position of the text before: letters that came, or how many went. */
type Typing = { at: number; text: string; gone: number };

/** What was typed, when the texts differ by that alone; the caret stands behind what came and where something went. */
export function typing(before: Node, { doc, selection }: Pick<EditorState, "doc" | "selection">): Typing | null {
  const more = doc.content.size - before.content.size;
  const at = selection.head - Math.max(more, 0);
  const gone = Math.max(-more, 0);
  if (more === 0 || !selection.empty || at < 0 || at + gone > before.content.size) return null;
  const from = before.resolve(at);
  if (!from.parent.isTextblock || from.end() < at + gone) return null;
  const slice = doc.slice(at, selection.head);
  const text = slice.content.textBetween(0, slice.content.size);
  if (text.length !== Math.max(more, 0) || !before.replace(at, at + gone, slice).eq(doc)) return null;
  return { at, text, gone };
}

function put({ at, text, gone }: Typing, { binding, doc, addToHistory }: Sync): void {
  const relative = absolutePositionToRelativePosition(at, binding.type, binding.mapping);
  const place = relative && Y.createAbsolutePositionFromRelativePosition(relative, doc);
  if (!(place?.type instanceof Y.XmlText)) return;
  const { type, index } = place;
  if (index + gone > type.length) return;
  doc.transact((transaction) => {
    transaction.meta.set("addToHistory", addToHistory);
    if (gone > 0) type.delete(index, gone);
    else type.insert(index, text);
  }, ySyncPluginKey);
}
