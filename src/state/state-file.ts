// The state on disk. Invariant: whoever reads the file sees a whole state, the old or the new one:
// it is written beside, flushed, and renamed over.

import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import type { State } from './state.ts';
import { type LoadedState, type StateStore, StateWriteError } from './state-store.ts';
import { parseState, printState, stateFormatVersion } from './state-text.ts';

export function stateFile(path: string): StateStore {
  return { name: path, load: () => loadState(path), save: (state) => saveState(path, state) };
}

/** A missing file is `none`. */
async function loadState(path: string): Promise<LoadedState> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { kind: 'none' };
    return failed(path, `it cannot be read (${codeOf(error)})`);
  }
  const parsed = parseState(text);
  switch (parsed.kind) {
    case 'state':
      return parsed;
    case 'newer':
      return {
        kind: 'failed',
        diagnostic: diagnostic('VERSION_UNSUPPORTED', {
          detail: `${path} has format ${parsed.version}; this wikiform knows formats up to ${stateFormatVersion}.`,
          help: `Use the wikiform version that wrote it, or a newer one: npm install wikiform@latest.`,
        }),
      };
    case 'broken':
      return failed(path, parsed.why);
  }
}

async function saveState(path: string, state: State): Promise<void> {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeDurably(temporary, printState(state));
    await rename(temporary, path);
    await flushFolder(dirname(path));
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw new StateWriteError(unwritable(path, error), error);
  }
}

function unwritable(path: string, cause: unknown): Diagnostic {
  return diagnostic('STATE_UNWRITABLE', {
    detail: `${path} cannot be written (${codeOf(cause)}). The state there is as it was before.`,
    help: 'Make room or give write permission to that folder, then run the same command again.',
  });
}

async function writeDurably(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o644);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes the rename itself durable; some file systems cannot, and then it is as durable as they are. */
async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  if (folder === undefined) return;
  await folder.sync().catch(() => undefined);
  await folder.close();
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

function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return error instanceof Error ? error.message : String(error);
}
