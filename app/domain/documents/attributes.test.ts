import { describe, expect, test } from "vitest";
import { textSchema } from "./schema.ts";
import type { TextNode } from "./text-node.ts";

const id = "019ab000-0000-7000-8000-000000000000";

function textWith(block: TextNode, clause: Record<string, unknown> = {}): TextNode {
  return {
    type: "doc",
    content: [
      {
        type: "clause",
        attrs: { clauseId: id, fixed: false, ...clause },
        content: [{ type: "clauseTitle", content: [{ type: "text", text: "A" }] }, block],
      },
    ],
  };
}

const paragraph = (attrs: Record<string, unknown>, ...content: TextNode[]): TextNode => ({
  type: "paragraph",
  attrs,
  content,
});
const cell = (attrs: Record<string, unknown>): TextNode => ({
  type: "table",
  content: [{ type: "tableRow", content: [{ type: "tableCell", attrs, content: [{ type: "paragraph" }] }] }],
});
const linked = (attrs: Record<string, unknown>): TextNode =>
  paragraph({}, { type: "text", text: "x", marks: [{ type: "link", attrs }] });
const check = (text: TextNode) => () => textSchema().nodeFromJSON(text).check();

describe("what the attributes of a text may be", () => {
  test.each([
    ["an id of a block that is a sentence", textWith(paragraph({ id: "not an id" }))],
    ["a direction that is none", textWith(paragraph({ dir: "up" }))],
    ["a clause with the name of a form field", textWith(paragraph({}), { clauseId: "content" })],
    ["a field with a name that is a path", textWith(paragraph({}, { type: "field", attrs: { name: "../x" } }))],
    ["a cell of a million columns", textWith(cell({ colspan: 1_000_000 }))],
    ["a cell of half a row", textWith(cell({ rowspan: 0.5 }))],
    ["a cell with widths", textWith(cell({ colwidth: [1e9] }))],
    ["a list that starts nowhere", textWith({ ...list(Number.NaN) })],
    ["a link that is a script", textWith(linked({ href: "javascript:alert(1)" }))],
    ["a link that is a document", textWith(linked({ href: "data:text/html,<script>alert(1)</script>" }))],
    ["a link to a place on this page", textWith(linked({ href: "/sign-out" }))],
  ])("%s is refused", (_what, text) => {
    expect(check(text)).toThrow(RangeError);
  });

  test("what the editor makes is taken", () => {
    for (const block of [
      paragraph({ id: "019ab000-0000-7000-8000-000000000001", dir: "rtl" }),
      paragraph({ id: null, dir: null }, { type: "field", attrs: { name: "duration" } }),
      cell({ colspan: 2, rowspan: 1 }),
      list(3),
      linked({ href: "https://www.unodc.org/" }),
      linked({ href: "mailto:a@exercise.example" }),
    ]) {
      expect(check(textWith(block))).not.toThrow();
    }
  });

  test("a link carries its address and nothing that could look like a part of the page", () => {
    expect(Object.keys(textSchema().marks.link?.spec.attrs ?? {})).toEqual(["href"]);
  });
});

function list(start: number): TextNode {
  return {
    type: "orderedList",
    attrs: { start },
    content: [{ type: "listItem", content: [{ type: "paragraph" }] }],
  };
}
