// Pairs of forests that a vendor can have. Where siblings may not share a title, pages have few of them, so
// that they are in each other's way.

import fc from 'fast-check';
import type { Limits } from '../../src/tree/limit.ts';
import type { VendorUnderTest } from '../vendor.ts';
import {
  everyRole,
  type ForestPair,
  forestPairs,
  isDeclared,
  isMade,
  type PairOptions,
  type PairPage,
  type Role,
  showPair,
  type Titles,
} from './forest-pair.ts';
import type { Forest } from './naive-wiki.ts';

const pool = ['A', 'B', 'C'];
/** Begins the names of pages that stay, and are called so. */
const shelter = 'dShelter ';

/**
 * Without shortcuts where the vendor has none. Where siblings may not share a title, without copies as well:
 * what comes along with one is no page of a pair; the laws on wikis over HTTP have them.
 */
export function pairsOf(
  { capabilities }: VendorUnderTest,
  options: Omit<PairOptions, 'roles'>,
): fc.Arbitrary<ForestPair> {
  const { shortcuts, siblingNames } = capabilities;
  const isNamed = siblingNames !== 'free';
  const roles = everyRole.filter(
    (role) => (role !== 'pointer' || shortcuts.create) && (role !== 'copied' || !isNamed),
  );
  const pairs = forestPairs({ ...options, roles });
  if (!isNamed) return pairs;
  const picks = fc.array(fc.nat(997), { minLength: options.maxPages, maxLength: options.maxPages });
  return fc.tuple(pairs, picks).map(([pair, picked]) => named(sheltered(pair, options.limits), picked));
}

/**
 * With a page that stays in each space where the top level has room for one. Titles are never made up, so of two
 * pages of one title that change places one has to wait elsewhere, and in the smallest wikis there is no elsewhere.
 */
function sheltered(pair: ForestPair, limits: Limits): ForestPair {
  const hasRoom = (forest: Forest, space: string): boolean =>
    [...forest.values()].filter((parent) => parent === space).length < limits.children;
  const spaces = pair.spaces.filter(
    (space) => !pair.newSpaces.includes(space) && hasRoom(pair.before, space) && hasRoom(pair.after, space),
  );
  const stays = spaces.map((space) => [`${shelter}${space}`, space] as const);
  const pages = stays.map(
    ([name]): PairPage => ({ name, role: 'declared', isRenamed: false, source: undefined }),
  );
  return {
    ...pair,
    pages: [...pair.pages, ...pages],
    before: new Map([...pair.before, ...stays]),
    after: new Map([...pair.after, ...stays]),
  };
}

function named(pair: ForestPair, picks: readonly number[]): ForestPair {
  const pickOf = new Map(pair.pages.map(({ name }, at) => [name, picks[at] ?? 0]));
  const titles = titlesOf(pair, (page) => pickOf.get(page) ?? 0);
  const pages = pair.pages.map((page): PairPage => {
    const was = titles.before.get(page.name);
    return { ...page, isRenamed: was !== undefined && was !== titles.after.get(page.name) };
  });
  const made = { ...pair, pages, titles };
  return Object.assign(made, { [fc.toStringMethod]: () => showPair(made) });
}

/** What nobody declares has a title of its own, which it keeps. */
function titlesOf({ pages, before, after }: ForestPair, pickOf: (page: string) => number): Titles {
  const isPooled = (name: string, role: Role): boolean => role === 'declared' && !name.startsWith(shelter);
  const was = titling(before);
  const is = titling(after);
  const existing = pages.filter(({ role }) => !isMade(role));
  for (const { name, role } of existing)
    was.give(name, isPooled(name, role) ? (pool[pickOf(name) % pool.length] ?? name) : name, name);
  for (const { name, role } of existing) if (!isDeclared(role)) is.give(name, name, name);
  for (const { name, role, isRenamed } of pages) {
    if (!isDeclared(role) || !after.has(name)) continue;
    const old = was.titles.get(name);
    const wish = old === undefined || isRenamed ? pool[(pickOf(name) + 1) % pool.length] : old;
    is.give(name, wish ?? name, `${name} anew`);
  }
  return { before: was.titles, after: is.titles };
}

/** Gives each page of the forest the title that is wished for it, or else one that is its own. */
function titling(forest: Forest) {
  const titles = new Map<string, string>();
  const taken = new Set<string>();
  const placeOf = (page: string, title: string): string => `${forest.get(page)}/${title}`;
  return {
    titles,
    give(page: string, wish: string, own: string): void {
      if (!forest.has(page)) return;
      const title = taken.has(placeOf(page, wish)) ? own : wish;
      titles.set(page, title);
      taken.add(placeOf(page, title));
    },
  };
}
