// Whether the tree that the plan ends in keeps the vendor's limits, everything that was seen included:
// pages nobody declared take room too. A final tree over a limit is refused before the first write.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import type { Match } from '../diff/match.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import type { Limits } from '../tree/limit.ts';
import { type LiveTree, placeKey } from '../tree/live.ts';
import type { Step } from './plan.ts';

export function auditFinalTree(
  steps: readonly Step[],
  match: Match,
  live: LiveTree,
  limits: Limits,
): readonly Diagnostic[] {
  const places = finalPlaces(steps, match, live);
  return [...tooManyChildren(places, match, limits), ...tooDeep(places, steps, match, limits)];
}

interface FinalPlaces {
  /** By the node's name, which is its id, or its address where it is yet to be made: its parent's name. */
  readonly parents: ReadonlyMap<string, string>;
  readonly nameOf: (address: Address) => string;
  readonly addressOf: (name: string) => string;
}

function finalPlaces(steps: readonly Step[], match: Match, live: LiveTree): FinalPlaces {
  const nameOf = (address: Address): string => {
    const space = match.spaces.get(address);
    if (space?.kind === 'live') return placeKey({ space: space.id, parent: null });
    return match.nodes.get(address)?.id ?? address;
  };
  const parents = new Map<string, string>();
  for (const page of live.nodes.values()) parents.set(page.id, placeKey(page));
  for (const step of steps) {
    if (step.parent === undefined || step.kind === 'rename-node' || step.blocked !== undefined) continue;
    const id = step.archives ? match.bindings.byAddress.get(step.address)?.id : undefined;
    parents.set(id ?? nameOf(step.address), nameOf(step.parent));
  }
  const addresses = new Map<string, Address>();
  for (const address of match.spaces.keys()) addresses.set(nameOf(address), address);
  const addressOf = (name: string): string => {
    const page = live.nodes.get(name as NodeId);
    return (
      addresses.get(name) ??
      match.addressOf.get(name as NodeId) ??
      (page ? match.places.addressOf(page) : name)
    );
  };
  return { parents, nameOf, addressOf };
}

function tooManyChildren({ parents, addressOf }: FinalPlaces, match: Match, limits: Limits): Diagnostic[] {
  const counts = new Map<string, number>();
  for (const parent of parents.values()) counts.set(parent, (counts.get(parent) ?? 0) + 1);
  return [...counts].flatMap(([parent, count]) => {
    if (count <= limits.children) return [];
    const address = addressOf(parent);
    const source = (
      match.desired.nodes.get(address as Address) ?? match.desired.spaces.get(address as Address)
    )?.source;
    const detail = `${address} would have ${count} children, undeclared ones included; the vendor allows ${limits.children}.`;
    return [
      diagnostic('CHILDREN_EXCEEDED', {
        detail,
        help: `Group them below pages of their own, or move ${count - limits.children} of them elsewhere.`,
        source,
      }),
    ];
  });
}

function tooDeep(places: FinalPlaces, steps: readonly Step[], match: Match, limits: Limits): Diagnostic[] {
  const depths = new Map<string, number>();
  const depthOf = (name: string): number => {
    const open: string[] = [];
    let at: string | undefined = name;
    for (; at !== undefined && !depths.has(at); at = places.parents.get(at)) open.push(at);
    let depth = at === undefined ? -1 : (depths.get(at) ?? 0);
    for (const next of open.reverse()) {
      depth += 1;
      depths.set(next, depth);
    }
    return depths.get(name) ?? 0;
  };
  const found: Diagnostic[] = [];
  for (const step of steps) {
    if (step.kind !== 'move-node' && step.kind !== 'create-node' && step.kind !== 'copy-node') continue;
    const depth = depthOf(places.nameOf(step.address));
    if (depth <= limits.depth) continue;
    found.push(deep(step.address, depth, limits, match));
  }
  for (const name of places.parents.keys()) {
    if (depthOf(name) !== limits.depth + 1 || found.length > 0) continue;
    found.push(deep(places.addressOf(name), limits.depth + 1, limits, match));
  }
  return found.slice(0, 20);
}

function deep(address: string, depth: number, limits: Limits, match: Match): Diagnostic {
  return diagnostic('DEPTH_EXCEEDED', {
    detail: `${address} would stand on level ${depth}; the vendor allows ${limits.depth}.`,
    help: 'Move the branch nearer to the top of its space.',
    source: match.desired.nodes.get(address as Address)?.source,
  });
}
