// Reading the branches that people have added below what is managed, on top of what was seen before.

import { unmanagedPages } from '../diff/unmanaged.ts';
import { type LiveTree, nodesAt } from '../tree/live.ts';
import type { ReadingContext } from './reading.ts';
import { type Sightings, startSightings } from './sightings.ts';
import type { Survey } from './survey.ts';
import { readWhole } from './whole.ts';

/**
 * The picture of a survey, with each unmanaged branch that it met read whole.
 *
 * @throws {ProviderError} when the wiki cannot be read.
 */
export async function readNewcomers({ live, match }: Survey, context: ReadingContext): Promise<LiveTree> {
  const pages = [...unmanagedPages(live, match)].map(({ id }) => id);
  if (!pages.some((id) => live.nodes.get(id)?.hasChildren)) return live;
  const whole = await readWhole({ ...context, spaces: [], pages, sightings: seenAgain(live) });
  return whole.live;
}

/** Sightings that begin with what was seen. */
function seenAgain(live: LiveTree): Sightings {
  const sightings = startSightings();
  const nothing = { spaces: [], nodes: [], pages: 1 };
  const spaces = [...live.spaces.values()];
  if (live.allSpacesListed) sightings.addAllSpaces({ ...nothing, spaces });
  else sightings.addSpace({ ...nothing, spaces });
  for (const place of live.children.keys()) {
    const nodes = nodesAt(live, place);
    const listing = live.listings.get(place);
    if (listing === undefined) for (const node of nodes) sightings.addNode({ ...nothing, nodes: [node] });
    else sightings.addListing(listing, { ...nothing, nodes, pages: listing.pages });
  }
  for (const listing of live.listings.values()) if (listing.hidden) sightings.hideListing(listing);
  for (const id of live.goneNodes) sightings.loseNode(id);
  for (const id of live.hiddenNodes) sightings.hideNode(id);
  for (const id of live.goneSpaces) sightings.loseSpace(id);
  for (const id of live.hiddenSpaces) sightings.hideSpace(id);
  return sightings;
}
