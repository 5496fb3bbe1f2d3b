// Who has which live page so far. Invariant: a live page has at most one address, an address at most
// one live page; a claim is never taken back.
//
// Rule 4 is here, and it is not done with each claim: what the manifest says outright of a page below
// (rules 1 to 3) comes before what follows from the page above it.

import { present } from '../diagnostic/invariant.ts';
import { escapeKey } from '../tree/address.ts';
import type { DesiredNode } from '../tree/desired.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import type { LiveTree } from '../tree/live.ts';
import { type Bound, type BoundForest, type DesiredForest, saidOrigin } from './forest.ts';
import type { NodeMatch, Rule } from './match.ts';
import { Matched } from './matched.ts';
import type { Sights } from './sight.ts';

export interface Claims extends Pick<Matched, 'byAddress' | 'byNode' | 'others'> {
  readonly matched: Matched;
  /** Gives the page to the address; `former` is the address that bound it before. */
  claim(address: Address, id: NodeId, rule: Rule, former: Address | undefined): void;
  /** Rule 4: gives what lies below pages that were claimed from elsewhere since the last time. */
  carry(): void;
  /** Called for each claim from now on, those of rule 4 included. */
  onClaim(listener: (address: Address, match: NodeMatch) => void): void;
}

export function startClaims(
  desired: DesiredForest,
  bindings: BoundForest,
  live: LiveTree,
  seen: Sights,
): Claims {
  const matched = new Matched(desired, bindings, live.nodes);
  const { byAddress, byNode, others } = matched;
  const movedRoots: [Address, Address][] = [];
  const listeners: ((address: Address, match: NodeMatch) => void)[] = [];

  function claim(address: Address, id: NodeId, rule: Rule, former: Address | undefined): void {
    const match = { id, rule, former };
    matched.set(address, match);
    tell(address, match);
  }

  function tell(address: Address, match: NodeMatch): void {
    const { former } = match;
    if (former !== undefined && former !== address) movedRoots.push([address, former]);
    for (const listener of listeners) listener(address, match);
  }

  /** Whether the binding's page may go to another address: undeclared, nobody's yet, and seen. */
  function isFree(binding: number): boolean {
    if (matched.isTaken(binding) || matched.declares(binding)) return false;
    return matched.isSeen(binding) || seen.of(bindings.withNumber(binding)) === 'seen';
  }

  /** Whether nothing but what lies above can tell the node's page: no line of its own, no page of its own. */
  function isOpen(node: DesiredNode, own: number | undefined): boolean {
    if (node.id !== undefined || others.has(node.address)) return false;
    if (saidOrigin(node, desired, bindings) !== undefined) return false;
    if (own === undefined) return true;
    if (matched.isKept(own)) return false;
    return matched.isTaken(own) || seen.of(bindings.withNumber(own)) === 'gone';
  }

  /** Below a page that came from `former`, the same keys mean the same pages. */
  function carryBelow(address: Address, former: Address): void {
    const family = bindings.below(former);
    if (family === undefined) return;
    const own = bindings.below(address);
    for (const position of desired.children.get(address) ?? []) {
      const child = present(desired.list[position], `node ${position}`);
      const key = escapeKey(child.key);
      const number = family.get(key);
      if (number === undefined || !isOpen(child, own?.get(key)) || !isFree(number)) continue;
      if (child.movedFrom === 'none' && !couldBe(child, bindings.withNumber(number))) continue;
      const [id, from] = [bindings.pageAt(number), bindings.addressAt(number)];
      const match = { id, rule: 'carried', former: from } as const;
      matched.setCarried(position, number, child.address, match);
      tell(child.address, match);
    }
  }

  return {
    matched,
    byAddress,
    byNode,
    others,
    claim,
    carry() {
      for (let root = movedRoots.pop(); root !== undefined; root = movedRoots.pop()) carryBelow(...root);
    },
    onClaim: (listener) => listeners.push(listener),
  };
}

/** A `none` that was written when the page was made does not make it new each time its branch moves. */
function couldBe(node: DesiredNode, bound: Bound): boolean {
  return node.kind === bound.kind && (node.type === undefined || node.type === bound.type);
}
