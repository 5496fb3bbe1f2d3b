// What must be done before what: a parent before its children, the source before its copy, the origin
// before its shortcut, and whatever brings a parent to its place before pages move below it, so that no
// move can ever close a circle.

import type { Change } from '../diff/change.ts';
import type { Match } from '../diff/match.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import type { LiveTree } from '../tree/live.ts';

/** For each change, the changes it waits for, as indexes. */
export function dependencies(changes: readonly Change[], match: Match, live: LiveTree): readonly number[][] {
  const making = new Map<Address, number>();
  const moving = new Map<Address, number>();
  changes.forEach((change, index) => {
    if (change.kind === 'move-node') moving.set(change.address, index);
    else if (change.kind !== 'rename-node') making.set(change.address, index);
  });

  /** The nearest step that makes or moves the address or something above it. */
  function settledBy(address: Address): number | undefined {
    for (let at: Address | undefined = address; at !== undefined; at = match.desired.nodes.get(at)?.parent) {
      const index = making.get(at) ?? moving.get(at);
      if (index !== undefined) return index;
    }
    return undefined;
  }

  const departures = departuresFromArchived(changes, match, live);
  return changes.map((change, index) => {
    const after = new Set<number>(departures.get(index) ?? []);
    if (change.kind === 'rename-node') return [];
    const parent = change.parent === undefined ? undefined : settledBy(change.parent);
    if (parent !== undefined) after.add(parent);
    if (change.reference !== undefined && 'address' in change.reference) {
      const source = making.get(change.reference.address);
      if (source !== undefined) after.add(source);
    }
    after.delete(index);
    return [...after].sort((a, b) => a - b);
  });
}

/** Declared pages leave a branch before it goes to the archive, so that they are not carried there. */
function departuresFromArchived(
  changes: readonly Change[],
  match: Match,
  live: LiveTree,
): ReadonlyMap<number, readonly number[]> {
  const archiving = new Map<NodeId, number>();
  changes.forEach((change, index) => {
    const id = match.bindings.byAddress.get(change.address)?.id;
    if (change.archives && id !== undefined) archiving.set(id, index);
  });
  const departures = new Map<number, number[]>();
  if (archiving.size === 0) return departures;
  changes.forEach((change, index) => {
    const id =
      change.kind === 'move-node' && !change.archives ? match.nodes.get(change.address)?.id : undefined;
    let at = id === undefined ? null : (live.nodes.get(id)?.parent ?? null);
    for (; at !== null; at = live.nodes.get(at)?.parent ?? null) {
      const archived = archiving.get(at);
      if (archived !== undefined) departures.set(archived, [...(departures.get(archived) ?? []), index]);
    }
  });
  return departures;
}
