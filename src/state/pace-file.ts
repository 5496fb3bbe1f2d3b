// The memory of a pace on disk, beside the state: which attempts were made of late, by whatever run, so
// that the next run shares the minute with this one, also when this one is killed. It need not survive the
// machine, so nothing is flushed: what a killed process has handed over, the system still writes.
//
// One file per host and app, as the vendor counts: manifests that keep their states in one folder share it.
// The name is a hash; no credential is in it, nor in the file.

import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { codeOf } from './durable-file.ts';
import { foldPace, type PaceAttempt, printBegan, printEnded } from './pace-text.ts';

export interface PaceFileOptions {
  /** The state's own file. */
  readonly statePath: string;
  /** The API's host, with its port. */
  readonly host: string;
  /** The app's public id; runs without one share a file. */
  readonly appId: string | undefined;
  /** Attempts that ended longer ago count no more: the longest window of any endpoint. */
  readonly keepMs: number;
  /** Unix milliseconds now. */
  readonly wallMs: () => number;
  /** Told once, when the file cannot be read or written; the run goes on. */
  readonly onTrouble: (warning: Diagnostic) => void;
}

/** As the provider wants it; see its `PaceMemory`. */
export interface PaceFile {
  load(): readonly PaceAttempt[];
  began(endpoint: string, wallMs: number): (wallMs: number) => void;
}

export function paceFile(options: PaceFileOptions): PaceFile {
  const path = pacePath(options);
  const run = randomUUID();
  let attempts = 0;
  let isBroken = false;
  /** Lines of attempts that ended since the last write. */
  let ended = '';
  let flush: NodeJS.Immediate | undefined;

  /** Runs the work, unless it has failed before. */
  function guarded(work: () => void): void {
    if (isBroken) return;
    try {
      work();
    } catch (error) {
      isBroken = true;
      options.onTrouble(trouble(path, error));
    }
  }

  /** By name, not through a handle: a run that starts beside this one may have replaced the file. */
  function append(line: string): void {
    const lines = ended + line;
    ended = '';
    clearImmediate(flush);
    flush = undefined;
    if (lines !== '') guarded(() => appendFileSync(path, lines));
  }

  return {
    load() {
      const found: PaceAttempt[] = [];
      guarded(() => {
        mkdirSync(dirname(path), { recursive: true });
        found.push(...foldPace(readText(path), options.wallMs(), options.keepMs));
        replace(
          path,
          found.map(({ endpoint, endedMs }, at) => printEnded(`${run}-${at}`, endpoint, endedMs)),
        );
        attempts = found.length;
      });
      return found;
    },
    began(endpoint, beganMs) {
      const id = `${run}-${attempts}`;
      attempts += 1;
      append(printBegan(id, endpoint, beganMs));
      return (endedMs) => {
        ended += printEnded(id, endpoint, endedMs);
        // With what begins next, or by itself: an end that a kill takes along is taken to be later, which
        // is safe, and opening the file twice for each of 8,000 calls takes half a second.
        flush ??= setImmediate(append, '');
      };
    },
  };
}

/** `…/state.json` has its pace in `…/pace-HASH.ndjson`. */
export function pacePath({
  statePath,
  host,
  appId,
}: Pick<PaceFileOptions, 'statePath' | 'host' | 'appId'>): string {
  const account = createHash('sha256')
    .update(JSON.stringify([host, appId ?? '']))
    .digest('hex');
  return join(dirname(statePath), `pace-${account.slice(0, 12)}.ndjson`);
}

/** No file is an empty one. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return '';
    throw error;
  }
}

/** What is over is dropped, so that the file holds no more than one run and one window. */
function replace(path: string, lines: readonly string[]): void {
  if (lines.length === 0) {
    rmSync(path, { force: true });
    return;
  }
  const temporary = `${path}.${process.pid}.tmp`;
  writeFileSync(temporary, lines.join(''));
  renameSync(temporary, path);
}

function trouble(path: string, error: unknown): Diagnostic {
  return diagnostic('PACE_FORGOTTEN', {
    severity: 'warning',
    detail: `${path} cannot be used (${codeOf(error)}). A run that follows within the minute does not know which calls this one made, and the vendor may hold it up.`,
    help: 'Make room or give write permission to that folder, or leave a minute between two runs.',
  });
}
