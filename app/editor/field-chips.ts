import type { NodeViewRenderer } from "@tiptap/core";
import type * as Y from "yjs";
import { FieldNode, FieldTableNode } from "#app/domain/documents/extensions.ts";
import { type FieldReference, fieldText, tableText } from "#app/domain/documents/field-text.ts";
import { findField } from "#app/domain/templates/agreement.ts";

export type ChipWords = { empty: string; table: (rows: number) => string; label: (name: string) => string };
type Options = { fields: Y.Map<unknown>; language: string; words: ChipWords };

/**
 * Fields inside the text. Plain elements that follow the values beside the text: a change of a value anywhere shows in
 * every place that names it, without a transaction of the text.
 */
export function fieldChips({ fields, language, words }: Options) {
  return [
    FieldNode.extend({ addNodeView: () => chip(fields, language, words) }),
    FieldTableNode.extend({ addNodeView: () => table(fields, language, words) }),
  ];
}

function following(fields: Y.Map<unknown>, draw: () => void): () => void {
  draw();
  fields.observe(draw);
  return () => fields.unobserve(draw);
}

function chip(fields: Y.Map<unknown>, language: string, words: ChipWords): NodeViewRenderer {
  return ({ node }) => {
    const reference = node.attrs as FieldReference;
    const dom = document.createElement("span");
    dom.contentEditable = "false";
    dom.dataset.field = reference.name;
    const stop = following(fields, () => {
      const text = fieldText(reference, fields.toJSON(), language);
      const conditional = reference.yes != null;
      dom.textContent = text ?? words.empty;
      dom.className = chipClass(reference.name, text, conditional);
      if (!conditional) dom.setAttribute("aria-label", `${words.label(reference.name)}: ${dom.textContent}`);
    });
    return { dom, destroy: stop, ignoreMutation: () => true };
  };
}

function chipClass(name: string, text: string | null, conditional: boolean): string {
  if (conditional) return "fld-words";
  if (text === null) return "fld empty";
  return findField(name)?.type.kind === "computed" ? "fld calc" : "fld";
}

function table(fields: Y.Map<unknown>, language: string, words: ChipWords): NodeViewRenderer {
  return ({ node }) => {
    const name = String(node.attrs.name);
    const dom = document.createElement("div");
    dom.contentEditable = "false";
    dom.className = "field-table";
    dom.dataset.field = name;
    const stop = following(fields, () => {
      const { columns, rows } = tableText(name, fields.toJSON(), language);
      dom.replaceChildren(rows.length > 0 ? rowsElement(columns.map(words.label), rows) : emptyElement(words.table(0)));
    });
    return { dom, destroy: stop, ignoreMutation: () => true };
  };
}

function emptyElement(text: string): HTMLElement {
  const element = document.createElement("p");
  element.className = "fld empty";
  element.textContent = text;
  return element;
}

function rowsElement(columns: string[], rows: string[][]): HTMLElement {
  const table = document.createElement("table");
  table.className = "ft";
  const head = table.createTHead().insertRow();
  for (const column of columns) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = column;
    head.append(cell);
  }
  const body = table.createTBody();
  for (const row of rows) {
    const line = body.insertRow();
    for (const text of row) {
      const cell = line.insertCell();
      cell.dir = "auto";
      cell.textContent = text;
    }
  }
  return table;
}
