// What is said where no order of steps keeps every limit: the parent or branch that stands in the way,
// the counts, and the way out.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { assert, assertNever } from '../diagnostic/invariant.ts';
import { compareText } from '../tree/identifier.ts';
import type { Blocker } from './legality.ts';
import type { Simulation } from './simulation.ts';
import type { Task, Work } from './task.ts';

/** How many of the tasks that are stuck are told; the others mostly wait for these. */
const told = 10;

export function refusals(simulation: Simulation, work: Work): readonly Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const task of simulation.pending()) {
    const blocker = simulation.blockerOf(task);
    if (blocker === undefined || blocker.kind === 'absent' || blocker.kind === 'held') continue;
    found.push(refusal(task, blocker, simulation, work));
    if (found.length === told) break;
  }
  // Otherwise a task was forgotten that could be done, and the plan would lack it without a word.
  assert(found.length > 0, 'an order that is stuck for no reason');
  return found;
}

function refusal(task: Task, blocker: Blocker, simulation: Simulation, work: Work): Diagnostic {
  const code = blocker.kind === 'size' ? 'MOVE_TOO_LARGE' : 'NO_LEGAL_ORDER';
  const { detail, help } = explain(task, blocker, simulation, work);
  return diagnostic(code, { detail, help, source: task.change?.source });
}

function explain(
  task: Task,
  blocker: Blocker,
  { model, limits }: Simulation,
  work: Work,
): { readonly detail: string; readonly help: string } {
  const address = work.nameOf(task.node);
  switch (blocker.kind) {
    case 'room': {
      const parent = work.nameOf(blocker.node);
      return {
        detail: `${address} cannot move below ${parent}: it has as many children as a parent may have (${limits.children}), and there is no place in the space where one of them could wait.`,
        help: `Make room first, in a change of its own: move a page from ${parent} to a parent with fewer children, apply, then make this change.`,
      };
    }
    case 'size':
      return {
        detail: `${address} cannot move: it carries ${work.model.size(blocker.node)} pages, one move may carry ${limits.nodesPerMove}, and it cannot be split.${unmanagedBelow(blocker.node, work)}`,
        help: 'Declare the branches below it, so that they can be moved one after the other, or run again with --peel-unmanaged to let undeclared ones be moved out of the way and back.',
      };
    case 'depth':
      return {
        detail: `${address} cannot move below ${work.nameOf(blocker.target)}: its lowest page would stand on level ${model.depth(blocker.target) + 1 + model.height(blocker.node)}, and a space may have ${limits.depth} levels.`,
        help: 'Make the change in two parts: first shorten the branch or lift its new parent, apply, then move it.',
      };
    case 'nodes':
      return {
        detail: `${address} cannot be put into ${work.nameOf(blocker.node)}: the space holds ${model.size(blocker.node) - 1} pages, and a space may hold ${limits.nodes}.`,
        help: 'Move pages out of that space first, in a change of its own, and apply it.',
      };
    case 'circle':
      return {
        detail: `${address} would come to lie below itself, and what lies between cannot be moved out of the way.`,
        help: `Move ${work.nameOf(task.target)} out of ${address} first, in a change of its own, and apply it.`,
      };
    case 'name':
      return {
        detail: `${address} cannot have its place and title: ${blocker.holder < 0 ? 'a page that comes with a copy' : work.nameOf(blocker.holder)} has the same title and type there, and keeps it until this is done.`,
        help:
          task.change?.kind === 'copy-node'
            ? 'A copy begins under the title of its source, and siblings of one type may not share one; it could be made elsewhere in this space, and moved on when it has its own title, but besides its source nothing here may hold pages. Declare a folder in the space (it may stay empty), or declare the copy below a page of another title.'
            : 'Make the change in two parts: give one of the two another title, apply, then make this change.',
      };
    case 'held':
    case 'absent':
      return { detail: `${address} waits for another step.`, help: 'See the other messages.' };
    default:
      return assertNever(blocker);
  }
}

/** The largest undeclared branches, by name, as the wiki stands: they are what cannot be split off unasked. */
function unmanagedBelow(branch: number, work: Work): string {
  const { model } = work;
  const found = [...model.children(branch)].filter((child) => !work.isManaged(child));
  if (found.length === 0) return '';
  const largest = found
    .sort((a, b) => model.size(b) - model.size(a) || compareText(work.nameOf(a), work.nameOf(b)))
    .slice(0, 3);
  const names = largest.map((child) => `${work.nameOf(child)} (${model.size(child)})`);
  return ` Not in the manifest, and so not touched, are ${names.join(', ')}${found.length > 3 ? ' and others' : ''}.`;
}
