// Writes that are under way hold the parents they write under until they are answered. A second
// write under a held parent meets the vendor's lock contention (131009) and has no effect.

export interface Holds {
  /** Takes all the places, or none: then `undefined`. Call the release once. */
  take(places: readonly string[]): (() => void) | undefined;
}

export function createHolds(): Holds {
  const held = new Set<string>();
  return {
    take(places) {
      if (places.some((place) => held.has(place))) return undefined;
      for (const place of places) held.add(place);
      return () => {
        for (const place of places) held.delete(place);
      };
    },
  };
}
