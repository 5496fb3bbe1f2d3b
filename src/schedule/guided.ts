// Any legal order, for forests of any size, where the rules of `sequence.ts` found none.
//
// Terms. To *settle* is to put every page where it belongs that may go there now. A *try* gets one page home
// by force (`forcing.ts`), and settles.
//
// Of a few tries the best is kept: the one that leaves the fewest pages out of place, in a forest that was
// not seen before. As long as one of them does better than before it is taken at once. Pages that belong
// where they are may be moved by it: they are out of place then, and come home with the others.
//
// Why it ends: every look at a placing is counted, and there are only so many.

import { Board } from './board.ts';
import { Forcing } from './forcing.ts';
import type { Index } from './model.ts';
import type { Placing } from './placing.ts';
import type { Puzzle } from './puzzle.ts';
import { randomFrom, shuffled } from './random.ts';

/** A million looks take about a second. */
const mostLooks = 3_000_000;
const looksPerRun = 400_000;
/** Tries of which the best is kept. */
const triesPerRound = 12;

/** `undefined` where none was found. */
export function guided(puzzle: Puzzle): readonly Placing[] | undefined {
  let looks = 0;
  for (let run = 1; looks < mostLooks; run += 1) {
    const board = new Board(puzzle);
    if (solve(board, randomFrom(run), Math.min(looksPerRun * run, mostLooks - looks))) return board.placings;
    looks += board.looks + 1000;
  }
  return undefined;
}

function solve(board: Board, random: () => number, mostLooks: number): boolean {
  const seen = new Set<number>();
  const settler = settling(board, random);
  settler();
  seen.add(board.print);
  while (board.misplaced.size > 0) {
    if (board.looks > mostLooks) return false;
    const best = bestTry(board, random, seen, settler);
    if (best === undefined) return false;
    for (const { node, to } of best) board.place(node, to);
    seen.add(board.print);
  }
  return true;
}

function bestTry(
  board: Board,
  random: () => number,
  seen: ReadonlySet<number>,
  settle: () => void,
): readonly Placing[] | undefined {
  const { length } = board;
  const before = board.misplaced.size;
  let best: readonly Placing[] | undefined;
  let least = Number.POSITIVE_INFINITY;
  const forcing = new Forcing(board, random);
  const nodes = shuffled(board.byName(board.misplaced), random);
  let tries = 0;
  for (const node of nodes) {
    if (tries >= triesPerRound) break;
    if (forcing.bring(node)) {
      tries += 1;
      settle();
      if (board.misplaced.size < least && !seen.has(board.print)) {
        least = board.misplaced.size;
        best = board.placings.slice(length);
      }
    }
    board.undoTo(length);
    if (least < before) break;
  }
  return best;
}

/** Puts home what may go home, first what never was anywhere else. */
function settling(board: Board, random: () => number): () => void {
  const { start } = board.puzzle;
  const { model, misplaced } = board;
  const isNew = (node: Index): boolean => !board.isThere(node);
  const crosses = (node: Index): boolean =>
    !isNew(node) && model.root(node) !== model.root(board.goalOf(node));
  const phaseOf = (node: Index): number => {
    if (isNew(node)) return 2;
    return model.parent(node) !== start[node] && board.goalOf(node) !== start[node] ? 1 : 0;
  };
  return () => {
    for (;;) {
      const before = board.length;
      const nodes = shuffled(board.byName(misplaced), random);
      for (const phase of [0, 1, 2]) {
        // What is made fills a space, and may wait until nothing has to come into it.
        const isCrowded = phase === 2 && board.puzzle.limits.nodes < model.length && nodes.some(crosses);
        for (const node of nodes) {
          if (isCrowded || !misplaced.has(node) || phaseOf(node) !== phase) continue;
          const to = board.goalOf(node);
          if (board.blockerOf(node, to) === undefined) board.place(node, to);
        }
      }
      if (board.length === before) return;
    }
  };
}
