// Taking a picture of the wiki that any plan can be made from: the declared and bound spaces whole, the
// list of all spaces, and what a plan of this manifest would ask for besides. What later manifests name
// in these spaces is in it too.

import { indexBindings, indexDesired, listingRule } from '../diff/forest.ts';
import type { Match, SpaceMatch } from '../diff/match.ts';
import { sights } from '../diff/sight.ts';
import type { VendorKind } from '../tree/capability.ts';
import type { Address, NodeId, SpaceId } from '../tree/identifier.ts';
import type { LiveTree } from '../tree/live.ts';
import type { Snapshot } from '../tree/snapshot.ts';
import { read } from './reading.ts';
import { type Sightings, startSightings } from './sightings.ts';
import { type SurveyInput, survey } from './survey.ts';
import { readWhole } from './whole.ts';

export interface Picture {
  readonly snapshot: Snapshot;
  readonly match: Match;
  /** The spaces that were read whole. */
  readonly spaces: ReadonlySet<SpaceId>;
  /** Calls that the reading took, a page of a listing each; retries not counted. */
  readonly readCalls: number;
}

/**
 * Reads what a plan needs, then all of the spaces that it is about.
 *
 * @param options - `listsSpaces`: asks which other spaces there are, for manifests that will name one.
 * @throws {ProviderError} when a call fails for another reason than that something is gone or hidden.
 */
export async function takeSnapshot(
  input: SurveyInput,
  vendor: VendorKind,
  { listsSpaces } = { listsSpaces: true },
): Promise<Picture> {
  const sightings = startSightings();
  const live = sightings.tree;
  const { match } = await survey(input, sightings);
  if (listsSpaces && !live.allSpacesListed)
    await read([{ kind: 'list-spaces' }], () => false, sightings, input);
  const spaces = new Set<SpaceId>([...input.state.spaces.values()].map(({ id }) => id));
  for (const space of match.spaces.values()) if (space.kind === 'live') spaces.add(space.id);
  for (let missing = missingPages(input, sightings); ; missing = missingPages(input, sightings)) {
    const requests = missing.map((node) => ({ kind: 'get-node', node }) as const);
    await read(requests, () => false, sightings, input);
    const pages = [...live.nodes.values()].filter(({ space }) => !spaces.has(space)).map(({ id }) => id);
    await readWhole({ ...input, spaces: [...spaces], pages, sightings });
    if (missing.length === 0) break;
  }
  const { identity, identities } = input.provider;
  const spacePages = live.allSpacesListed ? sightings.spacePages() : undefined;
  return {
    match,
    spaces,
    snapshot: { provider: vendor, identity, identities: [...identities].sort(), spacePages, live },
    readCalls: sightings.readCalls(),
  };
}

/** Bound pages that no listing showed, the topmost of each branch: people may have dragged them anywhere. */
function missingPages({ desired, state }: SurveyInput, { tree }: Sightings): readonly NodeId[] {
  const bindings = indexBindings(state);
  const spaces = new Map(
    [...state.spaces].map(([address, { id }]): [Address, SpaceMatch] => [address, spaceMatch(id, tree)]),
  );
  const isListed = listingRule(indexDesired(desired), bindings, () => false);
  const seen = sights({ bindings, live: tree, spaces, isListed });
  for (const bound of bindings.byAddress.values()) seen.of(bound);
  return [...seen.wanted];
}

function spaceMatch(id: SpaceId, live: LiveTree): SpaceMatch {
  if (live.spaces.has(id)) return { kind: 'live', id, rule: 'binding' };
  return live.hiddenSpaces.has(id) ? { kind: 'hidden', id } : { kind: 'new' };
}
