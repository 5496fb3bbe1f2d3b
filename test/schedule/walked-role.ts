// What the pages of a walk are to the manifest. It is decided after the walk, so that every wish can be
// granted that is in keeping with what the pages did.

import type { Role } from './forest-pair.ts';
import type { Walk } from './walk.ts';

/** What the page would be, if its part in the walk allows it. */
export interface Seed {
  readonly place: number;
  readonly wish: 'declared' | 'unmanaged' | 'left';
  readonly isRenamed: boolean;
}

/** A page that the walk made. */
export interface Made {
  readonly role: Role;
  readonly source: number | undefined;
}

interface Story {
  /** Parents of the pages, by number. */
  readonly before: readonly number[];
  readonly after: readonly number[];
  readonly walk: Walk;
  readonly made: ReadonlyMap<number, Made>;
  readonly seeds: readonly Seed[];
  /** Whether undeclared pages may have had steps. */
  readonly peels: boolean;
}

export class WalkedRoles {
  /** Of each space, the page under which what left it has gone. */
  readonly archives = new Map<number, number>();
  readonly #story: Story;
  readonly #roles: Role[];
  readonly #sources: ReadonlySet<number | undefined>;

  constructor(story: Story) {
    const { after, made, walk } = story;
    this.#story = story;
    this.#roles = after.map((_, page) => made.get(page)?.role ?? 'declared');
    this.#sources = new Set([...made.values()].map(({ source }) => source));
    for (let space = 0; space < walk.spaceCount; space += 1) {
      for (const page of this.#below(space)) this.#disown(page);
      this.#archive(space);
    }
  }

  of(page: number): Role {
    return this.#roles[page] ?? 'declared';
  }

  /** A page that never had a step, or may have made way and come back, with nothing declared below it. */
  #disown(page: number): void {
    const { before, after, walk, peels } = this.#story;
    const children = this.#below(page);
    for (const child of children) this.#disown(child);
    const isStill = (peels || !walk.hasMoved(page)) && before[page] === after[page];
    if (
      isStill &&
      this.#wants(page, 'unmanaged') &&
      children.every((child) => this.of(child) === 'unmanaged')
    )
      this.#roles[page] = 'unmanaged';
  }

  /** What ended below a declared page of its space may have left the manifest for that archive. */
  #archive(space: number): void {
    const left: number[] = [];
    for (const [page, host = -1] of this.#story.after.entries()) {
      const isHost = (this.archives.get(space) ?? host) === host && this.#isArchive(host, page, space);
      if (!isHost || left.includes(host) || !this.#mayLeave(page, host, space, left)) continue;
      this.archives.set(space, host);
      left.push(page);
      this.#roles[page] = 'left';
    }
  }

  #isArchive(host: number, page: number, space: number): boolean {
    const { before, after, walk } = this.#story;
    if (host < walk.spaceCount || this.of(host) !== 'declared' || before[host] === -1) return false;
    const above = pathFrom(host, after);
    return above.at(-1) === space && !above.includes(page) && pathFrom(host, before).at(-1) === space;
  }

  /** It came from elsewhere in the space, by a step of its own, and took nothing declared along. */
  #mayLeave(page: number, host: number, space: number, left: readonly number[]): boolean {
    const { before } = this.#story;
    const above = pathFrom(page, before);
    return (
      this.#wants(page, 'left') &&
      this.of(page) === 'declared' &&
      above.at(-1) === space &&
      !above.some((at) => at === host || left.includes(at)) &&
      !left.some((other) => pathFrom(other, before).includes(page)) &&
      this.#below(page).every((child) => this.of(child) === 'unmanaged')
    );
  }

  #wants(page: number, wish: Seed['wish']): boolean {
    const { walk, made, seeds } = this.#story;
    return seeds[page - walk.spaceCount]?.wish === wish && !made.has(page) && !this.#sources.has(page);
  }

  #below(page: number): number[] {
    return this.#story.after.flatMap((parent, at) => (parent === page ? [at] : []));
  }
}

function pathFrom(page: number, parents: readonly number[]): number[] {
  const path: number[] = [];
  for (let at = parents[page] ?? -1; at !== -1; at = parents[at] ?? -1) path.push(at);
  return path;
}
