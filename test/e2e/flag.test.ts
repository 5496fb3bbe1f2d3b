// Flags, their environment twins, colours, and the small commands.

import { readFileSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { handbook, openSite, root, user } from './site.ts';

const pages = handbook('- Welcome\n- { title: Onboarding, children: [Day one] }');

test('every flag has an environment twin; the command line wins', async () => {
  const site = await openSite();
  site.manifest(pages);
  const env = { ...user, WIKIFORM_FORMAT: 'json', WIKIFORM_DETAILED_EXITCODE: 'yes' };
  const planned = await site.run('plan', { env });
  expect(planned.exitCode).toBe(2);
  expect(planned.plan().summary).toMatchObject({ createNode: 3 });
  expect((await site.run('plan --format tree', { env })).stdout).toContain('Plan: 1 space, 3 to create');
  expect((await site.run('plan', { env: { ...user, WIKIFORM_DETAILED_EXITCODE: '0' } })).exitCode).toBe(0);
  const approved = await site.run('apply', { env: { ...user, WIKIFORM_AUTO_APPROVE: '1' } });
  expect(approved).toMatchObject({ exitCode: 0, writes: 4 });

  const misused = await site.run('plan', { env: { ...user, WIKIFORM_FORMAT: 'yaml' } });
  expect(misused).toMatchObject({ exitCode: 1, stdout: '', calls: {} });
  expect(misused.stderr).toMatch(/WIKIFORM_FORMAT[\s\S]*tree, json/);
});

test('one environment serves all commands: a format that a command does not have is left aside', async () => {
  const site = await openSite();
  site.manifest(pages);
  const env = { ...user, WIKIFORM_FORMAT: 'markdown' };
  expect((await site.run('plan', { env })).stdout).toContain('### Plan:');
  expect((await site.run('validate', { env })).stdout).toBe('wikiform.yaml: valid (1 space, 3 pages)\n');
  site.manifest(handbook('- Welcome\n- Welcome'));
  expect((await site.run('validate', { env })).stdout).toBe('');
  expect((await site.run('validate --format markdown')).stderr).toContain('text, json');
});

test('a value that a flag cannot have', async () => {
  const site = await openSite();
  site.manifest(pages);
  for (const words of ['--format yaml', '--log-level loud', '--call-timeout soon', '--call-timeout 0s']) {
    const ended = await site.run(`plan ${words}`);
    expect(ended, words).toMatchObject({ exitCode: 1, stdout: '', calls: {} });
    expect(ended.stderr).toContain('USAGE');
  }
});

test('--file and --state', async () => {
  const site = await openSite();
  site.manifest(pages);
  site.write('wiki/site.yaml', site.read('wikiform.yaml'));
  site.write('wikiform.yaml', 'spoilt');
  expect(await site.run('apply --auto-approve --file wiki/site.yaml')).toMatchObject({ writes: 4 });
  expect(JSON.parse(site.read('wiki/.wikiform/state.json'))).toMatchObject({ provider: 'feishu' });
  const elsewhere = await site.run('plan --format json -f wiki/site.yaml --state other.json');
  expect(elsewhere.plan().summary).toMatchObject({ adopt: 4 });
});

const hasColors = (text: string): boolean => text.includes('\u001b[');

test('colours: on a terminal, unless told otherwise', async () => {
  const site = await openSite();
  site.manifest(handbook('- Welcome\n- Welcome'));
  const terminal = { outHasColors: true, errHasColors: true };
  expect(hasColors((await site.run('plan', terminal)).stderr)).toBe(true);
  expect(hasColors((await site.run('plan --no-color', terminal)).stderr)).toBe(false);
  const env = { ...user, WIKIFORM_NO_COLOR: '1' };
  for (const words of ['validate', 'plan']) {
    expect(hasColors((await site.run(words, { ...terminal, env })).stderr)).toBe(false);
  }
  site.manifest(pages);
  expect(hasColors((await site.run('plan', terminal)).stdout)).toBe(true);
  expect(hasColors((await site.run('plan --format json', terminal)).stdout)).toBe(false);
});

test('colours: NO_COLOR and FORCE_COLOR in the built command, whose output is a pipe', async () => {
  const site = await openSite();
  site.manifest(pages);
  const plain = await site.command('plan');
  const forced = await site.command('plan', { ...user, FORCE_COLOR: '1' });
  const refused = await site.command('plan', { ...user, FORCE_COLOR: '1', NO_COLOR: '1' });
  expect(hasColors(forced.stdout)).toBe(true);
  expect(stripVTControlCharacters(forced.stdout)).toBe(plain.stdout);
  expect(refused.stdout).toBe(plain.stdout);
});

test('--log-level: errors always, warnings and steps as asked', async () => {
  const site = await openSite();
  site.manifest(handbook('- { title: Budget, type: sheet, key: budget }'));
  const applied = await site.run('apply --auto-approve --log-level warn');
  expect(applied).toMatchObject({ exitCode: 0, stderr: '' });
  site.manifest(handbook('- { title: Budget 2027, type: sheet, key: budget }\n- News'));
  expect((await site.run('plan --log-level warn')).stderr).toContain('TITLE_NOT_WRITABLE');
  expect((await site.run('plan --log-level error')).stderr).toBe('');
  expect((await site.run('apply --auto-approve')).stderr).toContain('+ handbook/News');
});

test('schema prints what is published', async () => {
  const site = await openSite({ env: {} });
  for (const name of ['manifest', 'plan', 'apply']) {
    const printed = await site.run(`schema ${name}`);
    expect(printed).toMatchObject({ exitCode: 0, stderr: '' });
    expect(printed.stdout).toBe(readFileSync(`${root}schemas/${name}.schema.json`, 'utf8'));
  }
  expect(await site.run('schema')).toMatchObject({ stdout: (await site.run('schema manifest')).stdout });
  expect(await site.run('schema poem')).toMatchObject({ exitCode: 1, stdout: '' });
});

test('explain says how an address was matched', async () => {
  const site = await openSite();
  site.manifest(pages);
  await site.apply();
  const explained = await site.run('explain handbook/Welcome');
  expect(explained).toMatchObject({ exitCode: 0, writes: 0 });
  expect(explained.stdout).toContain(site.page('Handbook', 'Welcome'));
  const unknown = await site.run('explain handbook/Welcom');
  expect(unknown).toMatchObject({ exitCode: 1, stdout: '' });
  expect(unknown.stderr).toContain('ADDRESS_UNKNOWN');
});
