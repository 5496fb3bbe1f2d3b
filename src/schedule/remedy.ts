// When nothing legal is left: which page has to make way, and where to. A remedy is a park of one page;
// what it costs depends on the page:
//   1. one that is to leave anyway costs one call more, for it goes on from where it was parked;
//   2. one that belongs where it is costs two, for it has to come back;
//   3. one that nobody declared costs two as well, and is only touched where that was allowed.
//
// Each kind of blocker says which pages could help. Of those that help, the one parked least often, with
// the smallest branch, is taken.

import { assertNever } from '../diagnostic/invariant.ts';
import { compareText } from '../tree/identifier.ts';
import type { Blocker } from './legality.ts';
import type { Index } from './model.ts';
import { findShelter, findShelterFor } from './shelter.ts';
import type { Simulation } from './simulation.ts';
import { lowestPage, type Task, titleFor, type Work } from './task.ts';

/** How far a remedy may go. */
export type Reach = 'leaving' | 'staying' | 'unmanaged';

export type Remedy =
  /** The page makes way. */
  | { readonly kind: 'park'; readonly node: Index; readonly to: Index }
  /** The page bears another title for a while. */
  | { readonly kind: 'retitle'; readonly node: Index }
  /** The page of the task is made there, and moves on when it has its title. */
  | { readonly kind: 'make-elsewhere'; readonly to: Index };

export function remedyFor(
  task: Task,
  blocker: Blocker,
  reach: Reach,
  simulation: Simulation,
  work: Work,
): Remedy | undefined {
  const { model } = simulation;
  const outside = (branch: Index) => (place: Index) => model.isWithin(place, branch);
  switch (blocker.kind) {
    case 'held':
    case 'absent':
    case 'nodes':
      return undefined;
    case 'room': {
      const children = [...model.children(blocker.node)];
      return best(children, (place) => place === blocker.node, reach, simulation, work);
    }
    case 'name':
      return reach === 'leaving' ? freeName(task, blocker.holder, simulation, work) : undefined;
    case 'circle':
      return best(
        onTheWay(task.target, blocker.node, 'leaving', simulation, work),
        outside(blocker.node),
        reach,
        simulation,
        work,
      );
    case 'size':
      return lighten(blocker.node, reach, simulation, work);
    case 'depth':
      return (
        best(deepPages(task.node, reach, simulation, work), outside(task.node), reach, simulation, work) ??
        lift(task, reach, simulation, work)
      );
    default:
      return assertNever(blocker);
  }
}

/**
 * Whoever has the name gives it up early, if it will anyway, by title or by place; else the page itself takes
 * another title first, or is made where its title is free.
 */
function freeName(task: Task, holder: Index, simulation: Simulation, work: Work): Remedy | undefined {
  const { node, target, change } = task;
  const mayRetitle = (page: Index): boolean =>
    simulation.exists(page) &&
    simulation.renameOf(page) !== undefined &&
    simulation.timesParked(page) < mostParks;
  if (holder >= 0 && mayRetitle(holder)) return { kind: 'retitle', node: holder };
  const parent = holder < 0 ? -1 : simulation.model.parent(holder);
  const parked =
    holder >= 0 && simulation.departureOf(holder) !== undefined
      ? firstSheltered([holder], (place) => place === parent, simulation, work)
      : undefined;
  if (parked !== undefined) return parked;
  if (titleFor(task) === undefined && mayRetitle(node)) return { kind: 'retitle', node };
  if (change?.kind !== 'copy-node' || simulation.renameOf(node) === undefined) return undefined;
  const source = task.reference ?? -1;
  const isUseless = (place: Index): boolean => place === target || simulation.model.isWithin(place, source);
  const to = findShelterFor(node, target, isUseless, simulation, work);
  return to === undefined ? undefined : { kind: 'make-elsewhere', to };
}

function isInReach(node: Index, reach: Reach, simulation: Simulation, work: Work): boolean {
  const isLeaving = simulation.departureOf(node) !== undefined;
  switch (reach) {
    case 'leaving':
      return isLeaving;
    case 'staying':
      return !isLeaving && work.isManaged(node);
    case 'unmanaged':
      return !isLeaving && !work.isManaged(node);
    default:
      return assertNever(reach);
  }
}

/** Pages between `from` and the branch they have to leave. */
function onTheWay(from: Index, branch: Index, reach: Reach, simulation: Simulation, work: Work): Index[] {
  const found: Index[] = [];
  for (let at = from; at !== branch && at !== -1; at = simulation.model.parent(at)) {
    if (isInReach(at, reach, simulation, work)) found.push(at);
  }
  return found;
}

/** Pages on the way to the lowest page of a branch: without them it is lower. */
function deepPages(branch: Index, reach: Reach, simulation: Simulation, work: Work): Index[] {
  return onTheWay(lowestPage(branch, simulation.model, work), branch, reach, simulation, work);
}

/** The parents above the target may themselves be on their way up. */
function lift(task: Task, reach: Reach, simulation: Simulation, work: Work): Remedy | undefined {
  if (reach !== 'leaving') return undefined;
  const { model } = simulation;
  const candidates: Index[] = [];
  for (let at = task.target; model.parent(at) !== -1; at = model.parent(at)) {
    if (simulation.departureOf(at) !== undefined) candidates.push(at);
  }
  for (const node of candidates.reverse()) {
    const depth = model.depth(node);
    const found = best([node], (place) => model.depth(place) + 1 >= depth, reach, simulation, work);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The largest branch that one move can carry: every page it takes along is a call less. */
function lighten(branch: Index, reach: Reach, simulation: Simulation, work: Work): Remedy | undefined {
  const { model, limits } = simulation;
  const excess = model.size(branch) - limits.nodesPerMove;
  const candidates: Index[] = [];
  const open = [...model.children(branch)];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    const isLight = model.size(node) <= limits.nodesPerMove;
    const fits = isLight && isInReach(node, reach, simulation, work);
    if (fits) candidates.push(node);
    // Below a light page there are only smaller ones; they matter where the page itself may not be taken.
    if (!isLight || !fits) open.push(...model.children(node));
  }
  const useful = (node: Index): number => Math.min(model.size(node), excess);
  candidates.sort(
    (a, b) =>
      useful(b) - useful(a) || model.size(a) - model.size(b) || compareText(work.nameOf(a), work.nameOf(b)),
  );
  return firstSheltered(candidates, (place) => model.isWithin(place, branch), simulation, work);
}

/**
 * The page that makes way most cheaply; or, where none can be parked as it is, a first step to that: the
 * branch of one of them is made lighter or lower.
 */
function best(
  candidates: readonly Index[],
  isUseless: (place: Index) => boolean,
  reach: Reach,
  simulation: Simulation,
  work: Work,
): Remedy | undefined {
  const { model } = simulation;
  const sorted = [...candidates].sort(
    (a, b) =>
      simulation.timesParked(a) - simulation.timesParked(b) ||
      model.size(a) - model.size(b) ||
      compareText(work.nameOf(a), work.nameOf(b)),
  );
  const inReach = sorted.filter((node) => isInReach(node, reach, simulation, work));
  return (
    firstSheltered(inReach, isUseless, simulation, work) ?? firstPrepared(sorted, reach, simulation, work)
  );
}

function firstPrepared(
  candidates: readonly Index[],
  reach: Reach,
  simulation: Simulation,
  work: Work,
): Remedy | undefined {
  const { model, limits } = simulation;
  for (const node of candidates) {
    const outside = (place: Index): boolean => model.isWithin(place, node);
    const remedy =
      model.size(node) > limits.nodesPerMove
        ? lighten(node, reach, simulation, work)
        : firstSheltered(deepPages(node, reach, simulation, work), outside, simulation, work);
    if (remedy !== undefined) return remedy;
  }
  return undefined;
}

/** A page may not be parked for ever. */
const mostParks = 8;

function firstSheltered(
  candidates: readonly Index[],
  isUseless: (place: Index) => boolean,
  simulation: Simulation,
  work: Work,
): Remedy | undefined {
  for (const node of simulation.policy.arrange(candidates)) {
    if (simulation.timesParked(node) >= mostParks) continue;
    const home = simulation.departureOf(node)?.target ?? simulation.model.parent(node);
    const to = findShelter({ node, home, isUseless }, simulation, work);
    if (to !== undefined) return { kind: 'park', node, to };
  }
  return undefined;
}
