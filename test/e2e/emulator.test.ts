// The embedded emulator as a user meets it: behind --emulator, and served by `wikiform emulator`.

import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { handbook, openSite, root } from './site.ts';

const pages = handbook('- Welcome\n- { title: Onboarding, children: [Day one] }');

test('--emulator: plan, apply, plan, in a fresh folder and without credentials', async () => {
  const site = await openSite({ env: {} });
  site.write('wikiform.yaml', `version: 1\nprovider: lark\n${pages}`);
  const planned = await site.command('plan --emulator --detailed-exitcode');
  expect(planned, planned.stderr).toMatchObject({ exitCode: 2 });
  expect(planned.stdout).toContain('Plan: 1 space, 3 to create');
  const applied = await site.command('apply --emulator --auto-approve');
  expect(applied, applied.stderr).toMatchObject({ exitCode: 0 });
  expect((await site.command('plan --emulator --detailed-exitcode')).exitCode).toBe(0);
  expect(readdirSync(join(site.folder, '.wikiform'))).toEqual(['emulator']);
  expect(readdirSync(join(site.folder, '.wikiform/emulator')).toSorted()).toEqual([
    'state.json',
    'state.world.json',
  ]);
  expect(site.emulator.requests()).toEqual([]);
});

test('--emulator: a dry run leaves the state of the real wiki alone', async () => {
  const site = await openSite();
  site.manifest(pages);
  await site.apply();
  const state = site.read('.wikiform/state.json');
  site.manifest(pages.replace('- Welcome', '- Hello'));
  const dry = await site.run('apply --emulator --auto-approve');
  expect(dry).toMatchObject({ exitCode: 0, calls: {} });
  expect(site.read('.wikiform/state.json')).toBe(state);
});

test('--emulator: a saved plan names itself with the flag, and is applied with it', async () => {
  const site = await openSite({ env: {} });
  site.write('wikiform.yaml', `version: 1\nprovider: feishu\n${pages}`);
  const planned = await site.run('plan --emulator --out plan.json');
  expect(planned.stdout).toContain('wikiform apply --emulator plan.json');
  expect(await site.run('apply --emulator plan.json')).toMatchObject({ exitCode: 0 });
});

test('--emulator: a damaged world is refused', async () => {
  const site = await openSite({ env: {} });
  site.write('wikiform.yaml', `version: 1\nprovider: feishu\n${pages}`);
  for (const text of ['not JSON', '{"formatVersion":1}']) {
    site.write('.wikiform/emulator/state.world.json', text);
    const planned = await site.run('plan --emulator');
    expect(planned.exitCode).toBe(1);
    expect(planned.stderr).toContain('EMULATOR_WORLD_UNREADABLE');
  }
});

test('wikiform emulator: says where it is, serves, keeps its world, and ends when it is told to', async () => {
  const site = await openSite();
  const serve = async (work: (url: string) => Promise<void>): Promise<number | null> => {
    const child = spawn(process.execPath, [`${root}dist/cli/main.js`, 'emulator', '--world', 'world.json'], {
      cwd: site.folder,
      env: {},
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
    const lines = createInterface({ input: child.stdout });
    const line = await new Promise<string>((resolve) => lines.once('line', resolve));
    const { url }: { url: string } = JSON.parse(line);
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    site.write('wikiform.yaml', `version: 1\nprovider: { kind: feishu, baseUrl: "${url}" }\n${pages}`);
    await work(url);
    child.kill('SIGTERM');
    return ended;
  };
  const first = await serve(async () => {
    expect((await site.run('apply --auto-approve')).exitCode).toBe(0);
  });
  expect(first).toBe(0);
  expect(existsSync(join(site.folder, 'world.json'))).toBe(true);
  const second = await serve(async () => {
    const planned = await site.run('plan --format json');
    expect(planned.plan()).toMatchObject({ steps: [], summary: { unchanged: 3 } });
  });
  expect(second).toBe(0);
});
