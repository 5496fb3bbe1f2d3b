// Declared pages that came with a copy, because the vendor copies whole branches: no call has answered with
// their ids, so they are looked for below the copy, by title and type.

import type { Match } from '../diff/match.ts';
import type { Clock } from '../provider/clock.ts';
import type { Provider } from '../provider/provider.ts';
import { ProviderError } from '../provider/provider-error.ts';
import type { BroughtPage, Step } from '../schedule/plan.ts';
import type { StateEvent } from '../state/state.ts';
import type { Address } from '../tree/identifier.ts';
import type { LiveNode } from '../tree/live.ts';
import type { Whereabouts } from './whereabouts.ts';

export interface BroughtContext {
  readonly match: Match;
  readonly where: Whereabouts;
  readonly provider: Provider;
  readonly clock: Clock;
}

/** How long a listing may lag behind a write. */
const lagMs = 1500;

/**
 * What the state learns of them; the copy itself is noted already.
 *
 * @throws {ProviderError} `sent: 'yes'` where one cannot be found, for then what depends on it cannot go on.
 */
export async function findBrought(step: Step, context: BroughtContext): Promise<readonly StateEvent[]> {
  const events: StateEvent[] = [];
  const byParent = new Map<Address, BroughtPage[]>();
  for (const page of step.brings ?? [])
    byParent.set(page.parent, [...(byParent.get(page.parent) ?? []), page]);
  for (const [parent, pages] of byParent) events.push(...(await findBelow(parent, pages, step, context)));
  return events;
}

async function findBelow(
  parent: Address,
  pages: readonly BroughtPage[],
  step: Step,
  { match, where, provider, clock }: BroughtContext,
): Promise<StateEvent[]> {
  const place = where.placeBelow(parent);
  for (const waitMs of [0, lagMs]) {
    if (waitMs > 0) await clock.sleep(waitMs);
    const { nodes } = await provider.read({ kind: 'list-nodes', ...place }).catch((error: unknown) => {
      throw error instanceof ProviderError ? unseen(step, error.message) : error;
    });
    const found = pages.flatMap((page): [BroughtPage, LiveNode][] => {
      // Of several that look alike none is taken: the next plan asks which is meant.
      const [live, another] = nodes.filter((node) => isPage(node, page));
      return live === undefined || another !== undefined ? [] : [[page, live]];
    });
    if (found.length < pages.length) continue;
    return found.map(([page, node]) => {
      where.noteNode(page.address, { id: node.id, ...place });
      return { kind: 'bind-node', address: page.address, binding: bindingOf(page, node) };
    });
  }
  throw unseen(
    step,
    `each of ${pages.map(({ address }) => address).join(', ')} was looked for below it, and not each was found just once`,
  );

  function isPage({ title, type, kind }: LiveNode, page: BroughtPage): boolean {
    const declared = match.desired.nodes.get(page.address);
    return title === page.title && kind === declared?.kind && (declared.type ?? type) === type;
  }
}

function bindingOf({ parent, title }: BroughtPage, { id, type, kind, origin }: LiveNode) {
  return { id, parent, title, type, kind, origin, archived: false };
}

function unseen({ kind, address }: Step, why: string): ProviderError {
  return new ProviderError({
    kind: 'unavailable',
    endpoint: kind,
    sent: 'yes',
    message: `${address} was copied, and what came with it cannot be seen yet: ${why}`,
    help: 'run the same command again: it goes on from what the wiki shows then',
  });
}
