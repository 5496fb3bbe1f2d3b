// Builds the command before the tests that run it, unless what is built is newer than every source file.
// What the compiler complains about is shown and does not stop the tests: `npm run lint` does that.

import { spawnSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

export default function setup(): void {
  const built = statSync(`${root}dist/cli/main.js`, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built > newestIn(`${root}src`)) return;
  spawnSync(process.execPath, [`${root}scripts/build.mjs`], { stdio: 'inherit' });
}

function newestIn(folder: string): number {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return Math.max(...files.map((file) => statSync(join(folder, file)).mtimeMs));
}
