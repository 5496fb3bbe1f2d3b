// What stands below each branch, counted once from the leaves up, so that folding never counts again.

import type { Branch } from './plan-outline.ts';

export interface Tally {
  /** Branches with a mark, this one included. */
  readonly changed: number;
  /** Steps that the marks tell of. */
  readonly steps: number;
  /** Pages without a mark, this one included: compared and as declared, or not compared at all. */
  readonly unchanged: number;
  readonly unplanned: number;
  /** The signs, where every mark in the branch has the same; `undefined` where they differ. */
  readonly sign: string | undefined;
}

export type Tallies = ReadonlyMap<Branch, Tally>;

export function tallies(roots: readonly Branch[]): Tallies {
  const found = new Map<Branch, Tally>();
  for (const branch of branchesOf(roots).reverse()) {
    const below = branch.children.flatMap((child) => found.get(child) ?? []);
    found.set(branch, tally(branch, below));
  }
  return found;
}

/** All branches, parents before what lies below them. */
export function branchesOf(roots: readonly Branch[]): Branch[] {
  const all: Branch[] = [];
  const open = [...roots];
  for (let branch = open.pop(); branch !== undefined; branch = open.pop()) {
    all.push(branch);
    for (const child of branch.children) open.push(child);
  }
  return all;
}

function tally(branch: Branch, below: readonly Tally[]): Tally {
  const isQuiet = branch.marks.length === 0 && branch.kind === 'page';
  const own: Tally = {
    changed: branch.marks.length === 0 ? 0 : 1,
    steps: branch.marks.reduce((sum, { steps }) => sum + steps, 0),
    unchanged: isQuiet && branch.compared ? 1 : 0,
    unplanned: isQuiet && !branch.compared ? 1 : 0,
    sign: signOf(branch),
  };
  return below.reduce(
    (sum, one) => ({
      changed: sum.changed + one.changed,
      steps: sum.steps + one.steps,
      unchanged: sum.unchanged + one.unchanged,
      unplanned: sum.unplanned + one.unplanned,
      sign: joined(sum.sign, one.sign),
    }),
    own,
  );
}

/** Tags count as well: an inferred move must not hide among moves that somebody wrote. */
const signOf = ({ marks }: Branch): string => marks.map(({ glyph, tag }) => `${glyph}${tag}`).join(' ');

/** A branch without marks has the empty sign, which goes with any. */
function joined(a: string | undefined, b: string | undefined): string | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (a === '' || b === '') return a + b;
  return a === b ? a : undefined;
}
