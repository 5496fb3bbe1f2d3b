// Which live page is which declared page.
//
// Terms. A *declared* node stands in the manifest and has an address. A *binding* is the memory that an
// address is a certain live page. Matching gives each declared node at most one live page, and each live
// page to at most one declared node.
//
// Premise. The live tree is the truth and the bindings are memory: a binding says which page was meant,
// never where it is. Titles and places are evidence of identity only where there is no memory, because
// titles are not unique and anybody can drag a page.
//
// Rules, in this order; a rule looks at every declared node before the next rule begins, and parents
// come before children within a rule:
//   1. `id` in the manifest;
//   2. the binding of the address;
//   3. `movedFrom`, while that address is bound and no longer declared;
//   4. below a page that came from elsewhere by 1, 3, 4 or 5: the same key below its former address
//      (`claims.ts`), so that a dragged branch comes along without a step;
//   5. an unambiguous move or rename (`inference.ts`);
//   6. an unbound page in the right place that is just what is declared (`adoption.ts`);
//   7. none: it is made, unless making it would be doubtful (`doubt.ts`).
//
// Why rule by rule and not node by node: the candidates of rule 5 are what rules 1 to 4 leave over. Node
// by node, the result would hang on the order of siblings.
//
// A match is made from what was seen so far. `unseen` names the pages that must be asked for first;
// while it is not empty the match says what to read next and nothing else (`survey/`).

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { assertNever, InvariantError, present } from '../diagnostic/invariant.ts';
import type { Family } from '../state/bindings.ts';
import type { State } from '../state/state.ts';
import { escapeKey, spaceOfAddress } from '../tree/address.ts';
import type { DesiredNode, DesiredTree } from '../tree/desired.ts';
import type { Address, NodeId, SpaceId } from '../tree/identifier.ts';
import type { LiveNode, LiveTree } from '../tree/live.ts';
import { adopt } from './adoption.ts';
import { startClaims } from './claims.ts';
import { doubts } from './doubt.ts';
import {
  type Bound,
  type BoundForest,
  type DesiredForest,
  indexBindings,
  indexDesired,
  listingRule,
  saidOrigin,
} from './forest.ts';
import type { AddressMatcher } from './glob.ts';
import { inferMoves } from './inference.ts';
import { matchSpaces } from './match-spaces.ts';
import { livePlaces, type Places } from './place.ts';
import { type Sights, sights } from './sight.ts';

export type Rule = 'id' | 'binding' | 'moved-from' | 'carried' | 'inferred' | 'adopted';

export interface NodeMatch {
  readonly id: NodeId;
  readonly rule: Rule;
  /** The address that bound the page before, if any did. */
  readonly former: Address | undefined;
}

export type SpaceMatch =
  | { readonly kind: 'live'; readonly id: SpaceId; readonly rule: 'id' | 'binding' | 'name' }
  | { readonly kind: 'new' }
  | { readonly kind: 'hidden'; readonly id: SpaceId }
  /** An error says why. */
  | { readonly kind: 'failed' }
  /** Not looked for yet; by its id, or in the list of all where there is none. */
  | { readonly kind: 'unseen'; readonly id: SpaceId | undefined };

export interface Match {
  readonly desired: DesiredForest;
  readonly bindings: BoundForest;
  readonly spaces: ReadonlyMap<Address, SpaceMatch>;
  readonly nodes: ReadonlyMap<Address, NodeMatch>;
  /** Of `nodes`, those that neither rule 2 nor rule 4 found. */
  readonly others: ReadonlyMap<Address, NodeMatch>;
  /** The page of the node at this position in `desired.list`: the quick way to most, and not to all. */
  readonly pageAt: (position: number) => LiveNode | undefined;
  /** The numbers of the bindings that nothing declares and whose page no address has, in the order of their addresses. */
  readonly left: () => Iterable<number>;
  readonly addressOf: ReadonlyMap<NodeId, Address>;
  /** Declared and bound, but the page is gone. */
  readonly gone: ReadonlySet<Address>;
  /** Declared, but the page may not be seen. */
  readonly hidden: ReadonlySet<Address>;
  /** Pages to ask for by id first. */
  readonly unseen: ReadonlySet<NodeId>;
  readonly sightOf: Sights['of'];
  readonly places: Places;
  /** Whether a live page lies where the manifest says not to look. */
  readonly isIgnored: (node: LiveNode) => boolean;
  readonly isIgnoredAddress: (address: Address) => boolean;
  /** Whether what lies below the page of this address is read; it is not where that is ignored. */
  readonly isListed: (address: Address) => boolean;
  /** Spaces whose alias the state remembers. */
  readonly spaceAliases: ReadonlySet<Address>;
  readonly diagnostics: readonly Diagnostic[];
}

export interface MatchInput {
  readonly desired: DesiredTree;
  readonly state: State;
  readonly live: LiveTree;
  /** The manifest's `ignore`. */
  readonly ignoredBy: AddressMatcher;
  /** Pages that the memory would hold if it were whole, and does not: a page like one of these may be it. */
  readonly isLost?: ((node: DesiredNode) => boolean) | undefined;
  /** `desired` and the state's bindings where they are indexed already: a survey matches several times. */
  readonly desiredForest?: DesiredForest;
  readonly boundForest?: BoundForest;
}

export function match(input: MatchInput): Match {
  const { live, state } = input;
  const desired = input.desiredForest ?? indexDesired(input.desired);
  const bindings = input.boundForest ?? indexBindings(state);
  const { spaces, diagnostics } = matchSpaces(input.desired, state, live);
  const isIgnoredAddress = (address: Address): boolean => input.ignoredBy(address) !== undefined;
  const isListed = listingRule(desired, bindings, isIgnoredAddress);
  const seen = sights({ bindings, live, spaces, isListed });
  const claims = startClaims(desired, bindings, live, seen);
  /** Positions of nodes that nothing bound, and that name no page. */
  const fresh: number[] = [];
  /** Positions of nodes that have no page by rules 1 and 2. */
  const open: number[] = [];
  const found = { gone: new Set<Address>(), hidden: new Set<Address>(), waiting: new Set<Address>() };
  const unseen = new Set<NodeId>();
  const family: { parent?: Address; bound?: Family | undefined } = {};
  const problems = [...diagnostics];

  for (const [position, node] of desired.list.entries())
    if (node.id !== undefined) claimById(node, node.id, position);
  for (const [position, node] of desired.list.entries())
    if (!claimByBinding(node, position)) open.push(position);
  // Mostly all pages are found by now, and the rest of the rules costs what is left and no more.
  for (const position of open) claimByMovedFrom(position);
  claims.carry();
  const inference = inferMoves({ desired, bindings, claims, seen, fresh });
  if (hasArchive(input.desired)) {
    for (const number of claims.matched.left()) {
      const bound = bindings.withNumber(number);
      if (isToBeArchived(bound)) seen.of(bound);
    }
  }
  const withheld = new Set([...found.hidden, ...found.waiting]);
  const twins = adopt({ desired, bindings, live, spaces, claims, withheld, open });
  for (const id of seen.wanted) unseen.add(id);
  const places = livePlaces(live, bindings, spaces, claims);
  const isIgnored = (node: LiveNode): boolean => isIgnoredAddress(places.addressOf(node));
  const isLost = input.isLost ?? (() => false);
  problems.push(
    ...doubts({
      desired,
      live,
      isIgnored,
      bindings,
      spaces,
      claims,
      inference,
      twins,
      withheld,
      open,
      isLost,
    }),
  );

  return {
    desired,
    bindings,
    spaces,
    nodes: claims.byAddress,
    others: claims.others,
    pageAt: (position) => claims.matched.pageAt(position),
    left: () => claims.matched.left(),
    addressOf: claims.byNode,
    gone: found.gone,
    hidden: found.hidden,
    unseen,
    sightOf: seen.of,
    places,
    isIgnored,
    isIgnoredAddress,
    isListed,
    spaceAliases: new Set(
      [...state.spaces].filter(([, { alias }]) => alias !== undefined).map(([address]) => address),
    ),
    diagnostics: problems,
  };

  /** What became of it has to be known, for it is to be put away, wherever people have dragged it. */
  function isToBeArchived(bound: Bound): boolean {
    if (bound.archived) return false;
    const space = desired.spaces.get(spaceOfAddress(bound.address));
    return space !== undefined && space.onRemove !== 'keep';
  }

  function claimById(node: DesiredNode, id: NodeId, position: number): void {
    if (claims.byNode.has(id)) return;
    if (live.nodes.has(id)) {
      claims.claim(position, { id, rule: 'id', former: bindings.addressOfPage(id) });
    } else if (live.hiddenNodes.has(id)) found.hidden.add(node.address);
    else if (live.goneNodes.has(id)) problems.push(noSuchPage(node, id));
    else {
      found.waiting.add(node.address);
      unseen.add(id);
    }
  }

  /** The number of its binding; siblings come one after the other. */
  function boundTo({ parent, key }: DesiredNode): number | undefined {
    if (parent !== family.parent) {
      family.parent = parent;
      family.bound = bindings.below(parent);
    }
    return family.bound?.numberOf(escapeKey(key));
  }

  /** Whether the node has its page, by this rule or the one before. */
  function claimByBinding(node: DesiredNode, position: number): boolean {
    const bound = boundTo(node);
    if (bound !== undefined) claims.matched.declare(bound);
    if (node.id !== undefined) return claims.matched.has(position);
    if (bound === undefined) fresh.push(position);
    if (bound === undefined || claims.matched.isTaken(bound)) return false;
    if (claims.matched.setOwn(position, bound)) return true;
    const { id } = bindings.withNumber(bound);
    const sight = seen.of(bindings.withNumber(bound));
    switch (sight) {
      case 'seen':
        throw new InvariantError(`the page ${id} is seen and is not among the live pages`);
      case 'gone':
        found.gone.add(node.address);
        return false;
      case 'hidden':
        found.hidden.add(node.address);
        return false;
      case 'waiting':
      case 'asking':
        found.waiting.add(node.address);
        return false;
      default:
        return assertNever(sight);
    }
  }

  function claimByMovedFrom(position: number): void {
    const node = present(desired.list[position], `node ${position}`);
    const bound = claims.matched.has(position) ? undefined : saidOrigin(node, desired, bindings);
    if (bound === undefined || claims.byNode.has(bound.id)) return;
    const sight = seen.of(bound);
    if (sight === 'seen') claims.claim(position, { id: bound.id, rule: 'moved-from', former: bound.address });
    else if (sight === 'hidden') found.hidden.add(node.address);
    else if (sight !== 'gone') found.waiting.add(node.address);
  }
}

const hasArchive = ({ spaces }: DesiredTree): boolean => spaces.some(({ onRemove }) => onRemove !== 'keep');

function noSuchPage(node: DesiredNode, id: NodeId): Diagnostic {
  return diagnostic('NODE_NOT_FOUND', {
    detail: `${node.address} is declared with the id ${id}, and the vendor knows no such page.`,
    help: 'Check the id, or take it out: a page without an id is found by its place and title, or made.',
    source: node.source,
  });
}
