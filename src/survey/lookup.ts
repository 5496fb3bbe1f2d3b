// Looking for what an intent would have made, where it would have made it. What is not seen at once is
// looked for once more, because a listing can lag behind a write.

import type { Clock } from '../provider/clock.ts';
import type { Provider } from '../provider/provider.ts';
import { ProviderError } from '../provider/provider-error.ts';
import type { Intent } from '../state/journal.ts';
import { type Finding, recover } from '../state/recover.ts';
import type { NodeId, SpaceId } from '../tree/identifier.ts';
import type { LiveTree } from '../tree/live.ts';
import { type Sightings, startSightings } from './sightings.ts';

/** How long a listing may lag behind a write. */
const lagMs = 1500;

/** `hidden`: its place may not be read, so nothing can be said yet. */
export type LookupFinding = Finding | { readonly kind: 'hidden' };

export interface Lookup {
  readonly intent: Intent;
  readonly finding: LookupFinding;
  /** What was seen. */
  readonly live: LiveTree;
}

export interface LookupContext {
  readonly provider: Provider;
  readonly clock: Clock;
  /** Whether the state binds the id. */
  readonly isTaken: (id: string) => boolean;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Looks for each, and once more for those that were not seen; one wait serves them all.
 *
 * @throws {ProviderError} when the wiki cannot be read.
 */
export async function lookTwice(
  intents: readonly Intent[],
  context: LookupContext,
): Promise<readonly Lookup[]> {
  const looked: Lookup[] = [];
  for (const intent of intents) looked.push(await lookOnce(intent, context));
  const isMissing = ({ finding }: Lookup): boolean => finding.kind === 'not-made';
  if (!looked.some(isMissing)) return looked;
  await context.clock.sleep(lagMs, context.signal);
  const again: Lookup[] = [];
  for (const lookup of looked)
    again.push(isMissing(lookup) ? await lookOnce(lookup.intent, context) : lookup);
  return again;
}

async function lookOnce(intent: Intent, context: LookupContext): Promise<Lookup> {
  const sightings = startSightings();
  const isReadable = await look(intent, sightings, context);
  const live = sightings.tree;
  return { intent, finding: isReadable ? recover(intent, live, context.isTaken) : { kind: 'hidden' }, live };
}

/** Whether the place may be read. A parent that is gone has no children; one that is hidden may have. */
async function look({ making }: Intent, sightings: Sightings, context: LookupContext): Promise<boolean> {
  const { provider, signal } = context;
  if (making === undefined) return true;
  if (making.kind === 'space') {
    sightings.addAllSpaces(await provider.read({ kind: 'list-spaces' }, signal));
    return true;
  }
  const { space, parent } = making;
  try {
    if (await list(space, parent, sightings, context)) return true;
    if (parent === null) return true;
    const now = await spaceOf(parent, context);
    if (now !== undefined && now !== space) await list(now, parent, sightings, context);
    return true;
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'forbidden') return false;
    throw error;
  }
}

/** Whether there is such a place; a page that was carried to another space is not found in this one. */
async function list(
  space: SpaceId,
  parent: NodeId | null,
  sightings: Sightings,
  { provider, signal }: LookupContext,
): Promise<boolean> {
  try {
    sightings.addListing(
      { space, parent },
      await provider.read({ kind: 'list-nodes', space, parent }, signal),
    );
    return true;
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'not-found') return false;
    throw error;
  }
}

/** The space the page lies in now; `undefined` where there is no such page any more. */
async function spaceOf(id: NodeId, { provider, signal }: LookupContext): Promise<SpaceId | undefined> {
  try {
    const { nodes } = await provider.read({ kind: 'get-node', node: id }, signal);
    return nodes.find((node) => node.id === id)?.space;
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'not-found') return undefined;
    throw error;
  }
}
