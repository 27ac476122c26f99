import { Extension } from "@tiptap/core";
import { isChangeOrigin } from "@tiptap/extension-collaboration";
import type { Node } from "@tiptap/pm/model";
import { type EditorState, Plugin } from "@tiptap/pm/state";

/** Longest text that may be pasted at once, in characters: the server takes 1 MiB a message. */
export const longestPaste = 200_000;

type Options = { onRefusedPaste: () => void; newBlockId: () => string };

function fixedClauses(doc: Node): Set<string> {
  const ids = new Set<string>();
  doc.forEach((clause) => {
    if (clause.attrs.fixed) ids.add(String(clause.attrs.clauseId));
  });
  return ids;
}

/**
 * What a person may not do by hand: remove a fixed clause, or paste more than the server takes. What comes from others
 * has passed the server and is not judged again here.
 */
export const WritingRules = Extension.create<Options>({
  name: "writingRules",
  addOptions: () => ({ onRefusedPaste: () => {}, newBlockId: () => "" }),
  addProseMirrorPlugins() {
    const { onRefusedPaste, newBlockId } = this.options;
    return [
      new Plugin({
        filterTransaction: (transaction, state) => {
          if (!transaction.docChanged || isChangeOrigin(transaction)) return true;
          const after = fixedClauses(transaction.doc);
          return [...fixedClauses(state.doc)].every((id) => after.has(id));
        },
        props: {
          handlePaste: (_view, event) => {
            const data = event.clipboardData;
            const length = Math.max(
              data?.getData("text/plain").length ?? 0,
              (data?.getData("text/html").length ?? 0) / 4,
            );
            if (length <= longestPaste) return false;
            onRefusedPaste();
            return true;
          },
        },
        appendTransaction: (transactions, _before, state) => {
          if (!transactions.some((one) => one.docChanged && !isChangeOrigin(one))) return null;
          return giveIds(state, newBlockId);
        },
      }),
    ];
  },
});

/** New blocks get an id; a block that came from splitting another gets its own. */
function giveIds(state: EditorState, newBlockId: () => string) {
  const seen = new Set<string>();
  const transaction = state.tr;
  state.doc.descendants((node, position) => {
    if (!("id" in node.attrs)) return true;
    const { id } = node.attrs as { id: string | null };
    if (id === null || seen.has(id)) transaction.setNodeAttribute(position, "id", newBlockId());
    else seen.add(id);
    return !node.isTextblock;
  });
  return transaction.docChanged ? transaction.setMeta("addToHistory", false) : null;
}
