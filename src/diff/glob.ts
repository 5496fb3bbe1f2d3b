// Globs over addresses (`protect`, `ignore`). A `/` inside a key is no separator, so escaped slashes and
// backslashes stand for themselves: they are swapped for characters that no glob and no path uses.

import picomatch from 'picomatch';
import type { Address } from '../tree/identifier.ts';

/** The pattern that matches, or `undefined` where none does. */
export type AddressMatcher = (address: Address) => string | undefined;

/** `a/**` matches `a` too: who protects a branch means its root as well. */
export function addressMatcher(patterns: readonly string[]): AddressMatcher {
  const matchers = patterns.map((pattern) => ({
    pattern,
    matches: picomatch(plain(pattern), { dot: true, nonegate: true }),
  }));
  if (matchers.length === 0) return () => undefined;
  return (address) => {
    const path = plain(address);
    return matchers.find(({ matches }) => matches(path))?.pattern;
  };
}

const plain = (text: string): string => text.replaceAll('\\\\', '\uE000').replaceAll('\\/', '\uE001');
