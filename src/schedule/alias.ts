// Pages whose alias a plan needs, and which of them are not known yet: each costs a call.

import type { Match } from '../diff/match.ts';
import type { AliasCapability } from '../tree/capability.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import type { Step } from './plan.ts';

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
  aliases: AliasCapability | undefined,
  match: Match,
): number {
  if (aliases === undefined) return 0;
  const told = new Set<string>();
  for (const { kind, address, blocked } of steps)
    if (blocked === undefined && aliases.toldBy.includes(kind)) told.add(address);
  const wanted = new Set<string>();
  for (const step of steps) {
    if (step.blocked !== undefined) continue;
    for (const called of aliasesNeeded(step, aliases)) {
      if (!isKnown(called, match) && !('address' in called && told.has(called.address)))
        wanted.add('id' in called ? called.id : called.address);
    }
  }
  return wanted.size;
}

function isKnown(called: Called, { nodes, bindings, spaceAliases }: Match): boolean {
  if ('id' in called) return bindings.byId.get(called.id)?.alias !== undefined;
  const id = nodes.get(called.address)?.id ?? bindings.byAddress.get(called.address)?.id;
  if (id !== undefined) return bindings.byId.get(id)?.alias !== undefined;
  return spaceAliases.has(called.address);
}
