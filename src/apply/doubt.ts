// Calls whose effect is unknown: the connection was cut, nothing came back in time, or the vendor said
// that something failed without saying what. The call is *in doubt*: the wiki is looked at before
// anything is repeated, and looked at twice, because a listing can lag behind a write.

import { present } from '../diagnostic/invariant.ts';
import type { Clock } from '../provider/clock.ts';
import type { OnTicket, Operation, Outcome, Provider, ReadRequest } from '../provider/provider.ts';
import { ProviderError } from '../provider/provider-error.ts';
import type { Intent } from '../state/journal.ts';
import { lookTwice } from '../survey/lookup.ts';
import type { LiveNode } from '../tree/live.ts';

export interface DoubtContext {
  readonly provider: Provider;
  readonly clock: Clock;
  /** Whether the state binds the id. */
  readonly isTaken: (id: string) => boolean;
  /** A run before may have made it, though it was not to be seen. */
  readonly wasTried: boolean;
  readonly onTicket: OnTicket;
  /** Aborted: what waits for its turn is given up; a call on its way is not. */
  readonly signal: AbortSignal;
}

/** How often a call is made in all, where each time it is known not to have had an effect. */
const mostAttempts = 3;

/**
 * Makes the call so that its effect is known.
 *
 * @throws {ProviderError} `sent: 'unknown'` where looking did not tell either.
 */
export async function performSurely(
  operation: Operation,
  intent: Intent,
  context: DoubtContext,
): Promise<Outcome> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await context.provider.perform(operation, context.signal, context.onTicket);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      if (error.sent === 'no' && !mayMeetItself(error, attempt, context)) throw error;
      const found = await lookUp(operation, intent, error, context);
      if (found !== undefined) return found;
      // It was done, the vendor says, and cannot be seen yet: the next run looks again.
      if (error.sent !== 'unknown') throw error;
      if (attempt >= mostAttempts || !mayPass(error)) throw notDone(error);
    }
  }
}

/**
 * Whether what stands in the way of a second attempt may be what the first has made after all: a vendor that
 * takes no two siblings of one title refuses the second.
 */
function mayMeetItself({ kind }: ProviderError, attempt: number, { wasTried }: DoubtContext): boolean {
  // A task that failed says why in words of its own.
  return (kind === 'taken' || kind === 'invalid') && (attempt > 1 || wasTried);
}

/** What the call has done; `undefined` where it is known to have done nothing. */
async function lookUp(
  operation: Operation,
  intent: Intent,
  cause: ProviderError,
  { provider, clock, isTaken }: DoubtContext,
): Promise<Outcome | undefined> {
  try {
    if (operation.kind === 'move-node' || operation.kind === 'rename-node') {
      return await lookAtPage(operation, provider, clock);
    }
    const [lookup] = await lookTwice([intent], { provider, clock, isTaken });
    const { finding } = present(lookup, 'the lookup');
    if (finding.kind === 'not-made') return undefined;
    // Within seconds nobody renames or drags it: what only looks like it is left to the next run.
    if ('was' in finding && finding.was === 'made') return finding;
    throw cause;
  } catch {
    throw cause;
  }
}

type OnPage = Operation & { kind: 'move-node' | 'rename-node' };

/** How long a listing or a page may lag behind a write. */
const lagMs = 1500;

async function lookAtPage(operation: OnPage, provider: Provider, clock: Clock): Promise<Outcome | undefined> {
  for (const waitMs of [0, lagMs]) {
    if (waitMs > 0) await clock.sleep(waitMs);
    const { nodes } = await provider.read(lookFor(operation, provider));
    const page = nodes.find((node) => node.id === operation.node);
    if (page !== undefined && isDone(operation, page)) {
      return operation.kind === 'move-node' ? { kind: 'node', node: page } : { kind: 'renamed' };
    }
  }
  return undefined;
}

/** A page tells where it is; where it does not, the place it was to go to tells whether it is there. */
function lookFor(operation: OnPage, { capabilities }: Provider): ReadRequest {
  if (operation.kind === 'rename-node' || capabilities.tellsParent)
    return { kind: 'get-node', node: operation.node };
  return { kind: 'list-nodes', space: operation.targetSpace, parent: operation.targetParent };
}

function isDone(operation: OnPage, page: LiveNode): boolean {
  if (operation.kind === 'rename-node') return page.title === operation.title;
  return page.space === operation.targetSpace && page.parent === operation.targetParent;
}

/** A refusal by a code that nobody knows is not repeated, even where it had no effect. */
function mayPass({ kind }: ProviderError): boolean {
  return kind === 'unavailable' || kind === 'malformed' || kind === 'contention' || kind === 'rate';
}

function notDone(error: ProviderError): ProviderError {
  return new ProviderError({
    kind: error.kind,
    endpoint: error.endpoint,
    message: `${error.message}; looked for twice, and it was not done`,
    sent: 'no',
    vendorCode: error.vendorCode,
    httpStatus: error.httpStatus,
    requestId: error.requestId,
    help: error.help,
  });
}
