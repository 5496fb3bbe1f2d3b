// Moves of the model become steps of the plan: addresses again, numbered, each with what it waits for and
// what it takes along.

import { assertNever } from '../diagnostic/invariant.ts';
import type { Change, Origin } from '../diff/change.ts';
import { compareText } from '../tree/identifier.ts';
import type { LiveTree } from '../tree/live.ts';
import type { Index, Model } from './model.ts';
import type { Step } from './plan.ts';
import type { Move } from './simulation.ts';
import type { Work } from './task.ts';

export interface Numbered {
  readonly move: Move;
  readonly after: readonly number[];
}

export function stepsOf(numbered: readonly Numbered[], work: Work, live: LiveTree): Step[] {
  const carried = carriedPages(numbered, work.model);
  const origins = detourOrigins(numbered);
  return numbered.map(({ move, after }, position) => {
    const change = changeOf(move, origins, work, live);
    return {
      ...change,
      ...branchOf(move, work),
      reason: reasonOf(move, change),
      id: `s${position}`,
      after: after.map((before) => `s${before}`),
      carried: carried[position] ?? 0,
      parks: move.parks !== undefined,
    };
  });
}

/** Whose doing it is that a page makes way: that of the task it makes way for. By page. */
function detourOrigins(numbered: readonly Numbered[]): ReadonlyMap<Index, Origin> {
  const origins = new Map<Index, Origin>();
  for (const { move } of numbered) {
    if (move.parks === undefined) continue;
    const { change, node } = move.parks.for;
    const origin = change?.origin ?? origins.get(node);
    if (origin !== undefined) origins.set(move.node, origin);
  }
  return origins;
}

/** Says how many pages a copy brings along, too. */
function reasonOf({ brings = [], extras = 0 }: Move, { reason }: Change): string {
  const count = brings.length + extras;
  return count === 0 ? reason : `${reason}, with ${count === 1 ? 'the page' : `${count} pages`} below it`;
}

/** What a copy brings along, where the vendor copies whole branches. */
function branchOf({ brings = [], extras = 0 }: Move, work: Work): Pick<Step, 'brings' | 'extras'> {
  if (brings.length + extras === 0) return {};
  // In the order of their addresses, so parents first, in whatever order the source was listed.
  const pages = brings
    .map(({ node, parent, title }) => ({ address: work.nameOf(node), parent: work.nameOf(parent), title }))
    .sort((a, b) => compareText(a.address, b.address));
  return { ...(pages.length === 0 ? {} : { brings: pages }), ...(extras === 0 ? {} : { extras }) };
}

/** A task's own change; for detours and returns one that says why. */
function changeOf(move: Move, origins: ReadonlyMap<Index, Origin>, work: Work, live: LiveTree): Change {
  const change = move.task.change ?? move.task.made;
  if (move.parks === undefined && move.task.change !== undefined) return move.task.change;
  const isHalfDone = move.title !== undefined || (move.from === -1 && move.to !== -1);
  if (isHalfDone && change !== undefined) return halfDone(change, move, work);
  const id = work.idOf(move.node);
  const page = id === undefined ? undefined : live.nodes.get(id);
  const address = work.nameOf(move.node);
  const title = page?.title ?? change?.title ?? '';
  return {
    kind: 'move-node',
    address,
    title,
    type: page?.type ?? change?.type,
    nodeType: page?.kind ?? change?.nodeType,
    parent: work.nameOf(move.to),
    before: { address, parent: work.nameOf(move.from), title },
    reference: undefined,
    reason: move.parks === undefined ? `back from ${work.nameOf(move.from)}` : whyParked(move.parks, work),
    inferred: false,
    origin: origins.get(move.node) ?? change?.origin ?? 'this-change',
    source: change?.source,
    blocked: undefined,
    archives: false,
  };
}

/** A page that bears another title for a while, or that is made where it does not belong yet. */
function halfDone(change: Change, move: Move, work: Work): Change {
  if (move.title === undefined) {
    const { parent } = change;
    const reason = `${change.reason}, made here first, for ${parent} has a page of its source's title`;
    return { ...change, parent: work.nameOf(move.to), reason };
  }
  return { ...change, title: move.title, reason: move.parks ? whyParked(move.parks, work) : change.reason };
}

function whyParked({ for: task, blocker }: NonNullable<Move['parks']>, work: Work): string {
  const other = work.nameOf(task.node);
  switch (blocker.kind) {
    case 'room':
      return `parked: ${work.nameOf(blocker.node)} is full, and ${other} has to come in`;
    case 'size':
      return `parked: ${other} carries more pages than one move may`;
    case 'depth':
      return `parked: ${other} would reach below the lowest level`;
    case 'circle':
      return `parked: ${other} would come to lie below itself`;
    case 'name':
      return `makes way: siblings of one type cannot share a title, and ${other} is to have it`;
    case 'nodes':
    case 'absent':
    case 'held':
      return `parked for ${other}`;
    default:
      return assertNever(blocker);
  }
}

/** Per step, how many pages it takes along that have no move of their own; of a detour, all of them. */
function carriedPages(numbered: readonly Numbered[], model: Model): readonly number[] {
  const moved = new Map<Index, number>();
  numbered.forEach(({ move }, position) => {
    if (move.from !== -1 && move.to !== -1 && move.parks === undefined) moved.set(move.node, position);
  });
  const carried = numbered.map(() => 0);
  const count = (position: number, pages: number): void => {
    carried[position] = (carried[position] ?? 0) + pages;
  };
  for (const [node, position] of moved) {
    count(position, model.size(node) - 1);
    // The branch of a page with a move of its own is not the next one's above it.
    const above = positionAbove(node, moved, model);
    if (above !== undefined) count(above, -model.size(node));
  }
  return carried;
}

/** The step of the nearest page above that has a move of its own. */
function positionAbove(node: Index, moved: ReadonlyMap<Index, number>, model: Model): number | undefined {
  for (let at = model.parent(node); at !== -1; at = model.parent(at)) {
    const position = moved.get(at);
    if (position !== undefined) return position;
  }
  return undefined;
}
