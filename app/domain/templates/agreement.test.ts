import { describe, expect, test } from "vitest";
import { choiceLabels } from "../documents/choice-labels.ts";
import { adviceOn, adviceVersion } from "./advice.ts";
import { clauses, findClause, findField, templateId } from "./agreement.ts";
import type { FieldType } from "./fields.ts";

type Choice = Extract<FieldType, { options: string[] }>;

function choices(): { name: string; type: Choice }[] {
  const named: { name: string; type: FieldType }[] = clauses.flatMap((clause) => clause.fields);
  const columns = named.flatMap(({ type }) => (type.kind === "table" ? type.columns : []));
  return [...named, ...columns].flatMap(({ name, type }) => ("options" in type ? [{ name, type }] : []));
}

const languages = ["en", "fr", "es", "ru", "ar", "zh"];

describe("the template of an arrangement", () => {
  test("has the clauses C00 to C28 in order, each titled in six languages", () => {
    expect(clauses.map((clause) => clause.id)).toEqual(
      Array.from({ length: 29 }, (_, index) => `C${String(index).padStart(2, "0")}`),
    );
    for (const clause of clauses) for (const language of languages) expect(clause.titles[language]).toBeTruthy();
  });

  test("every field that the wording names exists, in every language", () => {
    for (const clause of clauses) {
      expect(clause.wording.en).toBeDefined();
      for (const segment of Object.values(clause.wording).flat()) {
        if (typeof segment !== "string") expect(findField(segment.field), segment.field).toBeDefined();
      }
    }
  });

  test("no two fields share a name", () => {
    const names = clauses.flatMap((clause) => clause.fields.map((field) => field.name));
    expect(new Set(names).size).toBe(names.length);
  });

  test("every choice, of a field or of a column, has its own words, and no two of one list the same", () => {
    for (const { name, type } of choices()) {
      const words = type.options.map((option) => choiceLabels[name]?.[option]);
      expect(words, name).toEqual(type.options.map(() => expect.stringMatching(/^[^_]+$/)));
      expect(new Set(words).size, name).toBe(words.length);
    }
  });

  test("every clause says where teams get stuck and has ways to word it, whose fields exist", () => {
    expect(templateId).toContain(adviceVersion);
    for (const { id, fields, why, euModel, convention } of clauses) {
      const advice = adviceOn(id);
      expect(advice?.trouble, id).toMatch(/\.$/);
      expect(advice?.options.length, id).toBeGreaterThanOrEqual(2);
      for (const segment of advice?.options.flatMap(({ wording }) => wording) ?? [])
        if (typeof segment !== "string") expect(findField(segment.field), segment.field).toBeDefined();
      for (const note of [why, euModel, convention]) expect(note, id).toMatch(/^[A-Z].*[.?]$/);
      for (const { note } of fields) expect(note ?? "", id).not.toMatch(/[a-z]_[a-z]|≠|C\d\d|True|False/);
    }
  });

  test("sovereignty, use limitation and purpose limitation cannot be removed", () => {
    expect(["C06", "C14", "C16"].map((id) => findClause(id)?.fixed)).toEqual([true, true, true]);
  });
});
