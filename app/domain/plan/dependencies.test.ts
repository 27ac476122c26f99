import fc from "fast-check";
import { expect, test } from "vitest";
import { circleWith, type Wait } from "./dependencies.ts";

const names = ["a", "b", "c", "d", "e", "f"];
const name = fc.constantFrom(...names);
const step = fc.record({ action: name, after: fc.uniqueArray(name, { maxLength: 4 }) });

/** Whether one can walk along the waits and come back. */
function hasCircle(waits: readonly Wait[]): boolean {
  const open = new Set(names);
  for (let before = -1; before !== open.size; ) {
    before = open.size;
    for (const one of open) if (!waits.some(({ from, to }) => from === one && open.has(to))) open.delete(one);
  }
  return open.size > 0;
}

test("whatever is asked in whatever order, there is never a circle, and nothing else is refused", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      let waits: Wait[] = [];
      for (const { action, after } of steps) {
        const wanted = [...waits.filter(({ from }) => from !== action), ...after.map((to) => ({ from: action, to }))];
        const circle = circleWith(waits, action, after);
        expect(circle !== null).toBe(hasCircle(wanted));
        if (circle === null) waits = wanted;
      }
      expect(hasCircle(waits)).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test("the circle that is named is one: each waits for the next, and the last is the first", () => {
  fc.assert(
    fc.property(fc.array(fc.record({ from: name, to: name }), { maxLength: 15 }), step, (waits, { action, after }) => {
      const circle = circleWith(waits, action, after);
      if (!circle) return;
      expect([circle[0], circle.at(-1)]).toEqual([action, action]);
      for (const [index, from] of circle.slice(0, -1).entries()) {
        const to = circle[index + 1];
        const next = from === action ? after : waits.filter((one) => one.from === from).map((one) => one.to);
        expect(next).toContain(to);
      }
    }),
  );
});
