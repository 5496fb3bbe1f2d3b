// One run's hold on the ref: its lease, its journal, and its end.
//
// Invariants. An intent is on the ref before it is tried; an outcome is in this checkout's own journal at
// once, and on the ref with the next push. Nothing is pushed over a space that is another run's by now. What
// this run binds is bound nowhere else on the ref.

import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts';
import { type Address, compareText } from '../../tree/identifier.ts';
import { codeOf } from '../durable-file.ts';
import { type Intent, leftOver, type Unfinished } from '../journal.ts';
import type { Lease } from '../lease.ts';
import type { HeldLease, LeaseClock } from '../lease-store.ts';
import type { State } from '../state.ts';
import { type Journal, StateWriteError } from '../state-store.ts';
import { isOurs, refSlackMs, refTermMs, withLeases } from './held-spaces.ts';
import { openOwnJournal } from './own-journal-file.ts';
import { printEntriesIn, RefJournal } from './ref-journal.ts';
import type { RefSession, Sight } from './ref-session.ts';
import { type Files, putJournal, putStates, spacesOf } from './space-files.ts';
import { GitTrouble } from './trouble.ts';

export interface GitRunOptions {
  readonly session: RefSession;
  readonly clock: LeaseClock;
  /** As people are to be told it. */
  readonly place: string;
  /** The folder of this checkout's own journals, and what tells the ref's from others. */
  readonly home: string;
  readonly mark: string;
  /** The run is for all spaces, also for those that it makes known itself. */
  readonly isWhole: boolean;
}

export interface Ending {
  /** The account. */
  readonly message: string;
  /** Whether it is kept even where the state is as it was before. */
  readonly isWorthTelling: boolean;
  /** Whether the lease is kept. */
  readonly keep: boolean;
}

interface Push extends Partial<Omit<Ending, 'keep'>> {
  /** Spaces that have to be as they were when they were read. */
  readonly relied?: readonly Address[];
}

type Edit = (files: Files, sight: Sight) => Files;

export class GitRun implements HeldLease {
  readonly #options: GitRunOptions;
  readonly #loss = new AbortController();
  #spaces: readonly Address[];
  /** Spaces whose lease the ref does not have yet. */
  readonly #fresh = new Set<Address>();
  #lease: Lease;
  #isOver = false;
  /** What the run has read, and relies on. */
  #loaded: Sight | undefined;
  #last: Promise<unknown> = Promise.resolve();
  #journal: RefJournal | undefined;
  #own: (Journal & { readonly path: string }) | undefined;
  /** What the journal was begun on; the ref gets it with the first intents. */
  #state: State | undefined;
  #isStateTold = true;
  #telling: Promise<void> | undefined;

  constructor(options: GitRunOptions, lease: Lease, spaces: readonly Address[]) {
    this.#options = options;
    this.#lease = lease;
    this.#spaces = spaces;
  }

  /** Addresses, sorted. */
  get spaces(): readonly Address[] {
    return this.#spaces;
  }

  get lost(): AbortSignal {
    return this.#loss.signal;
  }

  /** The lease was given back. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** This checkout's own journal of the run. */
  get ownPath(): string | undefined {
    return this.#own?.path;
  }

  noteLoaded(sight: Sight): void {
    this.#loaded = sight;
  }

  async isHeld(): Promise<boolean> {
    if (this.#loss.signal.aborted || this.#isOver) return false;
    return this.#leftMs() > refSlackMs || this.renew();
  }

  async cover(spaces: readonly Address[]): Promise<Diagnostic | undefined> {
    const more = spaces.filter((space) => !this.#spaces.includes(space));
    if (more.length === 0) return undefined;
    const before = this.#spaces;
    try {
      await this.#serially(() => {
        this.#add(more);
        return this.#push((files, sight) => this.#atWork(files, sight), { relied: more });
      });
      return undefined;
    } catch (error) {
      this.#spaces = before;
      if (!(error instanceof StateWriteError)) throw error;
      return error.diagnostic;
    }
  }

  async renew(): Promise<boolean> {
    if (this.#loss.signal.aborted || this.#isOver) return false;
    if (this.#leftMs() > refTermMs / 2) return true;
    try {
      await this.#serially(() => this.#push((files, sight) => this.#atWork(files, sight)));
    } catch {
      // The remote may be better the next time; until its time is over the lease holds.
    }
    return !this.#loss.signal.aborted && this.#leftMs() > refSlackMs;
  }

  async release(): Promise<void> {
    await this.#own?.close();
    if (this.#isOver || this.#loss.signal.aborted) return;
    try {
      await this.#serially(() => this.#push((files) => withLeases(files, this.#spaces, undefined)));
    } catch {
      // It ends by itself.
    }
    this.#isOver = true;
  }

  /** @throws {StateWriteError} when this checkout's own journal cannot be written. */
  async begin(unfinished: Unfinished, state: State): Promise<Journal> {
    const { home, mark } = this.#options;
    const left = leftOver(unfinished, this.#lease.id);
    await this.#own?.close();
    const own = await openOwnJournal(home, mark, this.#lease.id, left, unwritable);
    const journal = new RefJournal(left);
    this.#own = own;
    this.#journal = journal;
    this.#state = state;
    this.#isStateTold = false;
    this.#widen(state);
    return {
      append: async (entry, ahead) => {
        if (entry.entry === 'intent') await this.#tell(journal, entry.intent, ahead);
        await own.append(entry);
        journal.note(entry);
        // Nobody else can find out a ticket: it is told at once.
        if (entry.entry === 'intent' && entry.intent.ticket !== undefined) await this.#tellAll();
      },
      close: () => own.close(),
    };
  }

  /**
   * Sets the state of the run's spaces, with what is not finished.
   *
   * @throws {StateWriteError}
   */
  async end(
    state: State,
    unfinished: Unfinished | undefined,
    { message, isWorthTelling, keep }: Ending,
  ): Promise<void> {
    const left = unfinished === undefined ? [] : leftOver(unfinished, this.#lease.id);
    this.#widen(state);
    await this.#serially(() =>
      this.#push(
        (files, sight) => {
          putStates(files, this.#spaces, state, sight, left.length > 0);
          for (const space of this.#spaces) putJournal(files, space, printEntriesIn(space, left, state));
          return withLeases(files, this.#spaces, keep ? this.#lease : undefined);
        },
        { message, isWorthTelling },
      ),
    );
    await this.#own?.close();
    this.#journal = undefined;
    this.#isOver = !keep;
  }

  /** Whoever comes while others are being told waits, and may be among them. */
  async #tell(
    journal: RefJournal,
    intent: Intent,
    ahead: (() => readonly Intent[]) | undefined,
  ): Promise<void> {
    while (!journal.isTold(intent.step)) {
      this.#telling ??= this.#tellBatch(journal, [intent, ...(ahead?.() ?? [])]).finally(() => {
        this.#telling = undefined;
      });
      await this.#telling;
    }
  }

  async #tellBatch(journal: RefJournal, intents: readonly Intent[]): Promise<void> {
    const batch = journal.untold(intents);
    for (const intent of batch) journal.note({ entry: 'intent', intent });
    await this.#tellAll();
    journal.noteTold(batch);
  }

  #tellAll(): Promise<void> {
    return this.#serially(() => this.#push((files, sight) => this.#atWork(files, sight)));
  }

  /** The tree while the run is under way. */
  #atWork(files: Files, sight: Sight): Files {
    if (this.#journal !== undefined && this.#state !== undefined) {
      if (!this.#isStateTold) putStates(files, this.#spaces, this.#state, sight, true);
      for (const space of this.#spaces) putJournal(files, space, this.#journal.textIn(space, this.#state));
    }
    return withLeases(files, this.#spaces, this.#lease);
  }

  /** A run for all spaces is for those too that nobody knew before it. */
  #widen(state: State): void {
    if (this.#options.isWhole) this.#add(spacesOf(state));
  }

  #add(spaces: Iterable<Address>): void {
    for (const space of spaces) if (!this.#spaces.includes(space)) this.#fresh.add(space);
    this.#spaces = [...new Set([...this.#spaces, ...spaces])].sort(compareText);
  }

  /** Changes the ref as long as the spaces are this run's, and renews the lease along with it. */
  async #push(edit: Edit, { message, isWorthTelling, relied = [] }: Push = {}): Promise<void> {
    const { session, clock } = this.#options;
    const before = this.#lease;
    try {
      const isMade = await session.change({
        message,
        isWorthTelling,
        files: (sight) => {
          const isAsRead = relied.every((space) => isSame(space, this.#loaded, sight));
          if (!isAsRead || !isOurs(sight.spaces, this.#spaces, this.#fresh, this.#lease)) return undefined;
          this.#lease = { ...this.#lease, untilMs: clock.wallMs() + refTermMs };
          return edit(new Map(sight.tip?.files), sight);
        },
      });
      if (!isMade) throw this.#refused(relied.length > 0 ? changedSince(relied) : this.#lose());
      this.#fresh.clear();
      if (this.#journal !== undefined) this.#isStateTold = true;
    } catch (error) {
      this.#lease = before;
      throw error instanceof GitTrouble ? this.#refused(error.diagnostic) : error;
    }
  }

  #lose(): Diagnostic {
    this.#loss.abort(new Error('another run has taken the lock over'));
    return diagnostic('STATE_LOCKED', {
      detail: `Another run has taken over the lock of ${this.#spaces.join(', ')} in ${this.#options.place}, so nothing more was begun.`,
      help: 'Run the same command again: it goes on from where this run and that one have come to.',
    });
  }

  /** With what becomes of what the ref was not told. */
  #refused({ code, detail, help }: Diagnostic): StateWriteError {
    const kept =
      this.#own === undefined
        ? ''
        : ` What was done since the last push is kept in ${this.#own.path}: the next run from this checkout takes it up from there, and one from elsewhere looks for it in the wiki.`;
    return new StateWriteError(diagnostic(code, { detail: `${detail}${kept}`, help }), new Error(detail));
  }

  #leftMs(): number {
    return this.#lease.untilMs - this.#options.clock.wallMs();
  }

  #serially<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work, work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}

/** Whether nothing has happened in the space, and nobody is at work in it. */
function isSame(space: Address, before: Sight | undefined, now: Sight): boolean {
  const [then, record] = [before?.spaces.get(space), now.spaces.get(space)];
  if (record?.lease !== undefined) return false;
  return (
    then?.state === record?.state &&
    JSON.stringify(then?.journal ?? []) === JSON.stringify(record?.journal ?? [])
  );
}

function changedSince(spaces: readonly Address[]): Diagnostic {
  return diagnostic('STATE_LOCKED', {
    detail: `The plan also writes to ${spaces.join(', ')}, which another run holds or has changed meanwhile.`,
    help: 'Run the same command again when that run has ended.',
  });
}

function unwritable(path: string, cause: unknown): StateWriteError {
  return new StateWriteError(
    diagnostic('STATE_UNWRITABLE', {
      detail: `${path} cannot be written (${codeOf(cause)}). It keeps what this run does between two pushes.`,
      help: 'Make room or give write permission to that folder, then run the same command again.',
    }),
    cause,
  );
}
