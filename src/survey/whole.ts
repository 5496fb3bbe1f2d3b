// Reading whole branches, whoever made the pages in them: for a picture of the wiki (`wikiform snapshot`,
// `wikiform show`) and for taking a wiki over (`wikiform import`). A plan never needs this much.

import type { ReadRequest } from '../provider/provider.ts';
import type { NodeId, SpaceId } from '../tree/identifier.ts';
import { type LiveNode, type LiveTree, nodesAt, placeKey } from '../tree/live.ts';
import { type ReadingContext, read } from './reading.ts';
import { type Sightings, startSightings } from './sightings.ts';

export interface WholeInput extends ReadingContext {
  /** Spaces to be read whole. One that is gone or hidden is found in the picture as such. */
  readonly spaces: readonly SpaceId[];
  /** Pages that were seen before, to be read with all that lies below them. */
  readonly pages?: readonly NodeId[];
  /** Levels of a space to be seen, the top level being 1; all where it is not given. */
  readonly depth?: number | undefined;
  /** What was seen before: it is added to, and what it has listed is not listed again. */
  readonly sightings?: Sightings | undefined;
}

export interface Whole {
  readonly live: LiveTree;
  /** Calls that the reading took so far, a page of a listing each; retries not counted. */
  readonly readCalls: number;
}

/**
 * Reads spaces whole: one call for the space, and one for each page of children of each parent.
 *
 * @throws {ProviderError} when a call fails for another reason than that something is gone or hidden.
 */
export async function readWhole(input: WholeInput): Promise<Whole> {
  const { spaces, depth, sightings = startSightings() } = input;
  const live = sightings.tree;
  const follows = (page: LiveNode): boolean => depth === undefined || levelOf(page, live) < depth;
  const wanted = spaces.filter(
    (id) => !live.spaces.has(id) && !live.goneSpaces.has(id) && !live.hiddenSpaces.has(id),
  );
  await read(
    wanted.map((space) => ({ kind: 'get-space', space })),
    follows,
    sightings,
    input,
  );
  // What was listed before may have shown pages whose children nobody has asked for; where nothing was, one
  // reading follows whatever it comes upon.
  for (let open = unlisted(input, live, follows); open.length > 0; ) {
    await read(open, follows, sightings, input);
    open = input.sightings === undefined ? [] : unlisted(input, live, follows);
  }
  return { live, readCalls: sightings.readCalls() };
}

function unlisted(
  { spaces, pages = [] }: WholeInput,
  live: LiveTree,
  follows: (page: LiveNode) => boolean,
): readonly ReadRequest[] {
  const requests: ReadRequest[] = [];
  const open: LiveNode[] = [];
  // Most pages are leaves, and there is nothing to ask about them.
  const note = (page: LiveNode | undefined): void => {
    if (page !== undefined && (page.hasChildren || live.children.has(page.id))) open.push(page);
  };
  const noteBelow = (place: string): void => nodesAt(live, place).forEach(note);
  for (const id of pages) note(live.nodes.get(id));
  for (const space of spaces) {
    if (!live.spaces.has(space)) continue;
    const place = placeKey({ space, parent: null });
    if (!live.listings.has(place)) requests.push({ kind: 'list-nodes', space, parent: null });
    noteBelow(place);
  }
  const visited = new Set<NodeId>();
  for (let page = open.pop(); page !== undefined; page = open.pop()) {
    if (visited.has(page.id)) continue;
    visited.add(page.id);
    const { id, space, hasChildren } = page;
    if (hasChildren && !live.listings.has(id) && follows(page))
      requests.push({ kind: 'list-nodes', space, parent: id });
    noteBelow(id);
  }
  return requests;
}

/** 1 at the top; as far as what lies above was seen. */
function levelOf(page: LiveNode, live: LiveTree): number {
  let level = 1;
  for (let at = page.parent; at !== null; at = live.nodes.get(at)?.parent ?? null) level += 1;
  return level;
}
