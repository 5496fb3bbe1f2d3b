// Who has which live page so far. Invariant: a live page has at most one address, an address at most
// one live page; a claim is never taken back.
//
// Rule 4 is here, and it is not done with each claim: what the manifest says outright of a page below
// (rules 1 to 3) comes before what follows from the page above it.

import { childAddress } from '../tree/address.ts';
import type { DesiredNode } from '../tree/desired.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import { type Bound, type BoundForest, type DesiredForest, saidOrigin } from './forest.ts';
import type { NodeMatch, Rule } from './match.ts';
import type { Sights } from './sight.ts';

export interface Claims {
  readonly byAddress: ReadonlyMap<Address, NodeMatch>;
  readonly byNode: ReadonlyMap<NodeId, Address>;
  /** Gives the page to the address; `former` is the address that bound it before. */
  claim(address: Address, id: NodeId, rule: Rule, former: Address | undefined): void;
  /** Rule 4: gives what lies below pages that were claimed from elsewhere since the last time. */
  carry(): void;
  /** Called for each claim, those of rule 4 included. */
  onClaim(listener: (address: Address, match: NodeMatch) => void): void;
}

export function startClaims(desired: DesiredForest, bindings: BoundForest, seen: Sights): Claims {
  const byAddress = new Map<Address, NodeMatch>();
  let byNode: Map<NodeId, Address> | undefined;
  const movedRoots: [Address, Address][] = [];
  const listeners: ((address: Address, match: NodeMatch) => void)[] = [];

  function settle(address: Address, id: NodeId, rule: Rule, former: Address | undefined): void {
    const match = { id, rule, former };
    byAddress.set(address, match);
    byNode?.set(id, address);
    if (former !== undefined && former !== address) movedRoots.push([address, former]);
    for (const listener of listeners) listener(address, match);
  }

  /** Made when it is first asked for: mostly every page is where it was, and nobody asks. */
  function addresses(): ReadonlyMap<NodeId, Address> {
    byNode ??= new Map([...byAddress].map(([address, { id }]) => [id, address]));
    return byNode;
  }

  /** Whether the binding's page may go to another address: undeclared, seen, and nobody's yet. */
  function isFree(bound: Bound): boolean {
    return !desired.nodes.has(bound.address) && !addresses().has(bound.id) && seen.of(bound) === 'seen';
  }

  /** Whether nothing but what lies above can tell the node's page: no line of its own, no page of its own. */
  function isOpen(node: DesiredNode): boolean {
    if (byAddress.has(node.address) || node.id !== undefined) return false;
    if (saidOrigin(node, desired, bindings) !== undefined) return false;
    const own = bindings.byAddress.get(node.address);
    return own === undefined || addresses().has(own.id) || seen.of(own) === 'gone';
  }

  /** Below a page that came from `former`, the same keys mean the same pages. */
  function carryBelow(address: Address, former: Address): void {
    for (const child of desired.children.get(address) ?? []) {
      const bound = bindings.byAddress.get(childAddress(former, child.key));
      if (bound === undefined || !isOpen(child) || !isFree(bound)) continue;
      if (child.movedFrom === 'none' && !couldBe(child, bound)) continue;
      settle(child.address, bound.id, 'carried', bound.address);
    }
  }

  return {
    byAddress,
    get byNode() {
      return addresses();
    },
    claim: settle,
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
