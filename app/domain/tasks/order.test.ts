import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { inOrder, type Placed, placeAfter } from "./order.ts";

const names = ["a", "b", "c", "d", "e", "f"];
const ids = (column: readonly Placed[]) => inOrder(column).map((item) => item.id);

/** The column with these keys written over, as the database would. */
function write(column: readonly Placed[], written: readonly Placed[]): Placed[] {
  const kept = column.filter((item) => !written.some((one) => one.id === item.id));
  return [...kept, ...written];
}

const filled = () => names.reduce<Placed[]>((column, id) => write(column, placeAfter(column, id, "none")), []);

/** Where the list itself would have the card: the plain meaning of a move, to hold the keys against. */
function moved(list: readonly string[], id: string, after: string | null): string[] {
  if (after === id) return [...list];
  const others = list.filter((one) => one !== id);
  const at = after === null ? 0 : others.includes(after) ? others.indexOf(after) + 1 : others.length;
  return others.toSpliced(at, 0, id);
}

const move = fc.record({
  id: fc.constantFrom(...names),
  after: fc.option(fc.constantFrom(...names, "gone"), { nil: null }),
  /** decided on the column as it was before the last move: two people at the same moment */
  unseen: fc.boolean(),
});

describe("the order of a column", () => {
  test("any sequence of moves puts every card where the list would have it", () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
        let column = filled();
        for (const { id, after } of moves) {
          const expected = moved(ids(column), id, after);
          column = write(column, placeAfter(column, id, after));
          expect(ids(column)).toEqual(expected);
        }
      }),
    );
  });

  test("moves of people who did not see each other's give one order, whoever reads it, and no card twice", () => {
    fc.assert(
      fc.property(fc.array(move, { maxLength: 60 }), (moves) => {
        let before = filled();
        let column = before;
        for (const { id, after, unseen } of moves) {
          const written = placeAfter(unseen ? before : column, id, after);
          before = column;
          column = write(column, written);
          expect(ids(column.toReversed())).toEqual(ids(column));
          expect(ids(column).toSorted()).toEqual(names);
        }
      }),
    );
  });

  test("cards that share a key stay apart and let another between them", () => {
    fc.assert(
      fc.property(fc.constantFrom("b", "c", "d", "e"), (after) => {
        const column = names.map((id) => ({ id, orderKey: id === "a" ? "a0" : id === "f" ? "a2" : "a1" }));
        const next = write(column, placeAfter(column, "new", after));
        expect(ids(next)).toEqual(moved(names, "new", after));
      }),
    );
  });

  test("a card that stands there already is not written", () => {
    const column = filled();
    expect(placeAfter(column, "a", null)).toEqual([]);
    expect(placeAfter(column, "c", "b")).toEqual([]);
    expect(placeAfter(column, "c", "c")).toEqual([]);
  });

  test("one key is written where the keys around differ", () => {
    expect(placeAfter(filled(), "f", "a")).toHaveLength(1);
  });

  test("keys stay short when the same gap is used a thousand times", () => {
    let column = filled();
    for (let time = 0; time < 1000; time++) {
      const [id, after] = time % 2 === 0 ? ["f", "a"] : ["e", "a"];
      const expected = moved(ids(column), id as string, after as string);
      column = write(column, placeAfter(column, id as string, after as string));
      expect(ids(column)).toEqual(expected);
      expect(Math.max(...column.map((item) => item.orderKey.length))).toBeLessThanOrEqual(64);
    }
  });
});
