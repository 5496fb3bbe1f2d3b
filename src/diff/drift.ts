// What people have changed in the wiki since the last apply: the memory against the live tree, whatever the
// manifest says by now.
//
// Of a branch that is gone or new only the topmost page is named, as a listing tells no more; a branch that
// was dragged is one move. A page is new if it is neither declared nor bound and lies right below one that is.

import type { State } from '../state/state.ts';
import { parentAddress } from '../tree/address.ts';
import type { NodeKind } from '../tree/desired.ts';
import { type Address, compareText } from '../tree/identifier.ts';
import type { LiveNode, LiveTree } from '../tree/live.ts';
import type { Bound } from './forest.ts';
import type { Match } from './match.ts';
import { unmanagedPages } from './unmanaged.ts';

export interface DriftPlace {
  /** What the parent is called. */
  readonly parent: Address;
  readonly title: string;
}

export interface DriftChange {
  readonly kind: 'moved' | 'renamed' | 'gone' | 'new';
  /** What is bound to it; of a new page, what it is called. */
  readonly address: Address;
  readonly id: string;
  readonly type: string;
  readonly nodeType: NodeKind | 'space';
  /** As the last apply left it; `undefined` of a new page. */
  readonly before: DriftPlace | undefined;
  /** As it is; `undefined` of a page that is gone. */
  readonly after: DriftPlace | undefined;
  /** Bound pages below it that moved along or are gone with it. */
  readonly below: number;
}

export interface Drift {
  /** By address. */
  readonly changes: readonly DriftChange[];
  /** Bound pages that may not be read, so that nothing can be said of them. */
  readonly hidden: number;
}

/** @param isAsked - whether anybody asks for what is bound to, or called by, this address. */
export function driftOf(
  state: State,
  match: Match,
  live: LiveTree,
  isAsked: (address: Address) => boolean = () => true,
): Drift {
  const { bindings } = match;
  let counts: ReadonlyMap<Address, number> | undefined;
  const below = (address: Address): number => {
    counts ??= countBelow(state);
    return counts.get(address) ?? 0;
  };
  const changes: DriftChange[] = spaceChanges(state, live, below);
  let hidden = 0;
  for (const bound of bindings.byAddress.values()) {
    if (!isAsked(bound.address)) continue;
    const sight = match.sightOf(bound);
    if (sight === 'hidden') hidden += 1;
    if (sight === 'gone' && !isGoneWithParent(bound, state, match, live))
      changes.push(gone(bound, below(bound.address)));
    const page = live.nodes.get(bound.id);
    if (sight === 'seen' && page !== undefined)
      changes.push(...pageChanges(bound, page, state, match, below));
  }
  for (const page of unmanagedPages(live, match)) changes.push(added(page, match));
  const asked = changes.filter(({ address }) => isAsked(address));
  return { changes: asked.sort((a, b) => compareText(a.address, b.address)), hidden };
}

function isGoneWithParent({ parent }: Bound, state: State, match: Match, live: LiveTree): boolean {
  const above = match.bindings.byAddress.get(parent);
  if (above !== undefined) return match.sightOf(above) === 'gone';
  const space = state.spaces.get(parent);
  return space !== undefined && live.goneSpaces.has(space.id);
}

function pageChanges(
  bound: Bound,
  page: LiveNode,
  state: State,
  match: Match,
  below: (address: Address) => number,
): DriftChange[] {
  const changes: DriftChange[] = [];
  const common = { address: bound.address, id: bound.id, type: page.type, nodeType: page.kind } as const;
  const before = { parent: bound.parent, title: bound.title };
  const after = { parent: match.places.parentOf(page), title: page.title };
  if (!isInPlace(bound, page, state))
    changes.push({ ...common, kind: 'moved', before, after, below: below(bound.address) });
  if (page.title !== bound.title) changes.push({ ...common, kind: 'renamed', before, after, below: 0 });
  return changes;
}

function isInPlace({ parent }: Bound, page: LiveNode, { spaces, nodes }: State): boolean {
  const space = spaces.get(parent);
  if (space !== undefined) return page.parent === null && page.space === space.id;
  return page.parent !== null && page.parent === nodes.get(parent)?.id;
}

function gone(bound: Bound, below: number): DriftChange {
  const { address, id, type, kind, parent, title } = bound;
  const before = { parent, title };
  return { kind: 'gone', address, id, type, nodeType: kind, before, after: undefined, below };
}

function added(page: LiveNode, { places }: Match): DriftChange {
  const { id, type, kind, title } = page;
  const after = { parent: places.parentOf(page), title };
  return {
    kind: 'new',
    address: places.addressOf(page),
    id,
    type,
    nodeType: kind,
    before: undefined,
    after,
    below: 0,
  };
}

/** A space has no place; it can be renamed or gone. */
function spaceChanges({ spaces }: State, live: LiveTree, below: (address: Address) => number): DriftChange[] {
  return [...spaces].flatMap(([address, { id, name }]): DriftChange[] => {
    const common = { address, id, type: 'space', nodeType: 'space' } as const;
    const before = { parent: address, title: name };
    if (live.goneSpaces.has(id)) {
      return [{ ...common, kind: 'gone', before, after: undefined, below: below(address) }];
    }
    const space = live.spaces.get(id);
    if (space === undefined || space.name === name) return [];
    return [{ ...common, kind: 'renamed', before, after: { parent: address, title: space.name }, below: 0 }];
  });
}

/** How many bindings lie below each address that has any. */
function countBelow(state: State): ReadonlyMap<Address, number> {
  const counts = new Map<Address, number>();
  for (const address of state.nodes.keys()) {
    for (let above = parentAddress(address); above !== undefined; above = parentAddress(above))
      counts.set(above, (counts.get(above) ?? 0) + 1);
  }
  return counts;
}

/** How many of each kind; pages that are gone count with those below them. */
export function driftSummary({ changes }: Drift): Readonly<Record<DriftChange['kind'], number>> {
  const summary = { moved: 0, renamed: 0, gone: 0, new: 0 };
  for (const { kind, below, nodeType } of changes)
    summary[kind] += kind === 'gone' ? below + (nodeType === 'space' ? 0 : 1) : 1;
  return summary;
}
