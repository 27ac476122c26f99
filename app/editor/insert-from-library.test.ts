import { AllSelection, NodeSelection, TextSelection } from "@tiptap/pm/state";
import { afterEach, beforeAll, expect, test } from "vitest";
import * as Y from "yjs";
import { seedText } from "#app/domain/documents/seed-text.ts";
import { textOf } from "#app/domain/documents/text.ts";
import type { TextNode } from "#app/domain/documents/text-node.ts";
import { clauses } from "#app/domain/templates/agreement.ts";
import { paragraphsOf } from "#app/domain/templates/library-text.ts";
import { type HeadlessEditor, headlessEditor } from "#tests/support/headless-editor.ts";
import { insertFromLibrary } from "./insert-from-library.ts";

// Taking the focus waits for the next picture of the page; there is none here.
beforeAll(() => void Object.assign(globalThis, { requestAnimationFrame: () => 0 }));

let doc: Y.Doc;
let opened: HeadlessEditor;
afterEach(() => opened.close());

function open() {
  doc = new Y.Doc();
  let next = 0;
  Y.applyUpdate(doc, seedText({ clauses, fields: {}, newBlockId: () => `b${next++}` }));
  opened = headlessEditor(doc);
  return opened.editor;
}

/** Where the n-th block of a clause begins. */
function startOf(editor: HeadlessEditor["editor"], clause: number, block: number): number {
  let at = 1;
  for (let index = 0; index < clause; index++) at += editor.state.doc.child(index).nodeSize;
  for (let index = 0; index < block; index++) at += editor.state.doc.child(clause).child(index).nodeSize;
  return at;
}
const caretAt = (editor: HeadlessEditor["editor"], at: number) =>
  editor.view.dispatch(editor.state.tr.setSelection(TextSelection.create(editor.state.doc, at)));

/** What everybody gets: the shared text, not what the editor shows. */
const shared = () => textOf(doc, "en").content as TextNode[];
const blocksOf = (clause: number) => shared()[clause]?.content ?? [];
const wording = { title: "A title", paragraphs: paragraphsOf("First <b>words</b>.\n\nThen {duration}.") };
const written = [
  [{ type: "text", text: "First <b>words</b>." }],
  [
    { type: "text", text: "Then " },
    { type: "field", attrs: { name: "duration" } },
    { type: "text", text: "." },
  ],
];

test("paragraphs come behind the one at the caret, each with an id of its own; markup is words", () => {
  const editor = open();
  caretAt(editor, startOf(editor, 5, 1) + 4);
  const before = blocksOf(5);
  insertFromLibrary(editor, wording, "paragraph");
  const after = blocksOf(5);
  expect(after.slice(0, 2)).toEqual(before.slice(0, 2));
  expect(after.slice(2, 4).map(({ content }) => content)).toEqual(written);
  const ids = after.map(({ attrs }) => attrs?.id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).not.toContain(null);
  expect(after.slice(4)).toEqual(before.slice(2));
});

test("with the caret in the title they come below it, and an empty paragraph gives way", () => {
  const editor = open();
  caretAt(editor, startOf(editor, 7, 0) + 2);
  insertFromLibrary(editor, wording, "paragraph");
  expect(blocksOf(7).map(({ type }) => type)).toEqual(["clauseTitle", "paragraph", "paragraph", "paragraph"]);
  const end = startOf(editor, 8, 1) + editor.state.doc.child(8).child(1).nodeSize - 1;
  caretAt(editor, end);
  opened.press("Enter");
  const count = blocksOf(8).length;
  insertFromLibrary(editor, wording, "paragraph");
  expect(blocksOf(8).length).toBe(count + 1);
});

test("a clause of its own comes behind the one at the caret, under its title, not fixed, with a new id", () => {
  const editor = open();
  caretAt(editor, startOf(editor, 5, 1) + 1);
  insertFromLibrary(editor, wording, "clause");
  expect(shared().length).toBe(30);
  const made = shared()[6];
  expect(made?.attrs?.fixed).toBe(false);
  expect(made?.attrs?.clauseId).toMatch(/^[0-9a-f-]{36}$/);
  expect(made?.content?.map(({ content }) => content)).toEqual([[{ type: "text", text: "A title" }], ...written]);
});

test.each(["paragraph", "clause"] as const)("whatever is selected, nothing is lost: %s", (place) => {
  const editor = open();
  const lost = () => shared().filter(({ attrs }) => attrs?.fixed === true).length;
  const before = lost();
  for (const select of [
    () => new AllSelection(editor.state.doc),
    () => NodeSelection.create(editor.state.doc, startOf(editor, 3, 1)),
    () => NodeSelection.create(editor.state.doc, startOf(editor, 3, 0) - 1),
  ]) {
    const words = JSON.stringify(shared()).length;
    editor.view.dispatch(editor.state.tr.setSelection(select()));
    insertFromLibrary(editor, wording, place);
    expect(lost()).toBe(before);
    expect(JSON.stringify(shared()).length).toBeGreaterThan(words);
    editor.state.doc.check();
  }
});
