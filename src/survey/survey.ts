// Reading just what matters. Match and read take turns: the match says what it must see next, the
// answers make a better match, until it needs nothing more. The first listings run ahead on their own
// below whatever the state binds, so that with a state there are few turns.
//
// Why not read everything and match once: a wiki holds far more than the manifest declares, and every
// call counts against a monthly quota (law 5). Why not decide while reading: every question of identity
// is answered in one place, `diff/match.ts`, and never by the order in which answers come in.

import type { Difference } from '../diff/change.ts';
import { difference } from '../diff/difference.ts';
import { indexBindings, indexDesired, listingRule } from '../diff/forest.ts';
import type { AddressMatcher } from '../diff/glob.ts';
import { type Match, match } from '../diff/match.ts';
import { matchSpaces } from '../diff/match-spaces.ts';
import { completeSubtrees } from '../diff/subtree.ts';
import type { ReadRequest } from '../provider/provider.ts';
import type { Stray } from '../state/journal.ts';
import type { State } from '../state/state.ts';
import type { DesiredNode, DesiredTree } from '../tree/desired.ts';
import type { LiveNode, LiveTree } from '../tree/live.ts';
import { carriedNeeds } from './carried.ts';
import { needs, rootNeeds, strayNeeds, subtreeNeeds } from './need.ts';
import { type ReadingContext, read } from './reading.ts';
import { type Sightings, startSightings } from './sightings.ts';

export interface SurveyInput extends ReadingContext {
  readonly desired: DesiredTree;
  readonly state: State;
  readonly protect: readonly string[];
  readonly ignoredBy: AddressMatcher;
  readonly allowWiderAudience: boolean;
  /** Undeclared pages that a run which was cut off may have left out of their places. */
  readonly strays?: readonly Stray[] | undefined;
  /** Pages that were to be found and were not, where the memory was pieced together. */
  readonly isLost?: ((node: DesiredNode) => boolean) | undefined;
  /** What was read before, and is not read again. */
  readonly seen?: Sightings | undefined;
}

export interface Survey {
  readonly live: LiveTree;
  readonly match: Match;
  readonly difference: Difference;
  /** Calls that the reading took, a page of a listing each; retries not counted. */
  readonly readCalls: number;
}

/**
 * Reads what the comparison needs, and compares.
 *
 * @param sightings - what was seen before; it is added to.
 * @throws {ProviderError} when a call fails for another reason than that something is gone or hidden.
 */
export async function survey(input: SurveyInput, seen: Sightings | undefined = input.seen): Promise<Survey> {
  const boundForest = indexBindings(input.state);
  const sightings = seen ?? startSightings(boundForest.pages);
  const live = sightings.tree;
  const declared = indexDesired(input.desired);
  const isListed = listingRule(declared, boundForest, (address) => input.ignoredBy(address) !== undefined);
  const isAhead = ({ id }: LiveNode): boolean => {
    const address = boundForest.parents.get(id);
    return address !== undefined && isListed(address);
  };
  // The spaces and what is bound in them need no match to be read.
  for (let first = roots(input, live); first.length > 0; first = roots(input, live)) {
    await read(first, isAhead, sightings, input);
  }
  for (;;) {
    const completion = completeSubtrees(input.desired, boundForest, live);
    const desiredForest = completion.tree === input.desired ? declared : indexDesired(completion.tree);
    const matched = match({ ...input, desired: completion.tree, live, desiredForest, boundForest });
    const requests = [
      ...needs(matched, live, input.provider.capabilities.tellsParent),
      ...subtreeNeeds(completion),
    ];
    const astray = requests.length > 0 ? [] : strayNeeds(input.strays ?? [], live);
    if (requests.length + astray.length > 0) {
      await read([...requests, ...astray], isAhead, sightings, input);
      continue;
    }
    const found = compare(input, live, matched);
    const carried = carriedNeeds(found, matched, live);
    if (carried.length === 0) {
      return { live, match: matched, difference: found, readCalls: sightings.readCalls() };
    }
    await read(carried, isAhead, sightings, input);
  }
}

function roots({ desired, state }: SurveyInput, live: LiveTree): readonly ReadRequest[] {
  return rootNeeds(matchSpaces(desired, state, live).spaces, live);
}

function compare(input: SurveyInput, live: LiveTree, matched: Match): Difference {
  const { provider } = input;
  return difference({
    live,
    match: matched,
    boundSpaces: new Set(input.state.spaces.keys()),
    capabilities: provider.capabilities,
    identity: provider.identity,
    identities: provider.identities,
    protect: input.protect,
    allowWiderAudience: input.allowWiderAudience,
    strays: input.strays,
  });
}
