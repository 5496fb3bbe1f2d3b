// The live pages place by place, by their numbers: who walks down 400,000 pages hashes no name.
// Invariant: a number stands at one place at most, for as long as whoever adds it takes it away first.

import type { NodeId } from './identifier.ts';
import { type LiveNode, type Place, placeKey } from './live.ts';
import { MapView } from './map-view.ts';
import type { NumberedMap } from './numbered-map.ts';

export interface ReadonlyLiveChildren extends ReadonlyMap<string, readonly number[]> {
  /** The numbers of what was seen below the page with this number, each once. */
  below(page: number): readonly number[];
}

const none: readonly number[] = [];

export class LiveChildren extends MapView<string, readonly number[]> implements ReadonlyLiveChildren {
  readonly #nodes: NumberedMap<NodeId, LiveNode>;
  /** By `placeKey`. */
  readonly #lists = new Map<string, number[]>();
  /** The same lists by the number of the page above. */
  readonly #below: (number[] | undefined)[] = [];
  #last: { readonly key: string; readonly list: number[] } | undefined;

  /** @param nodes - has the pages' numbers. */
  constructor(nodes: NumberedMap<NodeId, LiveNode>) {
    super();
    this.#nodes = nodes;
  }

  get size(): number {
    return this.#lists.size;
  }

  get(place: string): readonly number[] | undefined {
    return this.#lists.get(place);
  }

  entries(): MapIterator<[string, readonly number[]]> {
    return this.#lists.entries();
  }

  below(page: number): readonly number[] {
    return this.#below[page] ?? none;
  }

  /** Puts the page behind those that are at the place. */
  add(place: Place, page: number): void {
    const key = placeKey(place);
    // A listing's pages stand in one place, which is looked up once for all of them.
    if (this.#last?.key !== key) this.#last = { key, list: this.#listAt(place, key) };
    this.#last.list.push(page);
  }

  remove(place: Place, page: number): void {
    const list = this.#lists.get(placeKey(place));
    const at = list?.indexOf(page) ?? -1;
    if (at >= 0) list?.splice(at, 1);
  }

  #listAt({ parent }: Place, key: string): number[] {
    const known = this.#lists.get(key);
    if (known !== undefined) return known;
    const list: number[] = [];
    this.#lists.set(key, list);
    if (parent !== null) {
      const above = this.#nodes.reserve(parent);
      // Filled up to there: an array with holes in it is slow.
      while (this.#below.length <= above) this.#below.push(undefined);
      this.#below[above] = list;
    }
    return list;
  }
}
