import { EditorState, Selection, TextSelection } from "@tiptap/pm/state";
import fc from "fast-check";
import { expect, test } from "vitest";
import * as Y from "yjs";
import { textSchema } from "#app/domain/documents/schema.ts";
import { seedText } from "#app/domain/documents/seed-text.ts";
import { textOf } from "#app/domain/documents/text.ts";
import { clauses } from "#app/domain/templates/agreement.ts";
import { typing } from "./typed-text.ts";

const seeded = new Y.Doc();
let next = 0;
Y.applyUpdate(seeded, seedText({ clauses, fields: {}, newBlockId: () => `b${next++}` }));
const doc = textSchema().nodeFromJSON(textOf(seeded, "en"));

/** Every place inside the words of a paragraph or title. */
const places: number[] = [];
doc.descendants((node, position) => {
  if (node.isTextblock) for (let at = 0; at <= node.content.size; at++) places.push(position + 1 + at);
});
const place = fc.constantFrom(...places);

/** The editor after a change, with the caret where the change left it. */
function after(change: (state: EditorState) => EditorState): { state: EditorState; before: typeof doc } {
  const state = EditorState.create({ doc });
  return { before: doc, state: change(state) };
}

test("a letter is found at the caret, also beside equal letters and next to a field", () => {
  fc.assert(
    fc.property(place, fc.stringMatching(/^[a-z .]{1,5}$/), (at, text) => {
      const { before, state } = after((state) => state.apply(state.tr.insertText(text, at)));
      const caret = state.apply(state.tr.setSelection(TextSelection.create(state.doc, at + text.length)));
      expect(typing(before, caret)).toEqual({ at, text, gone: 0 });
    }),
  );
});

test("what was rubbed out is found behind the caret", () => {
  fc.assert(
    fc.property(place, (at) => {
      const letters = doc.resolve(at).nodeAfter?.text;
      fc.pre(letters !== undefined);
      const { before, state } = after((state) => state.apply(state.tr.delete(at, at + 1)));
      const caret = state.apply(state.tr.setSelection(TextSelection.create(state.doc, at)));
      expect(typing(before, caret)).toEqual({ at, text: "", gone: 1 });
    }),
  );
});

test("a split, a new field, a change of marks and a change elsewhere are no typing", () => {
  const schema = textSchema();
  const field = schema.nodes.field?.create({ name: "startDate" });
  const at = places.find((position) => doc.resolve(position).parent.type.name === "paragraph") ?? 0;
  const changes: ((state: EditorState) => EditorState)[] = [
    (state) => state.apply(state.tr.split(at + 3)),
    (state) => state.apply(state.tr.insert(at + 3, field ?? [])),
    (state) => state.apply(state.tr.addMark(at, at + 3, schema.marks.bold?.create() as never)),
    (state) => state.apply(state.tr.insertText("far away", places.at(-1) ?? 0)),
    (state) => state.apply(state.tr.replaceWith(at, at + 3, schema.text("abc"))),
  ];
  for (const change of changes) {
    const { before, state } = after(change);
    const caret = state.apply(state.tr.setSelection(Selection.near(state.doc.resolve(at + 4))));
    expect(typing(before, caret)).toBe(null);
  }
});
