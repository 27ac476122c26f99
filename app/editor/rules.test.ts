import { randomUUID } from "node:crypto";
import { Fragment, Slice } from "@tiptap/pm/model";
import { EditorState, TextSelection } from "@tiptap/pm/state";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { textSchema } from "#app/domain/documents/schema.ts";
import { seedText } from "#app/domain/documents/seed-text.ts";
import { textOf } from "#app/domain/documents/text.ts";
import { clauses } from "#app/domain/templates/agreement.ts";
import { headingsOfClauses, isTooLong, longestPaste, withoutClauses } from "./paste.ts";
import { writingRules } from "./rules.ts";

function opened() {
  const doc = new Y.Doc();
  let next = 0;
  Y.applyUpdate(doc, seedText({ clauses, fields: {}, newBlockId: () => `b${next++}` }));
  const refused: string[] = [];
  const plugin = writingRules({ onFixedClause: () => refused.push("fixed"), newId: () => randomUUID() });
  const state = EditorState.create({ doc: textSchema().nodeFromJSON(textOf(doc, "en")), plugins: [plugin] });
  return { state, refused };
}

/** Where clause `number` begins and ends. */
function placeOf(state: EditorState, number: number): { from: number; to: number } {
  let from = 0;
  for (let index = 0; index < number; index++) from += state.doc.child(index).nodeSize;
  return { from, to: from + state.doc.child(number).nodeSize };
}

const idsOf = (state: EditorState) => {
  const ids: unknown[] = [];
  state.doc.descendants((node) => {
    if ("id" in node.attrs) ids.push(node.attrs.id);
    if (node.type.name === "clause") ids.push(node.attrs.clauseId);
  });
  return ids;
};

describe("a clause that is fixed", () => {
  test("cannot be removed, and the person hears why", () => {
    const { state, refused } = opened();
    const { from, to } = placeOf(state, 14);
    const { state: after } = state.applyTransaction(state.tr.delete(from, to));
    expect(after.doc.eq(state.doc)).toBe(true);
    expect(refused).toEqual(["fixed"]);
  });

  test("cannot be removed with all the others", () => {
    const { state, refused } = opened();
    state.applyTransaction(state.tr.delete(0, state.doc.content.size));
    expect(refused).toEqual(["fixed"]);
  });

  test("can be worded", () => {
    const { state, refused } = opened();
    const { from } = placeOf(state, 14);
    const { state: after } = state.applyTransaction(state.tr.insertText("Anew: ", from + 2));
    expect(after.doc.child(14).firstChild?.textContent).toMatch(/^Anew: /);
    expect(refused).toEqual([]);
  });

  test("does not keep others from being removed, or from being removed elsewhere", () => {
    const { state } = opened();
    const open = placeOf(state, 21);
    const { state: after } = state.applyTransaction(state.tr.delete(open.from, open.to));
    expect(after.doc.childCount).toBe(28);
    const fixed = placeOf(state, 14);
    const fromAfar = state.tr.delete(fixed.from, fixed.to).setMeta("y-sync$", { isChangeOrigin: true });
    expect(state.applyTransaction(fromAfar).state.doc.childCount).toBe(28);
  });
});

test("marks stay on the letters and off the fields between them, which the shared text could not say", () => {
  const { state } = opened();
  const bold = textSchema().marks.bold?.create();
  const { state: after } = state.applyTransaction(state.tr.addMark(0, placeOf(state, 0).to, bold as never));
  const words: boolean[] = [];
  after.doc
    .child(0)
    .child(1)
    .forEach((node) => {
      expect(node.marks.length).toBe(node.isText ? 1 : 0);
      words.push(node.isText);
    });
  expect(new Set(words)).toEqual(new Set([true, false]));
});

describe("ids", () => {
  test("a paragraph split in two keeps its id in the first part and gets one for the second", () => {
    const { state } = opened();
    const { from } = placeOf(state, 3);
    const paragraph = from + 1 + (state.doc.child(3).firstChild?.nodeSize ?? 0);
    const before = state.doc.nodeAt(paragraph)?.attrs.id;
    const { state: after } = state.applyTransaction(state.tr.split(paragraph + 5));
    const [, first, second] = [0, 1, 2].map((index) => after.doc.child(3).maybeChild(index)?.attrs.id);
    expect(first).toBe(before);
    expect(second).toMatch(/-/);
    expect(new Set(idsOf(after)).size).toBe(idsOf(after).length);
  });

  test("the transaction that gives them stays in the history, or undo would lose the change itself", () => {
    const { state } = opened();
    const { from } = placeOf(state, 3);
    const at = from + 1 + (state.doc.child(3).firstChild?.nodeSize ?? 0) + 5;
    const { transactions } = state.applyTransaction(state.tr.split(at));
    expect(transactions.length).toBeGreaterThan(1);
    for (const transaction of transactions) expect(transaction.getMeta("addToHistory")).not.toBe(false);
  });

  test("a copied clause is a new clause", () => {
    const { state } = opened();
    const copy = state.doc.child(14).type.create({ clauseId: null, fixed: false }, state.doc.child(14).content);
    const { state: after } = state.applyTransaction(state.tr.insert(0, copy));
    const clauseIds = after.doc.children.map((clause) => clause.attrs.clauseId);
    expect(new Set(clauseIds).size).toBe(30);
    expect(after.doc.child(0).attrs).toEqual({ clauseId: expect.stringMatching(/-/), fixed: false });
  });

  test("nothing is written for someone who only moves the caret", () => {
    const { state } = opened();
    const { state: after } = state.applyTransaction(state.tr.setSelection(TextSelection.create(state.doc, 5)));
    expect(after.doc).toBe(state.doc);
  });
});

describe("what is pasted", () => {
  const data = (text: string, html = "") => ({ getData: (type: string) => (type === "text/html" ? html : text) });

  test("is refused when the server could not take it at once", () => {
    expect(isTooLong(data("x".repeat(5_000_000)))).toBe(true);
    expect(isTooLong(data("x", `<p>${"<b></b>".repeat(1_000_000)}</p>`))).toBe(true);
    expect(isTooLong(data("x".repeat(longestPaste)))).toBe(false);
    expect(isTooLong(null)).toBe(false);
  });

  test("brings headings of any level as headings inside a clause", () => {
    expect(headingsOfClauses('<h1 class="x">A</h1><hr><H2>B</H2><header>C</header>')).toBe(
      '<h3 class="x">A</h3><hr><h3>B</h3><header>C</header>',
    );
    const own = '<h2 data-clause-title="" data-pm-slice="1 1 []">A</h2>';
    expect(headingsOfClauses(own)).toBe(own);
  });

  test("brings a copied clause as what it says, and never as a clause inside a clause", () => {
    const { state } = opened();
    const { from, to } = placeOf(state, 14);
    const brought = withoutClauses(state.doc.slice(from, to));
    expect(brought.content.content.map((block) => block.type.name)).toEqual(["heading", "paragraph"]);
    expect(brought.content.firstChild?.textContent).toBe("Use limitation and consent");
  });

  test("a few copied words stay open at both ends, so that they join the sentence they are put into", () => {
    const { state } = opened();
    const paragraph = state.doc.child(14).child(1);
    const words = Fragment.from(paragraph.copy(Fragment.from(textSchema().text("few words"))));
    const wrapped = new Slice(Fragment.from(state.doc.child(14).copy(words)), 2, 2);
    expect(withoutClauses(wrapped)).toMatchObject({ openStart: 1, openEnd: 1 });
    expect(withoutClauses(wrapped).content.firstChild?.type.name).toBe("paragraph");
  });
});
