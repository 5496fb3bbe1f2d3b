// What the state learns of declared pages that came with a copy. Where one of them is not to be seen, the copy
// stays in doubt: its intent names them all, and the next run looks again.

import { ProviderError } from '../provider/provider-error.ts';
import type { Step } from '../schedule/plan.ts';
import type { Making } from '../state/journal.ts';
import type { StateEvent } from '../state/state.ts';
import { type BroughtContext, broughtBinding, findBrought } from '../survey/brought.ts';
import type { Whereabouts } from './whereabouts.ts';

/**
 * Looks for what came along with the copy, which is noted already.
 *
 * @throws {ProviderError} `sent: 'yes'` where one cannot be found, for then what depends on it cannot go on.
 */
export async function bindBrought(
  step: Step,
  making: Making | undefined,
  where: Whereabouts,
  context: BroughtContext,
): Promise<readonly StateEvent[]> {
  const pages = making?.kind === 'node' ? (making.brings ?? []) : [];
  if (pages.length === 0) return [];
  const top = new Map([[step.address, where.placeBelow(step.address)]]);
  const { found, missing } = await findBrought(pages, top, context).catch((error: unknown) => {
    throw error instanceof ProviderError ? unseen(step, error.message) : error;
  });
  if (missing.length > 0) {
    const names = missing.map(({ address }) => address).join(', ');
    throw unseen(step, `there should be one page for each of ${names}, and there is none, or more than one`);
  }
  return found.map(({ page, node }) => {
    where.noteNode(page.address, { id: node.id, ...where.placeBelow(page.parent) });
    return { kind: 'bind-node', address: page.address, binding: broughtBinding(page, node) };
  });
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
