// A wiki that counts everything anew before each step and remembers nothing but who lies where. It is
// slow and plain on purpose: what the scheduler knows by bookkeeping, it finds out by looking.

import type { Step } from '../../src/schedule/plan.ts';
import { lastSegment } from '../../src/tree/address.ts';
import type { Address } from '../../src/tree/identifier.ts';
import type { Limits } from '../../src/tree/limit.ts';

/** The parent of each page, by name; what has no parent is a space. */
export type Forest = ReadonlyMap<string, string>;

/** The names from the page up to the last one known; `undefined` where they go in a circle. */
export function pathOf(page: string, forest: Forest): readonly string[] | undefined {
  const path = [page];
  for (let at = forest.get(page); at !== undefined; at = forest.get(at)) {
    if (path.includes(at)) return undefined;
    path.push(at);
  }
  return path;
}

/** The page and all below it. */
export function branchOf(page: string, forest: Forest): readonly string[] {
  return [page, ...[...forest.keys()].filter((other) => other !== page && isBelow(other, page, forest))];
}

const isBelow = (page: string, above: string, forest: Forest): boolean =>
  pathOf(page, forest)?.includes(above) ?? true;

/** The limit that the forest breaks, in words. Pages whose path does not end in a space are passed over. */
export function faultIn(forest: Forest, spaces: readonly string[], limits: Limits): string | undefined {
  const children = new Map<string, number>();
  const nodes = new Map<string, number>();
  const add = (counts: Map<string, number>, name: string): number => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count;
  };
  for (const page of forest.keys()) {
    const path = pathOf(page, forest);
    if (path === undefined) return `${page} lies below itself`;
    const [, parent = '', space = parent] = [path[0], path[1], path.at(-1)];
    if (!spaces.includes(space)) continue;
    if (path.length - 1 > limits.depth) return `${page} stands on level ${path.length - 1}`;
    if (add(children, parent) > limits.children) return `${parent} has too many children`;
    if (add(nodes, space) > limits.nodes) return `${space} holds too many pages`;
  }
  return undefined;
}

export interface NaiveStart {
  readonly forest: Forest;
  readonly spaces: readonly string[];
  /** Spaces that are yet to be made. */
  readonly newSpaces: readonly string[];
  /** Pages that point to others and so cannot have children. */
  readonly shortcuts: ReadonlySet<string>;
  /** Where siblings may not share a title: what pages are called. */
  readonly titles: ReadonlyMap<string, string> | undefined;
}

export class NaiveWiki {
  readonly #forest: Map<string, string>;
  readonly #spaces: Set<string>;
  readonly #start: NaiveStart;
  readonly #limits: Limits;
  readonly #titles: Map<string, string> | undefined;

  constructor(start: NaiveStart, limits: Limits) {
    this.#start = start;
    this.#limits = limits;
    this.#forest = new Map(start.forest);
    this.#titles = start.titles && new Map(start.titles);
    this.#spaces = new Set(start.spaces.filter((space) => !start.newSpaces.includes(space)));
  }

  get forest(): Forest {
    return this.#forest;
  }

  /** `undefined` where titles do not matter. */
  get titles(): ReadonlyMap<string, string> | undefined {
    return this.#titles;
  }

  /** Does the step; what the vendor would object, in words, `undefined` where it takes it. */
  take(step: Step): string | undefined {
    const page = nameOf(step.address);
    switch (step.kind) {
      case 'create-space':
        this.#spaces.add(page);
        return undefined;
      case 'rename-node':
        return this.#exists(page) ? this.#retitle(page, step.title) : `${page} does not exist`;
      case 'create-node':
      case 'copy-node':
        return this.#make(page, step);
      case 'move-node':
        return this.#move(page, step);
    }
  }

  #make(page: string, step: Step): string | undefined {
    if (this.#exists(page)) return `${page} is there already`;
    const { reference } = step;
    if (reference !== undefined && 'address' in reference && !this.#exists(nameOf(reference.address)))
      return `${page} is made from what does not exist`;
    this.#titles?.set(page, step.title);
    return this.#place(page, step);
  }

  #retitle(page: string, title: string): string | undefined {
    this.#titles?.set(page, title);
    return this.#twinOf(page);
  }

  #twinOf(page: string): string | undefined {
    const titles = this.#titles;
    const parent = this.#forest.get(page);
    const twin = [...this.#forest].find(
      ([other, above]) => other !== page && above === parent && titles?.get(other) === titles?.get(page),
    );
    if (titles === undefined || twin === undefined) return undefined;
    return `${page} and ${twin[0]} are siblings of one title, ${titles.get(page)}`;
  }

  #move(page: string, step: Step): string | undefined {
    if (!this.#forest.has(page)) return `${page} does not exist`;
    const branch = branchOf(page, this.#forest);
    if (branch.length > this.#limits.nodesPerMove) return `${page} carries too many pages`;
    return this.#place(page, step);
  }

  #place(page: string, { parent }: Step): string | undefined {
    const target = nameOf(parent);
    if (!this.#exists(target)) return `${target} does not exist`;
    if (this.#start.shortcuts.has(target)) return `${target} is a shortcut and cannot have children`;
    this.#forest.set(page, target);
    return faultIn(this.#forest, [...this.#spaces], this.#limits) ?? this.#twinOf(page);
  }

  #exists(name: string): boolean {
    return this.#forest.has(name) || this.#spaces.has(name);
  }
}

/** Names are the last keys of addresses; in these tests each is given once. */
export const nameOf = (address: Address | undefined): string =>
  address === undefined ? '' : lastSegment(address);
