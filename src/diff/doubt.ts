// Rule 7: a declared node that has no page is made, unless that might make a twin. Doubtful is a new
// address that several vanished bindings could be, or that looks like several pages in its place, or,
// in a space of which nothing was applied before, like an unmanaged page elsewhere in it.

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { parentAddress, spaceOfAddress } from '../tree/address.ts';
import type { DesiredNode } from '../tree/desired.ts';
import type { Address } from '../tree/identifier.ts';
import type { LiveNode, LiveTree } from '../tree/live.ts';
import type { Claims } from './claims.ts';
import { doubtOfOrigin, doubtOfPlace, doubtOfTwins } from './doubt-message.ts';
import { type Bound, type BoundForest, type DesiredForest, push } from './forest.ts';
import { type Inference, natureOf, natureOfBound } from './inference.ts';
import type { SpaceMatch } from './match.ts';

export interface DoubtInput {
  readonly live: LiveTree;
  readonly isIgnored: (node: LiveNode) => boolean;
  readonly bindings: BoundForest;
  readonly spaces: ReadonlyMap<Address, SpaceMatch>;
  readonly claims: Claims;
  readonly inference: Inference;
  /** Live pages to choose from, from rule 6. */
  readonly twins: ReadonlyMap<Address, readonly LiveNode[]>;
  /** Addresses whose page is hidden, or not looked for yet. */
  readonly withheld: ReadonlySet<Address>;
  readonly desired: DesiredForest;
  /** The positions of nodes that had no page by rules 1 and 2; most may have one by now. */
  readonly open: readonly number[];
  /** Whether such a page was to be found and was not, although its space has bindings. */
  readonly isLost: (node: DesiredNode) => boolean;
}

export function doubts(input: DoubtInput): Diagnostic[] {
  const { claims, inference, twins, withheld, open } = input;
  if (open.length === 0) return [];
  const lookalikes = lookalikesElsewhere(input);
  const found: (Diagnostic | OriginDoubt)[] = [];
  const ofOrigin = new Map<Address, OriginDoubt>();
  for (const position of open) {
    const node = input.desired.list[position];
    if (node === undefined || claims.matched.has(position) || withheld.has(node.address)) continue;
    if (node.id !== undefined || node.movedFrom === 'none') continue;
    const origins = inference.candidatesOf(position);
    const same = twins.get(node.address) ?? [];
    const elsewhere = lookalikes(node);
    if (origins.length > 0) {
      const above = ofOrigin.get(node.parent);
      const own = { node, origins, below: 0, root: undefined };
      const follows = above !== undefined && settles(above, origins);
      const doubt: OriginDoubt = follows ? { ...own, root: above.root ?? above } : own;
      ofOrigin.set(node.address, doubt);
      if (doubt.root === undefined) found.push(doubt);
      else doubt.root.below += 1;
    } else if (same.length > 0) found.push(doubtOfTwins(node, same));
    else if (elsewhere.length > 0) found.push(doubtOfPlace(node, elsewhere, input.isLost(node)));
  }
  return found.map((doubt) =>
    'origins' in doubt ? doubtOfOrigin(doubt.node, doubt.origins, doubt.below) : doubt,
  );
}

interface OriginDoubt {
  readonly node: DesiredNode;
  readonly origins: readonly Bound[];
  /** The doubt above that has to be settled first, and settles this one. */
  readonly root: OriginDoubt | undefined;
  /** How many it settles. */
  below: number;
}

/** Whichever page the one above is, these lie below it: who says the one says the other (rule 4). */
function settles(above: OriginDoubt, origins: readonly Bound[]): boolean {
  const possible = new Set<Address | undefined>(above.origins.map(({ address }) => address));
  return origins.every(({ address }) => possible.has(parentAddress(address)));
}

function lookalikesElsewhere(input: DoubtInput): (node: DesiredNode) => readonly LiveNode[] {
  const { bindings, spaces, isLost } = input;
  let applied: Set<Address> | undefined;
  let unmanaged: Map<string, LiveNode[]> | undefined;
  return (node) => {
    const space = spaceOfAddress(node.address);
    const live = spaces.get(space);
    if (live?.kind !== 'live') return [];
    applied ??= new Set([...bindings.byAddress.keys()].map(spaceOfAddress));
    if (applied.has(space) && !isLost(node)) return [];
    unmanaged ??= unmanagedPages(input);
    return unmanaged.get(looks(live.id, node.title, natureOf(node, input.claims))) ?? [];
  };
}

function unmanagedPages({ live, claims, bindings, isIgnored }: DoubtInput): Map<string, LiveNode[]> {
  const pages = new Map<string, LiveNode[]>();
  for (const page of live.nodes.values()) {
    if (claims.byNode.has(page.id) || bindings.ofPage(page.id) !== undefined || isIgnored(page)) continue;
    push(pages, looks(page.space, page.title, natureOfBound(page)), page);
  }
  return pages;
}

const looks = (space: string, title: string, nature: string | undefined): string =>
  `${space}\n${nature ?? ''}\n${title}`;
