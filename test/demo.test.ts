// The demo tells its story to the end: it checks itself, so that its exit code says whether it is true.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

test('npm run demo goes as told, and is plain text in a pipe', () => {
  const demo = fileURLToPath(new URL('../scripts/demo.mjs', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, [demo], { encoding: 'utf8', env: {} });
  expect(status, stdout + stderr).toBe(0);
  const told = [
    '$ wikiform apply --emulator --auto-approve',
    'Applied: 1 space and 21 pages created, 1 copied',
    '-          - title: Apollo',
    'Plan: 4 to copy, 1 to move (carrying 3 pages), 2 to rename',
    '$ wikiform apply --emulator plan.json',
    'Applied: 4 copied, 1 moved, 2 renamed',
    'No changes.',
  ];
  let from = 0;
  for (const line of told) {
    const at = stdout.indexOf(line, from);
    expect(at, `${line}\n${stdout}`).toBeGreaterThan(-1);
    from = at;
  }
  expect(stdout).not.toContain('\u001b');
});
