import { expect, test } from "vitest";
import type { TextNode } from "../documents/text-node.ts";
import { consolidate } from "./consolidated.ts";

const clause = (clauseId: string, title: string, words: string): TextNode => ({
  type: "clause",
  attrs: { clauseId },
  content: [
    { type: "clauseTitle", content: [{ type: "text", text: title }] },
    { type: "paragraph", content: [{ type: "text", text: words }] },
  ],
});
const languages = {
  en: {
    type: "doc",
    content: [
      clause("C00", "Cover", "Arrangement"),
      clause("C02", "Parties", "The parties are these."),
      clause("C05", "Period", "The team meets each month. It works each month."),
    ],
  },
};
const day = (text: string) => new Date(`${text}T00:00:00Z`);
const amendment = (annex: string, from: string, row: object) => ({
  annex,
  from: day(from),
  fields: { amendments: [{ amendedClause: "clause 1", ...row }] },
});
const wordsOf = (doc: TextNode, id: string) =>
  doc.content?.find(({ attrs }) => attrs?.clauseId === id)?.content?.[1]?.content?.[0]?.text;

test("amendments are put into the words one after the other, each with its note; those that do not hold yet are left out", () => {
  const first = amendment("A9-1", "2026-03-01", { oldText: { en: "are these" }, newText: { en: "are those" } });
  const second = amendment("A9-2", "2026-04-01", { oldText: { en: "those." }, newText: { en: "others." } });
  const before = JSON.stringify(languages);
  // Given in another order than they hold in.
  const later = consolidate({ languages }, "en", [second, first], day("2026-05-01"));
  expect(wordsOf(later.doc, "C02")).toBe("The parties are others.");
  expect(later.notes.C02?.map(({ annex }) => annex)).toEqual(["A9-1", "A9-2"]);
  const earlier = consolidate({ languages }, "en", [second, first], day("2026-03-15"));
  expect(wordsOf(earlier.doc, "C02")).toBe("The parties are those.");
  expect(JSON.stringify(languages)).toBe(before);
});

test("words that are not there, or stand there twice, are not guessed at: the note says what holds", () => {
  const twice = amendment("A9-1", "2026-03-01", {
    amendedClause: "C05",
    oldText: { en: "each month" },
    newText: { en: "weekly" },
  });
  const gone = amendment("A9-2", "2026-03-01", { amendedClause: "99", oldText: { en: "x" }, newText: { en: "y" } });
  const { doc, notes, withoutClause } = consolidate({ languages }, "en", [twice, gone], day("2026-05-01"));
  expect(wordsOf(doc, "C05")).toBe("The team meets each month. It works each month.");
  expect(notes.C05).toMatchObject([{ kind: "amended", inText: false, oldText: "each month", newText: "weekly" }]);
  expect(withoutClause).toMatchObject([{ annex: "A9-2", inText: false }]);
});

test("what happened to the period and the parties is noted at their clauses", () => {
  const notes = consolidate(
    { languages },
    "en",
    [
      { annex: "A8-1", from: day("2026-02-01"), fields: { extendedBy: "P6M" } },
      { annex: "A11-1", from: day("2026-03-01"), fields: { withdrawalKind: "its_withdrawal", withdrawingParty: "EG" } },
      { annex: "A11-2", from: day("2026-04-01"), fields: { withdrawalKind: "the_suspension_of_the_team" } },
    ],
    day("2026-05-01"),
  ).notes;
  expect(notes.C05?.map(({ kind }) => kind)).toEqual(["extended", "suspended"]);
  expect(notes.C02).toMatchObject([{ kind: "withdrew", state: "EG" }]);
});
