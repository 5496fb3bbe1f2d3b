// Looking for what an intent would have made, and making good what an interrupted run left open.

import type { Clock } from '../provider/clock.ts';
import type { Provider } from '../provider/provider.ts';
import { ProviderError } from '../provider/provider-error.ts';
import type { Intent, Remains } from '../state/journal.ts';
import { type Finding, recover } from '../state/recover.ts';
import { openBook, type State, type StateEvent } from '../state/state.ts';
import { parentAddress } from '../tree/address.ts';
import type { LiveTree } from '../tree/live.ts';
import { startSightings } from './sightings.ts';

/** How long a listing may lag behind a write. */
const lagMs = 1500;

/** Looks where the intent would have made it; what is not seen at once is looked for once more. */
export async function lookTwice(
  intent: Intent,
  provider: Provider,
  clock: Clock,
  isTaken: (id: string) => boolean,
  signal?: AbortSignal,
): Promise<Finding> {
  const first = recover(intent, await look(intent, provider, signal), isTaken);
  if (first.kind !== 'not-made') return first;
  await clock.sleep(lagMs, signal);
  return recover(intent, await look(intent, provider, signal), isTaken);
}

async function look({ making }: Intent, provider: Provider, signal?: AbortSignal): Promise<LiveTree> {
  const sightings = startSightings();
  if (making === undefined) return sightings.tree;
  if (making.kind === 'space') {
    sightings.addAllSpaces(await provider.read({ kind: 'list-spaces' }, signal));
    return sightings.tree;
  }
  const { space, parent } = making;
  try {
    const seen = await provider.read({ kind: 'list-nodes', space, parent }, signal);
    sightings.addListing({ space, parent }, seen);
  } catch (error) {
    // A parent that is gone has no children; one that may not be read says nothing.
    if (!(error instanceof ProviderError) || error.kind !== 'not-found') throw error;
  }
  return sightings.tree;
}

export interface Recovered {
  readonly intent: Intent;
  readonly finding: Finding;
}

export interface Recovery {
  /** The state with what was found. */
  readonly state: State;
  readonly findings: readonly Recovered[];
}

/** Resolves every intent without an outcome, without asking. */
export async function recoverRun(
  { state, open }: Remains,
  provider: Provider,
  clock: Clock,
  signal?: AbortSignal,
): Promise<Recovery> {
  const book = openBook(state);
  const findings: Recovered[] = [];
  for (const intent of open) {
    const finding = await lookTwice(intent, provider, clock, isTakenIn(book.state), signal);
    findings.push({ intent, finding });
    for (const event of learned(intent, finding)) book.record(event);
  }
  return { state: book.state, findings };
}

/** What a wider look adds: pages that were moved elsewhere before anybody knew that they were ours. */
export function recoverElsewhere({ state, findings }: Recovery, live: LiveTree): Recovery {
  const book = openBook(state);
  const again = findings.map((known): Recovered => {
    if (known.finding.kind !== 'not-made') return known;
    const finding = recover(known.intent, live, isTakenIn(book.state));
    if (finding.kind === 'unclear') return known;
    for (const event of learned(known.intent, finding)) book.record(event);
    return { intent: known.intent, finding };
  });
  return { state: book.state, findings: again };
}

function isTakenIn(state: State): (id: string) => boolean {
  const taken = new Set<string>();
  for (const { id } of state.nodes.values()) taken.add(id);
  for (const { id } of state.spaces.values()) taken.add(id);
  return (id) => taken.has(id);
}

/** Bound as it would have been: with the title it was made with, so that a rename since is seen as one. */
function learned({ address, making }: Intent, finding: Finding): readonly StateEvent[] {
  if (finding.kind === 'space') {
    return [{ kind: 'bind-space', address, binding: { id: finding.space.id, name: finding.space.name } }];
  }
  const parent = parentAddress(address);
  if (finding.kind !== 'node' || parent === undefined || making?.kind !== 'node') return [];
  const { id, type, kind, origin } = finding.node;
  const binding = { id, parent, title: making.title, type, kind, origin, archived: false };
  return [{ kind: 'bind-node', address, binding }];
}
