// What must hold of any plan from one legal forest to another, whatever the order in which its steps
// come to be done.

import { expect } from 'vitest';
import { hasErrors } from '../../src/diagnostic/diagnostic.ts';
import type { Plan, Step } from '../../src/schedule/plan.ts';
import type { Limits } from '../../src/tree/limit.ts';
import { chanceFrom } from './chance.ts';
import type { ForestPair } from './forest-pair.ts';
import { type Forest, type NaiveStart, NaiveWiki, nameOf } from './naive-wiki.ts';

/** The steps in the plan's order: each legal, and in the end everything where it is wanted. */
export function expectToConverge(plan: Plan, pair: ForestPair, limits: Limits): void {
  const { forest, titles } = wikiAfter(plan, pair, limits);
  expect(sorted(forest)).toEqual(sorted(pair.after));
  for (const [page, title] of pair.titles?.after ?? [])
    expect({ page, title: titles?.get(page) }).toEqual({ page, title });
}

/** The steps in the plan's order, each of them legal, and what they come to. */
export const forestAfter = (plan: Plan, pair: ForestPair, limits: Limits): Forest =>
  wikiAfter(plan, pair, limits).forest;

function wikiAfter(plan: Plan, pair: ForestPair, limits: Limits): NaiveWiki {
  expect(plan.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  const wiki = new NaiveWiki(startOf(pair), limits);
  const done = new Set<string>();
  for (const step of plan.steps) {
    expect(step.after.filter((id) => !done.has(id))).toEqual([]);
    expect(wiki.take(step), told(step)).toBeUndefined();
    done.add(step.id);
  }
  return wiki;
}

/**
 * Steps in whatever order their `after` allows, some of them failing: what is done stays legal. With the
 * same seed it is the same order.
 */
export function expectLegalInAnyOrder(plan: Plan, pair: ForestPair, limits: Limits, seed: number): void {
  const chance = chanceFrom(seed);
  const share = [0, 0.05, 0.3][Math.floor(chance() * 3)] ?? 0;
  const haste = new Map(plan.steps.map(({ id }) => [id, chance()]));
  run(plan.steps, pair, limits, {
    fails: () => chance() < share,
    rank: ({ id }) => haste.get(id) ?? 0,
  });
}

/** Each step in turn fails or is late: all the others that may be done without it stay legal. */
export function expectLegalWithoutAny(plan: Plan, pair: ForestPair, limits: Limits): void {
  plan.steps.forEach((missing, position) => {
    run(plan.steps, pair, limits, {
      fails: (step) => step === missing,
      rank: ({ id }) => (position % 2 === 0 ? Number(id.slice(1)) : -Number(id.slice(1))),
    });
  });
}

interface Manner {
  fails(step: Step): boolean;
  /** Of the steps that may be done, the one with the smallest number is. */
  rank(step: Step): number;
}

function run(steps: readonly Step[], pair: ForestPair, limits: Limits, { fails, rank }: Manner): void {
  const wiki = new NaiveWiki(startOf(pair), limits);
  const done = new Set<string>();
  const story: string[] = [];
  let open = [...steps].sort((a, b) => rank(a) - rank(b));
  for (;;) {
    const next = open.find(({ after }) => after.every((id) => done.has(id)));
    if (next === undefined) return;
    open = open.filter((step) => step !== next);
    if (fails(next)) continue;
    story.push(told(next));
    const objection = wiki.take(next);
    if (objection !== undefined) expect.fail(`${objection}, after ${story.join(', ')}`);
    done.add(next.id);
  }
}

/** Who changes place or is made, once each, and nobody else: the fewest steps there can be. */
export interface Necessity {
  readonly moved: number;
  readonly made: number;
  readonly copied: number;
  readonly renamed: number;
  readonly spaces: number;
}

export function necessityOf(pair: ForestPair): Necessity {
  const { pages, newSpaces } = pair;
  const count = (isNeeded: (page: (typeof pages)[number]) => boolean): number =>
    pages.filter(isNeeded).length;
  return {
    moved: count(({ name }) => hasToMove(name, pair)),
    made: count(({ role }) => role === 'made' || role === 'pointer'),
    copied: count(({ role }) => role === 'copied'),
    renamed: count(({ isRenamed }) => isRenamed),
    spaces: newSpaces.length,
  };
}

export const callsOf = ({ moved, made, copied, renamed, spaces }: Necessity): number =>
  moved + made + copied + renamed + spaces;

/** Every call is one that is needed, a detour, or the way back from one. */
export function expectAccounted({ steps, summary, estimate, trials = [] }: Plan, pair: ForestPair): void {
  const need = necessityOf(pair);
  const renamed = new Set(pair.pages.filter(({ isRenamed }) => isRenamed).map(({ name }) => name));
  const moves = detoursIn(steps, 'move-node', (page) => hasToMove(page, pair));
  const renames = detoursIn(steps, 'rename-node', (page) => renamed.has(page));
  expect(summary).toMatchObject({
    createSpace: need.spaces,
    createNode: need.made,
    copyNode: need.copied,
    renameNode: need.renamed + renames.visitors,
    moveNode: need.moved + moves.visitors,
    parked: moves.again + renames.again,
    blocked: 0,
  });
  const asking = trials.filter(({ asks }) => asks !== undefined).length;
  const besides = moves.visitors + renames.visitors + asking;
  expect(estimate.writeCalls).toBe(callsOf(need) + besides + summary.parked);
}

interface Detours {
  /** Pages that have steps of the kind without having to. */
  readonly visitors: number;
  /** Steps beyond the first of each page. */
  readonly again: number;
}

/** Who has a step without having to is parked. */
function detoursIn(steps: readonly Step[], kind: Step['kind'], hasTo: (page: string) => boolean): Detours {
  const own = steps.filter((step) => step.kind === kind);
  const pages = new Set(own.map(({ address }) => nameOf(address)));
  const parked = new Set(own.filter(({ parks }) => parks).map(({ address }) => nameOf(address)));
  const visitors = [...pages].filter((page) => !hasTo(page));
  expect(visitors.filter((page) => !parked.has(page))).toEqual([]);
  return { visitors: visitors.length, again: own.length - pages.size };
}

const hasToMove = (page: string, { before, after }: ForestPair): boolean =>
  before.has(page) && before.get(page) !== after.get(page);

/** Undeclared pages have no step of their own unless they may be peeled, and then they come back. */
export function expectHandsOff({ steps }: Plan, pair: ForestPair): void {
  const unmanaged = new Set(pair.pages.filter(({ role }) => role === 'unmanaged').map(({ name }) => name));
  expect(steps.map(({ address }) => nameOf(address)).filter((name) => unmanaged.has(name))).toEqual([]);
}

export const isRefused = ({ diagnostics }: Plan): boolean => hasErrors(diagnostics);

function startOf({ before, spaces, newSpaces, pages, titles }: ForestPair): NaiveStart {
  const shortcuts = new Set(pages.filter(({ role }) => role === 'pointer').map(({ name }) => name));
  return { forest: before, spaces, newSpaces, shortcuts, titles: titles?.before };
}

const told = ({ id, kind, address, parent, parks }: Step): string =>
  `${id} ${parks ? 'park' : kind} ${nameOf(address)} → ${nameOf(parent)}`;

const sorted = (forest: ReadonlyMap<string, string>): string[] =>
  [...forest].map(([page, parent]) => `${parent}/${page}`).sort();
