// How a page is got to where it belongs, whatever is in the way: what stands in its way is moved out of it,
// and what stands in the way of that, too. Where there are several ways, chance chooses; the caller tries
// again and keeps what came out best.

import { assertNever } from '../diagnostic/invariant.ts';
import type { Board } from './board.ts';
import type { Blocker } from './legality.ts';
import type { Index } from './model.ts';

type Test = (place: Index) => boolean;

/** How many detours one page may need, and how far a detour may need others. */
const mostDetours = 200;
const deepest = 8;
/** How many pages are tried, of those that could make way. */
const mostTried = 4;
/** How many places are compared. */
const mostShelters = 8;

export class Forcing {
  readonly #board: Board;
  readonly #random: () => number;
  /** Pages on their way; they make way for nobody. */
  readonly #busy = new Set<Index>();
  #mostPlacings = 0;

  constructor(board: Board, random: () => number) {
    this.#board = board;
    this.#random = random;
  }

  /** Whether the page is there now. Where it is not, detours may have been made in vain. */
  bring(node: Index): boolean {
    this.#mostPlacings = this.#board.length + mostDetours;
    return this.#bring(node, this.#board.goalOf(node), 0);
  }

  #bring(node: Index, to: Index, level: number): boolean {
    if (level > deepest || this.#busy.has(node)) return false;
    this.#busy.add(node);
    try {
      for (;;) {
        const blocker = this.#board.blockerOf(node, to);
        if (blocker === undefined) {
          this.#board.place(node, to);
          return true;
        }
        if (this.#board.length > this.#mostPlacings) return false;
        if (!this.#clear(node, to, blocker, level)) return false;
      }
    } finally {
      this.#busy.delete(node);
    }
  }

  /** Does something about what is in the way. */
  #clear(node: Index, to: Index, blocker: Blocker, level: number): boolean {
    const { model } = this.#board;
    const within: Test = (place) => model.isWithin(place, node);
    switch (blocker.kind) {
      case 'absent':
        return this.#bring(blocker.node, this.#board.goalOf(blocker.node), level + 1);
      case 'room':
        return this.#anyAway(model.children(to), (place) => place === to || within(place), level);
      case 'circle':
        return this.#anyAway(this.#line(to, node), within, level);
      case 'size':
        return this.#lighten(node, level);
      case 'depth':
        return this.#random() < 0.7
          ? this.#lower(node, level) || this.#lift(to, level)
          : this.#lift(to, level) || this.#lower(node, level);
      case 'nodes':
        return this.#random() < 0.5
          ? this.#emptied(blocker.node, level) || this.#lighten(node, level)
          : this.#lighten(node, level) || this.#emptied(blocker.node, level);
      case 'held':
      case 'name':
        return false;
      default:
        return assertNever(blocker);
    }
  }

  /** From the page up to the branch's top, without that. */
  #line(from: Index, branch: Index): Index[] {
    const found: Index[] = [];
    for (let at = from; at !== branch && at !== -1; at = this.#board.model.parent(at)) found.push(at);
    return found;
  }

  #lighten(branch: Index, level: number): boolean {
    const { model, puzzle } = this.#board;
    const parts: Index[] = [];
    const open = [...model.children(branch)];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      parts.push(node);
      open.push(...model.children(node));
    }
    const light = parts.filter((part) => model.size(part) <= puzzle.limits.nodesPerMove);
    return this.#anyAway(light, (place) => model.isWithin(place, branch), level);
  }

  #lower(branch: Index, level: number): boolean {
    const { model } = this.#board;
    const [lowest = branch] = this.#board.byName(model.lowest(branch));
    return this.#anyAway(this.#line(lowest, branch), (place) => model.isWithin(place, branch), level);
  }

  /** What lies above the target, and is to go elsewhere, goes; or to any place that is higher. */
  #lift(target: Index, level: number): boolean {
    const { model, misplaced } = this.#board;
    const above = this.#line(target, model.root(target)).filter((node) => misplaced.has(node));
    for (const node of above) {
      const depth = model.depth(node);
      if (this.#away(node, (place) => model.depth(place) + 1 >= depth, level + 1)) return true;
    }
    return false;
  }

  /** Something that is to leave the space leaves it. */
  #emptied(root: Index, level: number): boolean {
    const { model, misplaced } = this.#board;
    const leaving = this.#board
      .byName(misplaced)
      .filter((node) => model.root(node) === root && this.#rootOfGoal(node) !== root);
    return this.#some(leaving).some((node) =>
      this.#attempt(() => this.#bring(node, this.#board.goalOf(node), level + 1)),
    );
  }

  #rootOfGoal(node: Index): Index {
    return this.#board.model.root(this.#board.goalOf(node));
  }

  #anyAway(nodes: Iterable<Index>, isUseless: Test, level: number): boolean {
    if (level >= deepest) return false;
    const { misplaced, model } = this.#board;
    const free = this.#board
      .byName(nodes)
      .filter((node) => this.#board.isMovable(node) && !this.#busy.has(node));
    const leaving = free.filter((node) => misplaced.has(node));
    const staying = free.filter((node) => !misplaced.has(node));
    const bySize = (some: Index[]): Index[] =>
      this.#random() < 0.5 ? some : some.sort((a, b) => model.size(a) - model.size(b));
    const tried = [...bySize(this.#some(leaving)), ...bySize(this.#some(staying))];
    return tried.some((node) => this.#attempt(() => this.#away(node, isUseless, level + 1)));
  }

  #attempt(way: () => boolean): boolean {
    const { length } = this.#board;
    if (way()) return true;
    this.#board.undoTo(length);
    return false;
  }

  /** A few of them, by chance. */
  #some(nodes: readonly Index[]): Index[] {
    const rest = [...nodes];
    const found: Index[] = [];
    while (rest.length > 0 && found.length < mostTried)
      found.push(...rest.splice(Math.floor(this.#random() * rest.length), 1));
    return found;
  }

  /** Puts the page somewhere else; what is too high or too large is taken apart for it. */
  #away(node: Index, isUseless: Test, level: number): boolean {
    if (level > deepest || this.#busy.has(node)) return false;
    const board = this.#board;
    const { model } = board;
    const home = board.goalOf(node);
    if (board.misplaced.has(node) && !isUseless(home) && board.blockerOf(node, home) === undefined) {
      board.place(node, home);
      return true;
    }
    if (!board.isThere(node)) return false;
    this.#busy.add(node);
    try {
      for (;;) {
        const to = this.#shelter(node, isUseless);
        if (to !== undefined) {
          board.place(node, to);
          return true;
        }
        if (board.length > this.#mostPlacings || model.childCount(node) === 0) return false;
        const within: Test = (place) => isUseless(place) || model.isWithin(place, node);
        if (!this.#anyAway(model.children(node), within, level)) return false;
      }
    } finally {
      this.#busy.delete(node);
    }
  }

  /** The lowest place that is high enough: higher ones are for higher branches. */
  #shelter(node: Index, isUseless: Test): Index | undefined {
    const board = this.#board;
    const { model, puzzle } = board;
    const root = model.root(node);
    if (model.size(node) > puzzle.limits.nodesPerMove) return undefined;
    const declared: Index[] = [];
    const others: Index[] = [];
    for (const place of board.openPlaces(this.#random())) {
      if (place === model.parent(node) || isUseless(place) || model.root(place) !== root) continue;
      if (board.blockerOf(node, place) !== undefined) continue;
      (puzzle.isManaged(place) ? declared : others).push(place);
      if (declared.length === mostShelters) break;
    }
    const fit = declared.length > 0 ? declared : others;
    if (fit.length === 0) return undefined;
    const picked = fit[Math.floor(this.#random() * fit.length)];
    if (this.#random() < 0.5) return picked;
    return fit.reduce((best, place) => (model.depth(place) > model.depth(best) ? place : best));
  }
}
