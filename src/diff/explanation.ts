// Why an address has the page it has: what else looked like it, and why that was not taken.

import type { DesiredNode } from '../tree/desired.ts';
import { compareText, type NodeId } from '../tree/identifier.ts';
import type { LiveNode, LiveTree } from '../tree/live.ts';
import type { Match } from './match.ts';

export interface LostCandidate {
  readonly id: NodeId;
  readonly why: string;
}

/** Pages that were read, look like the declared one, and are not its page; by id. */
export function lostCandidates(node: DesiredNode, match: Match, live: LiveTree): readonly LostCandidate[] {
  const own = match.nodes.get(node.address)?.id;
  const found: LostCandidate[] = [];
  const bound = match.bindings.byAddress.get(node.address);
  if (bound !== undefined && bound.id !== own)
    found.push({ id: bound.id, why: `was applied here before, and ${fateOf(bound.id, match, live)}` });
  for (const page of live.nodes.values()) {
    if (page.id === own || page.id === bound?.id || !looksLike(page, node)) continue;
    found.push({ id: page.id, why: whyNot(page, match) });
  }
  return found.sort((a, b) => compareText(a.id, b.id));
}

function looksLike(page: LiveNode, node: DesiredNode): boolean {
  return (
    page.title === node.title &&
    page.kind === node.kind &&
    (node.type === undefined || page.type === node.type)
  );
}

function fateOf(id: NodeId, match: Match, live: LiveTree): string {
  const address = match.addressOf.get(id);
  if (address !== undefined) return `is ${address} now`;
  return live.hiddenNodes.has(id) ? 'may not be read' : 'is gone';
}

function whyNot(page: LiveNode, match: Match): string {
  const place = match.places.addressOf(page);
  const address = match.addressOf.get(page.id);
  if (address !== undefined) return `is ${address}`;
  const bound = match.bindings.ofPage(page.id);
  if (bound !== undefined) return `was applied as ${bound.address}, and lies at ${place}`;
  return `lies at ${place}, and nothing says it is this page`;
}
