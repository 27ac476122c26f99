import { describe, expect, test } from "vitest";
import { tableOf } from "./printable-text.ts";

const breakMark = "\u200b";
const wordsIn = (table: ReturnType<typeof tableOf>) => JSON.stringify(table);
const sentence = "The order names the place, the time and the officers. ".repeat(4);

describe("a table of the printed arrangement", () => {
  test("keeps whole words beside long texts, as long as the words fit beside each other", () => {
    const heads = ["State", "Authority", "Order", "Notes", "Place", "Time", "Means"];
    const table = tableOf(heads, [["Netherlands", ...Array.from({ length: 6 }, () => sentence)]]);
    expect(wordsIn(table)).not.toContain(breakMark);
    const [first = 0, ...others] = table.kind === "table" ? table.weights : [];
    // About 94 letters stand in a line of seven columns.
    const line = first + others.reduce((sum, one) => sum + one, 0);
    expect((94 * first) / line).toBeGreaterThanOrEqual("Netherlands".length);
  });

  test("lets a word break that is longer than its column can be", () => {
    const table = tableOf(["Digest", "Words"], [["a".repeat(64), sentence]]);
    expect(wordsIn(table)).toContain(breakMark);
  });

  test("gives longer texts more room where there is any", () => {
    const table = tableOf(["State", "Notes"], [["Netherlands", sentence]]);
    const [state = 0, notes = 0] = table.kind === "table" ? table.weights : [];
    expect(notes).toBeGreaterThan(3 * state);
  });
});
