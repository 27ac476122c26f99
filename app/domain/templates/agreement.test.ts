import { describe, expect, test } from "vitest";
import { labelOf } from "../documents/labels.ts";
import { clauses, findClause, findField } from "./agreement.ts";

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

  test("no two fields share a name, and every choice has its words", () => {
    const fields = clauses.flatMap((clause) => clause.fields);
    expect(new Set(fields.map((field) => field.name)).size).toBe(fields.length);
    for (const { name, type } of fields) {
      if ("options" in type) for (const option of type.options) expect(labelOf(name, option)).not.toContain("_");
    }
  });

  test("sovereignty, use limitation and purpose limitation cannot be removed", () => {
    expect(["C06", "C14", "C16"].map((id) => findClause(id)?.fixed)).toEqual([true, true, true]);
  });
});
