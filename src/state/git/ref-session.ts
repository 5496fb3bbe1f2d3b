// The ref during one run: what it was when it was last looked at, and changes to it that are made only if it
// still is that. Others change it too, each in files of their own; then the same change is made once more on
// what is there now.
//
// A run that is under way shows on the ref as a commit on top of the last account. It takes the place of the
// one before it, so that in the end every apply has left one commit, its account, and no other. Where a
// remote lets nothing be replaced, such commits stay as second parents, and the first parents are the accounts.

import type { Address } from '../../tree/identifier.ts';
import type { LeaseClock } from '../lease-store.ts';
import { type ParsedState, parseState } from '../state-text.ts';
import type { NewFile, Person } from './commit.ts';
import {
  objectsOf,
  type ParsedRef,
  parseRef,
  printFormat,
  refFormatVersion,
  type SpaceRecord,
} from './ref-tree.ts';
import type { Repository, Tip } from './repository-file.ts';
import { crowded, GitTrouble, newerRef, notOurs, type RefPlace } from './trouble.ts';

export interface Sight {
  /** `undefined` where there is no such ref. */
  readonly tip: Tip | undefined;
  readonly spaces: ReadonlyMap<Address, SpaceRecord>;
}

export interface RefChange {
  /** Looks at what is there now, and says what is to be there; `undefined` gives the change up. */
  readonly files: (sight: Sight) => ReadonlyMap<string, NewFile> | undefined;
  /** The account; without one a run is under way. */
  readonly message: string | undefined;
  /** Something was done that the tree may not show, so that the account is kept in any case. */
  readonly isWorthTelling?: boolean | undefined;
}

export interface SessionOptions extends RefPlace {
  readonly repository: Repository;
  readonly clock: LeaseClock;
  readonly random: () => number;
  /** Who runs this. */
  readonly author: () => Promise<Person>;
  /** Of this program. */
  readonly version: string;
}

/** So often others may be faster; each of them has come further by it. */
const mostRaces = 30;
/** A remote that was out of reach is tried once more. */
const mostTroubles = 2;

const underWay = 'wikiform: a run is under way\n';

export class RefSession {
  readonly #options: SessionOptions;
  /** By the ids of their objects: a state is large, and seldom changes. */
  readonly #states = new Map<string, ParsedState>();
  #sight: Sight | undefined;
  /** The remote lets nothing be replaced. */
  #keepsAll = false;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** As it was when it was last looked at. */
  get sight(): Sight | undefined {
    return this.#sight;
  }

  /**
   * @param signal - aborted: rejects with its reason.
   * @throws {GitTrouble} where the ref cannot be fetched, or holds no state.
   */
  async look(signal?: AbortSignal): Promise<Sight> {
    const { repository } = this.#options;
    return this.#see(await repository.fetchTip(2, signal));
  }

  /** @throws {GitTrouble} where it holds no state. */
  async read(tip: Tip): Promise<Sight> {
    const unread = objectsOf(tip).filter((id) => !this.#states.has(id));
    const texts = await this.#options.repository.texts(unread);
    const stateOf = (id: string): ParsedState | undefined => {
      const text = texts.get(id);
      const state = this.#states.get(id) ?? (text === undefined ? undefined : parseState(text));
      if (state !== undefined) this.#states.set(id, state);
      return state;
    };
    return { tip, spaces: this.#understood(parseRef(tip, (id) => texts.get(id), stateOf)) };
  }

  /**
   * Makes the change; resolves to whether it did, or had given up.
   *
   * @throws {GitTrouble} where the remote cannot be reached, or refuses.
   */
  async change(change: RefChange): Promise<boolean> {
    let troubles = 0;
    for (let race = 0; race < mostRaces; race += 1) {
      const sight = this.#sight ?? (await this.look());
      const files = change.files(sight);
      if (files === undefined) return false;
      const made = await this.#make(files, change, sight.tip);
      try {
        const pushed = await this.#options.repository.push(made, sight.tip?.id);
        if (pushed === 'done') {
          await this.#see(await this.#options.repository.commit(made));
          return true;
        }
        if (pushed === 'not-forward') this.#keepsAll = true;
        else await this.#lookAgain(race);
      } catch (error) {
        troubles += 1;
        if (!(error instanceof GitTrouble) || troubles >= mostTroubles) throw error;
        // It may have arrived all the same.
        await this.#lookAgain(race).catch(() => {
          throw error;
        });
        if (this.#sight?.tip?.id === made) return true;
      }
    }
    throw new GitTrouble(crowded(this.#options));
  }

  async #lookAgain(race: number): Promise<void> {
    const { clock, random } = this.#options;
    if (race > 0) await clock.sleep(Math.ceil(random() * Math.min(50 * 2 ** race, 2000)));
    await this.look();
  }

  /** The commit to be pushed: the last account itself where nothing is left to tell. */
  async #make(
    files: ReadonlyMap<string, NewFile>,
    { message, isWorthTelling = false }: RefChange,
    tip: Tip | undefined,
  ): Promise<string> {
    const { repository, clock, version } = this.#options;
    const isOver = !isWorthTelling && (message !== undefined || !isAnyoneAtWork(files));
    const account = await this.#lastAccount(tip);
    const parents = [...(account === undefined ? [] : [account.id])];
    if (this.#keepsAll && tip !== undefined && tip.id !== account?.id) parents.push(tip.id);
    const [formatPath, format] = printFormat(version);
    const made = await repository.write({
      parents,
      author: await this.#options.author(),
      atMs: clock.wallMs(),
      message: message ?? underWay,
      files: files.has(formatPath) ? files : new Map([...files, [formatPath, { text: format }]]),
    });
    if (!isOver || account === undefined || this.#keepsAll) return made;
    return isSame((await repository.commit(made)).files, account.files) ? account.id : made;
  }

  async #lastAccount(tip: Tip | undefined): Promise<Tip | undefined> {
    if (tip === undefined || !isUnderWay(tip)) return tip;
    const [parent] = tip.parents;
    return parent === undefined ? undefined : this.#options.repository.commit(parent);
  }

  async #see(tip: Tip | undefined): Promise<Sight> {
    this.#sight = tip === undefined ? { tip, spaces: new Map() } : await this.read(tip);
    return this.#sight;
  }

  #understood(parsed: ParsedRef): ReadonlyMap<Address, SpaceRecord> {
    switch (parsed.kind) {
      case 'spaces':
        return parsed.spaces;
      case 'newer':
        throw new GitTrouble(newerRef(this.#options, parsed.version, refFormatVersion, parsed.needs));
      case 'broken':
        throw new GitTrouble(notOurs(this.#options, parsed.why));
    }
  }
}

/** Whether the commit only tells that a run is under way. */
export const isUnderWay = ({ message }: Pick<Tip, 'message'>): boolean => message.startsWith(underWay.trim());

const isAnyoneAtWork = (files: ReadonlyMap<string, NewFile>): boolean =>
  [...files.keys()].some((path) => /^spaces\/[^/]+\/lease\.json$/.test(path));

function isSame(a: Tip['files'], b: Tip['files']): boolean {
  return a.size === b.size && [...a].every(([path, { id }]) => b.get(path)?.id === id);
}
