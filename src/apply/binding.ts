// What the state learns without a call: pages that were found again under another address, adopted
// pages, and bindings that end.
//
// Invariant: a binding says what was last *applied*. Where a move or a rename is still to come, the new
// address gets the page at once, with the place and title it had; the step brings the rest.

import type { Change } from '../diff/change.ts';
import type { Match } from '../diff/match.ts';
import type { Plan } from '../schedule/plan.ts';
import { scopeTest } from '../schedule/scope.ts';
import type { NodeBinding, SpaceBinding, StateBook } from '../state/state.ts';
import { parentAddress } from '../tree/address.ts';
import type { DesiredNode } from '../tree/desired.ts';
import type { Address, SpaceId } from '../tree/identifier.ts';
import type { LiveNode, LiveTree } from '../tree/live.ts';

/**
 * Records every match and forgets what left the manifest; done before the first step. What left is
 * forgotten now and not in the end: a run that stops in between must not find it again as the former
 * place of a page it has yet to make.
 */
export function bindMatches(plan: Plan, match: Match, live: LiveTree, book: StateBook): void {
  const isPlanned = plannedIn(plan, match);
  for (const [address, space] of match.spaces) {
    const seen = space.kind === 'live' && isPlanned(address) ? live.spaces.get(space.id) : undefined;
    if (seen !== undefined)
      book.record({
        kind: 'bind-space',
        address,
        binding: { ...aliasOf(book.state.spaces.get(address), seen.id), id: seen.id, name: seen.name },
      });
  }
  for (const address of plan.forgotten) book.record({ kind: 'forget', address });
  const moves = new Map<Address, Change>();
  const renames = new Set<Address>();
  for (const change of [...plan.steps, ...(plan.part?.leftOut ?? [])]) {
    if (change.kind === 'move-node') moves.set(change.address, change);
    if (change.kind === 'rename-node') renames.add(change.address);
  }
  for (const [address, { id, former }] of match.nodes) {
    const page = isPlanned(address) ? live.nodes.get(id) : undefined;
    const node = match.desired.nodes.get(address);
    if (page === undefined || node === undefined) continue;
    const known = former === undefined ? undefined : match.bindings.at(former);
    const binding = bindingOf(node, page, known, moves.get(address), renames.has(address));
    book.record({ kind: 'bind-node', address, binding });
  }
}

/**
 * Whose memory is written. Of a part it is that part's, that of pages whose former address is taken over in
 * it, for they would be forgotten otherwise, and that of pages known only by the one above them, when that
 * one gets its new address: their old ones would lie below nothing.
 */
function plannedIn({ part, steps, adopted }: Plan, match: Match): (address: Address) => boolean {
  if (part === undefined) return () => true;
  const isInScope = scopeTest(part.scope);
  const planned = new Set<Address>(adopted);
  for (const { address } of steps) planned.add(address);
  const heirs = new Map<Address, Address>();
  for (const [address, { former }] of match.nodes) {
    if (former !== undefined && former !== address) heirs.set(former, address);
    if (isInScope(address)) planned.add(address);
  }
  // Each page that loses its address may take one over itself.
  for (const address of planned) {
    const heir = heirs.get(address);
    if (heir !== undefined) planned.add(heir);
    for (const position of match.desired.children.get(address) ?? []) {
      const child = match.desired.list[position]?.address;
      if (child !== undefined && match.nodes.get(child)?.rule === 'carried') planned.add(child);
    }
  }
  return (address) => planned.has(address) || isInScope(address);
}

/** What the vendor calls it besides, as long as it is the same. */
function aliasOf(known: SpaceBinding | undefined, id: SpaceId): Pick<SpaceBinding, 'alias'> {
  return known?.id === id && known.alias !== undefined ? { alias: known.alias } : {};
}

function bindingOf(
  node: DesiredNode,
  page: LiveNode,
  known: NodeBinding | undefined,
  move: Change | undefined,
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
    ...(known?.id === page.id && known.alias !== undefined ? { alias: known.alias } : {}),
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
