// One call of the system's `git`. It is started without a terminal and without input, and ends after its
// time whatever it waits for, with all that it has started itself.

import { type ChildProcess, spawn } from 'node:child_process';
import type { Environment } from './environment.ts';

export interface GitCall {
  readonly words: readonly string[];
  readonly cwd: string;
  readonly env: Environment;
  /** Nothing by default. */
  readonly input?: string | undefined;
  /** After so many milliseconds the call is over. */
  readonly timeoutMs: number;
  /** Aborted: the call is over at once. Only for calls that change nothing elsewhere. */
  readonly signal?: AbortSignal | undefined;
}

export interface GitAnswer {
  /** `'missing'`: there is no `git`; `'timeout'`: it did not end in time; `'aborted'`: by the signal. */
  readonly end: number | 'missing' | 'timeout' | 'aborted';
  readonly out: Buffer;
  /** What it said, credentials in addresses left out. */
  readonly said: string;
}

export function callGit({ words, cwd, env, input, timeoutMs, signal }: GitCall): Promise<GitAnswer> {
  const child = spawn('git', words, {
    cwd,
    env,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    ...(signal === undefined ? {} : { signal }),
    // A session of its own: it has no terminal that ssh could ask at, an interrupt lets a push finish, and
    // all of it can be ended at once.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const out: Buffer[] = [];
  const said: Buffer[] = [];
  child.stdout?.on('data', (part: Buffer) => out.push(part));
  child.stderr?.on('data', (part: Buffer) => said.push(part));
  // A git that ends early does not read all of it.
  child.stdin?.on('error', () => undefined);
  if (input !== undefined) child.stdin?.end(input);
  return new Promise((resolve) => {
    const answer = (end: GitAnswer['end']): void =>
      resolve({
        end,
        out: Buffer.concat(out),
        said: withoutCredentials(Buffer.concat(said).toString('utf8')),
      });
    child.once('error', ({ name }) => answer(name === 'AbortError' ? 'aborted' : 'missing'));
    child.once('exit', () => {
      if (child.killed) endAll(child);
    });
    child.once('close', (code) => answer(child.killed || code === null ? 'timeout' : code));
  });
}

/** Helpers of a git that was killed would keep its output open, and wait on. */
function endAll({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // They are gone already.
  }
}

/** An address without the name and the password in it. */
export function withoutCredentials(text: string): string {
  return text.replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^/@\s'"]+@/gi, '$1');
}
