// Steps that move and rename, counted as people count them: by page. What is left are detours: parks, titles
// that are borne for a while, and the second half of the making of a page that could not be made where it belongs.

import type { Step } from './plan.ts';

export interface Movements {
  /** Pages that change place. */
  readonly moved: number;
  /** Pages that change their title. */
  readonly renamed: number;
  /** Steps besides. */
  readonly parked: number;
}

export function movementsIn(steps: readonly Step[]): Movements {
  const born = new Set<string>();
  for (const { kind, address, parks } of steps) if (kind === 'copy-node' && parks) born.add(address);
  const moves = steps.filter(({ kind }) => kind === 'move-node');
  const renames = steps.filter(({ kind }) => kind === 'rename-node');
  const home = passersBy(
    moves,
    ({ before }) => before?.parent,
    ({ parent }) => parent,
  );
  const titled = passersBy(
    renames,
    ({ before }) => before?.title,
    ({ title }) => title,
  );
  const moved = pagesIn(moves.filter(({ address }) => !born.has(address) && !home.has(address)));
  const renamed = pagesIn(renames.filter(({ address }) => !titled.has(address)));
  return { moved, renamed, parked: moves.length - moved + (renames.length - renamed) };
}

/** Pages that made way for others and in the end are what they were. */
function passersBy(
  steps: readonly Step[],
  was: (step: Step) => string | undefined,
  becomes: (step: Step) => string | undefined,
): ReadonlySet<string> {
  const first = new Map<string, Step>();
  const last = new Map<string, Step>();
  for (const step of steps) {
    if (!first.has(step.address)) first.set(step.address, step);
    last.set(step.address, step);
  }
  const passers = new Set<string>();
  for (const [address, step] of first) {
    const end = last.get(address);
    if (step.parks && end !== undefined && was(step) === becomes(end)) passers.add(address);
  }
  return passers;
}

const pagesIn = (steps: readonly Step[]): number =>
  new Set(steps.flatMap(({ address, parks }) => (parks ? [] : [address]))).size;
