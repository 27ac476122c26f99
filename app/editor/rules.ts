import { Extension } from "@tiptap/core";
import { isChangeOrigin } from "@tiptap/extension-collaboration";
import type { Node } from "@tiptap/pm/model";
import { type EditorState, Plugin, type Transaction } from "@tiptap/pm/state";

type Options = { onFixedClause: () => void; newId: () => string };

/** What a person may not do by hand: remove a fixed clause. What comes from others is not judged again here. */
export const WritingRules = Extension.create<Options>({
  name: "writingRules",
  addOptions: () => ({ onFixedClause: () => {}, newId: () => "" }),
  addProseMirrorPlugins() {
    return [writingRules(this.options)];
  },
});

export function writingRules({ onFixedClause, newId }: Options): Plugin {
  return new Plugin({
    filterTransaction: (transaction, state) => {
      if (!isWrittenHere(transaction) || keepsFixedClauses(state.doc, transaction.doc)) return true;
      onFixedClause();
      return false;
    },
    appendTransaction: (transactions, _before, state) =>
      transactions.some(isWrittenHere) ? giveIds(state, newId) : null,
  });
}

function isWrittenHere(transaction: Transaction): boolean {
  return transaction.docChanged && !isChangeOrigin(transaction);
}

function keepsFixedClauses(before: Node, after: Node): boolean {
  const kept = fixedClauses(after);
  return [...fixedClauses(before)].every((id) => kept.has(id));
}

function fixedClauses(doc: Node): Set<string> {
  const ids = new Set<string>();
  doc.forEach((clause) => {
    if (clause.attrs.fixed) ids.add(String(clause.attrs.clauseId));
  });
  return ids;
}

/**
 * New blocks and clauses get an id; a block that came from splitting another gets its own. The transaction stays part
 * of the history: one that is not would take the change it belongs to out of the reach of undo.
 */
function giveIds(state: EditorState, newId: () => string): Transaction | null {
  const seen = new Set<string>();
  const transaction = state.tr;
  state.doc.descendants((node, position) => {
    const name = node.type.name === "clause" ? "clauseId" : "id";
    if (!(name in node.attrs)) return !node.isTextblock;
    const id = node.attrs[name] as string | null;
    if (id === null || seen.has(id)) transaction.setNodeAttribute(position, name, newId());
    else seen.add(id);
    return !node.isTextblock;
  });
  return transaction.docChanged ? transaction : null;
}
