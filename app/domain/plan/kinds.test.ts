import fc from "fast-check";
import { expect, test } from "vitest";
import { byCode, nextCode } from "./kinds.ts";

test("lines are A to Z, then AA; no code is given twice", () => {
  const codes: string[] = [];
  for (let index = 0; index < 60; index++) codes.push(nextCode("line", codes));
  expect([codes[0], codes[25], codes[26], codes[27], codes[52]]).toEqual(["A", "Z", "AA", "AB", "BA"]);
  expect(new Set(codes).size).toBe(60);
});

test("actions carry the letter of their line, everything else a number", () => {
  expect(nextCode("action", [], "C")).toBe("C1");
  expect(nextCode("action", ["C1", "C12", "C3"], "C")).toBe("C13");
  expect(nextCode("risk", ["1", "2"])).toBe("3");
});

test("codes stand in the order in which people count", () => {
  const number = fc.integer({ min: 1, max: 300 });
  fc.assert(
    fc.property(fc.uniqueArray(number, { minLength: 2 }), (numbers) => {
      const sorted = numbers.map((one) => `A${one}`).sort(byCode);
      expect(sorted).toEqual(numbers.toSorted((a, b) => a - b).map((one) => `A${one}`));
    }),
  );
  expect(["AA1", "B2", "B10", "A1", "Z9"].sort(byCode)).toEqual(["A1", "B2", "B10", "Z9", "AA1"]);
});
