// Runs side by side on one Git ref, each in a process and a clone of its own.

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemEdge } from '../../src/cli/system-edge.ts';
import { outlineOf } from '../../src/provider/emulator/outline.ts';
import { seedWorld } from '../../src/provider/emulator/seed.ts';
import { type Emulator, feishuRules, startEmulator } from '../../src/provider/emulator/server.ts';
import { type GitSite, openGitSite } from './git-site.ts';

interface Wiki {
  readonly site: GitSite;
  readonly emulator: Emulator;
}

const counts = { a: 12, b: 12 };
const titles = (key: string, count: number): string[] =>
  Array.from({ length: count }, (_, nth) => `${key}${String(nth).padStart(2, '0')}`);

/** Two spaces with pages to be made, at a rate the server keeps. */
async function openWiki(
  pace = '',
  options: Partial<Parameters<typeof startEmulator>[0]> = {},
): Promise<Wiki> {
  const site = openGitSite();
  const emulator = await startEmulator({
    clock: systemEdge().clock,
    world: seedWorld([], { rules: feishuRules() }),
    pace: false,
    ...options,
  });
  onTestFinished(() => emulator.close());
  const space = (key: keyof typeof counts): string =>
    `  ${key}: { name: Space ${key}, nodes: [${titles(key, counts[key]).join(', ')}] }\n`;
  site.commit(
    `version: 1\nstate: git\nprovider: { kind: feishu, baseUrl: "${emulator.url}"${pace} }\nspaces:\n${space('a')}${space('b')}`,
  );
  return { site, emulator };
}

function expectBoth({ emulator: { world } }: Wiki): void {
  expect(world.spaces.map(({ name }) => name).toSorted()).toEqual(['Space a', 'Space b']);
  for (const key of ['a', 'b'] as const) {
    const found = world.spaces.find(({ name }) => name === `Space ${key}`);
    expect(outlineOf(world, found?.id ?? '')).toHaveLength(counts[key]);
  }
}

test('on two spaces both finish, and each finds the other where it left it', async () => {
  const wiki = await openWiki();
  const runs = ['a', 'b'].map((key) =>
    wiki.site.clone().command(`apply --auto-approve --space ${key} --pace-share 1/2`),
  );
  for (const run of await Promise.all(runs)) expect(run, run.stderr).toMatchObject({ exitCode: 0 });
  expectBoth(wiki);
  const clone = wiki.site.clone();
  expect(await clone.run('plan --detailed-exitcode')).toMatchObject({ exitCode: 0 });
  const log = JSON.parse((await clone.run('state log --format json')).stdout);
  expect(log.runs.map(({ spaces }: { spaces: string[] }) => spaces.join()).toSorted()).toEqual(['a', 'b']);
  expect(wiki.site.git('rev-list', '--count', 'refs/wikiform/state')).toBe('2');
});

test('on two spaces with half of the rate each, the server never sees more than the whole', async () => {
  // The server refuses whoever goes over; a window is short, so that many pass.
  const rates = { 'create-node': { count: 6, windowMs: 400 }, 'list-nodes': { count: 20, windowMs: 400 } };
  const wiki = await openWiki(', pace: { create-node: 6/400ms, list-nodes: 20/400ms }', { pace: rates });
  const runs = ['a', 'b'].map((key) =>
    wiki.site.clone().command(`apply --auto-approve --space ${key} --pace-share 1/2`),
  );
  for (const run of await Promise.all(runs)) expect(run, run.stderr).toMatchObject({ exitCode: 0 });
  expectBoth(wiki);
  expect(wiki.emulator.requests().filter(({ status }) => status === 429)).toEqual([]);
});

test('on one space the first wins; the second says who, and waits where it is told to', async () => {
  const wiki = await openWiki();
  const { site, emulator } = wiki;
  // The remote holds the first one up until the others have been heard.
  const gate = join(site.folder, 'gate');
  const open = join(site.folder, 'open');
  site.hook(
    'post-receive',
    `cat > /dev/null; touch '${gate}'; while ! [ -f '${open}' ]; do sleep 0.05; done`,
  );
  const first = site.clone().command('apply --auto-approve');
  await expect.poll(() => existsSync(gate), { timeout: 30_000 }).toBe(true);
  const refused = await site.clone().command('apply --auto-approve --space a');
  expect(refused.exitCode).toBe(4);
  expect(refused.stderr).toMatch(
    /STATE_LOCKED[\s\S]*\w+@\S+ \(wikiform apply, process \d+\) works with a in refs\/wikiform\/state of origin since .* UTC[\s\S]*until .* UTC/,
  );
  const waiting = site.clone();
  const second = waiting.command('apply --auto-approve --lock-timeout 1m', {}, undefined, (text) => {
    if (text.includes('Waiting for')) writeFileSync(open, '');
  });
  for (const run of await Promise.all([first, second]))
    expect(run, run.stderr).toMatchObject({ exitCode: 0 });
  expectBoth(wiki);
  expect(emulator.requests().filter(({ endpoint }) => endpoint === 'create-node')).toHaveLength(24);
  expect(site.git('rev-list', '--count', 'refs/wikiform/state')).toBe('1');
});

test('a share with no call in it is refused before anything is written', async () => {
  const wiki = await openWiki();
  const refused = await wiki.site.clone().run('apply --auto-approve --pace-share 1/20');
  expect(refused).toMatchObject({ exitCode: 4 });
  expect(refused.stderr).toMatch(/PACE_SHARE_TOO_SMALL[\s\S]*create-space/);
  expect(wiki.emulator.world.spaces).toHaveLength(0);
  expect((await wiki.site.clone().run('plan --pace-share 1/101')).stderr).toContain('list-nodes');
  expect((await wiki.site.clone().run('plan --pace-share 3/2')).stderr).toContain('1/3 for one of three');
});
