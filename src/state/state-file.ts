// The state on disk, with its journal beside it. Invariant: whoever reads the file sees a whole state, the
// old or the new one; and the journal goes only after the state that holds it has come.

import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { codeOf, replaceFile } from './durable-file.ts';
import { foldJournal, leftOver, type Unfinished } from './journal.ts';
import { journalPath, openJournal, readJournal, replaceJournal } from './journal-file.ts';
import type { State } from './state.ts';
import { type LoadedState, type StateStore, StateWriteError } from './state-store.ts';
import { parseState, printState, stateFormatVersion } from './state-text.ts';

/** A store in one file, a path of the user's choosing, and its journal. */
export function stateFile(path: string): StateStore {
  const journal = journalPath(path);
  const refused = (cause: unknown): StateWriteError => new StateWriteError(unwritable(path, cause), cause);

  async function save(state: State, unfinished?: Unfinished): Promise<void> {
    try {
      const text = printState(state);
      await replaceFile(path, text);
      await replaceJournal(journal, unfinished === undefined ? [] : leftOver(unfinished, fingerprint(text)));
    } catch (error) {
      throw refused(error);
    }
  }

  return {
    name: path,
    load: () => load(path, journal),
    save,
    async begin(unfinished: Unfinished, state?: State) {
      if (state !== undefined) await save(state, unfinished);
      try {
        await replaceJournal(journal, leftOver(unfinished, fingerprint((await readText(path)) ?? '')));
        return await openJournal(journal, refused);
      } catch (error) {
        throw refused(error);
      }
    },
  };
}

async function load(path: string, journal: string): Promise<LoadedState> {
  let text: string | undefined;
  try {
    text = await readText(path);
  } catch (error) {
    return failed(path, `it cannot be read (${codeOf(error)})`);
  }
  const parsed = text === undefined ? undefined : parseState(text);
  if (parsed?.kind === 'newer') return { kind: 'failed', diagnostic: newer(path, parsed.version) };
  if (parsed?.kind === 'broken') return failed(path, parsed.why);
  return withJournal(journal, parsed?.state, () => fingerprint(text ?? ''));
}

/** A journal without a state belongs to one that was deleted: then nothing is remembered at all. */
async function withJournal(
  journal: string,
  state: State | undefined,
  print: () => string,
): Promise<LoadedState> {
  if (state === undefined) return { kind: 'none' };
  try {
    const parsed = await readJournal(journal);
    if (parsed.kind === 'broken') return brokenJournal(journal, parsed.line);
    // Most runs end well and leave no journal; then there is nothing to compare 60 MB with.
    if (parsed.entries.length === 0) return { kind: 'state', state, unfinished: undefined };
    return { kind: 'state', ...foldJournal(state, print(), parsed.entries) };
  } catch (error) {
    return failed(journal, `it cannot be read (${codeOf(error)})`);
  }
}

/** `undefined` where there is no file. */
async function readText(path: string): Promise<string | undefined> {
  try {
    // Read whole and then decoded: in pieces it takes twice as long, and leaves a text of pieces.
    return (await readFile(path)).toString('utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
}

const fingerprint = (text: string): string => createHash('sha256').update(text).digest('hex');

function newer(path: string, version: string): Diagnostic {
  return diagnostic('VERSION_UNSUPPORTED', {
    detail: `${path} has format ${version}; this wikiform knows formats up to ${stateFormatVersion}.`,
    help: 'Use the wikiform version that wrote it, or a newer one: npm install wikiform@latest.',
  });
}

function unwritable(path: string, cause: unknown): Diagnostic {
  return diagnostic('STATE_UNWRITABLE', {
    detail: `${path} cannot be written (${codeOf(cause)}). What is there is as it was before, and what was done since is found again in the wiki.`,
    help: 'Make room or give write permission to that folder, then run the same command again.',
  });
}

function brokenJournal(path: string, line: number): LoadedState {
  return {
    kind: 'failed',
    diagnostic: diagnostic('STATE_UNREADABLE', {
      detail: `${path}: line ${line} cannot be read. It is the journal of a run that was cut off.`,
      help: 'Delete it: what that run made and the state does not know is found again where it was made, by its title, unless people have moved or renamed it since.',
    }),
  };
}

function failed(path: string, why: string): LoadedState {
  return {
    kind: 'failed',
    diagnostic: diagnostic('STATE_UNREADABLE', {
      detail: `${path}: ${why}.`,
      help: 'Restore the file from Git, or delete it: the next plan binds every page again by its place and title.',
    }),
  };
}
