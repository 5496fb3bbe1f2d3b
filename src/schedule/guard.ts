// `guard`: plans that change surprisingly much are refused, with the numbers and the threshold, unless
// somebody says so. A share only means something in a space of some size.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import type { Source } from '../diagnostic/source.ts';
import type { Match } from '../diff/match.ts';
import type { State } from '../state/state.ts';
import { isWithin, spaceOfAddress } from '../tree/address.ts';
import { type Address, compareText } from '../tree/identifier.ts';
import type { LiveTree } from '../tree/live.ts';
import type { Step } from './plan.ts';
import type { Scope } from './scope.ts';

export interface Guard {
  readonly maxChanges: number | undefined;
  readonly maxAffectedPercent: number;
  /** Where each is written, if it is. */
  readonly sources?: {
    readonly maxChanges: Source | undefined;
    readonly maxAffectedPercent: Source | undefined;
  };
}

/** Bound pages from which on a share is counted. */
const smallestSpace = 50;
const wayOut = 'If it is meant, run again with --ignore-guard.';

export function guardPlan(
  steps: readonly Step[],
  match: Match,
  live: LiveTree,
  state: State,
  guard: Guard,
  scope?: Scope,
): readonly Diagnostic[] {
  return [
    ...tooManySteps(steps, guard),
    ...tooManyAffected(steps, match, live, guard),
    ...emptied(match, state, scope),
  ];
}

function tooManySteps(steps: readonly Step[], { maxChanges, sources }: Guard): Diagnostic[] {
  if (maxChanges === undefined || steps.length <= maxChanges) return [];
  const detail = `The plan has ${steps.length} steps; guard.maxChanges allows ${maxChanges}.`;
  const help = `${wayOut} Or raise guard.maxChanges.`;
  return [diagnostic('GUARD_EXCEEDED', { detail, help, source: sources?.maxChanges })];
}

function tooManyAffected(
  steps: readonly Step[],
  match: Match,
  live: LiveTree,
  { maxAffectedPercent, sources }: Guard,
): Diagnostic[] {
  const affected = affectedPages(steps, match, live);
  if (affected.length === 0) return [];
  const bound = match.bindings.counts;
  const counts = [...spaceCounts(affected, match, live)].sort(([a], [b]) => compareText(a, b));
  return counts.flatMap(([space, count]) => {
    const total = bound.get(space) ?? 0;
    const percent = (count * 100) / total;
    if (total < smallestSpace || percent <= maxAffectedPercent) return [];
    const detail = `In ${space}, ${count} of ${total} bound pages (${percent.toFixed(1)} %) would be moved or carried along; guard.maxAffectedPercent allows ${maxAffectedPercent} %.`;
    const help = `${wayOut} Or raise guard.maxAffectedPercent.`;
    return [diagnostic('GUARD_EXCEEDED', { detail, help, source: sources?.maxAffectedPercent })];
  });
}

/** How many of the pages are bound in each space. */
function spaceCounts(
  pages: readonly number[],
  { bindings }: Match,
  { nodes }: LiveTree,
): ReadonlyMap<Address, number> {
  const isAligned = nodes.isNumberedBy(bindings.pages);
  const bindingOf = (page: number): number | undefined => {
    const id = isAligned ? undefined : nodes.at(page)?.id;
    const number = id === undefined ? page : bindings.pages.of(id);
    return number === undefined || number >= bindings.size ? undefined : number;
  };
  const counts = new Map<Address, number>();
  let space: Address | undefined;
  for (const page of pages) {
    const binding = bindingOf(page);
    const address = binding === undefined ? undefined : bindings.addressAt(binding);
    if (address === undefined) continue;
    // Most lie in the space of the one before, and nothing needs to be cut out to see it.
    if (space === undefined || !isWithin(address, space)) space = spaceOfAddress(address);
    counts.set(space, (counts.get(space) ?? 0) + 1);
  }
  return counts;
}

/** The numbers of every page that a step moves, and of all below it. */
function affectedPages(steps: readonly Step[], match: Match, live: LiveTree): readonly number[] {
  const affected: number[] = [];
  const visited = new Uint8Array(live.nodes.numbers);
  const open: number[] = [];
  for (const step of steps) {
    if (step.kind !== 'move-node' || step.blocked !== undefined) continue;
    const id = match.nodes.get(step.address)?.id ?? match.bindings.byAddress.get(step.address)?.id;
    const number = id === undefined ? undefined : live.nodes.numberOf(id);
    if (number !== undefined) open.push(number);
  }
  for (let number = open.pop(); number !== undefined; number = open.pop()) {
    if (visited[number] === 1 || live.nodes.at(number) === undefined) continue;
    visited[number] = 1;
    affected.push(number);
    open.push(...live.children.below(number));
  }
  return affected;
}

/** A manifest that declares nothing where something was applied is more likely broken than meant. */
function emptied(match: Match, state: State, scope: Scope | undefined): Diagnostic[] {
  const { desired } = match;
  if (desired.spaces.size === 0 && (state.spaces.size > 0 || state.nodes.size > 0)) {
    const detail = `The manifest declares no spaces, and the state binds ${state.spaces.size} of them with ${state.nodes.size} pages.`;
    return [diagnostic('MANIFEST_EMPTIED', { detail, help: wayOut })];
  }
  const planned = scope === undefined ? undefined : new Set(scope.map(spaceOfAddress));
  const isPlanned = (space: Address): boolean => planned?.has(space) !== false;
  return [...desired.spaces.values()].flatMap((space) => {
    if (space.nodes.length > 0 || !isPlanned(space.address)) return [];
    let count = 0;
    for (const address of state.nodes.keys()) if (spaceOfAddress(address) === space.address) count += 1;
    if (count === 0) return [];
    const detail = `${space.address} declares no nodes, and the state binds ${count} pages in it.`;
    return [diagnostic('MANIFEST_EMPTIED', { detail, help: wayOut, source: space.source })];
  });
}
