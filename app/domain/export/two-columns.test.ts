import { expect, test } from "vitest";
import type { TextNode } from "../documents/text-node.ts";
import { printedClauses } from "./printable-text.ts";
import { clausesInTwo, sidesOf } from "./two-columns.ts";

const paragraph = (text: string): TextNode => ({ type: "paragraph", content: [{ type: "text", text }] });
const table: TextNode = {
  type: "table",
  content: [{ type: "tableRow", content: [{ type: "tableCell", content: [paragraph("cell")] }] }],
};
const clause = (clauseId: string, ...blocks: TextNode[]): TextNode => ({
  type: "clause",
  attrs: { clauseId },
  content: [{ type: "clauseTitle", content: [{ type: "text", text: clauseId }] }, ...blocks],
});
const text = (language: string, ...content: TextNode[]) => ({
  dir: language === "ar" ? ("rtl" as const) : ("ltr" as const),
  clauses: printedClauses({ type: "doc", content }, {}, language),
});
const shape = (rows: ReturnType<typeof clausesInTwo>[number]["rows"]) =>
  rows.map((row) => ("across" in row ? `across ${row.across.length}` : row.sides.map((side) => side.length)));

test("paragraph stands beside paragraph, and tables go across in their place", () => {
  const two = clausesInTwo([
    text("en", clause("C01", paragraph("a"), table, paragraph("b"), paragraph("c"))),
    text("fr", clause("C01", paragraph("a"), table, paragraph("b"), paragraph("c"))),
  ]);
  expect(shape(two[0]!.rows)).toEqual([[1, 1], "across 2", [1, 1], [1, 1]]);
});

test("paragraphs that do not answer each other stand together, and none is lost", () => {
  const two = clausesInTwo([
    text("en", clause("C01", paragraph("a"), paragraph("b")), clause("C02")),
    text("fr", clause("C01", paragraph("a")), clause("C02", table, paragraph("c"))),
  ]);
  expect(shape(two[0]!.rows)).toEqual([[2, 1]]);
  expect(shape(two[1]!.rows)).toEqual(["across 1", [0, 1]]);
});

test("a clause of one language leaves the other side empty", () => {
  const two = clausesInTwo([
    text("en", clause("C01", paragraph("a")), clause("X", paragraph("only here"))),
    text("fr", clause("Y", paragraph("only there")), clause("C01", paragraph("a"))),
  ]);
  expect(two.map(({ sides }) => sides.map((side) => side?.id ?? null))).toEqual([
    ["C01", "C01"],
    ["X", null],
    [null, "Y"],
  ]);
});

test("Arabic stands at the right, wherever the parties named it", () => {
  const [arabic, french] = [text("ar"), text("fr")];
  expect(sidesOf([arabic, french])).toEqual([french, arabic]);
  expect(sidesOf([french, arabic])).toEqual([french, arabic]);
  expect(sidesOf([text("ru"), french]).map(({ dir }) => dir)).toEqual(["ltr", "ltr"]);
});
