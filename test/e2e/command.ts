// The built command in a process of its own, which may be killed at any time.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Edge } from '../../src/cli/edge.ts';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export interface Ending {
  /** `null` where it was killed. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Witness {
  /** Gets what kills the process. */
  readonly onStart?: ((kill: () => void, pid: number) => void) | undefined;
  /** Gets each piece of what comes out on stderr. */
  readonly onErr?: ((text: string) => void) | undefined;
}

export function runMortal(
  words: readonly string[],
  place: { readonly cwd: string; readonly env: Edge['env'] },
  { onStart, onErr }: Witness = {},
): Promise<Ending> {
  const child = spawn(process.execPath, [main, ...words], { ...place, stdio: ['ignore', 'pipe', 'pipe'] });
  const written = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    written.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    written.stderr += text;
    onErr?.(text);
  });
  onStart?.(() => void child.kill('SIGKILL'), child.pid ?? 0);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', () => {
      // A push that goes on keeps nothing open here.
      setImmediate(() => {
        child.stdout.destroy();
        child.stderr.destroy();
      });
    });
    child.once('close', (exitCode) => resolve({ exitCode, ...written }));
  });
}
