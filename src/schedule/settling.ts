// Pages go where they belong, as soon as they may.
//
// First those that never were anywhere else; then those that made way, for the room they left is the hole
// through which the others pass; then what is made.

import type { Board } from './board.ts';
import type { Index } from './model.ts';
import { shuffled } from './random.ts';

const stages = [0, 1, 2] as const;

export class Settling {
  readonly #board: Board;
  readonly #random: () => number;
  readonly #delaysMaking: boolean;
  /** Who belongs where. */
  readonly #wantsIn = new Map<Index, Index[]>();

  /** @param delaysMaking - nothing is made as long as something has to move. */
  constructor(board: Board, random: () => number, delaysMaking: boolean) {
    this.#board = board;
    this.#random = random;
    this.#delaysMaking = delaysMaking;
    for (const node of board.puzzle.movable) {
      const home = board.goalOf(node);
      const known = this.#wantsIn.get(home);
      if (known === undefined) this.#wantsIn.set(home, [node]);
      else known.push(node);
    }
  }

  /** Until no page may go where it belongs. */
  settle(): void {
    const board = this.#board;
    for (;;) {
      const { length } = board;
      const nodes = shuffled([...board.misplaced], this.#random);
      for (const stage of stages) {
        if (this.#waits(stage)) continue;
        for (const node of nodes) if (this.#stageOf(node) === stage) this.#goHome(node);
      }
      if (board.length === length) return;
    }
  }

  /** Looks only at those for whom the placings from this one on changed something. */
  settleSince(position: number): void {
    for (const stage of stages) {
      if (this.#waits(stage)) continue;
      for (let at = position; at < this.#board.length; at += 1) {
        for (const node of this.#touchedBy(at)) if (this.#stageOf(node) === stage) this.#goHome(node);
      }
    }
  }

  #waits(stage: number): boolean {
    const { misplaced } = this.#board;
    return stage === 2 && this.#delaysMaking && [...misplaced].some((node) => this.#board.isThere(node));
  }

  /** What was placed, who wants to be where it was or below it, and the branches that it left. */
  #touchedBy(position: number): Index[] {
    const { model } = this.#board;
    const { node, from } = this.#board.placingAt(position);
    const found = [node, ...(this.#wantsIn.get(from) ?? []), ...(this.#wantsIn.get(node) ?? [])];
    for (let at = from; at !== -1; at = model.parent(at)) found.push(at);
    return found.filter((page) => this.#board.misplaced.has(page));
  }

  #stageOf(node: Index): number {
    const { model, puzzle } = this.#board;
    if (!this.#board.isThere(node)) return 2;
    const start = puzzle.start[node];
    return model.parent(node) !== start && this.#board.goalOf(node) !== start ? 1 : 0;
  }

  #goHome(node: Index): void {
    if (!this.#board.misplaced.has(node)) return;
    const home = this.#board.goalOf(node);
    if (this.#board.blockerOf(node, home) === undefined) this.#board.place(node, home);
  }
}
