// Who has which live page so far. Invariant: a live page has at most one address, an address at most
// one live page; a claim is never taken back.

import { childAddress } from '../tree/address.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import type { Bound, BoundForest, DesiredForest } from './forest.ts';
import type { NodeMatch, Rule } from './match.ts';
import type { Sights } from './sight.ts';

export interface Claims {
  readonly byAddress: ReadonlyMap<Address, NodeMatch>;
  readonly byNode: ReadonlyMap<NodeId, Address>;
  /** Gives the page to the address, and, where the address is a new one, what lies below it (rule 4). */
  claim(address: Address, id: NodeId, rule: Rule, former: Address | undefined): void;
  /** Called for each claim, those of rule 4 included. */
  onClaim(listener: (address: Address, match: NodeMatch) => void): void;
}

export function startClaims(desired: DesiredForest, bindings: BoundForest, seen: Sights): Claims {
  const byAddress = new Map<Address, NodeMatch>();
  const byNode = new Map<NodeId, Address>();
  const listeners: ((address: Address, match: NodeMatch) => void)[] = [];

  function settle(address: Address, id: NodeId, rule: Rule, former: Address | undefined): void {
    const match = { id, rule, former };
    byAddress.set(address, match);
    byNode.set(id, address);
    for (const listener of listeners) listener(address, match);
  }

  /** Whether the binding's page may go to another address: undeclared, seen, and nobody's yet. */
  function isFree(bound: Bound): boolean {
    return !desired.nodes.has(bound.address) && !byNode.has(bound.id) && seen.of(bound) === 'seen';
  }

  /** Whether the address's own binding comes before rule 4. */
  function hasOwnPage(address: Address): boolean {
    const own = bindings.byAddress.get(address);
    return own !== undefined && seen.of(own) !== 'gone';
  }

  /** Rule 4: below a page that came from `former`, the same keys mean the same pages. */
  function claimBelow(address: Address, former: Address): void {
    const open: [Address, Address][] = [[address, former]];
    for (let pair = open.pop(); pair !== undefined; pair = open.pop()) {
      const [parent, parentBefore] = pair;
      for (const child of desired.children.get(parent) ?? []) {
        if (byAddress.has(child.address) || child.movedFrom !== undefined || hasOwnPage(child.address))
          continue;
        const bound = bindings.byAddress.get(childAddress(parentBefore, child.key));
        if (bound === undefined || !isFree(bound)) continue;
        settle(child.address, bound.id, 'carried', bound.address);
        open.push([child.address, bound.address]);
      }
    }
  }

  return {
    byAddress,
    byNode,
    claim(address, id, rule, former) {
      settle(address, id, rule, former);
      if (former !== undefined && former !== address) claimBelow(address, former);
    },
    onClaim: (listener) => listeners.push(listener),
  };
}
