// What moves carry along: the whole live branch below a page that moves counts against the limits, so it
// is read even where nothing in it is declared.

import type { Difference } from '../diff/change.ts';
import type { Match } from '../diff/match.ts';
import type { ReadRequest } from '../provider/provider.ts';
import type { NodeId } from '../tree/identifier.ts';
import type { LiveTree } from '../tree/live.ts';

/** Listings missing below the pages that are to move. */
export function carriedNeeds(
  { changes, strangers }: Difference,
  match: Match,
  live: LiveTree,
): readonly ReadRequest[] {
  const requests: ReadRequest[] = [];
  const visited = new Set<NodeId>();
  const open: NodeId[] = [];
  for (const change of changes) {
    if (change.kind !== 'move-node' || change.blocked !== undefined) continue;
    const { address } = change;
    const id =
      strangers.get(address) ?? match.nodes.get(address)?.id ?? match.bindings.byAddress.get(address)?.id;
    if (id !== undefined) open.push(id);
  }
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const page = live.nodes.get(id);
    if (page === undefined || visited.has(id)) continue;
    visited.add(id);
    if (page.hasChildren && !live.listings.has(id)) {
      requests.push({ kind: 'list-nodes', space: page.space, parent: id });
    }
    open.push(...(live.children.get(id) ?? []));
  }
  return requests;
}
