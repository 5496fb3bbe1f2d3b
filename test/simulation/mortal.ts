// A process that dies where a test says: at one of its durable operations. What it had under way on the
// network goes on at the server, as with a real process; it does nothing more by itself.

import { appendFile, rename } from 'node:fs/promises';
import type { OnTicket, Operation, Outcome, Provider, ReadRequest } from '../../src/provider/provider.ts';
import type { JournalEntry } from '../../src/state/journal.ts';
import { journalPath } from '../../src/state/journal-file.ts';
import { printEntry } from '../../src/state/journal-text.ts';
import { stateFile } from '../../src/state/state-file.ts';
import type { Journal, StateStore } from '../../src/state/state-store.ts';

/** Ends a process; nothing in the product knows it. */
export class CrashError extends Error {}

export type How =
  | { readonly at: 'before' | 'after' }
  /** The state is replaced, and the journal is as it was. */
  | { readonly at: 'between' }
  /** So many bytes of the entry got as far as the disk. */
  | { readonly at: 'torn'; readonly bytes: number };

/** The n-th durable operation, from 0, and how far it comes; or the n-th look at a task of the vendor's. */
export type Death = { readonly operation: number; readonly how: How } | { readonly look: number };

/** What a process did durably: an entry, or one of the other two. */
export type Deed = 'save' | 'begin' | JournalEntry;

export interface Mortal {
  readonly store: StateStore;
  readonly deeds: readonly Deed[];
  /** How often it was waited for a task of the vendor's. */
  readonly looks: () => number;
  /** Waits for a task. @throws {CrashError} where it dies of that. */
  wait(): void;
  /** Closes what a dead process has left open, as the system does. */
  bury(): Promise<void>;
  bind(provider: Provider): Provider;
}

/** A process whose state is in this file. */
export function mortal(path: string, death?: Death): Mortal {
  const real = stateFile(path);
  const deeds: Deed[] = [];
  const life = { isOver: false, looks: 0 };
  const last = death !== undefined && 'operation' in death ? death : undefined;
  const opened: Journal[] = [];
  let written: Promise<unknown> = Promise.resolve();

  const live = (): void => {
    if (life.isOver) throw new CrashError('nothing is done after death');
  };

  /** Does the deed, or as much of it as death allows. */
  async function perform<T>(
    deed: Deed,
    whole: () => Promise<T>,
    part: (how: How) => Promise<void>,
  ): Promise<T> {
    live();
    const isLast = deeds.push(deed) - 1 === last?.operation;
    if (!isLast) return whole();
    life.isOver = true;
    if (last.how.at === 'after') await whole();
    else if (last.how.at !== 'before') await part(last.how);
    throw new CrashError(`died at operation ${last.operation}, ${last.how.at}`);
  }

  const save: StateStore['save'] = (state, unfinished) =>
    perform(
      'save',
      () => real.save(state, unfinished),
      async () => {
        const beside = `${path}.beside.json`;
        await stateFile(beside).save(state);
        await rename(beside, path);
      },
    );

  const store: StateStore = {
    ...real,
    save,
    async begin(unfinished, state) {
      if (state !== undefined) await save(state, unfinished);
      return perform(
        'begin',
        async () => {
          const journal = await real.begin(unfinished);
          opened.push(journal);
          return {
            close: () => journal.close(),
            append: (entry) =>
              perform(
                entry,
                () => {
                  const appended = journal.append(entry);
                  written = appended;
                  return appended;
                },
                async (how) => {
                  await written;
                  const bytes = how.at === 'torn' ? how.bytes : 0;
                  await appendFile(journalPath(path), Buffer.from(printEntry(entry)).subarray(0, bytes));
                },
              ),
          };
        },
        async () => undefined,
      );
    },
  };

  return {
    store,
    deeds,
    looks: () => life.looks,
    wait() {
      live();
      life.looks += 1;
      if (death === undefined || !('look' in death) || death.look !== life.looks) return;
      life.isOver = true;
      throw new CrashError(`died at look ${death.look}`);
    },
    bury: async () => {
      if (life.isOver) await Promise.all(opened.map((journal) => journal.close()));
    },
    bind: (provider) => bound(provider, live),
  };
}

/** Whoever is dead neither asks nor hears. */
function bound(provider: Provider, live: () => void): Provider {
  return {
    ...provider,
    capabilities: provider.capabilities,
    aliases: provider.aliases,
    identity: provider.identity,
    identities: provider.identities,
    calls: () => provider.calls(),
    close: () => provider.close(),
    async read(request: ReadRequest, signal?: AbortSignal) {
      live();
      const sighting = await provider.read(request, signal);
      live();
      return sighting;
    },
    settle: async (ticket, signal) => provider.settle?.(ticket, signal),
    async perform(operation: Operation, signal?: AbortSignal, onTicket?: OnTicket): Promise<Outcome> {
      live();
      const outcome = await provider.perform(operation, signal, onTicket);
      live();
      return outcome;
    },
  };
}

/** Every way to die at these deeds; an entry may also be torn in the middle. */
export function deathsIn(deeds: readonly Deed[]): Death[] {
  return deeds.flatMap((deed, operation) => waysOf(deed).map((how) => ({ operation, how })));
}

function waysOf(deed: Deed): How[] {
  const ends: How[] = [{ at: 'before' }, { at: 'after' }];
  if (deed === 'save') return [...ends, { at: 'between' }];
  if (deed === 'begin') return ends;
  return [...ends, { at: 'torn', bytes: Math.floor(Buffer.byteLength(printEntry(deed)) / 2) }];
}
