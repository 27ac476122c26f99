/** Chance that can be repeated: the same seed gives the same choices. */
export type Chance = {
  /** a whole number below `limit` */
  below(limit: number): number;
  oneOf<Thing>(things: readonly Thing[]): Thing;
};

export function seeded(seed: number): Chance {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return { below, oneOf: <Thing>(things: readonly Thing[]) => things[below(things.length)] as Thing };
}

/** A number from the environment, which a long run sets. */
export function numberFrom(name: string, usual: number): number {
  const given = Number(process.env[name]);
  return process.env[name] && Number.isFinite(given) ? given : usual;
}
