// Chance that is the same everywhere: for choices where no rule is better than another, and every machine is
// to choose alike.

/** Marsaglia's xorshift, from a seed. From 0 to below 1. */
export function randomFrom(seed: number): () => number {
  let state = Math.imul(seed, 0x9e3779b1) | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 0x1_0000_0000;
  };
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  const mixed: T[] = [];
  for (const item of items) {
    const at = Math.floor(random() * (mixed.length + 1));
    const other = mixed[at];
    if (other === undefined) mixed.push(item);
    else {
      mixed[at] = item;
      mixed.push(other);
    }
  }
  return mixed;
}
