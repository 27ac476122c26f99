import { describe, expect, test } from "vitest";
import { isFieldName } from "../documents/attributes.ts";
import { choiceLabels } from "../documents/choice-labels.ts";
import { fits } from "../documents/field-values.ts";
import { adviceOn } from "./advice.ts";
import { annexClauses, clauses, findClause, findField } from "./agreement.ts";
import { annexKinds, findAnnexKind, inOrderOfAnnexes, isSignedWithArrangement } from "./annex.ts";
import { annexTitle } from "./annex-titles.ts";
import type { FieldType } from "./fields.ts";

const all = Object.values(annexClauses).flat();

describe("the templates of the annexes", () => {
  test("are fourteen, each with clauses numbered in order that are found by their ids", () => {
    expect(annexKinds.map(({ id }) => id)).toEqual(Array.from({ length: 14 }, (_, n) => `A${n + 1}`));
    for (const { id } of annexKinds) {
      const own = annexClauses[id] ?? [];
      expect(own.length, id).toBeGreaterThanOrEqual(2);
      expect(own.map((clause) => clause.id)).toEqual(own.map((_, n) => `${id}.${String(n + 1).padStart(2, "0")}`));
      for (const clause of own) expect(findClause(clause.id)).toBe(clause);
    }
  });

  test("have a title of their own in every official language of the Convention, and English in the others", () => {
    for (const language of ["en", "fr", "es", "ru", "ar", "zh-Hans"]) {
      const titles = annexKinds.map(({ id }) => annexTitle(id, language));
      expect(new Set(titles).size, language).toBe(14);
      if (language !== "en") expect(titles.filter((title, n) => title === annexKinds[n]?.name)).toEqual([]);
    }
    expect(annexTitle("A2-1", "ru")).toBe("Участники");
    expect(annexTitle("A3", "kk")).toBe("Operational action plan");
    expect(annexTitle("A3", "constructor")).toBe("Operational action plan");
  });

  test("name only fields that exist, and share no name with each other or with the arrangement", () => {
    for (const segment of all.flatMap(({ wording }) => wording.en ?? []))
      if (typeof segment !== "string") expect(findField(segment.field), segment.field).toBeDefined();
    const names = [...clauses, ...all].flatMap(({ fields }) => fields.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !isFieldName(name))).toEqual([]);
  });

  test("say every value somewhere in their words, so that nobody is asked for what nobody reads", () => {
    for (const { id, fields, wording } of all) {
      const said = (wording.en ?? []).flatMap((segment) => (typeof segment === "string" ? [] : [segment.field]));
      expect(
        fields.map(({ name }) => name).filter((name) => !said.includes(name)),
        id,
      ).toEqual([]);
    }
  });

  test("have plain words for every choice", () => {
    const columns = (type: FieldType): { name: string; type: FieldType }[] =>
      type.kind === "table" ? type.columns.flatMap((column) => [column, ...columns(column.type)]) : [];
    const fields = all.flatMap((clause) => clause.fields.flatMap((field) => [field, ...columns(field.type)]));
    for (const { name, type } of fields) {
      if (!("options" in type)) continue;
      const words = type.options.map((option) => choiceLabels[name]?.[option] ?? "");
      expect(
        words.filter((word) => !/^[^_]+$/.test(word)),
        name,
      ).toEqual([]);
      expect(fits(type, type.kind === "choice" ? type.options[0] : type.options), name).toBe(true);
    }
  });

  test("explain every clause, and have ways to word it", () => {
    for (const { id, why, euModel, convention } of all) {
      for (const note of [why, euModel, convention]) expect(note, id).toMatch(/^[A-Z].*[.?]$/);
      expect(adviceOn(id)?.trouble, id).toMatch(/\.$/);
      expect(adviceOn(id)?.options.length, id).toBeGreaterThanOrEqual(2);
    }
  });

  test("keep what may be worded and not removed", () => {
    expect(all.filter(({ fixed }) => fixed).map(({ id }) => id)).toEqual(["A2.03", "A5.02", "A8.03", "A10.03"]);
  });
});

test("an annex is known by its own number and by that of one of several, in the order of numbers", () => {
  expect([findAnnexKind("A2")?.id, findAnnexKind("A2-12")?.id, findAnnexKind("A15")]).toEqual(["A2", "A2", undefined]);
  expect(["A10", "A2-10", "A2-2", "A2", "A1"].sort(inOrderOfAnnexes)).toEqual(["A1", "A2", "A2-2", "A2-10", "A10"]);
  expect(["A1", "A7", "A2-1", "A8", "A14-1", "B"].map(isSignedWithArrangement)).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
});
