// Opening a page for the person at this machine. It is a convenience: whatever goes wrong, the address has
// been printed.

import { spawn } from 'node:child_process';
import type { Edge } from './edge.ts';

/** `BROWSER` goes before the system's own; on Linux a page is only opened where there is a screen. */
function openerOf(env: Edge['env'], platform: string): readonly [string, ...string[]] | undefined {
  if (env.BROWSER) return [env.BROWSER];
  if (platform === 'darwin') return ['open'];
  // Not `start`, which is a word of the shell's and reads the `&` in an address as its own.
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler'];
  return env.DISPLAY || env.WAYLAND_DISPLAY ? ['xdg-open'] : undefined;
}

/** Resolves to whether the program that opens pages could be started. */
export function openPage(url: string, env: Edge['env'], platform: string): Promise<boolean> {
  const opener = openerOf(env, platform);
  if (opener === undefined) return Promise.resolve(false);
  const [program, ...words] = opener;
  return new Promise((resolve) => {
    const child = spawn(program, [...words, url], { stdio: 'ignore', detached: true });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}
