// The memory of a pace on disk, beside the state: which attempts were made of late, by whatever run, so
// that the next run shares the minute with this one, also when this one is killed. It need not survive the
// machine, so nothing is flushed: what a killed process has handed over, the system still writes.
//
// Where the rate is so generous that hundreds more or fewer do not matter, attempts are noted so many at a time,
// before the first of them: a file that is opened for each of 8,000 calls takes half a second. At the vendors'
// own rates each stands for itself.
//
// One file per host and app, as the vendor counts: manifests that keep their states in one folder share it.
// The name is a hash; no credential is in it, nor in the file.

import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { codeOf } from './durable-file.ts';
import { foldPace, printBegan, printEnded } from './pace-text.ts';

export interface PaceFileOptions {
  /** The state's own file. */
  readonly statePath: string;
  /** The API's host, with its port. */
  readonly host: string;
  /** The app's public id; runs without one share a file. */
  readonly appId: string | undefined;
  /** Attempts that ended longer ago count no more: the longest window of any endpoint. */
  readonly keepMs: number;
  /** How many attempts of an endpoint may be noted together; one where it is not given. */
  readonly together?: (endpoint: string) => number;
  /** Unix milliseconds now. */
  readonly wallMs: () => number;
  /** Told once, when the file cannot be read or written; the run goes on. */
  readonly onTrouble: (warning: Diagnostic) => void;
}

/** One attempt, in Unix milliseconds. */
export interface PaceAttempt {
  readonly endpoint: string;
  readonly endedMs: number;
}

/** Attempts that were noted together. */
interface Block {
  readonly id: string;
  readonly beganMs: number;
  readonly size: number;
  begun: number;
  ended: number;
  endedMs: number;
}

/** As the provider wants it; see its `PaceMemory`. */
export interface PaceFile {
  load(): readonly PaceAttempt[];
  began(endpoint: string, wallMs: number): (wallMs: number) => void;
}

export function paceFile(options: PaceFileOptions): PaceFile {
  const path = pacePath(options);
  const run = randomUUID();
  let lines = 0;
  const blocks = new Map<string, Block>();
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
    const text = ended + line;
    ended = '';
    clearImmediate(flush);
    flush = undefined;
    if (text !== '') guarded(() => appendFileSync(path, text));
  }

  /** The block that has room for an attempt that begins now. */
  function blockFor(endpoint: string, beganMs: number): Block {
    const open = blocks.get(endpoint);
    const isYoung = open !== undefined && beganMs - open.beganMs < options.keepMs;
    if (open !== undefined && isYoung && open.begun < open.size) return open;
    const size = options.together?.(endpoint) ?? 1;
    const block: Block = { id: `${run}-${lines}`, beganMs, size, begun: 0, ended: 0, endedMs: 0 };
    lines += 1;
    blocks.set(endpoint, block);
    append(printBegan(block.id, endpoint, beganMs, size));
    return block;
  }

  return {
    load() {
      const found: PaceAttempt[] = [];
      guarded(() => {
        mkdirSync(dirname(path), { recursive: true });
        const kept = foldPace(readText(path), options.wallMs(), options.keepMs);
        replace(
          path,
          kept.map(({ endpoint, endedMs, count }, at) =>
            printEnded(`${run}-${at}`, endpoint, endedMs, count),
          ),
        );
        lines = kept.length;
        for (const { endpoint, endedMs, count } of kept)
          for (let one = 0; one < count; one += 1) found.push({ endpoint, endedMs });
      });
      return found;
    },
    began(endpoint, beganMs) {
      const block = blockFor(endpoint, beganMs);
      block.begun += 1;
      return (endedMs) => {
        block.ended += 1;
        block.endedMs = Math.max(block.endedMs, endedMs);
        if (block.ended < block.size) return;
        ended += printEnded(block.id, endpoint, block.endedMs, block.size);
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
