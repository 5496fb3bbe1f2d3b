// `protect`: pages that no plan may move or rename, nor carry along.
// A protected page that the manifest moves is an error; one that was moved by hand is left where it is,
// and the step that would put it back is shown as blocked.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import type { Change } from './change.ts';
import type { Comparison } from './comparison.ts';

export interface Protected {
  readonly changes: readonly Change[];
  readonly diagnostics: readonly Diagnostic[];
}

export function protect(changes: readonly Change[], comparison: Comparison): Protected {
  const carriers = carriersOfProtected(changes, comparison);
  const diagnostics: Diagnostic[] = [];
  const kept = changes.map((change) => {
    if (change.before === undefined) return change;
    const own = patternFor(change.address, comparison) ?? patternFor(change.before.address, comparison);
    const carried = carriers.get(change);
    const pattern = own ?? (carried === undefined ? undefined : patternFor(carried, comparison));
    if (pattern === undefined) return change;
    if (change.origin !== 'drift')
      diagnostics.push(refusal(change, pattern, own === undefined ? carried : undefined));
    // A page that may not move holds up what would come below it, refused or not.
    return { ...change, blocked: `protected by ${pattern}` };
  });
  return { changes: kept, diagnostics };
}

const patternFor = (address: Address, { protectedBy }: Comparison): string | undefined =>
  protectedBy(address);

/** Moves that would carry a protected page along, with the first such page. */
function carriersOfProtected(changes: readonly Change[], comparison: Comparison): Map<Change, Address> {
  const { match, live } = comparison;
  const moves = new Map<NodeId, Change>();
  for (const change of changes) {
    if (change.kind !== 'move-node') continue;
    const id = match.nodes.get(change.address)?.id ?? match.bindings.byAddress.get(change.address)?.id;
    if (id !== undefined) moves.set(id, change);
  }
  const carriers = new Map<Change, Address>();
  if (moves.size === 0) return carriers;
  for (const [id, address] of protectedPages(comparison)) {
    if (moves.has(id)) continue;
    for (let at = live.nodes.get(id)?.parent ?? null; at !== null; at = live.nodes.get(at)?.parent ?? null) {
      const move = moves.get(at);
      if (move !== undefined && !carriers.has(move)) carriers.set(move, address);
    }
  }
  return carriers;
}

/** Pages that are protected where they are declared, or where they are now, with the address that says so. */
function* protectedPages(comparison: Comparison): Iterable<[NodeId, Address]> {
  const { match, live } = comparison;
  const ids = new Set(match.addressOf.keys());
  for (const { id } of match.bindings.byAddress.values()) ids.add(id);
  for (const id of ids) {
    const page = live.nodes.get(id);
    const names = [match.addressOf.get(id), page && match.places.addressOf(page)];
    for (const address of names) {
      if (address === undefined || patternFor(address, comparison) === undefined) continue;
      yield [id, address];
      break;
    }
  }
}

function refusal(change: Change, pattern: string, carried: Address | undefined): Diagnostic {
  const verb = change.kind === 'rename-node' ? 'renamed' : 'moved';
  const what = carried === undefined ? 'which' : `which carries ${carried} along, and that`;
  return diagnostic('PROTECTED', {
    detail: `${change.address} would be ${verb} (${change.reason}), ${what} "${pattern}" protects.`,
    help: `Undo that part of the change, or take "${pattern}" out of protect in a change of its own.`,
    source: change.source,
  });
}
