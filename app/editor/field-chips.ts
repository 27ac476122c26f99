import type { Editor, NodeViewRenderer } from "@tiptap/core";
import { NodeSelection } from "@tiptap/pm/state";
import { FieldNode, FieldTableNode } from "#app/domain/documents/extensions.ts";
import { type FieldReference, fieldText, tableText } from "#app/domain/documents/field-text.ts";
import { findField } from "#app/domain/templates/agreement.ts";
import { pictureOf } from "./chip-icons.ts";
import type { SharedFields } from "./shared-fields.ts";

export type ChipWords = { empty: string; table: (rows: number) => string; label: (name: string) => string };
type Options = {
  fields: SharedFields;
  language: string;
  words: ChipWords;
  /** the person wants to see or set the value */
  onOpen: (name: string) => void;
};

/**
 * Fields inside the text. Plain elements that follow the values beside the text: a change of a value anywhere shows in
 * every place that names it, without a transaction of the text.
 */
export function fieldChips(options: Options) {
  return [
    FieldNode.extend({
      addNodeView: () => chip(options),
      addKeyboardShortcuts() {
        return { Enter: openSelected(options.onOpen) };
      },
    }),
    FieldTableNode.extend({ addNodeView: () => table(options) }),
  ];
}

function openSelected(onOpen: (name: string) => void) {
  return ({ editor: { state } }: { editor: Editor }): boolean => {
    const { selection } = state;
    if (!(selection instanceof NodeSelection) || selection.node.type.name !== "field") return false;
    onOpen(String(selection.node.attrs.name));
    return true;
  };
}

function following(fields: SharedFields, draw: () => void): () => void {
  draw();
  return fields.subscribe(draw);
}

function chip({ fields, language, words, onOpen }: Options): NodeViewRenderer {
  return ({ node }) => {
    const reference = node.attrs as FieldReference;
    const dom = document.createElement("span");
    dom.contentEditable = "false";
    dom.dataset.field = reference.name;
    // A date or a place reads in its own direction inside a sentence of another.
    dom.dir = "auto";
    dom.addEventListener("dblclick", () => onOpen(reference.name));
    let drawn: string | null | undefined;
    const stop = following(fields, () => {
      const text = fieldText(reference, fields.values(), language);
      // A value changes in few of the many places, and the others need not be drawn anew.
      if (text !== drawn) drawChip(dom, reference, text, words);
      drawn = text;
    });
    // A click between two lines can leave the browser's caret inside: the editor must hear of it, or nothing can be
    // written there.
    return { dom, destroy: stop, ignoreMutation: ({ type }) => type !== "selection" };
  };
}

function drawChip(dom: HTMLElement, reference: FieldReference, text: string | null, words: ChipWords): void {
  const conditional = reference.yes != null;
  const label = words.label(reference.name);
  const shown = text ?? words.empty;
  dom.className = chipClass(reference.name, text, conditional);
  dom.title = label;
  if (conditional) {
    dom.textContent = shown;
    return;
  }
  const picture = pictureOf(findField(reference.name)?.type.kind, text === null);
  dom.replaceChildren(...withPicture(picture, shown));
  dom.setAttribute("role", "img");
  dom.setAttribute("aria-label", `${label}: ${shown}`);
}

/** Up to so many letters a chip stays on one line. */
const shortest = 18;

/** A picture stays with the first word when a chip breaks over lines; a reference does not break at its hyphens. */
function withPicture(picture: SVGSVGElement | null, text: string): (Node | string)[] {
  if (!picture && text.length > shortest) return [text];
  const words = text.length <= shortest ? [text] : [text.split(" ", 1)[0] ?? text];
  const together = document.createElement("span");
  together.className = "nb";
  together.append(...(picture ? [picture] : []), ...words);
  return [together, text.slice(words[0]?.length ?? 0)];
}

function chipClass(name: string, text: string | null, conditional: boolean): string {
  if (conditional) return "fld-words";
  if (text === null) return "fld empty";
  return findField(name)?.type.kind === "computed" ? "fld calc" : "fld";
}

function table({ fields, language, words }: Options): NodeViewRenderer {
  return ({ node }) => {
    const name = String(node.attrs.name);
    const dom = document.createElement("div");
    dom.contentEditable = "false";
    dom.className = "field-table";
    dom.dataset.fieldTable = name;
    // It scrolls by itself when it is wide, so it must be reachable by keyboard.
    dom.tabIndex = 0;
    dom.setAttribute("role", "region");
    dom.setAttribute("aria-label", words.label(name));
    const stop = following(fields, () => {
      const { columns, rows } = tableText(name, fields.values(), language);
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
