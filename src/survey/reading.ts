// Asking the provider, several calls at a time, and noting each answer. What is gone or hidden is an
// answer too; any other trouble ends the reading.
//
// Invariant: within one reading nothing is asked for twice.

import PQueue from 'p-queue';
import { assertNever } from '../diagnostic/invariant.ts';
import type { Provider, ReadRequest, Sighting } from '../provider/provider.ts';
import { ProviderError } from '../provider/provider-error.ts';
import type { NodeId } from '../tree/identifier.ts';
import type { LiveNode, LiveTree } from '../tree/live.ts';
import type { Sightings } from './sightings.ts';

export interface ReadingContext {
  readonly provider: Provider;
  readonly signal?: AbortSignal | undefined;
  /** Told how many places and pages were read so far, and how many places are known that are not read yet. */
  readonly onProgress?: ((requests: number, nodes: number, open: number) => void) | undefined;
}

/** Calls under way at once; the vendor's rate is kept elsewhere. */
const concurrency = 8;

/**
 * Reads these, and below each place that was listed the pages with children that are to be followed.
 *
 * @throws {ProviderError} when a call fails for another reason than that something is gone or hidden.
 */
export async function read(
  requests: readonly ReadRequest[],
  follows: (page: LiveNode) => boolean,
  sightings: Sightings,
  context: ReadingContext,
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
    const sighting = await readOne(request, sightings, context);
    done += 1;
    if (request.kind === 'list-nodes')
      for (const next of runAhead(sighting.nodes, follows, sightings.tree)) enqueue(next);
    context.onProgress?.(done, sightings.tree.nodes.size, asked.size - done);
  }

  for (const request of requests) enqueue(request);
  await queue.onIdle();
  if (failures.length > 0) throw failures[0];
}

/** Listings of pages to follow that a listing has just shown to have children. */
function runAhead(
  listed: readonly LiveNode[],
  follows: (page: LiveNode) => boolean,
  live: LiveTree,
): readonly ReadRequest[] {
  const next: ReadRequest[] = [];
  for (const page of listed) {
    if (!page.hasChildren || live.listings.has(page.id) || !follows(page)) continue;
    next.push({ kind: 'list-nodes', space: page.space, parent: page.id });
  }
  return next;
}

async function readOne(
  request: ReadRequest,
  sightings: Sightings,
  { provider, signal }: ReadingContext,
): Promise<Sighting> {
  try {
    const sighting = await provider.read(request, signal);
    sightings.count(sighting.pages);
    note(request, sighting, sightings);
    return sighting;
  } catch (error) {
    if (!(error instanceof ProviderError) || !noteAbsence(request, error, sightings)) throw error;
    sightings.count(1);
    return nothing;
  }
}

const nothing: Sighting = { spaces: [], nodes: [], pages: 1 };

function note(request: ReadRequest, sighting: Sighting, sightings: Sightings): void {
  switch (request.kind) {
    case 'list-spaces':
      sightings.addAllSpaces(sighting);
      break;
    case 'get-space':
      sightings.addSpace(sighting);
      break;
    case 'list-nodes':
      sightings.addListing(request, sighting);
      break;
    case 'get-node':
      addNode(request.node, sighting, sightings);
      break;
    default:
      assertNever(request);
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
