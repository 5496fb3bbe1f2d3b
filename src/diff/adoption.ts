// Rule 6: an unbound live page below the matched parent that is just what is declared (same title,
// type and kind) is taken as it stands. Only the only one: of several, none is taken.

import type { DesiredNode } from '../tree/desired.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import { type LiveNode, type LiveTree, nodesAt, placeKey } from '../tree/live.ts';
import type { Claims } from './claims.ts';
import { type BoundForest, type DesiredForest, push } from './forest.ts';
import type { SpaceMatch } from './match.ts';

export interface AdoptionInput {
  readonly desired: DesiredForest;
  readonly bindings: BoundForest;
  readonly live: LiveTree;
  readonly spaces: ReadonlyMap<Address, SpaceMatch>;
  readonly claims: Claims;
  /** Addresses that may not be given a page: theirs is hidden, or not looked for yet. */
  readonly withheld: ReadonlySet<Address>;
  /** The positions of nodes that had no page by rules 1 and 2; those of rules 3 to 5 have one by now. */
  readonly open: readonly number[];
}

/** Adopts what is unambiguous, and returns the live pages to choose from where it is not. */
export function adopt(input: AdoptionInput): ReadonlyMap<Address, readonly LiveNode[]> {
  const ambiguous = new Map<Address, readonly LiveNode[]>();
  const { spaces, list } = input.desired;
  const wanting = new Set<Address>();
  for (const position of input.open) {
    const parent = list[position]?.parent;
    if (parent !== undefined && isWanting(position, input)) wanting.add(parent);
  }
  if (wanting.size === 0) return ambiguous;
  const all: Address[] = [...spaces.keys(), ...list.map(({ address }) => address)];
  const parents = all.filter((address) => wanting.has(address));
  for (const parent of parents) adoptChildren(parent, isOrigin, input, ambiguous);
  // A shortcut is known by its origin, so origins come first, wherever they stand.
  for (const parent of parents) adoptChildren(parent, isShortcut, input, ambiguous);
  return ambiguous;
}

const isWanting = (position: number, { desired, claims }: AdoptionInput): boolean =>
  desired.list[position]?.id === undefined && !claims.matched.has(position);
const isOrigin = (node: DesiredNode): boolean => node.kind === 'origin';
const isShortcut = (node: DesiredNode): boolean => node.kind === 'shortcut';

function adoptChildren(
  parent: Address,
  isTurn: (node: DesiredNode) => boolean,
  input: AdoptionInput,
  ambiguous: Map<Address, readonly LiveNode[]>,
): void {
  const { desired, claims, withheld } = input;
  const open = childrenOf(parent, desired).filter(
    ({ node, position }) => isTurn(node) && isWanting(position, input),
  );
  const place = open.length === 0 ? undefined : livePlace(parent, input);
  if (place === undefined) return;
  const byTitle = unboundChildren(place, input);
  for (const { node, position } of open) {
    if (withheld.has(node.address)) continue;
    const candidates = (byTitle.get(node.title) ?? []).filter(
      (page) => !claims.byNode.has(page.id) && isSameThing(node, page, claims),
    );
    const [only] = candidates;
    if (candidates.length > 1) ambiguous.set(node.address, candidates);
    else if (only !== undefined) claims.claim(position, { id: only.id, rule: 'adopted', former: undefined });
  }
}

function childrenOf(parent: Address, { list, children }: DesiredForest): Child[] {
  return (children.get(parent) ?? []).flatMap((position): Child[] => {
    const node = list[position];
    return node === undefined ? [] : [{ node, position }];
  });
}

interface Child {
  readonly node: DesiredNode;
  readonly position: number;
}

/** The key of the live place where children of a declared parent lie, if the parent has one. */
function livePlace(parent: Address, { spaces, claims }: AdoptionInput): string | undefined {
  const node = claims.byAddress.get(parent);
  if (node !== undefined) return node.id;
  const space = spaces.get(parent);
  return space?.kind === 'live' ? placeKey({ space: space.id, parent: null }) : undefined;
}

function unboundChildren(place: string, { live, bindings }: AdoptionInput): ReadonlyMap<string, LiveNode[]> {
  const byTitle = new Map<string, LiveNode[]>();
  for (const page of nodesAt(live, place)) {
    if (bindings.ofPage(page.id) === undefined) push(byTitle, page.title, page);
  }
  return byTitle;
}

function isSameThing(node: DesiredNode, page: LiveNode, claims: Claims): boolean {
  if (node.kind !== page.kind) return false;
  if (node.making.from === 'shortcut') {
    const { of } = node.making;
    const target: NodeId | undefined = 'id' in of ? of.id : claims.byAddress.get(of.address)?.id;
    return target !== undefined && page.origin === target;
  }
  return node.type === undefined || node.type === page.type;
}
