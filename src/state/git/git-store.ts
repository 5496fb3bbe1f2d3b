// The state on a ref of its own, on a remote of the checkout: what is remembered is read by one shallow
// fetch, and written only over what was read. `ref-session.ts` tells how the ref is changed, `git-run.ts`
// how a run works on it, `recollection.ts` what is made of what is found there.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts';
import { DiagnosticError } from '../../diagnostic/diagnostic-error.ts';
import { type Account, parseAccount, printAccount } from '../account.ts';
import type { Unfinished } from '../journal.ts';
import type { ProcessTable } from '../lease.ts';
import type { LeaseClock } from '../lease-store.ts';
import { emptyState, type State } from '../state.ts';
import { type LoadedState, StateWriteError } from '../state-store.ts';
import type { History, LoggedRun, Store } from '../store.ts';
import type { Person } from './commit.ts';
import type { Environment } from './environment.ts';
import { gitLeases, orDiagnostic } from './git-leases.ts';
import { GitRun } from './git-run.ts';
import { holdersIn } from './held-spaces.ts';
import { forgetOwnJournal, type KeptJournal, readOwnJournals } from './own-journal-file.ts';
import { recollect, spacesIn } from './recollection.ts';
import { isUnderWay, RefSession, type Sight } from './ref-session.ts';
import { Repository, type Surroundings } from './repository-file.ts';
import { spacesOf } from './space-files.ts';
import { GitTrouble, nameOfPlace, type RefPlace } from './trouble.ts';
import { outOfReach } from './unreachable-store.ts';

export interface GitStoreOptions extends RefPlace {
  /** The manifest's folder, in a checkout that has the remote. */
  readonly folder: string;
  readonly env: Environment;
  readonly clock: LeaseClock;
  readonly random: () => number;
  readonly processes: ProcessTable;
  /** How long one call of `git` may take. */
  readonly timeoutMs: number;
  /** Of this program. */
  readonly version: string;
  /** Who works, where the environment tells it better than the checkout's settings. */
  readonly actor?: string | undefined;
  /** Aborted: loading what no lease holds ends at once, and rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Opens the store; where the folder is in no checkout with such a remote, or there is no Git, it is one that
 * says so whatever it is asked.
 *
 * @throws {DiagnosticError} where the checkout's Git folder cannot be written.
 */
export async function openGitStore(options: GitStoreOptions): Promise<Store> {
  try {
    return new GitStore(options, await Repository.open(options));
  } catch (error) {
    if (!(error instanceof GitTrouble)) throw error;
    if (!error.isOutOfReach) throw new DiagnosticError(error.diagnostic);
    return outOfReach(options, error.diagnostic);
  }
}

class GitStore implements Store {
  readonly name: string;
  readonly localPath: string;
  readonly leases: Store['leases'];
  readonly history: History;
  readonly #options: GitStoreOptions;
  readonly #repository: Repository;
  readonly #session: RefSession;
  readonly #mark: string;
  #surroundings: Promise<Surroundings> | undefined;
  #run: GitRun | undefined;
  /** Journals of this checkout's own that are part of what was loaded. */
  #kept: readonly KeptJournal[] = [];

  constructor(options: GitStoreOptions, repository: Repository) {
    const { remote, ref, clock, processes } = options;
    this.#options = options;
    this.#repository = repository;
    this.#mark = createHash('sha256').update(`${remote} ${ref}`).digest('hex').slice(0, 8);
    this.name = nameOfPlace(options);
    this.localPath = join(repository.home, `${this.#mark}.json`);
    this.#session = new RefSession({ ...options, repository, author: async () => this.#author() });
    const place = this.name;
    const { home } = repository;
    this.leases = gitLeases({
      session: this.#session,
      clock,
      processes,
      place,
      onHeld: (lease, spaces, isWhole) => {
        const settings = { session: this.#session, clock, place, home, mark: this.#mark, isWhole };
        const run = new GitRun(settings, lease, spaces);
        this.#run = run;
        return run;
      },
    });
    this.history = { log: (most) => this.#log(most), at: (commit) => this.#at(commit) };
  }

  async load(): Promise<LoadedState> {
    try {
      const sight = this.#held()?.sight ?? (await this.#session.look(this.#options.signal));
      this.#run?.noteLoaded(sight);
      const { clock, processes } = this.#options;
      const atWork = holdersIn(sight.spaces, undefined, clock.wallMs(), processes);
      const kept = await readOwnJournals(this.#repository.home, this.#mark, (id) =>
        atWork.some(({ lease, standing }) => lease.id === id && standing === 'held'),
      );
      if (kept.kind === 'broken') return { kind: 'failed', diagnostic: brokenJournal(kept.path, kept.line) };
      this.#kept = kept.journals;
      return this.#loaded(sight, kept.journals);
    } catch (error) {
      if (!(error instanceof GitTrouble)) throw error;
      return { kind: error.isOutOfReach ? 'unreachable' : 'failed', diagnostic: error.diagnostic };
    }
  }

  #loaded({ spaces }: Sight, kept: readonly KeptJournal[]): LoadedState {
    const asked = this.#held()?.run.spaces;
    const remains = recollect(spaces, kept, (space) => asked === undefined || asked.includes(space));
    return remains === undefined ? { kind: 'none' } : { kind: 'state', ...remains };
  }

  async begin(unfinished: Unfinished, state?: State): ReturnType<Store['begin']> {
    const run = await this.#ownRun(state);
    const on = state ?? (await this.#lastState());
    return run.begin(unfinished, on);
  }

  async save(state: State, unfinished?: Unfinished, account?: Account): Promise<void> {
    const run = await this.#ownRun(state);
    const message = await this.#sign(account ?? { command: 'wikiform', steps: [] }, run);
    const isWorthTelling = account !== undefined && account.steps.length > 0;
    await run.end(state, unfinished, { message, isWorthTelling, keep: account === undefined });
    const { ownPath } = run;
    if (ownPath !== undefined) await forgetOwnJournal(ownPath);
    const isCovered = ({ entries }: KeptJournal): boolean =>
      [...spacesIn(entries)].every((space) => run.spaces.includes(space));
    for (const { path } of this.#kept.filter(isCovered)) await forgetOwnJournal(path);
    this.#kept = [];
  }

  close(): Promise<void> {
    return this.#repository.close();
  }

  /** Whoever writes without having asked for a lease asks for it now, and does not wait. */
  async #ownRun(state: State | undefined): Promise<GitRun> {
    if (this.#run !== undefined && !this.#run.isOver) return this.#run;
    const addresses = state === undefined ? [] : spacesOf(state);
    const acquired = await this.leases.acquire({
      command: 'wikiform',
      waitMs: 0,
      spaces: { addresses, andAllKnown: true },
    });
    if (acquired.kind === 'refused') throw new StateWriteError(acquired.diagnostic, undefined);
    if (this.#run === undefined) throw new StateWriteError(notHeld(this.name), undefined);
    return this.#run;
  }

  async #lastState(): Promise<State> {
    const loaded = await this.load();
    if (loaded.kind === 'failed' || loaded.kind === 'unreachable')
      throw new StateWriteError(loaded.diagnostic, undefined);
    return loaded.kind === 'state' ? loaded.state : emptyState('feishu', 'app');
  }

  /** What is known while a lease is held: nobody else changes its spaces. */
  #held(): { readonly run: GitRun; readonly sight: Sight } | undefined {
    const { sight } = this.#session;
    const run = this.#run;
    return run === undefined || run.isOver || sight === undefined ? undefined : { run, sight };
  }

  async #sign(account: Account, { spaces }: GitRun): Promise<string> {
    const { commit, isChanged } = await this.#around();
    const { host } = this.#options.processes.self;
    const { name } = await this.#author();
    return printAccount({ ...account, who: `${name} on ${host}`, manifest: commit, isChanged, spaces });
  }

  async #author(): Promise<Person> {
    const { actor, processes } = this.#options;
    const { name, email } = await this.#around();
    const user = actor ?? name ?? processes.user;
    return { name: user, email: email ?? `${processes.user}@${processes.self.host}` };
  }

  #around(): Promise<Surroundings> {
    this.#surroundings ??= this.#repository.surroundings();
    return this.#surroundings;
  }

  #log(most: number): Promise<readonly LoggedRun[]> {
    return orDiagnostic(async () => {
      const tip = await this.#repository.fetchTip(most + 1);
      if (tip === undefined) return [];
      await this.#session.read(tip);
      const commits = await this.#repository.history(tip.id, most + 1);
      return commits
        .filter((commit) => !isUnderWay(commit))
        .slice(0, most)
        .map(({ id, atMs, author, message }) => ({
          commit: id,
          atMs,
          author: author.name,
          account: parseAccount(message),
          subject: message.split('\n')[0] ?? '',
        }));
    });
  }

  #at(text: string): Promise<LoadedState> {
    return orDiagnostic(async () => {
      const tip = await this.#repository.fetchTip('all');
      const id = tip === undefined ? undefined : await this.#repository.find(text);
      if (id === undefined) return { kind: 'none' };
      return this.#loaded(await this.#session.read(await this.#repository.commit(id)), []);
    });
  }
}

function brokenJournal(path: string, line: number): Diagnostic {
  return diagnostic('STATE_UNREADABLE', {
    detail: `${path}: line ${line} cannot be read. It is the journal of a run from this checkout that was cut off.`,
    help: 'Delete it: what that run made and the state does not know is found again where it was made, by its title, unless people have moved or renamed it since.',
  });
}

function notHeld(place: string): Diagnostic {
  return diagnostic('STATE_UNWRITABLE', {
    detail: `The lock of ${place} was given back before the state was written.`,
    help: 'Run the same command again.',
  });
}
