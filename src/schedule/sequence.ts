// The order of the steps, as an essay and a loop.
//
// Terms. A *task* is one change: a page to be made, moved or renamed. It is *legal* now if the tree after
// it keeps every limit: depth, children of a parent, nodes of a space, and nodes that one move carries. To
// *park* a page is to move it out of the way, to a place it does not belong, and on later.
//
// Premise. The vendor checks each call by itself, so it is not enough that the tree in the end is legal:
// the tree after every single step has to be. Each call costs money and a slot of the minute, so no step
// is taken that nothing forces. Nothing can be deleted, so no page is ever made to hold others.
//
// Rules.
//   1. Of the tasks that are legal now, the first in the manifest's order is done. Where no limit binds,
//      that is the top-down order, in which no move closes a circle, and every page whose parent changes
//      is moved once: the lower bound, for one move changes one parent.
//   2. A task that is not legal waits for what stands in its way (`waiting.ts`), and is not looked at
//      until that has changed.
//   3. When nothing is legal, one page is parked (`remedy.ts`): first one that is to leave anyway, then
//      one that has to come back, and an undeclared one only where that was allowed.
//   4. A parked page that belonged where it was goes back before anything else, as soon as what it made
//      way for is done. One that has a place of its own to go to goes there last: the room it left is the
//      hole through which all others pass. Two full parents that exchange all their children need one
//      step more than there are children, and not one for each two.
//   5. Where this took more steps than there are tasks, or found no order, others are looked for: the shortest
//      of all for a dozen nodes (`search.ts`), and for larger forests the shortest of a few, found by getting
//      pages home by force, one after the other (`guided.ts`). Large plans that have an order are content.
//   6. Nothing is refused before that was tried: whatever the size, for a few seconds.
//   7. Where the vendor takes no two siblings of one type and title, a name is a place as well: a task waits
//      until it is free. Two siblings that exchange titles cannot: one of them bears another for a while. A
//      copy that would be born under a title that is taken is made elsewhere and moved on. The searches of
//      rule 5 know places and no names: there, the rules are tried again with other choices (`policy.ts`).
//
// Why it ends. Each task is done once. A park is followed by at least one task, or by another park of a
// page that was parked fewer than `mostParks` times; so there are finitely many. Where pages make way again
// and again, the rules lead round in circles, and what follows does better.
//
// What it costs. A task is looked at once, and again when what it waits for has changed: of those that
// wait for room, one for each place that comes free. Each look costs the depth of two places, and where
// the depth limit is near, the size of the branch, which one move bounds. 400,000 pages take about a
// second.
//
// Why not otherwise. Searching for the shortest order of a large forest is a sliding-block puzzle:
// exponential, for nothing in the cases that occur, where no limit binds. Ordering by dependencies alone,
// as tools for clouds do, cannot see a parent that is full or a branch that is too large until the vendor
// refuses.

import { assertNever } from '../diagnostic/invariant.ts';
import type { Limits } from '../tree/limit.ts';
import { guided } from './guided.ts';
import { movesOf, type Placing } from './placing.ts';
import { firstPolicy, laterPolicy, type Policy } from './policy.ts';
import { puzzleOf } from './puzzle.ts';
import { type Reach, remedyFor } from './remedy.ts';
import { search } from './search.ts';
import type { Move } from './simulation.ts';
import { Simulation } from './simulation.ts';
import type { Task, Work } from './task.ts';

export interface SequenceOptions {
  /** Whether undeclared pages may be parked where nothing else helps. */
  readonly peelsUnmanaged: boolean;
}

export type Sequence =
  | { readonly kind: 'ordered'; readonly moves: readonly Move[] }
  /** The tasks that cannot be done, and the simulation as far as it came. */
  | { readonly kind: 'stuck'; readonly simulation: Simulation };

export function sequence(work: Work, limits: Limits, options: SequenceOptions): Sequence {
  // The searches know places and no names.
  const isSearched = work.namesIn(work.model) === undefined;
  const mostRepeats = isSearched ? 5 + work.tasks.length / 20 : Number.POSITIVE_INFINITY;
  const first = attempt(work, limits, options, firstPolicy, mostRepeats);
  if (extraSteps(first, work) === 0) return first;
  if (!isSearched) return bestOf(first, work, limits, options);
  if (first.kind === 'ordered' && work.model.length + work.tasks.length > mostForBetter) return first;
  const puzzle = puzzleOf(work, limits, options.peelsUnmanaged);
  const found = search(puzzle);
  if (found.kind === 'none') return first;
  const placings = found.kind === 'ordered' ? found.placings : guided(puzzle, placingsIn(first));
  // In circles the rules may still come to an end, if only a refusal that says why.
  if (placings === undefined) return attempt(work, limits, options, firstPolicy, Number.POSITIVE_INFINITY);
  const moves = movesOf(placings, work, limits);
  return first.kind === 'ordered' && first.moves.length <= moves.length ? first : { kind: 'ordered', moves };
}

/** Nodes and tasks: large plans do not wait for better ones. */
const mostForBetter = 10_000;

const placingsIn = (found: Sequence): readonly Placing[] | undefined =>
  found.kind === 'ordered' ? found.moves.filter(({ to }) => to !== -1) : undefined;

/** Other choices may need fewer steps, or find a way where the first found none. */
function bestOf(first: Sequence, work: Work, limits: Limits, options: SequenceOptions): Sequence {
  const count = work.tasks.length;
  const attempts = Math.min(mostAttempts, Math.floor(attemptBudget / (count + work.model.length)));
  let best = first;
  for (let number = 1; number <= attempts && extraSteps(best, work) > 0; number += 1) {
    const policy = laterPolicy(number, work.model, count);
    const other = attempt(work, limits, options, policy, Number.POSITIVE_INFINITY);
    if (extraSteps(other, work) < extraSteps(best, work)) best = other;
  }
  return best;
}

/** Tasks and nodes in all attempts together, so that large plans do not wait for better ones. */
const attemptBudget = 50_000;
const mostAttempts = 100;

/** Steps beyond the fewest there could be. */
function extraSteps(found: Sequence, { tasks }: Work): number {
  return found.kind === 'stuck' ? Number.POSITIVE_INFINITY : found.moves.length - tasks.length;
}

/** @param mostRepeats - of pages that make way once more; beyond, a search is quicker, and does better. */
function attempt(
  work: Work,
  limits: Limits,
  options: SequenceOptions,
  policy: Policy,
  mostRepeats: number,
): Sequence {
  const own = { ...work, model: work.model.copy() };
  const simulation = new Simulation(own, limits, policy);
  const reaches: readonly Reach[] = [
    'leaving',
    'staying',
    ...(options.peelsUnmanaged ? (['unmanaged'] as const) : []),
  ];
  simulation.advance();
  for (let repeats = 0; !simulation.isFinished; ) {
    if (repeats > mostRepeats || !parkOne(simulation, reaches, own)) return { kind: 'stuck', simulation };
    const parked = simulation.moves.at(-1);
    if (parked !== undefined && simulation.timesParked(parked.node) > 1) repeats += 1;
    simulation.advance();
  }
  return { kind: 'ordered', moves: simulation.moves };
}

function parkOne(simulation: Simulation, reaches: readonly Reach[], work: Work): boolean {
  for (const reach of reaches) {
    for (const task of simulation.pending()) {
      if (tryToHelp(task, reach, simulation, work)) return true;
    }
  }
  return false;
}

function tryToHelp(task: Task, reach: Reach, simulation: Simulation, work: Work): boolean {
  const blocker = simulation.blockerOf(task);
  if (blocker === undefined) return false;
  const remedy = remedyFor(task, blocker, reach, simulation, work);
  if (remedy === undefined) return false;
  switch (remedy.kind) {
    case 'park':
      simulation.park(remedy.node, remedy.to, task, blocker);
      break;
    case 'retitle':
      simulation.retitle(remedy.node, task, blocker);
      break;
    case 'make-elsewhere':
      simulation.makeElsewhere(task, remedy.to, blocker);
      break;
    default:
      assertNever(remedy);
  }
  return true;
}
