// Chance from a seed, for choices inside a property: the seed is what fast-check draws, prints and shrinks.

/** Numbers from 0 to below 1. Mulberry32. */
export function chanceFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

export function shuffled<T>(items: readonly T[], chance: () => number): T[] {
  const drawn = items.map((item) => ({ item, at: chance() }));
  return drawn.sort((a, b) => a.at - b.at).map(({ item }) => item);
}
