/** Gives numbers from 0 to 1 that depend on the seed alone (mulberry32). */
export type Draw = () => number;

export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A whole number from `low` to `high`, both included. */
export function between(draw: Draw, low: number, high: number): number {
  return low + Math.floor(draw() * (high - low + 1));
}

export function pick<Item>(draw: Draw, from: readonly Item[]): Item {
  return from[Math.floor(draw() * from.length)] as Item;
}

/** One of the names; the numbers say how often each comes, beside the others. */
export function weigh<Name extends string>(draw: Draw, weights: Record<Name, number>): Name {
  const entries = Object.entries(weights) as [Name, number][];
  let left = draw() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of entries) {
    left -= weight;
    if (left < 0) return name;
  }
  return (entries.at(-1) as [Name, number])[0];
}
