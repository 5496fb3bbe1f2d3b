// What depends on a blocked change is blocked too: pages below a parent that cannot be made, copies of a
// source that cannot, and whatever would move below a page that is not where it belongs.

import type { Change } from '../diff/change.ts';
import type { Match } from '../diff/match.ts';
import type { Address } from '../tree/identifier.ts';

/** The changes in their order, each with the reason that blocks it, its own or another's. */
export function passOnBlocks(changes: readonly Change[], match: Match): readonly Change[] {
  const byAddress = new Map<Address, Change>();
  for (const change of changes) if (change.kind !== 'rename-node') byAddress.set(change.address, change);
  const reasons = new Map<Change, string | undefined>();
  if (changes.every((change) => change.blocked === undefined)) return changes;
  return changes.map((change) => {
    const reason = change.kind === 'rename-node' ? change.blocked : reasonFor(change);
    return reason === change.blocked ? change : { ...change, blocked: reason };
  });

  function reasonFor(change: Change): string | undefined {
    if (reasons.has(change)) return reasons.get(change);
    reasons.set(change, change.blocked); // ends a circle of copies, which the manifest has refused already
    const cause = change.blocked ?? inherited(change);
    reasons.set(change, cause);
    return cause;
  }

  function inherited(change: Change): string | undefined {
    const { parent, reference } = change;
    const above = parent === undefined ? undefined : blockedAbove(parent);
    const source =
      reference !== undefined && 'address' in reference ? byAddress.get(reference.address) : undefined;
    const isMissing = source !== undefined && source.before === undefined && reasonFor(source) !== undefined;
    const blocker = above ?? (isMissing ? source : undefined);
    return blocker === undefined ? undefined : `waits for ${blocker.address}, which is blocked`;
  }

  /** The nearest blocked change of the address or of what is to lie above it. */
  function blockedAbove(address: Address): Change | undefined {
    for (let at: Address | undefined = address; at !== undefined; at = match.desired.nodes.get(at)?.parent) {
      const change = byAddress.get(at);
      if (change !== undefined && (change.blocked ?? reasons.get(change)) !== undefined) return change;
      if (change !== undefined && !reasons.has(change) && reasonFor(change) !== undefined) return change;
    }
    return undefined;
  }
}
