// The vendor counts calls, not runs: what a run has called in the last minute, the next one knows.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { pacePath } from '../../src/state/pace-file.ts';
import { handbook, openSite, root, user } from './site.ts';

const pages = (name: string): string =>
  Array.from({ length: 8 }, (_, at) => `- ${name} ${at + 1}`).join('\n');

test('a run keeps below the rate together with the one that was killed before it', async () => {
  let writes = 0;
  const site = await openSite({
    spaces: [{ name: 'Handbook' }, { name: 'Archive' }],
    pace: { 'create-node': { count: 6, windowMs: 3000 } },
    // The first run is killed while it waits for this answer.
    faults: {
      seed: 1,
      script: [{ endpoint: 'create-node', nth: 5, fault: { kind: 'slow', delayMs: 60_000 } }],
    },
    onChange: () => {
      writes += 1;
      if (writes === 5) first.kill('SIGKILL');
    },
  });
  const provider = 'pace: { create-node: 6/3s }';
  site.manifest(handbook(pages('Page')), provider);
  const first = spawn(process.execPath, [`${root}dist/cli/main.js`, 'apply', '--auto-approve'], {
    cwd: site.folder,
    env: user,
    stdio: 'ignore',
  });
  const [, signal] = await once(first, 'close');
  expect(signal).toBe('SIGKILL');

  // Another manifest with a state of its own in the same folder: the same app, so the same rate.
  const other = handbook(pages('Sheet'), '', 'state: .wikiform/archive.json').replace('Handbook', 'Archive');
  site.manifest(other, provider);
  const second = await site.command('apply --auto-approve');
  expect(second, second.stderr).toMatchObject({ exitCode: 0 });
  expect(second.calls['create-node']).toBe(8);
  expect(site.emulator.requests().filter(({ status }) => status === 429)).toEqual([]);
  const kept = readdirSync(join(site.folder, '.wikiform')).filter((name) => name.startsWith('pace-'));
  expect(kept).toHaveLength(1);
});

test('a pace that cannot be handed on is told where another such run could go over the rate, and is no error', async () => {
  const site = await openSite({ spaces: [{ name: 'Handbook' }] });
  site.manifest(handbook('- Welcome'));
  const { host } = new URL(site.emulator.url);
  const statePath = join(site.folder, '.wikiform/state.json');
  mkdirSync(pacePath({ statePath, host, appId: undefined }), { recursive: true });
  const few = await site.run('plan');
  expect(few).toMatchObject({ exitCode: 0, calls: { 'list-nodes': 1 } });
  expect(few.stderr).not.toContain('PACE_FORGOTTEN');
  site.manifest(handbook('- Welcome'), 'pace: { list-nodes: 1/s }');
  const many = await site.run('plan');
  expect(many).toMatchObject({ exitCode: 0, calls: { 'list-nodes': 1 } });
  expect(many.stderr).toMatch(/warning PACE_FORGOTTEN[\s\S]* {2}\.wikiform\/pace-\w+\.ndjson cannot be used/);
});
