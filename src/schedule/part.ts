// What a comparison comes to where only a part of it is planned: what is adopted, forgotten and archived
// with it, and which findings are about it.

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Source } from '../diagnostic/source.ts';
import type { Change, Difference } from '../diff/change.ts';
import type { Match } from '../diff/match.ts';
import type { Address } from '../tree/identifier.ts';
import { lineOf, type Scope, scopeTest } from './scope.ts';

/** The comparison with these of its changes alone. */
export function partOf(all: Difference, kept: readonly Change[], scope: Scope, match: Match): Difference {
  const isInScope = scopeTest(scope);
  const isCarriedAway = scopeTest(kept.filter(({ archives }) => archives).map(({ address }) => address));
  const needed = neededAddresses(kept, scope, match);
  const isPlanned = (address: Address): boolean => isInScope(address) || needed.has(address);
  const adopted = all.adopted.filter(isPlanned);
  return {
    ...all,
    changes: kept,
    adopted,
    forgotten: all.forgotten.filter(isInScope),
    archived: all.archived.filter((address) => isInScope(address) || isCarriedAway(address)),
    unchanged: countUnchanged(match, isInScope, kept, adopted),
    diagnostics: findingsAbout(isPlanned, all.diagnostics, match),
  };
}

/** What the kept changes rest on, and all that is declared above it: a page is remembered below its parents. */
function neededAddresses(kept: readonly Change[], scope: Scope, match: Match): ReadonlySet<Address> {
  const needed = new Set<Address>();
  const add = (address: Address): void => {
    for (const at of lineOf(address, match)) needed.add(at);
  };
  for (const target of scope) add(target);
  for (const { address, parent, reference } of kept) {
    needed.add(address);
    if (parent !== undefined) add(parent);
    if (reference !== undefined && 'address' in reference) add(reference.address);
  }
  return needed;
}

function countUnchanged(
  match: Match,
  isInScope: (address: Address) => boolean,
  kept: readonly Change[],
  adopted: readonly Address[],
): number {
  const touched = new Set<Address>(adopted);
  for (const { address } of kept) touched.add(address);
  let count = 0;
  for (const address of match.nodes.keys()) if (isInScope(address) && !touched.has(address)) count += 1;
  return count;
}

/** A finding is about what stands at its place in the manifest; one without a place is about the whole run. */
function findingsAbout(
  isPlanned: (address: Address) => boolean,
  diagnostics: readonly Diagnostic[],
  { desired }: Match,
): readonly Diagnostic[] {
  if (diagnostics.length === 0) return diagnostics;
  const placed = new Map<string, boolean>();
  for (const { address, source } of [...desired.spaces.values(), ...desired.nodes.values()]) {
    const place = placeOf(source);
    // Pages that one line declares, by an alias or a copied branch, are told of together.
    placed.set(place, (placed.get(place) ?? false) || isPlanned(address));
  }
  return diagnostics.filter(({ source }) => source === undefined || placed.get(placeOf(source)) !== false);
}

const placeOf = ({ file, line, column }: Source): string => `${file}:${line}:${column}`;
