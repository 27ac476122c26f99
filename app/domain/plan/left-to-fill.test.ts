import { expect, test } from "vitest";
import type { FrozenPlan } from "./frozen-plan.ts";
import { leftToFill } from "./left-to-fill.ts";

const row = (kind: "action" | "risk", code: string, values: Record<string, string>) => ({
  ...{ id: code, kind, code, values, after: [], startsAt: null, lateFrom: null },
});
const clause = (id: string, words: string) => ({
  type: "clause",
  attrs: { clauseId: id },
  content: [
    { type: "clauseTitle", content: [{ type: "text", text: "Title" }] },
    { type: "paragraph", content: [{ type: "text", text: words }] },
  ],
});
const narrative = (en: string[], ru: string[] = []) => ({
  template: "jit-annex A3 R-2026.1",
  fields: {},
  languages: Object.fromEntries(
    Object.entries({ en, ru }).map(([language, all]) => [
      language,
      { type: "doc", content: all.map((words, at) => clause(`A3.0${at + 1}`, words)) },
    ]),
  ),
});
const left = (plan: Partial<FrozenPlan>) => leftToFill({ rows: [], narrative: null, ...plan });

test("what was left to be filled in is found in rows and in every language of the text, with its place", () => {
  const rows = [
    row("action", "A1", { title: "Hear [name]", outcome: "TBD", status: "todo" }),
    row("risk", "2", { title: "Leak", mitigation: "Ask [insert who]" }),
  ];
  expect(
    left({ rows, narrative: narrative(["Done.", "Led by [insert who decides]."], ["Решает [вставить кто]."]) }),
  ).toEqual([
    { in: "row", kind: "action", code: "A1", words: "[name]" },
    { in: "row", kind: "action", code: "A1", words: "TBD" },
    { in: "row", kind: "risk", code: "2", words: "[insert who]" },
    { in: "text", clause: 2, language: "en", words: "[insert who decides]" },
    { in: "text", clause: 1, language: "ru", words: "[вставить кто]" },
  ]);
});

test("a plan that is written out has nothing left, whatever brackets stand in it", () => {
  const rows = [
    row("action", "A1", { title: "Exhibit [12], page xx", outcome: "He said “I no [sic]”", status: "todo" }),
  ];
  expect(left({ rows, narrative: narrative(["See [1]."]) })).toEqual([]);
});
