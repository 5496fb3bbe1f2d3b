// Live pages that are neither declared nor bound, the topmost of each branch: what lies deeper was not read.

import type { LiveNode, LiveTree } from '../tree/live.ts';
import type { Match } from './match.ts';

/** Those right below a declared page or space; what the manifest ignores is left out. */
export function* unmanagedPages(live: LiveTree, match: Match): Generator<LiveNode> {
  if (match.nodes.size === live.nodes.size) return;
  const spaces = new Set<string>();
  for (const space of match.spaces.values()) if (space.kind === 'live') spaces.add(space.id);
  for (const page of live.nodes.values()) {
    if (match.addressOf.has(page.id) || match.bindings.ofPage(page.id) !== undefined) continue;
    const isTopmost = page.parent === null ? spaces.has(page.space) : match.addressOf.has(page.parent);
    if (isTopmost && !match.isIgnored(page)) yield page;
  }
}
