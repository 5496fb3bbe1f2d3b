// What still has to be read before the plan can be trusted, and nothing beyond it (law 5): the children
// of what is declared or bound, the pages that are missing, and what a move carries along.
//
// The needs come in stages, each made from a match that the stage before has settled: a page is asked
// for by id only after every listing that could have shown it, a parent is listed again only if a page
// would be made below it because the first listing, of several pages, did not show it.

import type { Match } from '../diff/match.ts';
import type { Completion } from '../diff/subtree.ts';
import type { ReadRequest } from '../provider/provider.ts';
import type { Stray } from '../state/journal.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import { type LiveTree, placeKey } from '../tree/live.ts';

/** @param tellsParent - whether a page that is asked for by id tells where it is. */
export function needs(match: Match, live: LiveTree, tellsParent: boolean): readonly ReadRequest[] {
  for (const stage of [spaceNeeds, listingNeeds, missingNeeds, referenceNeeds]) {
    const requests = stage(match, live);
    if (requests.length > 0) return requests;
  }
  return confirmationNeeds(match, live, tellsParent);
}

/** Branches that are copied whole though nobody declared what lies in them. */
export function subtreeNeeds({ unseen, unlisted }: Completion): readonly ReadRequest[] {
  return [
    ...[...new Set(unseen)].map((node) => ({ kind: 'get-node', node }) as const),
    ...unlisted.map(({ id, space }) => ({ kind: 'list-nodes', space, parent: id }) as const),
  ];
}

/** Undeclared pages that may be out of their places, and the parents they belong below. */
export function strayNeeds(strays: readonly Stray[], live: LiveTree): readonly ReadRequest[] {
  const wanted = new Set(
    strays.flatMap(({ node, home }) => [node, ...(home.parent === null ? [] : [home.parent])]),
  );
  return [...wanted]
    .filter((id) => !live.nodes.has(id) && !live.goneNodes.has(id) && !live.hiddenNodes.has(id))
    .map((node) => ({ kind: 'get-node', node }));
}

/** The spaces, then their top levels: everything else lies below. */
export function rootNeeds(spaces: Match['spaces'], live: LiveTree): readonly ReadRequest[] {
  const first = spaceNeeds({ spaces });
  return first.length > 0 ? first : topNeeds({ spaces }, live);
}

function spaceNeeds(match: Pick<Match, 'spaces'>): ReadRequest[] {
  const requests: ReadRequest[] = [];
  let wantsAll = false;
  for (const space of match.spaces.values()) {
    if (space.kind !== 'unseen') continue;
    if (space.id === undefined) wantsAll = true;
    else requests.push({ kind: 'get-space', space: space.id });
  }
  // Spaces known by id go first: what they bind is not to be had by name.
  if (requests.length === 0 && wantsAll) requests.push({ kind: 'list-spaces' });
  return requests;
}

function topNeeds(match: Pick<Match, 'spaces'>, live: LiveTree): ReadRequest[] {
  const requests: ReadRequest[] = [];
  for (const space of match.spaces.values()) {
    if (space.kind !== 'live' || live.listings.has(placeKey({ space: space.id, parent: null }))) continue;
    requests.push({ kind: 'list-nodes', space: space.id, parent: null });
  }
  return requests;
}

function listingNeeds(match: Match, live: LiveTree): ReadRequest[] {
  const requests = topNeeds(match, live);
  for (const page of live.nodes.values()) {
    if (!page.hasChildren || live.listings.has(page.id) || !isWorthListing(page.id, match)) continue;
    requests.push({ kind: 'list-nodes', space: page.space, parent: page.id });
  }
  return requests;
}

/** Of pages that are declared or bound; what is ignored only if the manifest or the state has pages below it. */
function isWorthListing(id: NodeId, { bindings, addressOf, isListed }: Match): boolean {
  const address = addressOf.get(id) ?? bindings.ofPage(id)?.address;
  return address !== undefined && isListed(address);
}

function missingNeeds(match: Match): ReadRequest[] {
  return [...match.unseen].map((node) => ({ kind: 'get-node', node }));
}

/** Pages named by id as the source of a copy or the origin of a shortcut that is yet to be made. */
function referenceNeeds(match: Match, live: LiveTree): ReadRequest[] {
  const wanted = new Set<NodeId>();
  for (const node of match.desired.list) {
    if (node.making.from === 'nothing' || match.nodes.has(node.address)) continue;
    const { of } = node.making;
    if (!('id' in of) || live.nodes.has(of.id)) continue;
    if (!live.goneNodes.has(of.id) && !live.hiddenNodes.has(of.id)) wanted.add(of.id);
  }
  return [...wanted].map((node) => ({ kind: 'get-node', node }));
}

/**
 * Parents whose listing took several pages, below which a page would be made for not being seen, or moved
 * where nothing else tells that it is there already.
 */
function confirmationNeeds(match: Match, live: LiveTree, tellsParent: boolean): ReadRequest[] {
  if (tellsParent && match.nodes.size === match.desired.list.length) return [];
  const parents = new Set<Address>();
  for (const node of match.desired.list) {
    const found = match.nodes.get(node.address);
    const isMissing =
      found === undefined ? !match.hidden.has(node.address) : !tellsParent && !isPlaced(found.id, live);
    if (isMissing) parents.add(node.parent);
  }
  return [...parents].flatMap((parent): ReadRequest[] => {
    const listing = live.listings.get(listedPlace(parent, match) ?? '');
    if (listing === undefined || listing.hidden || listing.pages < 2 || listing.times > 1) return [];
    return [{ kind: 'list-nodes', space: listing.space, parent: listing.parent }];
  });
}

/** Whether a listing has shown the page. */
function isPlaced(id: NodeId, live: LiveTree): boolean {
  const page = live.nodes.get(id);
  return page !== undefined && (page.parent === null || live.nodes.has(page.parent));
}

function listedPlace(parent: Address, match: Match): string | undefined {
  const space = match.spaces.get(parent);
  if (space !== undefined) {
    return space.kind === 'live' ? placeKey({ space: space.id, parent: null }) : undefined;
  }
  return match.nodes.get(parent)?.id;
}
