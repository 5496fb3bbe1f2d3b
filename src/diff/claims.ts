// Who has which live page so far. Invariant: a live page has at most one address, an address at most
// one live page; a claim is never taken back.
//
// Rule 4 is here, and it is not done with each claim: what the manifest says outright of a page below
// (rules 1 to 3) comes before what follows from the page above it.

import { present } from '../diagnostic/invariant.ts';
import { escapeKey } from '../tree/address.ts';
import type { DesiredNode } from '../tree/desired.ts';
import type { LiveTree } from '../tree/live.ts';
import { type BoundForest, type DesiredForest, saidOrigin } from './forest.ts';
import type { NodeMatch } from './match.ts';
import { Matched } from './matched.ts';
import type { Sights } from './sight.ts';

/** Told which node, by its position, has a page now, and by which binding that was known. */
export type OnClaim = (position: number, binding: number | undefined) => void;

export interface Claims extends Pick<Matched, 'byAddress' | 'byNode' | 'others'> {
  readonly matched: Matched;
  /** Gives the page to the node at the position. */
  claim(position: number, match: NodeMatch): void;
  /** Rule 4: gives what lies below pages that were claimed from elsewhere since the last time. */
  carry(): void;
  /** Called for each claim from now on, those of rule 4 included. */
  onClaim(listener: OnClaim): void;
}

export function startClaims(
  desired: DesiredForest,
  bindings: BoundForest,
  live: LiveTree,
  seen: Sights,
): Claims {
  const matched = new Matched(desired, bindings, live.nodes);
  const { byAddress, byNode, others } = matched;
  /** Positions, and the bindings of their pages' former addresses. */
  const movedRoots: { readonly position: number; readonly binding: number }[] = [];
  const listeners: OnClaim[] = [];

  function tell(position: number, binding: number | undefined): void {
    for (const listener of listeners) listener(position, binding);
  }

  /** Whether the binding's page may go to another address: undeclared, nobody's yet, and seen. */
  function isFree(binding: number): boolean {
    return !matched.isTaken(binding) && !matched.declares(binding) && isSeen(binding);
  }

  function isSeen(binding: number): boolean {
    return matched.isSeen(binding) || seen.of(bindings.withNumber(binding)) === 'seen';
  }

  /** Whether nothing but what lies above can tell the node's page: no line of its own, no page of its own. */
  function isOpen(node: DesiredNode, position: number, own: number | undefined): boolean {
    if (node.id !== undefined || matched.hasOther(position)) return false;
    if (saidOrigin(node, desired, bindings) !== undefined) return false;
    if (own === undefined) return true;
    if (matched.isKept(own)) return false;
    return matched.isTaken(own) || seen.of(bindings.withNumber(own)) === 'gone';
  }

  function couldBe(node: DesiredNode, binding: number): boolean {
    const bound = bindings.withNumber(binding);
    return node.kind === bound.kind && (node.type === undefined || node.type === bound.type);
  }

  /** Below a page that came from elsewhere, the same keys mean the same pages. */
  function carryBelow(position: number, binding: number): void {
    const family = bindings.belowNumber(binding);
    if (family === undefined) return;
    const own = bindings.below(present(desired.list[position], `node ${position}`).address);
    for (const at of desired.below(position)) {
      const child = present(desired.list[at], `node ${at}`);
      const key = escapeKey(child.key);
      const number = family.numberOf(key);
      if (number === undefined || !isOpen(child, at, own?.numberOf(key)) || !isFree(number)) continue;
      // A `none` that was written when the page was made does not make it new each time its branch moves.
      if (child.movedFrom === 'none' && !couldBe(child, number)) continue;
      matched.setCarried(at, number);
      tell(at, number);
      movedRoots.push({ position: at, binding: number });
    }
  }

  return {
    matched,
    byAddress,
    byNode,
    others,
    claim(position, match) {
      const binding = matched.set(position, match);
      tell(position, binding);
      const isMoved = match.former !== desired.list[position]?.address;
      if (binding !== undefined && isMoved) movedRoots.push({ position, binding });
    },
    carry() {
      for (let root = movedRoots.pop(); root !== undefined; root = movedRoots.pop())
        carryBelow(root.position, root.binding);
    },
    onClaim: (listener) => listeners.push(listener),
  };
}
