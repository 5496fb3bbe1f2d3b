// Pairs of forests between which a legal order is known to be: a wiki is grown, and a walk of legal steps
// leads away from it; what the walk has reached is wanted. A planner that refuses such a pair was lazy.
//
// As in `forest-pair.ts`, a pair is read off lists of picks, so that fast-check shrinks what fails: any
// lists make a legal walk, and shorter ones a shorter one.

import fc from 'fast-check';
import type { Limits } from '../../src/tree/limit.ts';
import { type ForestPair, type PairPage, showPair } from './forest-pair.ts';
import { Walk } from './walk.ts';
import { type Made, type Seed, WalkedRoles } from './walked-role.ts';

interface WalkOptions {
  readonly limits: Limits;
  readonly maxPages: number;
  readonly minPages?: number;
  readonly maxSteps: number;
  readonly maxSpaces?: number;
  /** Whether undeclared pages may make way, as long as they come back. */
  readonly peels?: boolean;
}

interface Gene {
  /** Whose turn it is, and where it goes. */
  readonly page: number;
  readonly place: number;
  /**
   * - `move`: one page;
   * - `carry`: a page whose branch is too large, its children before and after it;
   * - `exchange`: two pages, one of which makes way;
   * - `make`, `copy`, `point`: a page that is not there in the beginning;
   * - `lend`: a page leaves its place to an exchange of its siblings, and comes back.
   */
  readonly kind: 'move' | 'carry' | 'exchange' | 'make' | 'copy' | 'point' | 'lend';
}

interface WalkGenes {
  readonly spaceCount: number;
  readonly hasNewSpace: boolean;
  /** Whether parents are filled one after the other. */
  readonly isDense: boolean;
  readonly isReversed: boolean;
  readonly seeds: readonly Seed[];
  readonly steps: readonly Gene[];
}

export function walkedPairs(options: WalkOptions): fc.Arbitrary<ForestPair> {
  const { minPages = 0, maxPages, maxSteps, maxSpaces = 2, peels = false } = options;
  const pick = fc.nat(9973);
  const seed = fc.record<Seed>({
    place: pick,
    wish: fc.constantFrom(
      ...(['declared', 'declared', 'declared', 'unmanaged', 'left'] as const),
      ...Array<Seed['wish']>(peels ? 15 : 0).fill('unmanaged'),
    ),
    isRenamed: fc.integer({ min: 0, max: 9 }).map((chance) => chance === 9),
  });
  const gene = fc.record<Gene>({
    page: pick,
    place: pick,
    kind: fc.constantFrom(
      ...Array<Gene['kind']>(12).fill('move'),
      ...(['carry', 'carry', 'exchange', 'exchange', 'make', 'copy', 'point'] as const),
      ...Array<Gene['kind']>(peels ? 6 : 0).fill('lend'),
      ...Array<Gene['kind']>(peels ? 4 : 0).fill('carry'),
    ),
  });
  return fc
    .record<WalkGenes>({
      spaceCount: fc.integer({ min: 1, max: maxSpaces }),
      hasNewSpace: fc.boolean(),
      isDense: fc.boolean(),
      isReversed: fc.boolean(),
      seeds: fc.array(seed, { minLength: minPages, maxLength: maxPages, size: 'max' }),
      steps: fc.array(gene, { maxLength: maxSteps, size: 'max' }),
    })
    .map((genes) => walked(genes, options.limits, peels));
}

function walked(genes: WalkGenes, limits: Limits, peels: boolean): ForestPair {
  const { spaceCount, isDense, seeds, steps } = genes;
  const newCount = genes.hasNewSpace && spaceCount > 1 ? 1 : 0;
  const walk = new Walk(spaceCount, limits);
  for (const { place } of seeds) {
    const hosts = walk.hosts().filter((host) => host < spaceCount - newCount || host >= spaceCount);
    const host = hosts[isDense ? place % Math.min(2, hosts.length) : place % hosts.length];
    if (host !== undefined) walk.add(host);
  }
  const before = [...walk.parents];
  const made = new Map<number, Made>();
  for (const step of steps) take(step, walk, made, peels);
  const after = [...walk.parents];
  const isReversed = genes.isReversed && spaceCount === 1 && made.size === 0;
  const story = isReversed ? { before: after, after: before } : { before, after };
  return named({ ...story, peels }, walk, made, genes, newCount);
}

function take({ page, place, kind }: Gene, walk: Walk, made: Map<number, Made>, peels: boolean): void {
  const pages = walk.count - walk.spaceCount;
  const anyPage = walk.spaceCount + (page % Math.max(1, pages));
  const stuck = peels && kind === 'carry' ? walk.tooLarge() : [];
  const picked = stuck[page % stuck.length] ?? anyPage;
  const isPointer = (host: number): boolean => made.get(host)?.role === 'pointer';
  const picksFrom = (hosts: readonly number[]): number | undefined => {
    const fit = hosts.filter((host) => !isPointer(host));
    return fit[place % fit.length];
  };
  if (kind === 'make' || kind === 'copy' || kind === 'point') {
    const host = picksFrom(walk.hosts());
    const source = pages === 0 || isPointer(picked) ? undefined : picked;
    if (host === undefined || (kind !== 'make' && source === undefined)) return;
    const role = kind === 'make' ? 'made' : kind === 'copy' ? 'copied' : 'pointer';
    made.set(walk.make(host), { role, source: kind === 'make' ? undefined : source });
    return;
  }
  if (pages === 0) return;
  if (kind === 'lend') {
    lend(picked, walk, picksFrom);
    return;
  }
  if (kind === 'exchange') {
    exchange(picked, walk.spaceCount + (place % pages), walk, picksFrom);
    return;
  }
  const parts: { child: number; waits: boolean }[] = [];
  if (kind === 'carry') {
    for (const child of walk.childrenOf(picked)) {
      if (walk.targets(picked).length > 0) break;
      const shelter = picksFrom(
        walk.targets(child).filter((host) => walk.rootOf(host) === walk.rootOf(child) && host !== picked),
      );
      if (shelter !== undefined) parts.push({ child, waits: walk.move(child, shelter) });
    }
  }
  const target = picksFrom(walk.targets(picked));
  if (target !== undefined) walk.move(picked, target);
  for (const { child } of parts) if (walk.rootOf(child) === walk.rootOf(picked)) walk.move(child, picked);
}

function exchange(
  one: number,
  other: number,
  walk: Walk,
  picksFrom: (hosts: readonly number[]) => number | undefined,
): void {
  const [home, away] = [walk.parents[one] ?? -1, walk.parents[other] ?? -1];
  if (home === away || one === other || walk.rootOf(one) !== walk.rootOf(other)) return;
  const shelter = picksFrom(walk.targets(one).filter((host) => walk.rootOf(host) === walk.rootOf(one)));
  if (shelter === undefined) return;
  walk.move(one, shelter);
  walk.move(other, home);
  walk.move(one, away);
}

function lend(page: number, walk: Walk, picksFrom: (hosts: readonly number[]) => number | undefined): void {
  const home = walk.parents[page] ?? -1;
  const shelter = picksFrom(walk.targets(page).filter((host) => walk.rootOf(host) === walk.rootOf(page)));
  if (shelter === undefined) return;
  walk.move(page, shelter);
  const siblings = walk.childrenOf(home);
  const outside = picksFrom(walk.guests(home));
  const sibling = picksFrom(siblings);
  if (outside !== undefined && sibling !== undefined) {
    const place = walk.parents[outside] ?? -1;
    walk.move(outside, home);
    walk.move(sibling, place);
  }
  walk.move(page, home);
}

function named(
  { before, after, peels }: { before: readonly number[]; after: readonly number[]; peels: boolean },
  walk: Walk,
  made: ReadonlyMap<number, Made>,
  { spaceCount, seeds }: WalkGenes,
  newCount: number,
): ForestPair {
  const roles = new WalkedRoles({ before, after, walk, made, seeds, peels });
  const { archives } = roles;
  const name = (page: number): string =>
    page < spaceCount ? `s${page}` : `${(roles.of(page)).charAt(0)}${page - spaceCount}`;
  const forest = (parents: readonly number[]): Map<string, string> =>
    new Map(
      parents.flatMap((parent, page) => (parent === -1 ? [] : ([[name(page), name(parent)]] as const))),
    );
  const pages = after.flatMap((_, page): PairPage[] => {
    if (page < spaceCount) return [];
    const source = made.get(page)?.source;
    return [
      {
        name: name(page),
        role: roles.of(page),
        isRenamed: roles.of(page) === 'declared' && seeds[page - spaceCount]?.isRenamed === true,
        source: source === undefined ? undefined : name(source),
      },
    ];
  });
  const spaces = Array.from({ length: spaceCount }, (_, space) => `s${space}`);
  const pair: ForestPair = {
    spaces,
    newSpaces: spaces.slice(spaceCount - newCount),
    pages,
    before: forest(before),
    after: forest(after),
    archives: new Map([...archives].map(([space, host]) => [name(space), name(host)])),
  };
  return Object.assign(pair, { [fc.toStringMethod]: () => showPair(pair) });
}
