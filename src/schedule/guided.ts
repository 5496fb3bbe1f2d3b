// A legal order where the rules of `sequence.ts` found none, or one with detours; for forests of any size.
//
// Terms. To *settle* is to put every page where it belongs that may go there now (`settling.ts`). A *try* gets
// one page home by force, whatever is in the way (`forcing.ts`), and settles. A *run* is a row of tries that
// ends with every page at home, or with none that gets further.
//
// The first try is kept that leaves fewer pages out of place than before. Where none does, of a few tries the
// one is kept that leaves the fewest, as long as it leads to a forest that this run has not seen. Pages that
// belong where they are may be moved: they are out of place then, and come home with the others.
//
// Where several ways are open, chance chooses, the same on every machine; so one run may get through where
// another does not. Most runs make new pages as late as they can, for the places that those take may be the
// ones that others have to go through. What a run found is rid of needless detours (`shortening.ts`), and the
// shortest order of all runs is taken.
//
// Why it ends: looks at placings are counted, and so are runs; there are only so many of both.
//
// Why not search forest by forest, as `search.ts` does for a dozen pages: it takes several detours to empty a
// branch or a parent, each of them leads away from what is wanted, and so all others are looked at before.

import { Board } from './board.ts';
import { Forcing } from './forcing.ts';
import type { Placing } from './placing.ts';
import type { Puzzle } from './puzzle.ts';
import { randomFrom, shuffled } from './random.ts';
import { Settling } from './settling.ts';
import { shortened } from './shortening.ts';

/** Looks before giving up; a million take about a second. */
const mostLooks = 4_000_000;
/** Looks that a better order is worth, once one is known. */
const looksForBetter = 200_000;
/** Of the first run; each has as many more. */
const looksPerRun = 400_000;
/** Runs before giving up, and for a better order: where little can be done, each has few looks. */
const mostRuns = 200;
const runsForBetter = 24;
/** Tries of which the best is kept. */
const triesPerRound = 12;

/**
 * The shortest order that was found; `undefined` where none was.
 *
 * @param known - an order that is known already.
 */
export function guided(
  puzzle: Puzzle,
  known: readonly Placing[] | undefined,
): readonly Placing[] | undefined {
  const { start, goal, movable } = puzzle;
  const fewest = movable.filter((node) => start[node] !== goal[node]).length;
  let best: readonly Placing[] | undefined;
  let looks = 0;
  const keep = (placings: readonly Placing[]): void => {
    const board = new Board(puzzle);
    const found = shortened(placings, board);
    looks += board.looks;
    if (best === undefined || found.length < best.length) best = found;
  };
  if (known !== undefined) keep(known);
  for (let number = 1; best?.length !== fewest; number += 1) {
    const left = (best === undefined ? mostLooks : looksForBetter) - looks;
    if (left <= 0 || number > (best === undefined ? mostRuns : runsForBetter)) break;
    const run = new Run(puzzle, number);
    const found = run.go(Math.min(looksPerRun * number, left));
    looks += run.looks;
    if (found !== undefined) keep(found);
  }
  return best;
}

class Run {
  readonly #board: Board;
  readonly #random: () => number;
  readonly #forcing: Forcing;
  readonly #settling: Settling;
  readonly #delaysMaking: boolean;
  /** Forests that were settled for. */
  readonly #seen = new Set<number>();

  constructor(puzzle: Puzzle, number: number) {
    this.#board = new Board(puzzle);
    this.#random = randomFrom(number);
    this.#delaysMaking = number % 3 !== 0;
    this.#forcing = new Forcing(this.#board, this.#random);
    this.#settling = new Settling(this.#board, this.#random, this.#delaysMaking);
  }

  /** Looks, and what it takes to lay out the forest. */
  get looks(): number {
    return this.#board.looks + 4 * this.#board.model.length;
  }

  go(mostLooks: number): readonly Placing[] | undefined {
    const board = this.#board;
    this.#settling.settle();
    while (board.misplaced.size > 0) {
      this.#seen.add(board.print);
      const best = board.looks > mostLooks ? undefined : this.#bestTry();
      if (best === undefined) return undefined;
      for (const { node, to } of best) board.place(node, to);
      this.#settling.settle();
    }
    return board.placings;
  }

  /** The first that gets further, or the one that falls back least. */
  #bestTry(): readonly Placing[] | undefined {
    const board = this.#board;
    const { length, misplaced } = board;
    const before = misplaced.size;
    let best: readonly Placing[] | undefined;
    let least = Number.POSITIVE_INFINITY;
    let tries = 0;
    for (const node of this.#open()) {
      if (tries === triesPerRound || least < before) break;
      if (this.#forcing.bring(node)) {
        tries += 1;
        this.#settling.settleSince(length);
        if (misplaced.size < least && !this.#seen.has(board.print)) {
          least = misplaced.size;
          best = board.placings.slice(length);
        }
      }
      board.undoTo(length);
    }
    return best;
  }

  /** Pages out of place, those first that are to go first. */
  #open(): Iterable<number> {
    const board = this.#board;
    const open = [...board.misplaced];
    const moves = open.filter((node) => board.isThere(node));
    return shuffled(this.#delaysMaking && moves.length > 0 ? moves : open, this.#random);
  }
}
