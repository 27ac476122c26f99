import { Slice } from "@tiptap/pm/model";
import { EditorState, TextSelection } from "@tiptap/pm/state";
import { describe, expect, test } from "vitest";
import * as Y from "yjs";
import { textSchema } from "#app/domain/documents/schema.ts";
import { seedText } from "#app/domain/documents/seed-text.ts";
import { textOf } from "#app/domain/documents/text.ts";
import { clauses } from "#app/domain/templates/agreement.ts";
import { withoutClauses, withoutEmptyHeadings } from "./paste.ts";

const schema = textSchema();
const words = (text: string) => ({ type: "paragraph", content: [{ type: "text", text }] });
const heading = (...content: object[]) => schema.nodeFromJSON({ type: "heading", attrs: { level: 3 }, content });
const cellOf = (...content: object[]) => ({
  type: "table",
  content: [{ type: "tableRow", content: [{ type: "tableCell", content }] }],
});

/** The starting text; C17 also holds "Alpha alone.", "Beta besides." and a list of "Gamma" and "Delta". */
function opened(): EditorState {
  const seeded = new Y.Doc();
  let next = 0;
  Y.applyUpdate(seeded, seedText({ clauses, fields: {}, newBlockId: () => `b${next++}` }));
  const list = {
    type: "bulletList",
    content: ["Gamma", "Delta"].map((text) => ({ type: "listItem", content: [words(text)] })),
  };
  const text = textOf(seeded, "en");
  for (const clause of text.content ?? []) {
    if (clause.attrs?.clauseId !== "C17") continue;
    clause.content?.push(words("Alpha alone."), words("Beta besides."), list);
  }
  return EditorState.create({ doc: schema.nodeFromJSON(text) });
}

/** Where these words begin and end; they stand in one text node, once. */
function placeOf(state: EditorState, searched: string): { from: number; to: number } {
  const places: number[] = [];
  state.doc.descendants((node, position) => {
    if (node.text?.includes(searched)) places.push(position + node.text.indexOf(searched));
  });
  const [from, ...others] = places;
  if (from === undefined || others.length > 0) throw new Error(`"${searched}" must stand in the text once`);
  return { from, to: from + searched.length };
}

/** What a person takes who marks everything from the first of these words to the end of the last. */
function copied(state: EditorState, first: string, last = first): Slice {
  const selection = TextSelection.create(state.doc, placeOf(state, first).from, placeOf(state, last).to);
  return withoutEmptyHeadings(withoutClauses(selection.content()));
}

const target = "may carry a service weapon";

/** The text after the slice has come in behind "may carry", and the blocks of that clause. */
function pasted(state: EditorState, slice: Slice) {
  const at = placeOf(state, target).from + "may carry".length;
  const after = state.apply(state.tr.setSelection(TextSelection.create(state.doc, at)).replaceSelection(slice)).doc;
  after.check();
  expect(after.childCount).toBe(29);
  const clause = after.children.find((one) => one.attrs.clauseId === "C10");
  const [, ...blocks] = clause?.children ?? [];
  return blocks.map((block) => `${block.type.name}: ${block.textBetween(0, block.content.size, " / ")}`);
}

const [before, behind] = [
  "paragraph: Whether a seconded member may carry",
  " a service weapon, vehicle or device is set",
];
const ending = `${behind} out State by State. Without an entry it is not allowed.`;

describe("what is marked in the text and comes in inside a sentence", () => {
  test("words of one sentence join it", () => {
    const state = opened();
    const slice = copied(state, "agreed before they arise");
    expect(slice).toMatchObject({ openStart: 1, openEnd: 1 });
    expect(pasted(state, slice)).toEqual([`${before}agreed before they arise${ending}`]);
  });

  test("of two paragraphs, the first joins the words before and the second the words behind", () => {
    const state = opened();
    expect(pasted(state, copied(state, "alone.", "Beta"))).toEqual([`${before}alone.`, `paragraph: Beta${ending}`]);
  });

  test("of two clauses, no clause comes in: the title between them becomes a heading", () => {
    const state = opened();
    expect(pasted(state, copied(state, "before they arise.", "The team works in"))).toEqual([
      `${before}before they arise.`,
      "heading: Languages",
      `paragraph: The team works in${ending}`,
    ]);
  });

  test("a selection that ends inside the title of the next clause is open at both ends", () => {
    const state = opened();
    const slice = copied(state, "before they arise.", "Langu");
    expect(slice).toMatchObject({ openStart: 1, openEnd: 1 });
    expect(slice.content.content.map((block) => block.type.name)).toEqual(["paragraph", "heading"]);
    expect(pasted(state, slice).join("\n")).toContain(`${before}before they arise.\nheading: Langu`);
  });

  test("a title is words, like any others", () => {
    const state = opened();
    expect(pasted(state, copied(state, "Use limitation"))).toEqual([`${before}Use limitation${ending}`]);
  });

  test("items of a list stay a list, and words of one item are words", () => {
    const state = opened();
    const slice = copied(state, "Gamma", "Delta");
    expect(slice).toMatchObject({ openStart: 3, openEnd: 3 });
    expect(pasted(state, slice).join("\n")).toContain("bulletList");
    expect(pasted(state, copied(state, "Gamma"))).toEqual([`${before}Gamma${ending}`]);
  });

  test("a clause that is dropped as a whole comes in as what it says, and none is added", () => {
    const state = opened();
    let [from, size] = [0, 0];
    state.doc.forEach((clause, position) => {
      if (clause.attrs.clauseId === "C22") [from, size] = [position, clause.nodeSize];
    });
    const slice = withoutClauses(state.doc.slice(from, from + size));
    expect(slice).toMatchObject({ openStart: 0, openEnd: 0 });
    expect(pasted(state, slice)).toEqual([
      before,
      "heading: Costs and equipment",
      expect.stringMatching(/^paragraph: Costs: /),
      `paragraph: ${ending}`,
    ]);
  });

  test("every selection fits: its ends are never open deeper than what they hold", () => {
    const state = opened();
    const places = [
      "Use limitation",
      "agreed before",
      "Alpha",
      "Beta",
      "Gamma",
      "Delta",
      "Languages",
      "It may be signed",
    ];
    for (const first of places) {
      for (const last of places) {
        if (placeOf(state, first).from > placeOf(state, last).from) continue;
        const slice = copied(state, first, last);
        const most = Slice.maxOpen(slice.content);
        expect(slice.openStart, `${first} to ${last}`).toBeLessThanOrEqual(most.openStart);
        expect(slice.openEnd, `${first} to ${last}`).toBeLessThanOrEqual(most.openEnd);
        pasted(state, slice);
      }
    }
  });
});

describe("a heading without words", () => {
  const brought = (...blocks: object[]) =>
    withoutEmptyHeadings(Slice.maxOpen(schema.nodeFromJSON({ type: "doc", content: blocks }).content));
  const empty = heading().toJSON();

  test("stays out, and what stands beside it is whole", () => {
    const blank = heading({ type: "hardBreak" }, { type: "text", text: " \u00a0" }).toJSON();
    const slice = brought(empty, words("kept"), blank);
    expect(slice.content.content.map((block) => block.type.name)).toEqual(["paragraph"]);
    expect(slice).toMatchObject({ openStart: 0, openEnd: 0 });
    expect(pasted(opened(), slice)).toEqual([before, "paragraph: kept", `paragraph: ${ending}`]);
  });

  test("nothing comes in where it was all there was", () => {
    expect(brought(empty)).toEqual(Slice.empty);
    expect(pasted(opened(), brought(empty))).toEqual([`${before}${ending}`]);
  });

  test("leaves its cell or list item with an empty paragraph", () => {
    const slice = brought(words("before"), cellOf(empty), words("behind"));
    const names: string[] = [];
    slice.content.descendants((node) => void names.push(node.type.name));
    expect(names).not.toContain("heading");
    expect(pasted(opened(), slice)[1]).toBe("table: ");
  });

  test("is not one that holds a value, or words", () => {
    const field = heading({ type: "field", attrs: { name: "duration" } }).toJSON();
    const written = heading({ type: "text", text: "Assets" }).toJSON();
    expect(brought(field, written).content.childCount).toBe(2);
  });

  test("does not come from a copied clause without a title", () => {
    const clause = schema.nodeFromJSON({ type: "clause", content: [{ type: "clauseTitle" }, words("kept")] });
    const slice = withoutEmptyHeadings(withoutClauses(new Slice(opened().doc.type.create(null, clause).content, 0, 0)));
    expect(slice.content.content.map((block) => block.type.name)).toEqual(["paragraph"]);
  });
});
