// The world moves while a long run is under way: a page whose place was read long ago is looked at again
// before it is moved, and left alone if somebody else has moved it since.

import type { Operation, Provider } from '../provider/provider.ts';
import { ProviderError } from '../provider/provider-error.ts';
import type { Place } from '../tree/live.ts';

/** What was read up to so long ago counts as fresh; looking again costs a call. */
const freshMs = 10 * 60_000;

/** @throws {ProviderError} when the page is not where it is to be moved from. */
export async function checkSource(
  operation: Operation & { kind: 'move-node' },
  expected: Place,
  ageMs: number,
  provider: Provider,
): Promise<void> {
  if (ageMs < freshMs) return;
  const { nodes } = await provider.read(
    provider.capabilities.tellsParent
      ? { kind: 'get-node', node: operation.node }
      : { kind: 'list-nodes', ...expected },
  );
  const page = nodes.find((node) => node.id === operation.node);
  if (page !== undefined && page.space === expected.space && page.parent === expected.parent) return;
  throw new ProviderError({
    kind: 'invalid',
    endpoint: 'move-node',
    sent: 'no',
    message: 'the page was moved by somebody else while this run was under way',
    help: 'run the same command again: the plan is made anew from where the page is now',
  });
}
