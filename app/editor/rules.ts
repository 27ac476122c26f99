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
    appendTransaction: (transactions, _before, state) => (transactions.some(isWrittenHere) ? mend(state, newId) : null),
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

/** It stays part of the history: one that is not would take the change it belongs to out of the reach of undo. */
function mend(state: EditorState, newId: () => string): Transaction | null {
  const transaction = state.tr;
  giveIds(state, transaction, newId);
  unmarkFields(state, transaction);
  return transaction.docChanged ? transaction : null;
}

/** New blocks and clauses get an id; a block that came from splitting another gets its own. */
function giveIds(state: EditorState, transaction: Transaction, newId: () => string): void {
  const seen = new Set<string>();
  state.doc.descendants((node, position) => {
    const name = node.type.name === "clause" ? "clauseId" : "id";
    if (!(name in node.attrs)) return !node.isTextblock;
    const id = node.attrs[name] as string | null;
    if (id === null || seen.has(id)) transaction.setNodeAttribute(position, name, newId());
    else seen.add(id);
    return !node.isTextblock;
  });
}

/** The shared text holds marks of letters only: a field in bold would be bold for who made it so and for nobody else. */
function unmarkFields(state: EditorState, transaction: Transaction): void {
  state.doc.descendants((node, position) => {
    if (node.isInline && !node.isText && node.marks.length > 0)
      transaction.removeMark(position, position + node.nodeSize);
  });
}
