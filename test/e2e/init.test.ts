// What `init` writes works at once: the manifest on the emulator, the pipeline as its host reads it.

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { version } from '../../src/cli/version.ts';
import { openSite, root } from './site.ts';

const pipelines = { github: '.github/workflows/wikiform.yml', gitlab: '.gitlab-ci.yml' } as const;

test('the manifest is valid, canonical, and applies on the emulator at once', async () => {
  const site = await openSite({ env: {} });
  const made = await site.run('init');
  expect(made).toMatchObject({ exitCode: 0, stderr: '' });
  expect(made.stdout).toContain('wikiform plan --emulator');
  expect(await site.run('validate')).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await site.run('fmt --check')).toMatchObject({ exitCode: 0 });
  const applied = await site.run('apply --emulator --auto-approve');
  expect(applied, applied.stderr).toMatchObject({ exitCode: 0 });
  expect((await site.run('plan --emulator')).stdout).toContain('No changes.');
});

describe.each(['github', 'gitlab'] as const)('--ci %s', (host) => {
  test('writes a pipeline of this version, and keeps the state on a ref', async () => {
    const site = await openSite({ env: {} });
    expect(await site.run(`init --ci ${host}`)).toMatchObject({ exitCode: 0 });
    const pipeline = site.read(pipelines[host]);
    expect(parse(pipeline)).toBeTypeOf('object');
    expect(pipeline).toContain(`WIKIFORM_PACKAGE: wikiform@${version}\n`);
    expect(pipeline).not.toContain('@VERSION@');
    expect(parse(site.read('wikiform.yaml'))).toMatchObject({ state: 'git' });
    expect(await site.run('validate')).toMatchObject({ exitCode: 0, stderr: '' });
    const planned = await site.run('plan --emulator');
    expect(planned, planned.stderr).toMatchObject({ exitCode: 0 });
  });

  test('tells the pipeline of a manifest of another name', async () => {
    const site = await openSite({ env: {} });
    const made = await site.run(`init --ci ${host} --file wiki/site.yaml`);
    expect(made.stdout).toContain('wikiform plan --emulator --file wiki/site.yaml');
    expect(await site.run('validate --file wiki/site.yaml')).toMatchObject({ exitCode: 0 });
    expect(site.read(pipelines[host])).toMatch(
      /^( +)WIKIFORM_PACKAGE: .*\n\1WIKIFORM_FILE: "wiki\/site\.yaml"$/m,
    );
  });
});

test('writes over nothing, unless told to', async () => {
  const site = await openSite({ env: {} });
  site.write('.gitlab-ci.yml', 'mine');
  const refused = await site.run('init --ci gitlab --format json');
  expect(refused.exitCode).toBe(1);
  expect(JSON.parse(refused.stdout)).toMatchObject({ errored: true, diagnostics: [{ code: 'FILE_EXISTS' }] });
  expect(site.read('.gitlab-ci.yml')).toBe('mine');
  expect(() => site.read('wikiform.yaml')).toThrow('ENOENT');
  const forced = await site.run('init --ci gitlab --format json --force');
  expect(JSON.parse(forced.stdout)).toEqual({
    formatVersion: '1.0',
    written: ['wikiform.yaml', '.gitlab-ci.yml', '.wikiform/.gitignore'],
  });
  expect(site.read('.gitlab-ci.yml')).toContain('wikiform apply --auto-approve');
});

test('what the emulator leaves behind is not committed, and the state is', async () => {
  const site = await openSite({ env: {} });
  await site.run('init');
  await site.run('apply --emulator --auto-approve');
  site.write('.wikiform/state.json', '{}');
  site.write('.wikiform/state.journal.ndjson', '');
  const git = (...words: readonly string[]): string =>
    execFileSync('git', words, { cwd: site.folder, encoding: 'utf8' });
  git('init', '--quiet');
  git('add', '.');
  expect(git('ls-files').trim().split('\n')).toEqual([
    '.wikiform/.gitignore',
    '.wikiform/state.json',
    'wikiform.yaml',
  ]);
});

test('a folder that cannot be written to', async () => {
  const site = await openSite({ env: {} });
  site.write('wiki', 'a file');
  const failed = await site.run('init --file wiki/site.yaml');
  expect(failed).toMatchObject({ exitCode: 1, stdout: '' });
  expect(failed.stderr).toContain('FILE_UNWRITABLE');
});

test('the templates are in the package, and the hooks run what exists', () => {
  const { files } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  expect(files).toContain('ci');
  const hooks: { entry: string }[] = parse(readFileSync(join(root, '.pre-commit-hooks.yaml'), 'utf8'));
  expect(hooks.map(({ entry }) => entry)).toEqual(['wikiform validate', 'wikiform fmt']);
});
