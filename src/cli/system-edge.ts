// The real edge: the one file that reads the clocks and, with `process-table.ts`, `process`.

import { randomBytes } from 'node:crypto';
import { createInterface } from 'node:readline/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '../provider/clock.ts';
import { openPage } from './browser.ts';
import type { Edge } from './edge.ts';
import { systemProcesses } from './process-table.ts';

const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  async sleep(ms, signal) {
    try {
      await sleep(ms, undefined, signal === undefined ? {} : { signal });
    } catch {
      throw signal?.reason ?? new Error('the wait was cut short');
    }
  },
  after(ms, ring) {
    const timer = setTimeout(ring, ms);
    return () => clearTimeout(timer);
  },
};

const defaultWidth = 100;

export function systemEdge(): Edge {
  const { stdin, stdout, stderr, env } = process;
  for (const stream of [stdout, stderr]) {
    if (!stream.listeners('error').includes(goOnUnread)) stream.on('error', goOnUnread);
  }
  return {
    cwd: process.cwd(),
    env,
    clock: systemClock,
    random: Math.random,
    secret: (bytes) => randomBytes(bytes).toString('base64url'),
    processes: systemProcesses(),
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    isInteractive: stdin.isTTY === true && stderr.isTTY === true && !isPipeline(env),
    outHasColors: hasColors(stdout.isTTY === true, env),
    errHasColors: hasColors(stderr.isTTY === true, env),
    errIsTerminal: stderr.isTTY === true && !isPipeline(env),
    width: stdout.isTTY === true ? stdout.columns : defaultWidth,
    ask,
    openPage: (url) => openPage(url, env, process.platform),
    exitNow: (exitCode) => process.exit(exitCode),
    onInterrupt,
  };
}

/** Whoever reads the output may close it early, as `head` does; the run goes on, for it may be writing. */
function goOnUnread(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

/** https://no-color.org: any value but the empty one switches colours off; FORCE_COLOR switches them on. */
function hasColors(isTerminal: boolean, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return isTerminal && env.TERM !== 'dumb';
}

/** Hosts of pipelines set CI, some of them beside a terminal that nobody sits at. */
function isPipeline({ CI }: NodeJS.ProcessEnv): boolean {
  return CI !== undefined && !['', '0', 'false'].includes(CI);
}

async function ask(question: string): Promise<string> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

function onInterrupt(listener: () => void): () => void {
  process.on('SIGINT', listener);
  process.on('SIGTERM', listener);
  return () => {
    process.off('SIGINT', listener);
    process.off('SIGTERM', listener);
  };
}
