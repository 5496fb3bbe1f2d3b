// Where a place that is named as it stands in the wiki is found in the manifest's tree: a plan says what
// lies where by the wiki's own places, and its readers know the manifest's.

import type { Match } from '../diff/match.ts';
import { lastSegment, parentAddress } from '../tree/address.ts';
import type { Address } from '../tree/identifier.ts';
import type { Journey } from './journey.ts';

/** What is not declared keeps its own name below the nearest place that is. */
export function presentPlaces(all: readonly Journey[], match: Match): (place: Address) => Address {
  const known = new Map<Address, Address>();
  for (const { step } of all)
    if (step.before !== undefined && !step.archives) known.set(step.before.address, step.address);

  return function placeNow(place: Address): Address {
    const before = known.get(place);
    if (before !== undefined) return before;
    const now = lookUp(place);
    known.set(place, now);
    return now;
  };

  function lookUp(place: Address): Address {
    const bound = match.bindings.byAddress.get(place);
    const declared = bound === undefined ? undefined : match.addressOf.get(bound.id);
    if (declared !== undefined) return declared;
    const parent = parentAddress(place);
    if (match.desired.nodes.has(place) || parent === undefined) return place;
    const parentNow = known.get(parent) ?? lookUp(parent);
    return parentNow === parent ? place : (`${parentNow}/${lastSegment(place)}` as Address);
  }
}
