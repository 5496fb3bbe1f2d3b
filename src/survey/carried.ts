// What moves carry along: the whole live branch below a page that moves counts against the limits, so it
// is read even where nothing in it is declared.

import type { Difference } from '../diff/change.ts';
import type { Match } from '../diff/match.ts';
import type { ReadRequest } from '../provider/provider.ts';
import type { LiveTree } from '../tree/live.ts';

/** Listings missing below the pages that are to move. */
export function carriedNeeds(
  { changes, strangers }: Difference,
  match: Match,
  live: LiveTree,
): readonly ReadRequest[] {
  const requests: ReadRequest[] = [];
  const visited = new Uint8Array(live.nodes.numbers);
  const open: number[] = [];
  for (const change of changes) {
    if (change.kind !== 'move-node' || change.blocked !== undefined) continue;
    const { address } = change;
    const id =
      strangers.get(address) ?? match.nodes.get(address)?.id ?? match.bindings.byAddress.get(address)?.id;
    const number = id === undefined ? undefined : live.nodes.numberOf(id);
    if (number !== undefined) open.push(number);
  }
  for (let number = open.pop(); number !== undefined; number = open.pop()) {
    const page = live.nodes.at(number);
    if (page === undefined || visited[number] === 1) continue;
    visited[number] = 1;
    if (page.hasChildren && !live.listings.has(page.id)) {
      requests.push({ kind: 'list-nodes', space: page.space, parent: page.id });
    }
    open.push(...live.children.below(number));
  }
  return requests;
}
