// Pairs of forests by hand, written as they look: the first letter of a name tells what the page is, as in
// random pairs (`d` declared, `u` unmanaged).

import type { ForestPair, PairPage, Role } from './forest-pair.ts';
import type { Forest } from './naive-wiki.ts';

/** Names and what lies below them. */
export interface Outline {
  readonly [name: string]: Outline;
}

/** Leaves by these names. */
export const leaves = (...names: readonly string[]): Outline =>
  Object.fromEntries(names.map((name) => [name, {}]));

/** `count` leaves: the prefix and a number. */
export const numbered = (prefix: string, count: number): Outline =>
  leaves(...Array.from({ length: count }, (_, number) => `${prefix}${number}`));

/** Each below the one before it. */
export const chain = (...names: readonly string[]): Outline =>
  names.reduceRight<Outline>((below, name) => ({ [name]: below }), {});

/** The top level of each outline holds the spaces. */
export function pairFrom(before: Outline, after: Outline): ForestPair {
  const [was, wanted] = [flatten(before), flatten(after)];
  const names = new Set([...was.keys(), ...wanted.keys()]);
  const spaces = Object.keys(after);
  return {
    spaces,
    newSpaces: spaces.filter((space) => before[space] === undefined),
    pages: [...names].map((name): PairPage => {
      return { name, role: roleOf(name, was), isRenamed: false, source: undefined };
    }),
    before: was,
    after: wanted,
    archives: new Map(),
  };
}

function roleOf(name: string, before: Forest): Role {
  if (name.startsWith('u')) return 'unmanaged';
  return before.has(name) ? 'declared' : 'made';
}

function flatten(outline: Outline): Forest {
  const forest = new Map<string, string>();
  const open = Object.entries(outline);
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [parent, below] = next;
    for (const [name, further] of Object.entries(below)) {
      forest.set(name, parent);
      open.push([name, further]);
    }
  }
  return forest;
}
