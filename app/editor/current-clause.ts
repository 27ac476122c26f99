import { Extension } from "@tiptap/core";
import { Plugin } from "@tiptap/pm/state";
import { Decoration, DecorationSet } from "@tiptap/pm/view";
import { clauseAtCaret } from "./outline.ts";

/** Marks the clause that holds the caret, so that its number can stand out. Never part of the text. */
export const CurrentClause = Extension.create({
  name: "currentClause",
  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        decorations: (state) => {
          const number = clauseAtCaret(state);
          if (number === null) return null;
          const { $from } = state.selection;
          const from = $from.before(1);
          return DecorationSet.create(state.doc, [Decoration.node(from, $from.after(1), { class: "is-current" })]);
        },
      },
    }),
  ],
});
