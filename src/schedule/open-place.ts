// Places below a space that may have one more child, level by level. One look at the forest serves all who
// ask before the next step: where little has room, very many ask.
//
// Invariant: what was listed is forgotten with every step.

import { compareText } from '../tree/identifier.ts';
import type { Index, Model } from './model.ts';
import type { Work } from './task.ts';

/** How many places are looked at before giving up on a space that is full to the brim. */
const searchLimit = 50_000;

/** As far as they were asked for. */
interface Listed {
  /** Of each level, by name. */
  readonly open: (readonly Index[])[];
  /** All places of the level after those; empty where there is none, or too much was looked at. */
  next: readonly Index[];
  looks: number;
}

export class OpenPlaces {
  readonly #model: Model;
  readonly #mostChildren: number;
  readonly #work: Work;
  readonly #listed = new Map<Index, Listed>();
  /** Whether pages may be below it at all, which no step changes. */
  readonly #holds = new Map<Index, boolean>();
  #stepCount = 0;

  constructor(model: Model, mostChildren: number, work: Work) {
    this.#model = model;
    this.#mostChildren = mostChildren;
    this.#work = work;
  }

  /**
   * The places with room on each level, from the space itself downwards, by name.
   *
   * @param stepCount - of the steps taken so far.
   */
  *levels(root: Index, stepCount: number): Iterable<readonly Index[]> {
    if (stepCount !== this.#stepCount) this.#listed.clear();
    this.#stepCount = stepCount;
    const listed = this.#listed.get(root) ?? { open: [], next: [root], looks: 0 };
    this.#listed.set(root, listed);
    for (let level = 0; ; level += 1) {
      if (level === listed.open.length && !this.#listNext(listed)) return;
      yield listed.open[level] ?? [];
    }
  }

  #listNext(listed: Listed): boolean {
    const { next, open } = listed;
    if (next.length === 0 || listed.looks >= searchLimit) return false;
    const { nameOf } = this.#work;
    const found = next.filter((place) => this.#isOpen(place));
    open.push(found.sort((a, b) => compareText(nameOf(a), nameOf(b))));
    listed.looks += next.length;
    listed.next = next.flatMap((place) => [...this.#model.children(place)]);
    return true;
  }

  #isOpen(place: Index): boolean {
    if (this.#model.childCount(place) >= this.#mostChildren) return false;
    const known = this.#holds.get(place);
    if (known !== undefined) return known;
    const holds = this.#model.parent(place) === -1 ? this.#work.isSpace(place) : this.#work.isShelter(place);
    this.#holds.set(place, holds);
    return holds;
  }
}
