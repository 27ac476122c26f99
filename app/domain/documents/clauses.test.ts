import { expect, test } from "vitest";
import * as Y from "yjs";
import { clauses } from "../templates/agreement.ts";
import { clausesOf, numberedBlocks } from "./clauses.ts";
import { seedText } from "./seed-text.ts";
import { textOf } from "./text.ts";
import type { TextNode } from "./text-node.ts";

function seeded(): TextNode {
  const doc = new Y.Doc();
  let next = 0;
  Y.applyUpdate(doc, seedText({ clauses, fields: {}, newBlockId: () => `b${next++}` }));
  return textOf(doc, "en");
}

test("the clauses of the starting text are numbered from the cover, 0, to the signatures, 28", () => {
  const heads = clausesOf(seeded());
  expect(heads.map(({ number }) => number)).toEqual(clauses.map((_, index) => index));
  expect(heads[14]).toEqual({ id: "C14", number: 14, title: clauses[14]?.titles.en, fixed: true });
});

test("a clause that the parties add moves the numbers of those after it, and no identity", () => {
  const text = seeded();
  const added: TextNode = {
    type: "clause",
    attrs: { clauseId: "019ab000-0000-7000-8000-000000000000", fixed: false },
    content: [{ type: "clauseTitle" }, { type: "paragraph" }],
  };
  text.content?.splice(5, 0, added);
  expect(clausesOf(text)[5]).toMatchObject({ number: 5, title: "" });
  expect(clausesOf(text)[6]).toMatchObject({ id: "C05", number: 6 });
});

test("only paragraphs directly in a clause have numbers", () => {
  const clause: TextNode = {
    type: "clause",
    content: [
      { type: "clauseTitle" },
      { type: "paragraph" },
      { type: "bulletList", content: [{ type: "listItem", content: [{ type: "paragraph" }] }] },
      { type: "heading" },
      { type: "paragraph" },
    ],
  };
  expect(numberedBlocks(clause, 14).map(({ label }) => label)).toEqual(["14.1", null, null, "14.2"]);
});
