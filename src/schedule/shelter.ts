// Where a page may be parked: a page or space that exists, that is managed, and that has room. Never a
// page made for it (it could not be deleted again), never another space (law 11).
//
// As near as possible: the parents above first, from the common ancestor of where the page is and where
// it belongs upwards; then the rest of the space, level by level.

import type { Index } from './model.ts';
import type { Simulation } from './simulation.ts';
import type { Work } from './task.ts';

export interface ShelterRequest {
  readonly node: Index;
  /** Where the page belongs in the end. */
  readonly home: Index;
  /** Places that would not help. */
  readonly isUseless: (place: Index) => boolean;
}

export function findShelter(request: ShelterRequest, simulation: Simulation, work: Work): Index | undefined {
  const { model } = simulation;
  const isFit = (place: Index): boolean =>
    place !== model.parent(request.node) &&
    (work.isShelter(place) || (model.parent(place) === -1 && work.isSpace(place))) &&
    !request.isUseless(place) &&
    simulation.canPlace(request.node, place);
  for (const place of above(request, simulation)) if (isFit(place)) return place;
  return inSpace(model.root(request.node), isFit, simulation, work);
}

/** The common ancestor first, then upwards, then the way down from it to where the page is. */
function above({ node, home }: ShelterRequest, { model }: Simulation): Index[] {
  const chain: Index[] = [];
  for (let at = model.parent(node); at !== -1; at = model.parent(at)) chain.push(at);
  const common = chain.findIndex((place) => model.isWithin(home, place));
  if (common <= 0) return chain;
  return [...chain.slice(common), ...chain.slice(0, common).reverse()];
}

/** How many places are looked at before giving up on a space that is full to the brim. */
const searchLimit = 50_000;

function inSpace(
  root: Index,
  isFit: (place: Index) => boolean,
  { model }: Simulation,
  work: Work,
): Index | undefined {
  let level: Index[] = [root];
  let visited = 0;
  while (level.length > 0 && visited < searchLimit) {
    const fit = level.filter(isFit);
    if (fit.length > 0) return firstByName(fit, work);
    visited += level.length;
    level = level.flatMap((place) => [...model.children(place)]);
  }
  return undefined;
}

/** By name, so that the choice does not hang on the order of a listing. */
function firstByName(places: readonly Index[], { nameOf }: Work): Index | undefined {
  let best: Index | undefined;
  let bestName = '';
  for (const place of places) {
    const name = nameOf(place);
    if (best !== undefined && name >= bestName) continue;
    best = place;
    bestName = name;
  }
  return best;
}
