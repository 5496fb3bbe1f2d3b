// Pages whose alias a plan needs, and which of them are not known yet: each costs a call.

import type { Match } from '../diff/match.ts';
import type { AliasCapability } from '../tree/capability.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import type { LiveTree } from '../tree/live.ts';
import type { Step } from './plan.ts';
import { pageAsked, type Trial } from './trial.ts';

/** What a step calls a page by: its address, or, of one that is not declared, its id. */
export type Called = { readonly address: Address } | { readonly id: NodeId };

/** The pages and spaces of which the step's call needs the alias. */
export function aliasesNeeded(
  { kind, address, reference, parent }: Step,
  aliases: AliasCapability | undefined,
): readonly Called[] {
  const calls: Readonly<Record<'page' | 'source' | 'target', readonly Called[]>> = {
    page: [{ address }],
    source: reference === undefined ? [] : [reference],
    target: parent === undefined ? [] : [{ address: parent }],
  };
  return (aliases?.needs[kind] ?? []).flatMap((which) => calls[which]);
}

/** How many calls it takes to learn what is not known. */
export function aliasCalls(
  steps: readonly Step[],
  trials: readonly Trial[],
  aliases: AliasCapability | undefined,
  match: Match,
  live: LiveTree,
): number {
  if (aliases === undefined) return 0;
  const told = new Set<string>();
  for (const { kind, address, blocked } of steps)
    if (blocked === undefined && aliases.toldBy.includes(kind)) told.add(address);
  const wanted = new Set<string>();
  const want = (called: Called): void => {
    if (isKnown(called, match) || ('address' in called && told.has(called.address))) return;
    wanted.add('id' in called ? called.id : (idOf(called.address, match) ?? called.address));
  };
  for (const step of steps) if (step.blocked === undefined) aliasesNeeded(step, aliases).forEach(want);
  for (const trial of trials) aboveAsked(trial, match, live).forEach(want);
  return wanted.size;
}

/** What lies above the page that the vendor is asked to move to where it lies. */
function aboveAsked(trial: Trial, match: Match, live: LiveTree): readonly Called[] {
  const page = trial.call === 'move-node' ? pageAsked(trial, match, live) : undefined;
  if (page === undefined) return [];
  if (page.parent !== null) return [{ id: page.parent }];
  const space = [...match.spaces].find(([, found]) => found.kind === 'live' && found.id === page.space);
  return space === undefined ? [] : [{ address: space[0] }];
}

function isKnown(called: Called, match: Match): boolean {
  const id = 'id' in called ? called.id : idOf(called.address, match);
  if (id !== undefined) return match.bindings.ofPage(id)?.alias !== undefined;
  return 'address' in called && match.spaceAliases.has(called.address);
}

/** What is declared and was found nowhere is made anew, whatever its address was bound to. */
const idOf = (address: Address, { nodes, desired, bindings }: Match): NodeId | undefined =>
  nodes.get(address)?.id ?? (desired.nodes.has(address) ? undefined : bindings.byAddress.get(address)?.id);
