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
  const moved = pagesIn(moves.filter(({ address }) => !born.has(address)));
  const renamed = pagesIn(renames);
  return { moved, renamed, parked: moves.length - moved + (renames.length - renamed) };
}

const pagesIn = (steps: readonly Step[]): number =>
  new Set(steps.flatMap(({ address, parks }) => (parks ? [] : [address]))).size;
