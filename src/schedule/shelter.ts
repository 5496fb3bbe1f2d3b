// Where a page may be parked: a page or space that exists and has room. Never a page made for it (it could
// not be deleted again), never another space (law 11), and an undeclared page only where no other has
// room.
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
    (model.parent(place) === -1 ? work.isSpace(place) : work.isShelter(place)) &&
    !request.isUseless(place) &&
    simulation.canPlace(request.node, place);
  const isManagedFit = (place: Index): boolean => work.isManaged(place) && isFit(place);
  return near(request, isManagedFit, simulation) ?? near(request, isFit, simulation);
}

/** Where a page that is yet to be made may be made first: near the place it belongs in, in its space. */
export function findShelterFor(
  node: Index,
  target: Index,
  isUseless: (place: Index) => boolean,
  simulation: Simulation,
  work: Work,
): Index | undefined {
  const { model } = simulation;
  const isFit = (place: Index): boolean =>
    (model.parent(place) === -1 ? work.isSpace(place) : work.isShelter(place)) &&
    !isUseless(place) &&
    simulation.canPlace(node, place);
  const isManagedFit = (place: Index): boolean => work.isManaged(place) && isFit(place);
  for (let at = model.parent(target); at !== -1; at = model.parent(at)) if (isManagedFit(at)) return at;
  const root = model.root(target);
  return inSpace(root, isManagedFit, simulation) ?? inSpace(root, isFit, simulation);
}

function near(
  request: ShelterRequest,
  isFit: (place: Index) => boolean,
  simulation: Simulation,
): Index | undefined {
  const { model, policy } = simulation;
  const closest = policy.seeksNear ? above(request, simulation).find(isFit) : undefined;
  return closest ?? inSpace(model.root(request.node), isFit, simulation);
}

/** The common ancestor first, then upwards, then the way down from it to where the page is. */
function above({ node, home }: ShelterRequest, { model }: Simulation): Index[] {
  const chain: Index[] = [];
  for (let at = model.parent(node); at !== -1; at = model.parent(at)) chain.push(at);
  const common = chain.findIndex((place) => model.isWithin(home, place));
  if (common <= 0) return chain;
  return [...chain.slice(common), ...chain.slice(0, common).reverse()];
}

function inSpace(
  root: Index,
  isFit: (place: Index) => boolean,
  { policy, places, moves }: Simulation,
): Index | undefined {
  const found: Index[] = [];
  for (const level of places.levels(root, moves.length)) {
    if (policy.seeksNear) {
      const first = level.find(isFit);
      if (first !== undefined) return first;
    } else found.push(...level.filter(isFit));
  }
  return policy.arrange(found)[0];
}
