// What a reviewer approved, as one number: every step, and the identity, place and title of each page it
// touches and of each parent it writes under. What people add elsewhere does not change it. The ids go
// into the hash only, so the plan itself stays free of them.

import { createHash } from 'node:crypto';
import type { Change } from '../diff/change.ts';
import type { Match } from '../diff/match.ts';
import type { Reference } from '../tree/desired.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import type { LiveTree } from '../tree/live.ts';

export function digest(
  steps: readonly Change[],
  strangers: ReadonlyMap<Address, NodeId>,
  match: Match,
  live: LiveTree,
): string {
  const hash = createHash('sha256');
  for (const step of steps) hash.update(`${JSON.stringify(relied(step, strangers, match, live))}\n`);
  return `sha256:${hash.digest('hex')}`;
}

function relied(
  step: Change,
  strangers: ReadonlyMap<Address, NodeId>,
  match: Match,
  live: LiveTree,
): unknown {
  return [
    step.kind,
    step.address,
    step.title,
    step.type ?? null,
    step.nodeType ?? null,
    step.blocked === undefined,
    step.before === undefined ? null : page(strangers.get(step.address) ?? idOf(step.address, match), live),
    step.parent === undefined ? null : parent(step.parent, match, live),
    step.reference === undefined ? null : reference(step.reference, match, live),
  ];
}

function idOf(address: Address, match: Match): NodeId | undefined {
  return match.nodes.get(address)?.id ?? match.bindings.byAddress.get(address)?.id;
}

function page(id: NodeId | undefined, live: LiveTree): unknown {
  const node = id === undefined ? undefined : live.nodes.get(id);
  return node === undefined ? null : [node.id, node.space, node.parent, node.title];
}

function parent(address: Address, match: Match, live: LiveTree): unknown {
  const space = match.spaces.get(address);
  if (space !== undefined) return [address, space.kind === 'live' ? space.id : null];
  return [address, page(idOf(address, match), live)];
}

function reference(of: Reference, match: Match, live: LiveTree): unknown {
  return 'id' in of ? of.id : [of.address, page(idOf(of.address, match), live)];
}
