import { Extension } from "@tiptap/core";
import type { Node, ResolvedPos } from "@tiptap/pm/model";
import { type EditorState, Plugin } from "@tiptap/pm/state";
import { type ProsemirrorBinding, ySyncPluginKey } from "@tiptap/y-tiptap";
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
        const sync = ySyncPluginKey.getState(view.state) as Sync | undefined;
        if (!sync || sync.isChangeOrigin || before.doc === view.state.doc) return;
        const typed = typing(before.doc, view.state);
        if (typed) sync.binding.mux(() => put(typed, before.doc, view.state.doc, sync));
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

function put({ at, text, gone }: Typing, before: Node, after: Node, { binding, doc, addToHistory }: Sync): void {
  const place = placeIn(binding.type, before.resolve(at));
  if (!place || place.index + gone > place.type.length) return;
  doc.transact((transaction) => {
    transaction.meta.set("addToHistory", addToHistory);
    if (gone > 0) place.type.delete(place.index, gone);
    else place.type.insert(place.index, text);
    binding._prosemirrorChanged(after);
  }, ySyncPluginKey);
  remember(binding, after.resolve(at));
}

/** The parts of the shared text around a place in the editor's, from the whole to the paragraph, while they agree. */
function partsAround(root: Y.XmlFragment, place: ResolvedPos): Y.XmlElement[] {
  const parts: Y.XmlElement[] = [];
  for (let depth = 1; depth <= place.depth; depth++) {
    const part = (parts.at(-1) ?? root).toArray()[place.index(depth - 1)];
    if (!(part instanceof Y.XmlElement) || part.nodeName !== place.node(depth).type.name) break;
    parts.push(part);
  }
  return parts;
}

/** Counted anew, not looked up in what the binding remembers of sizes: one that is old leads into another clause. */
function placeIn(root: Y.XmlFragment, place: ResolvedPos): { type: Y.XmlText; index: number } | null {
  const parts = partsAround(root, place);
  if (parts.length < place.depth) return null;
  let index = place.parentOffset;
  for (const child of parts.at(-1)?.toArray() ?? []) {
    const length = child instanceof Y.XmlText ? child.length : 1;
    if (child instanceof Y.XmlText && index <= length) return { type: child, index };
    index -= length;
    if (index < 0) break;
  }
  return null;
}

/**
 * The binding finds nothing to do where the letters are in already, and then remembers only the outermost part anew.
 * Carets, the own and those of others, are counted from what it remembers of the parts inside.
 */
function remember({ type, mapping }: ProsemirrorBinding, place: ResolvedPos): void {
  for (const [index, part] of partsAround(type, place).entries()) mapping.set(part, place.node(index + 1));
}
