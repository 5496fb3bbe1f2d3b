// What the state learns without a call: pages that were found again under another address, adopted
// pages, and bindings that end.
//
// Invariant: a binding says what was last *applied*. Where a move or a rename is still to come, the new
// address gets the page at once, with the place and title it had; the step brings the rest.

import type { Match } from '../diff/match.ts';
import type { Plan, Step } from '../schedule/plan.ts';
import type { NodeBinding, StateBook } from '../state/state.ts';
import { parentAddress } from '../tree/address.ts';
import type { DesiredNode } from '../tree/desired.ts';
import type { Address } from '../tree/identifier.ts';
import type { LiveNode, LiveTree } from '../tree/live.ts';

/**
 * Records every match and forgets what left the manifest; done before the first step. What left is
 * forgotten now and not in the end: a run that stops in between must not find it again as the former
 * place of a page it has yet to make.
 */
export function bindMatches(plan: Plan, match: Match, live: LiveTree, book: StateBook): void {
  for (const [address, space] of match.spaces) {
    const seen = space.kind === 'live' ? live.spaces.get(space.id) : undefined;
    if (seen !== undefined)
      book.record({ kind: 'bind-space', address, binding: { id: seen.id, name: seen.name } });
  }
  for (const address of plan.forgotten) book.record({ kind: 'forget', address });
  const moves = new Map<Address, Step>();
  const renames = new Set<Address>();
  for (const step of plan.steps) {
    if (step.kind === 'move-node') moves.set(step.address, step);
    if (step.kind === 'rename-node') renames.add(step.address);
  }
  for (const [address, { id, former }] of match.nodes) {
    const page = live.nodes.get(id);
    const node = match.desired.nodes.get(address);
    if (page === undefined || node === undefined) continue;
    const known = former === undefined ? undefined : match.bindings.byAddress.get(former);
    const binding = bindingOf(node, page, known, moves.get(address), renames.has(address));
    book.record({ kind: 'bind-node', address, binding });
  }
}

function bindingOf(
  node: DesiredNode,
  page: LiveNode,
  known: NodeBinding | undefined,
  move: Step | undefined,
  isRenamed: boolean,
): NodeBinding {
  const parentApplied = known?.parent ?? move?.before?.parent ?? node.parent;
  return {
    id: page.id,
    parent: move === undefined ? node.parent : parentApplied,
    title: isRenamed ? (known?.title ?? page.title) : node.title,
    type: page.type,
    kind: page.kind,
    origin: page.origin,
    archived: move !== undefined && known?.archived === true,
  };
}

/** Ends what the plan ends; done after the last step, and only if all went well. */
export function settle(plan: Plan, match: Match, book: StateBook): void {
  for (const address of plan.archived) {
    const binding = book.state.nodes.get(address);
    if (binding === undefined || binding.archived) continue;
    const parent = archiveParent(address, match) ?? binding.parent;
    book.record({ kind: 'bind-node', address, binding: { ...binding, parent, archived: true } });
  }
}

/** A page carried into the archive still lies below the parent it had. */
function archiveParent(address: Address, match: Match): Address | undefined {
  const parent = parentAddress(address);
  return parent !== undefined && match.bindings.byAddress.has(parent) ? parent : undefined;
}
