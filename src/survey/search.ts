// Looking further than a plan needs to: branches that nobody declared, for pages that an interrupted run
// may have made and that people have dragged there since. Bounded, because a wiki holds far more than the
// manifest declares and every call counts against a quota (law 5); only done after an interrupted run, and
// only for what was found nowhere else.

import type { Provider } from '../provider/provider.ts';
import { ProviderError } from '../provider/provider-error.ts';
import type { NodeId, SpaceId } from '../tree/identifier.ts';
import type { LiveNode, LiveTree } from '../tree/live.ts';
import { startSightings } from './sightings.ts';

/** Calls that one search may take. */
const mostCalls = 100;

export interface Search {
  /** What the search has seen, and nothing besides. */
  readonly live: LiveTree;
  readonly calls: number;
  /** Whether every branch was looked at. */
  readonly isWhole: boolean;
}

/** Lists what was not listed yet, level by level, and on each level these spaces first. */
export async function search(
  first: ReadonlySet<SpaceId>,
  known: LiveTree,
  provider: Provider,
  signal?: AbortSignal,
): Promise<Search> {
  const sightings = startSightings();
  const asked = new Set<NodeId>();
  let calls = 0;
  let isWhole = true;
  const isOpen = ({ id, hasChildren }: LiveNode): boolean =>
    hasChildren && !known.listings.has(id) && !asked.has(id);
  const openIn = (pages: Iterable<LiveNode>): LiveNode[] => {
    const open = [...pages].filter(isOpen);
    const isFirst = ({ space }: LiveNode): boolean => first.has(space);
    return [...open.filter(isFirst), ...open.filter((page) => !isFirst(page))];
  };

  let level = openIn(known.nodes.values());
  while (level.length > 0) {
    const next: LiveNode[] = [];
    for (const page of level) {
      if (calls >= mostCalls) isWhole = false;
      if (!isWhole) break;
      asked.add(page.id);
      const seen = await list(page, provider, signal);
      calls += seen.pages;
      sightings.addListing({ space: page.space, parent: page.id }, seen);
      next.push(...seen.nodes);
    }
    level = isWhole ? openIn(next) : [];
  }
  return { live: sightings.tree, calls, isWhole };
}

/** What may not be read is passed over: nothing in it can be ours to bind. */
async function list({ id, space }: LiveNode, provider: Provider, signal?: AbortSignal) {
  try {
    return await provider.read({ kind: 'list-nodes', space, parent: id }, signal);
  } catch (error) {
    const isAbsent =
      error instanceof ProviderError && (error.kind === 'not-found' || error.kind === 'forbidden');
    if (!isAbsent) throw error;
    return { spaces: [], nodes: [], pages: 1 };
  }
}
