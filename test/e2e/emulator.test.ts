// The embedded emulator as a user meets it: behind --emulator, and served by `wikiform emulator`.

import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from 'vitest';
import { handbook, openSite, operator, root, user } from './site.ts';

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

/** Runs `wikiform emulator` while `work` is done with its address; resolves to its exit code. */
async function serve(
  words: readonly string[],
  cwd: string,
  work: (url: string) => Promise<void>,
): Promise<number | null> {
  const child = spawn(process.execPath, [`${root}dist/cli/main.js`, 'emulator', ...words], {
    cwd,
    env: {},
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  const lines = createInterface({ input: child.stdout });
  const line = await new Promise<string>((resolve) => lines.once('line', resolve));
  const { url }: { url: string } = JSON.parse(line);
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  try {
    await work(url);
  } finally {
    child.kill('SIGTERM');
  }
  return ended;
}

test('wikiform emulator: says where it is, serves, keeps its world, and ends when it is told to', async () => {
  const site = await openSite();
  const kept = (work: () => Promise<void>): Promise<number | null> =>
    serve(['--world', 'world.json'], site.folder, (url) => {
      site.write('wikiform.yaml', `version: 1\nprovider: { kind: feishu, baseUrl: "${url}" }\n${pages}`);
      return work();
    });
  const first = await kept(async () => {
    expect((await site.run('apply --auto-approve')).exitCode).toBe(0);
  });
  expect(first).toBe(0);
  expect(existsSync(join(site.folder, 'world.json'))).toBe(true);
  const second = await kept(async () => {
    const planned = await site.run('plan --format json');
    expect(planned.plan()).toMatchObject({ steps: [], summary: { unchanged: 3 } });
  });
  expect(second).toBe(0);
});

test.each([
  ['feishu', user, '99991403'],
  ['dingtalk', operator, 'Forbidden.AccessDenied.ApiCountLimitForOrg'],
])('wikiform emulator --quota: %s ends a run, and the next one goes on', async (kind, env, code) => {
  const site = await openSite({ env });
  const world = ['--vendor', kind, '--world', 'world.json'];
  const applied = async (url: string) => {
    site.write('wikiform.yaml', `version: 1\nprovider: { kind: ${kind}, baseUrl: "${url}" }\n${pages}`);
    return site.run('apply --auto-approve --format json');
  };
  // The list of spaces, the space and a page.
  await serve([...world, '--quota', '3'], site.folder, async (url) => {
    const stopped = await applied(url);
    expect(stopped).toMatchObject({ exitCode: 3 });
    expect(stopped.apply().steps.filter(({ status }) => status === 'done')).toHaveLength(2);
    expect(stopped.stdout).toContain(code);
    expect(stopped.stdout).toContain('month');
  });
  await serve(world, site.folder, async (url) => {
    const done = await applied(url);
    expect(done).toMatchObject({ exitCode: 0 });
    expect(done.apply().steps).toHaveLength(2);
  });
});
