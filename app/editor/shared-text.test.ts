import { absolutePositionToRelativePosition, ySyncPluginKey } from "@tiptap/y-tiptap";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { seedText } from "#app/domain/documents/seed-text.ts";
import { textName, textOf } from "#app/domain/documents/text.ts";
import { clauses } from "#app/domain/templates/agreement.ts";
import { editAtRandom } from "#tests/support/editing.ts";
import { type HeadlessEditor, headlessEditor } from "#tests/support/headless-editor.ts";
import { numberFrom, seeded } from "#tests/support/seeded.ts";

function opened(): { doc: Y.Doc; person: HeadlessEditor } {
  const doc = new Y.Doc();
  let next = 0;
  Y.applyUpdate(doc, seedText({ clauses, fields: {}, newBlockId: () => `b${next++}` }));
  return { doc, person: headlessEditor(doc) };
}

/** The paragraph in which others see the caret, and how far in it. */
function caretOf({ editor }: HeadlessEditor, doc: Y.Doc) {
  const { binding } = ySyncPluginKey.getState(editor.state);
  const caret = absolutePositionToRelativePosition(editor.state.selection.head, binding.type, binding.mapping);
  const place = Y.createAbsolutePositionFromRelativePosition(caret, doc);
  const paragraph = place?.type.parent as Y.XmlElement;
  const parts = paragraph.toArray();
  const before = parts.slice(0, parts.indexOf(place?.type as Y.XmlText));
  const sizes = before.map((part) => (part instanceof Y.XmlText ? part.length : 1));
  return { id: paragraph.getAttribute("id"), offset: sizes.reduce((sum, size) => sum + size, place?.index ?? 0) };
}

function shownCaret({ editor }: HeadlessEditor) {
  const { parent, parentOffset } = editor.state.selection.$head;
  return { id: parent.attrs.id, offset: parentOffset };
}

const first = numberFrom("SEED", 1);
const seeds = Array.from({ length: numberFrom("ROUNDS", 6) }, (_, n) => first + n);

test.each(seeds)("the shared text says what the editor shows, whatever one person does (seed %i)", (seed) => {
  const { doc, person } = opened();
  const chance = seeded(seed);
  for (let n = 0; n < 300; n++) {
    const what = editAtRandom(person, chance);
    const { schema, state } = person.editor;
    state.doc.check();
    const shared = schema.nodeFromJSON(textOf(doc, "en"));
    const place = shared.content.findDiffStart(state.doc.content);
    expect([n, what, place]).toEqual([n, what, null]);
  }
  person.close();
});

test("letters typed and rubbed out in a list leave the clause behind it alone, and the caret where it is", () => {
  const { doc, person } = opened();
  const { editor } = person;
  const clauseEnd = (editor.state.doc.firstChild?.nodeSize ?? 0) - 2;
  const next = () => doc.getXmlFragment(textName("en")).get(1).toString();
  const untouched = next();
  editor.commands.setTextSelection(clauseEnd);
  editor.commands.toggleBulletList();
  for (const text of ["one", "two ", "three"]) {
    person.type(text);
    expect(caretOf(person, doc)).toEqual(shownCaret(person));
  }
  for (let n = 0; n < 7; n++) {
    person.press("Backspace");
    expect(caretOf(person, doc)).toEqual(shownCaret(person));
  }
  expect(next()).toBe(untouched);
  person.close();
});
