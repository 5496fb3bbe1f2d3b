// Who is called what below which parent, where the vendor takes no two siblings of one type and title. It
// goes along with the model through every step.
//
// Invariant: a place's holders are the pages that lie there now; of pages that are yet to be made, the title
// they will be made with is known, and nothing is held.

import type { Index, Model } from './model.ts';

/** What a page is called and what it is; `undefined` of what is no page. */
export interface Look {
  readonly title: string;
  readonly type: string;
}

/** Stands for pages that a copy has brought and that nobody declared. */
export const brought: Index = -2;

export class Names {
  readonly #model: Model;
  readonly #looks: (Look | undefined)[];
  readonly #holders = new Map<string, Index[]>();

  /** @param looks - by node; of what is yet to be made, as it will be made. */
  constructor(model: Model, looks: readonly (Look | undefined)[]) {
    this.#model = model;
    this.#looks = [...looks];
    for (let node = 0; node < model.length; node += 1) {
      const parent = model.parent(node);
      if (parent !== -1) this.placed(node, parent);
    }
  }

  titleOf(node: Index): string | undefined {
    return this.#looks[node]?.title;
  }

  typeOf(node: Index): string | undefined {
    return this.#looks[node]?.type;
  }

  /** Names the place that the node takes below this parent; `undefined` for what has no name. */
  keyOf(node: Index, parent: Index, title = this.titleOf(node)): string | undefined {
    const type = this.typeOf(node);
    return title === undefined || type === undefined ? undefined : JSON.stringify([parent, type, title]);
  }

  /** Another page that has the place. */
  holderOf(key: string | undefined, self: Index): Index | undefined {
    if (key === undefined) return undefined;
    return this.#holders.get(key)?.find((holder) => holder !== self);
  }

  placed(node: Index, parent: Index): void {
    this.#hold(this.keyOf(node, parent), node);
  }

  /** The place that came free. */
  left(node: Index, parent: Index): string | undefined {
    const key = this.keyOf(node, parent);
    this.#release(key, node);
    return key;
  }

  /** The place that came free. */
  retitled(node: Index, title: string): string | undefined {
    const parent = this.#model.parent(node);
    const type = this.typeOf(node) ?? '';
    const freed = parent === -1 ? undefined : this.left(node, parent);
    this.#looks[node] = { title, type };
    if (parent !== -1) this.placed(node, parent);
    return freed;
  }

  /** Of a page that holds no place yet. */
  retitledElsewhere(node: Index, title: string): void {
    this.#looks[node] = { title, type: this.typeOf(node) ?? '' };
  }

  /** A page that comes with a copy and has no number. */
  reserve(parent: Index, { title, type }: Look): void {
    this.#hold(JSON.stringify([parent, type, title]), brought);
  }

  /** A title that no sibling has, to be borne for a while. */
  passingTitle(node: Index): string {
    const title = this.titleOf(node) ?? '';
    const parent = this.#model.parent(node);
    for (let number = 1; ; number += 1) {
      const passing = `${title} (renaming${number === 1 ? '' : ` ${number}`})`;
      if (this.holderOf(this.keyOf(node, parent, passing), node) === undefined) return passing;
    }
  }

  #hold(key: string | undefined, node: Index): void {
    if (key === undefined) return;
    const holders = this.#holders.get(key);
    if (holders === undefined) this.#holders.set(key, [node]);
    else holders.push(node);
  }

  #release(key: string | undefined, node: Index): void {
    const holders = key === undefined ? undefined : this.#holders.get(key);
    const at = holders?.indexOf(node) ?? -1;
    if (at !== -1) holders?.splice(at, 1);
  }
}
