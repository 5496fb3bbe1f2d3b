// Pairs of forests: a wiki as it is, and as a manifest wants it. Both keep the limits; what lies between
// is the planner's to find.
//
// A pair is read off a list of *genes*, one per page, each with picks that choose among the places that
// are legal when its turn comes. So any list makes a legal pair, a shorter list makes a smaller one, and
// smaller picks make a simpler one: fast-check shrinks a failing pair by itself.

import fc from 'fast-check';
import type { Limits } from '../../src/tree/limit.ts';
import { type Forest, faultIn, pathOf } from './naive-wiki.ts';

/**
 * - `declared`: is there, and is declared, here or elsewhere;
 * - `made`, `copied`, `pointer`: declared, and yet to be made, the last as a shortcut;
 * - `left`: is there and was applied once, and goes to the archive of its space, if that has one;
 * - `unmanaged`: is there, and nobody declared it.
 */
export type Role = 'declared' | 'made' | 'copied' | 'pointer' | 'left' | 'unmanaged';

export interface PairPage {
  readonly name: string;
  readonly role: Role;
  readonly isRenamed: boolean;
  /** What a copy or a shortcut is made from. */
  readonly source: string | undefined;
}

export interface ForestPair {
  readonly spaces: readonly string[];
  /** Those of them that are yet to be made. */
  readonly newSpaces: readonly string[];
  /** Parents before children, as they are and as they are wanted alike, where they have any. */
  readonly pages: readonly PairPage[];
  readonly before: Forest;
  readonly after: Forest;
  /** The declared page under which what left a space goes. */
  readonly archives: ReadonlyMap<string, string>;
  /** What pages are called; by their names where it is not told. */
  readonly titles?: Titles;
}

/** Titles by name, no two siblings with the same. */
export interface Titles {
  readonly before: ReadonlyMap<string, string>;
  readonly after: ReadonlyMap<string, string>;
}

export interface PairOptions {
  readonly limits: Limits;
  readonly maxPages: number;
  readonly maxSpaces?: number;
  /** Which roles occur, each as often as it is named; all, unless told. */
  readonly roles?: readonly Role[];
}

interface Gene {
  readonly role: Role;
  readonly before: number;
  /** `undefined`: it stays, where it can. */
  readonly after: number | undefined;
  /** Pages are put in their wanted places in the order of their turns. */
  readonly turn: number;
  readonly isRenamed: boolean;
  readonly source: number;
}

export const everyRole: readonly Role[] = [
  ...Array<Role>(15).fill('declared'),
  ...(['unmanaged', 'unmanaged', 'unmanaged', 'left', 'left', 'made', 'made', 'copied', 'pointer'] as const),
];

export function forestPairs(options: PairOptions): fc.Arbitrary<ForestPair> {
  const { maxPages, maxSpaces = 3, roles = everyRole } = options;
  const pick = fc.nat(997);
  const gene = fc.record<Gene>({
    role: fc.constantFrom(...roles),
    before: pick,
    after: fc.option(pick, { nil: undefined, freq: 6 }),
    turn: pick,
    isRenamed: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 9),
    source: pick,
  });
  return fc
    .record({
      spaceCount: fc.integer({ min: 1, max: maxSpaces }),
      hasNewSpace: fc.boolean(),
      genes: fc.array(gene, { maxLength: maxPages, size: 'max' }),
    })
    .map(({ spaceCount, hasNewSpace, genes }) => grow(spaceCount, hasNewSpace, genes, options.limits))
    .filter((pair) => pair !== undefined);
}

interface Sprout extends PairPage {
  readonly gene: Gene;
}

/** `undefined` where a page finds no legal place in the wanted forest. */
function grow(
  spaceCount: number,
  hasNewSpace: boolean,
  genes: readonly Gene[],
  limits: Limits,
): ForestPair | undefined {
  const spaces = Array.from({ length: spaceCount }, (_, index) => `s${index}`);
  const newSpaces = hasNewSpace && spaceCount > 1 ? spaces.slice(-1) : [];
  const sprouts = genes.map(
    (gene, index): Sprout => ({
      gene,
      name: `${gene.role.charAt(0)}${index}`,
      role: gene.role,
      isRenamed: gene.isRenamed && gene.role === 'declared',
      source: undefined,
    }),
  );
  const before = growBefore(spaces.slice(0, spaceCount - newSpaces.length), sprouts, limits);
  const present = sprouts.filter(({ name, role }) => before.has(name) || isMade(role));
  const wanted = growAfter(spaces, present, before, limits);
  if (wanted === undefined) return undefined;
  const { after, sources, archives } = wanted;
  const pages = present
    .filter(({ name }) => before.has(name) || after.has(name))
    .map(({ name, role, isRenamed }) => ({ name, role, isRenamed, source: sources.get(name) }));
  const pair = { spaces, newSpaces, pages, before, after, archives };
  return Object.assign(pair, { [fc.toStringMethod]: () => showPair(pair) });
}

export const isMade = (role: Role): boolean => role === 'made' || role === 'copied' || role === 'pointer';
export const isDeclared = (role: Role): boolean => role === 'declared' || isMade(role);

function growBefore(spaces: readonly string[], sprouts: readonly Sprout[], limits: Limits): Forest {
  const forest = new Map<string, string>();
  for (const { name, role, gene } of sprouts) {
    if (isMade(role)) continue;
    const hosts = [...spaces, ...forest.keys()];
    place(name, hosts, gene.before, forest, spaces, limits);
  }
  return forest;
}

interface Wanted {
  readonly after: Forest;
  readonly sources: ReadonlyMap<string, string>;
  readonly archives: ReadonlyMap<string, string>;
}

function growAfter(
  spaces: readonly string[],
  sprouts: readonly Sprout[],
  before: Forest,
  limits: Limits,
): Wanted | undefined {
  const after = new Map([...before].filter(([name]) => !declaredNames(sprouts).has(name)));
  const hosts = [...spaces];
  const sources = new Map<string, string>();
  const declared = sprouts.filter(({ role }) => isDeclared(role));
  for (const { name, role, gene } of [...declared].sort((a, b) => a.gene.turn - b.gene.turn)) {
    const known = [...hosts.slice(spaces.length), ...namesOf(declared, 'declared')];
    const source = known[gene.source % known.length];
    if ((role === 'copied' || role === 'pointer') && source === undefined) continue;
    const home = before.get(name) ?? '';
    const stays = gene.after === undefined && hosts.includes(home);
    const isPlaced =
      (stays && place(name, [home], 0, after, spaces, limits)) ||
      place(name, hosts, gene.after ?? gene.turn, after, spaces, limits);
    if (!isPlaced && before.has(name)) return undefined;
    if (isPlaced && role !== 'pointer') hosts.push(name);
    if (isPlaced && role !== 'declared' && role !== 'made' && source !== undefined) sources.set(name, source);
  }
  return { after, sources, archives: archive(spaces, sprouts, before, after, limits) };
}

const namesOf = (sprouts: readonly Sprout[], role: Role): string[] =>
  sprouts.filter((sprout) => sprout.role === role).map(({ name }) => name);
const declaredNames = (sprouts: readonly Sprout[]): ReadonlySet<string> =>
  new Set(sprouts.filter(({ role }) => isDeclared(role)).map(({ name }) => name));

/** What left a space goes below a declared page, if there is one with room for all of it. */
function archive(
  spaces: readonly string[],
  sprouts: readonly Sprout[],
  before: Forest,
  after: Map<string, string>,
  limits: Limits,
): ReadonlyMap<string, string> {
  const archives = new Map<string, string>();
  const left = namesOf(sprouts, 'left');
  for (const space of spaces) {
    const gone = left.filter((name) => before.has(name) && pathOf(name, before)?.at(-1) === space);
    const host = namesOf(sprouts, 'declared').find((page) => {
      const tried = new Map(after);
      for (const name of gone) if (!isCarried(name, page, before, left)) tried.set(name, page);
      return faultIn(tried, spaces, limits) === undefined;
    });
    if (gone.length === 0 || host === undefined) continue;
    for (const name of gone) if (!isCarried(name, host, before, left)) after.set(name, host);
    archives.set(space, host);
  }
  return archives;
}

/** Whether it lies below the archive already or below another page that left, undeclared ones between. */
function isCarried(page: string, host: string, before: Forest, left: readonly string[]): boolean {
  const above = (pathOf(page, before) ?? []).slice(1);
  const decisive = above.find((name) => !name.startsWith('u'));
  return decisive !== undefined && (decisive === host || left.includes(decisive));
}

/** Puts the page below one of the hosts, the picked one of those that may have it. */
function place(
  page: string,
  hosts: readonly string[],
  pick: number,
  forest: Map<string, string>,
  spaces: readonly string[],
  limits: Limits,
): boolean {
  const legal = hosts.filter((host) => {
    forest.set(page, host);
    return faultIn(forest, spaces, limits) === undefined;
  });
  const host = legal[pick % legal.length];
  if (host === undefined) forest.delete(page);
  else forest.set(page, host);
  return host !== undefined;
}

type Called = ReadonlyMap<string, string> | undefined;

/** Both forests, indented, for a person to read. */
export function showPair({ spaces, pages, before, after, titles }: ForestPair): string {
  const outline = (forest: Forest, called: Called): string =>
    spaces.map((space) => `${space}${below(space, forest, called, 1)}`).join('\n');
  const sources = pages.flatMap(({ name, source }) => (source === undefined ? [] : [`${name} of ${source}`]));
  return `\nbefore:\n${outline(before, titles?.before)}\nafter:\n${outline(after, titles?.after)}\n${sources.join(', ')}`;
}

function below(parent: string, forest: Forest, called: Called, level: number): string {
  const children = [...forest].filter(([, above]) => above === parent);
  const shown = (page: string): string =>
    called === undefined ? page : `${page} ${JSON.stringify(called.get(page))}`;
  return children
    .map(([page]) => `\n${'  '.repeat(level)}${shown(page)}${below(page, forest, called, level + 1)}`)
    .join('');
}
