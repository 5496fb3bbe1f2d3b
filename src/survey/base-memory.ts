// A memory pieced together where there is none: the manifest at the base stands for what was applied last,
// and its pages are found by their place and title. So a page that a change moves is seen to move, and is not
// made a second time.
//
// Invariant: no guess. What is not found where the base has it is `lost`: a page that looks like it, wherever
// it is, may be it, and then nothing is made without asking (rule 7).

import { emptyState, type NodeBinding, type SpaceBinding, type State } from '../state/state.ts';
import { spaceOfAddress } from '../tree/address.ts';
import type { DesiredNode, DesiredTree } from '../tree/desired.ts';
import type { Address } from '../tree/identifier.ts';
import { startSightings } from './sightings.ts';
import { type Survey, type SurveyInput, survey } from './survey.ts';

export interface BaseMemory extends Required<Pick<SurveyInput, 'seen' | 'isLost'>> {
  readonly state: State;
}

/**
 * Reads what the base declares, and remembers what is found of it.
 *
 * @throws {ProviderError} when the wiki cannot be read.
 */
export async function rememberBase(
  base: DesiredTree,
  input: Omit<SurveyInput, 'desired' | 'state' | 'strays' | 'seen' | 'isLost'>,
): Promise<BaseMemory> {
  const seen = startSightings();
  const { provider } = input;
  const nothing = emptyState(provider.capabilities.vendor, provider.identity);
  const found = await survey({ ...input, desired: base, state: nothing, seen });
  const lost = lostPages(found);
  return {
    seen,
    isLost: (node) => lost.has(looks(node)),
    state: { ...nothing, spaces: boundSpaces(found), nodes: boundNodes(found) },
  };
}

function boundSpaces({ match, live }: Survey): Map<Address, SpaceBinding> {
  const bound = new Map<Address, SpaceBinding>();
  for (const [address, found] of match.spaces) {
    const space = found.kind === 'live' ? live.spaces.get(found.id) : undefined;
    if (space !== undefined) bound.set(address, { id: space.id, name: space.name });
  }
  return bound;
}

/** As the base has them, for that is what stands for the last apply. */
function boundNodes({ match, live }: Survey): Map<Address, NodeBinding> {
  const bound = new Map<Address, NodeBinding>();
  for (const [address, { id }] of match.nodes) {
    const node = match.desired.nodes.get(address);
    const page = live.nodes.get(id);
    if (node === undefined || page === undefined) continue;
    const { parent, title } = node;
    const { type, kind, origin } = page;
    bound.set(address, { id, parent, title, type, kind, origin, archived: false });
  }
  return bound;
}

function lostPages({ match }: Survey): ReadonlySet<string> {
  const lost = new Set<string>();
  for (const node of match.desired.nodes.values()) if (!match.nodes.has(node.address)) lost.add(looks(node));
  return lost;
}

const looks = ({ address, type, kind, title }: DesiredNode): string =>
  JSON.stringify([spaceOfAddress(address), type, kind, title]);
