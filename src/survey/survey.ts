// Reading just what matters. Match and read take turns: the match says what it must see next, the
// answers make a better match, until it needs nothing more. The first listings run ahead on their own
// below whatever the state binds, so that with a state there are few turns.
//
// Why not read everything and match once: a wiki holds far more than the manifest declares, and every
// call counts against a monthly quota (law 5). Why not decide while reading: every question of identity
// is answered in one place, `diff/match.ts`, and never by the order in which answers come in.

import PQueue from 'p-queue';
import type { Difference } from '../diff/change.ts';
import { difference } from '../diff/difference.ts';
import { indexBindings, indexDesired, listingRule } from '../diff/forest.ts';
import type { AddressMatcher } from '../diff/glob.ts';
import { type Match, match } from '../diff/match.ts';
import { matchSpaces } from '../diff/match-spaces.ts';
import { completeSubtrees } from '../diff/subtree.ts';
import type { Provider, ReadRequest, Sighting } from '../provider/provider.ts';
import { ProviderError } from '../provider/provider-error.ts';
import type { Stray } from '../state/journal.ts';
import type { State } from '../state/state.ts';
import type { DesiredTree } from '../tree/desired.ts';
import type { NodeId } from '../tree/identifier.ts';
import { type LiveTree, placeKey } from '../tree/live.ts';
import { carriedNeeds } from './carried.ts';
import { needs, rootNeeds, strayNeeds, subtreeNeeds } from './need.ts';
import { type Sightings, startSightings } from './sightings.ts';

export interface SurveyInput {
  readonly desired: DesiredTree;
  readonly state: State;
  readonly provider: Provider;
  readonly protect: readonly string[];
  readonly ignoredBy: AddressMatcher;
  readonly allowWiderAudience: boolean;
  /** Undeclared pages that a run which was cut off may have left out of their places. */
  readonly strays?: readonly Stray[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told how many places and pages were read so far. */
  readonly onProgress?: ((requests: number, nodes: number) => void) | undefined;
}

export interface Survey {
  readonly live: LiveTree;
  readonly match: Match;
  readonly difference: Difference;
  /** Calls that the reading took, a page of a listing each; retries not counted. */
  readonly readCalls: number;
}

/** Calls under way at once; the vendor's rate is kept elsewhere. */
const concurrency = 8;

/**
 * Reads what the comparison needs, and compares.
 *
 * @throws {ProviderError} when a call fails for another reason than that something is gone or hidden.
 */
export async function survey(input: SurveyInput): Promise<Survey> {
  const sightings = startSightings();
  const live = sightings.tree;
  const boundForest = indexBindings(input.state);
  const declared = indexDesired(input.desired);
  const isListed = listingRule(declared, boundForest, (address) => input.ignoredBy(address) !== undefined);
  const isAhead = (id: NodeId): boolean => {
    const bound = boundForest.byId.get(id);
    return bound !== undefined && isListed(bound.address);
  };
  // The spaces and what is bound in them need no match to be read.
  for (let first = roots(input, live); first.length > 0; first = roots(input, live)) {
    await read(first, isAhead, sightings, input);
  }
  for (;;) {
    const completion = completeSubtrees(input.desired, boundForest, live);
    const desiredForest = completion.tree === input.desired ? declared : indexDesired(completion.tree);
    const { state, ignoredBy } = input;
    const matched = match({ desired: completion.tree, state, live, ignoredBy, desiredForest, boundForest });
    const requests = [...needs(matched, live), ...subtreeNeeds(completion)];
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

/** Reads these, and below them whatever is bound. */
async function read(
  requests: readonly ReadRequest[],
  isAhead: (id: NodeId) => boolean,
  sightings: Sightings,
  input: SurveyInput,
): Promise<void> {
  const queue = new PQueue({ concurrency });
  const failures: unknown[] = [];
  const asked = new Set<string>();
  let done = 0;

  function enqueue(request: ReadRequest): void {
    const key = JSON.stringify(request);
    if (asked.has(key)) return;
    asked.add(key);
    queue.add(() => look(request)).catch((error: unknown) => failures.push(error));
  }

  async function look(request: ReadRequest): Promise<void> {
    if (failures.length > 0) return;
    await readOne(request, sightings, input);
    done += 1;
    input.onProgress?.(done, sightings.tree.nodes.size);
    if (request.kind === 'list-nodes')
      for (const next of runAhead(request, isAhead, sightings.tree)) enqueue(next);
  }

  for (const request of requests) enqueue(request);
  await queue.onIdle();
  if (failures.length > 0) throw failures[0];
}

/** Listings of bound pages that a listing has just shown to have children. */
function runAhead(
  request: ReadRequest & { kind: 'list-nodes' },
  isAhead: (id: NodeId) => boolean,
  live: LiveTree,
): readonly ReadRequest[] {
  const next: ReadRequest[] = [];
  for (const id of live.children.get(placeKey(request)) ?? []) {
    const page = live.nodes.get(id);
    if (!page?.hasChildren || live.listings.has(id) || !isAhead(id)) continue;
    next.push({ kind: 'list-nodes', space: page.space, parent: id });
  }
  return next;
}

async function readOne(request: ReadRequest, sightings: Sightings, input: SurveyInput): Promise<void> {
  try {
    const sighting = await input.provider.read(request, input.signal);
    sightings.count(sighting.pages);
    switch (request.kind) {
      case 'list-spaces':
        return sightings.addAllSpaces(sighting);
      case 'get-space':
        return sightings.addSpace(sighting);
      case 'list-nodes':
        return sightings.addListing(request, sighting);
      case 'get-node':
        return addNode(request.node, sighting, sightings);
    }
  } catch (error) {
    if (!(error instanceof ProviderError) || !noteAbsence(request, error, sightings)) throw error;
    sightings.count(1);
  }
}

/** A page that answers under another id is another page (seen after a page left the wiki and came back). */
function addNode(id: NodeId, sighting: Sighting, sightings: Sightings): void {
  if (sighting.nodes.some((node) => node.id === id)) sightings.addNode(sighting);
  else sightings.loseNode(id);
}

/** Notes that something is gone or hidden; any other trouble is not an answer. */
function noteAbsence(request: ReadRequest, error: ProviderError, sightings: Sightings): boolean {
  const isHidden = error.kind === 'forbidden';
  if (!isHidden && error.kind !== 'not-found') return false;
  switch (request.kind) {
    case 'list-spaces':
      return false;
    case 'get-space':
      if (isHidden) sightings.hideSpace(request.space);
      else sightings.loseSpace(request.space);
      return true;
    case 'get-node':
      if (isHidden) sightings.hideNode(request.node);
      else sightings.loseNode(request.node);
      return true;
    case 'list-nodes':
      if (isHidden || request.parent === null) sightings.hideListing(request);
      else sightings.loseNode(request.parent);
      return true;
  }
}
