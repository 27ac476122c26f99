import type { Node } from "@tiptap/pm/model";
import { TextSelection } from "@tiptap/pm/state";
import type { HeadlessEditor } from "./headless-editor.ts";
import type { Chance } from "./seeded.ts";

type Person = HeadlessEditor;
type Edit = (person: Person, chance: Chance) => void;

/** So few clauses that people meet in them. */
const busyClauses = 3;
const words = ["and", "- ", "1. ", "Δ", "ж", "of the Parties", "x", "مع", "😀", "agree "];

/** The paragraphs, titles and cells in which people write, by the position where their words begin and end. */
function blocks(doc: Node, within?: string): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  const end = doc.children.slice(0, busyClauses).reduce((sum, clause) => sum + clause.nodeSize, 0);
  doc.nodesBetween(0, Math.min(end, doc.content.size), (node, position) => {
    if (!node.isTextblock) return true;
    const inside = within === undefined || insideOf(doc, position, within);
    if (inside) found.push({ from: position + 1, to: position + 1 + node.content.size });
    return false;
  });
  return found;
}

function insideOf(doc: Node, position: number, name: string): boolean {
  const place = doc.resolve(position);
  for (let depth = place.depth; depth > 0; depth--) if (place.node(depth).type.name === name) return true;
  return false;
}

/** No caret stands within a letter that takes two units, and Yjs would break it. */
function beside(doc: Node, position: number): number {
  return /[\ud800-\udbff]/.test(doc.textBetween(position - 1, position)) ? position - 1 : position;
}

/** Puts the caret somewhere, or marks some letters; into `within` when there is one. */
function go({ editor }: Person, chance: Chance, most = 0, within?: string): boolean {
  const places = blocks(editor.state.doc, within);
  if (places.length === 0) return false;
  const { from, to } = chance.oneOf(places);
  const { doc } = editor.state;
  const head = beside(doc, from + chance.below(to - from + 1));
  const anchor = beside(doc, Math.max(from, head - chance.below(most + 1)));
  editor.view.dispatch(editor.state.tr.setSelection(TextSelection.create(doc, anchor, head)));
  return true;
}

const inTable =
  (command: (person: Person) => unknown): Edit =>
  (person, chance) => {
    if (go(person, chance, 0, "table")) command(person);
  };

function selectAcross({ editor }: Person, chance: Chance): boolean {
  const { doc } = editor.state;
  const places = blocks(doc);
  const first = chance.below(places.length);
  const [a, b] = [places[first], places[Math.min(places.length - 1, first + 1 + chance.below(2))]];
  if (!a || !b) return false;
  const from = beside(doc, a.from + chance.below(a.to - a.from + 1));
  const to = beside(doc, b.from + chance.below(b.to - b.from + 1));
  editor.view.dispatch(editor.state.tr.setSelection(TextSelection.create(doc, from, to)));
  return true;
}

const edits: Record<string, [weight: number, edit: Edit]> = {
  type: [12, (person, chance) => void (go(person, chance) && person.type(chance.oneOf(words)))],
  typeOn: [8, (person, chance) => person.type(chance.oneOf(words))],
  typeOver: [3, (person, chance) => void (go(person, chance, 12) && person.type(chance.oneOf(words)))],
  rubOut: [
    8,
    (person, chance) => times(1 + chance.below(4), go(person, chance) ? () => person.press("Backspace") : null),
  ],
  split: [6, (person, chance) => void (go(person, chance) && person.press("Enter"))],
  splitTwice: [1, (person, chance) => times(2, go(person, chance) ? () => person.press("Enter") : null)],
  join: [5, (person, chance) => void (goToEdge(person, chance, "from") && person.press("Backspace"))],
  joinNext: [3, (person, chance) => void (goToEdge(person, chance, "to") && person.press("Delete"))],
  rubOutAcross: [2, (person, chance) => void (selectAcross(person, chance) && person.press("Backspace"))],
  bold: [3, (person, chance) => void (go(person, chance, 15) && person.editor.commands.toggleBold())],
  italic: [2, (person, chance) => void (go(person, chance, 15) && person.editor.commands.toggleItalic())],
  link: [
    1,
    (person, chance) => void (go(person, chance, 9) && person.editor.commands.setLink({ href: "https://a.example" })),
  ],
  bullets: [3, (person, chance) => void (go(person, chance) && person.editor.commands.toggleBulletList())],
  numbers: [2, (person, chance) => void (go(person, chance) && person.editor.commands.toggleOrderedList())],
  deeper: [2, (person, chance) => void (go(person, chance, 0, "listItem") && person.press("Tab"))],
  higher: [2, (person, chance) => void (go(person, chance, 0, "listItem") && person.press("Tab", true))],
  heading: [1, (person, chance) => void (go(person, chance) && person.editor.commands.toggleHeading({ level: 3 }))],
  table: [
    1,
    (person, chance) =>
      void (go(person, chance) && person.editor.commands.insertTable({ rows: 3, cols: 3, withHeaderRow: true })),
  ],
  typeInTable: [4, (person, chance) => void (go(person, chance, 0, "table") && person.type(chance.oneOf(words)))],
  nextCell: [2, inTable((person) => person.press("Tab"))],
  addRow: [3, inTable(({ editor }) => editor.commands.addRowAfter())],
  addColumn: [2, inTable(({ editor }) => editor.commands.addColumnAfter())],
  removeRow: [2, inTable(({ editor }) => editor.commands.deleteRow())],
  removeTable: [1, inTable(({ editor }) => editor.commands.deleteTable())],
  undo: [5, ({ editor }) => editor.commands.undo()],
  redo: [2, ({ editor }) => editor.commands.redo()],
};

function goToEdge({ editor }: Person, chance: Chance, edge: "from" | "to"): boolean {
  const places = blocks(editor.state.doc);
  if (places.length === 0) return false;
  const at = chance.oneOf(places)[edge];
  editor.view.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, at)));
  return true;
}

function times(count: number, act: (() => void) | null): void {
  for (let n = 0; act && n < count; n++) act();
}

const drawnByWeight = Object.entries(edits).flatMap(([name, [weight]]) => Array<string>(weight).fill(name));

/** Does one thing a person at a keyboard does; returns what it was. */
export function editAtRandom(person: Person, chance: Chance): string {
  const name = chance.oneOf(drawnByWeight);
  edits[name]?.[1](person, chance);
  return name;
}
