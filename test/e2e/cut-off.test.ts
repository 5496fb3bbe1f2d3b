// A run that writes the manifest and then the state, and ends between the two: the disk is full, or the
// process is killed. What it left is true, and the next run goes on from there.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, watch } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { addPage, deleteSubtree, dragNode, renamePage } from '../../src/provider/emulator/person.ts';
import { runMortal } from './command.ts';
import { handbook, openSite, type Site, user } from './site.ts';

const grown = [
  'Welcome',
  { title: 'Planning', children: ['Overview', 'Goals'] },
  { title: 'Archive', children: ['Old'] },
];

/** Where a process writes the next state before it takes the place of the old one. */
const nextState = (site: Site, pid: number): string => join(site.folder, `.wikiform/state.json.${pid}.tmp`);

/** Runs the command in this process, on a disk that takes no state. */
async function withoutState(site: Site, words: string): ReturnType<Site['run']> {
  const obstacle = nextState(site, process.pid);
  mkdirSync(obstacle, { recursive: true });
  const ended = await site.run(words);
  rmSync(obstacle, { recursive: true });
  return ended;
}

/** Runs the command in a process that waits before it writes the state, and kills it when the file is written. */
async function killedAfter(site: Site, file: string, words: string): Promise<void> {
  mkdirSync(join(site.folder, '.wikiform'), { recursive: true });
  let release = (): void => undefined;
  const ended = await runMortal(
    words.split(' '),
    { cwd: site.folder, env: user },
    {
      onStart(kill, pid) {
        // Opening a pipe that nobody reads waits.
        expect(spawnSync('mkfifo', [nextState(site, pid)]).status).toBe(0);
        const watcher = watch(site.folder, (_, name) => {
          if (name === file) kill();
        });
        release = () => watcher.close();
      },
    },
  );
  release();
  expect(ended).toMatchObject({ exitCode: null, stdout: '' });
  for (const name of readdirSync(join(site.folder, '.wikiform')))
    if (name.endsWith('.tmp')) rmSync(join(site.folder, '.wikiform', name));
}

const importWords = (site: Site): string =>
  `import ${site.space('Grown')} --provider feishu --base-url ${site.emulator.url}`;

describe('import', () => {
  test('the disk takes no state: the manifest stands, and every page is found again', async () => {
    const site = await openSite({ spaces: [{ name: 'Grown', nodes: grown }], pace: false });
    const ended = await withoutState(site, importWords(site));
    expect(ended).toMatchObject({ exitCode: 1, stdout: '' });
    expect(ended.stderr).toContain('STATE_UNWRITABLE');
    expect(ended.stderr).toContain('wikiform apply');
    await site.expectNothingToDo();
    expect(await site.apply()).toMatchObject({ writes: 0 });
    const planned = await site.expectNothingToDo();
    expect(planned.plan().summary).toMatchObject({ adopt: 0, unmanaged: 0 });
  });

  test('killed: the same', async () => {
    const site = await openSite({ spaces: [{ name: 'Grown', nodes: grown }], pace: false });
    await killedAfter(site, 'wikiform.yaml', importWords(site));
    expect(existsSync(join(site.folder, '.wikiform/state.json'))).toBe(false);
    await site.expectNothingToDo();
    const again = await site.run(importWords(site));
    expect(again).toMatchObject({ exitCode: 1 });
    expect(again.stderr).toContain('--force');
    expect(await site.run(`${importWords(site)} --force`)).toMatchObject({ exitCode: 0 });
    const planned = await site.expectNothingToDo();
    expect(planned.plan().summary).toMatchObject({ adopt: 0, unmanaged: 0 });
  });

  test('in place of another manifest: no page of one space is taken for one of the other', async () => {
    const site = await openSite({ spaces: [{ name: 'Grown', nodes: grown }], pace: false });
    site.manifest(handbook('- Welcome\n- { title: Planning, children: [Overview] }'));
    await site.apply();
    const before = site.read('wikiform.yaml');
    const words = `import ${site.space('Grown')} --force`;
    // What belongs to the other manifest is the first to go: a state that cannot be written stops it all.
    expect(await withoutState(site, words)).toMatchObject({ exitCode: 1, stdout: '' });
    expect(site.read('wikiform.yaml')).toBe(before);
    await site.expectNothingToDo();
    expect(await site.run(words)).toMatchObject({ exitCode: 0 });
    const between = { ...JSON.parse(site.read('.wikiform/state.json')), spaces: {}, nodes: {} };
    for (const manifest of [before, site.read('wikiform.yaml')]) {
      site.write('.wikiform/state.json', JSON.stringify(between));
      site.write('wikiform.yaml', manifest);
      await site.expectNothingToDo();
    }
  });
});

describe('drift --accept', () => {
  /** Pages of one title go to where others were: nothing but the memory tells them apart. */
  async function drifted(): Promise<Site> {
    const site = await openSite({ pace: false });
    site.manifest(
      handbook(`# where people begin
- Welcome
- title: Planning # every quarter
  children: [Overview, Goals, Risks]
- title: Archive
  children: [Old]
- title: Teams
  children:
    - title: Red
      children: [Overview]
    - title: Blue
      children: []`),
    );
    await site.apply();
    const at = (...titles: string[]): string => site.page('Handbook', ...titles);
    dragNode(site.world, at('Planning', 'Overview'), { parent: at('Archive') });
    dragNode(site.world, at('Teams', 'Red', 'Overview'), { parent: at('Teams', 'Blue') });
    renamePage(site.world, at('Planning', 'Goals'), 'Aims');
    deleteSubtree(site.world, at('Archive', 'Old'));
    addPage(site.world, { parent: at('Planning') }, { title: 'Brand new' });
    return site;
  }

  async function expectAccepted(site: Site): Promise<void> {
    const again = await site.run('drift --accept');
    expect(again, again.stderr).toMatchObject({ exitCode: 0, writes: 0 });
    const planned = await site.expectNothingToDo();
    expect(planned.plan().summary).toMatchObject({ adopt: 0, forget: 0, unmanaged: 0 });
    expect(await site.run('drift --detailed-exitcode')).toMatchObject({ exitCode: 0 });
    expect(site.read('wikiform.yaml')).toContain('# every quarter');
  }

  test('the disk takes no state: the next run goes on', async () => {
    const site = await drifted();
    const ended = await withoutState(site, 'drift --accept');
    expect(ended).toMatchObject({ exitCode: 1, stdout: '', writes: 0 });
    expect(ended.stderr).toContain('STATE_UNWRITABLE');
    expect(site.read('wikiform.yaml')).toContain('Brand new');
    await expectAccepted(site);
  });

  test('killed: the same', async () => {
    const site = await drifted();
    await killedAfter(site, 'wikiform.yaml', 'drift --accept');
    expect(site.read('wikiform.yaml')).toContain('Brand new');
    await expectAccepted(site);
  });

  test('between two files: a page that goes from one to the other is in both', async () => {
    const site = await openSite({ pace: false });
    const space = (key: string, nodes: string): string =>
      `spaces:\n  ${key}:\n    name: ${key}\n    nodes: ${nodes}\n`;
    site.manifest('include: [a.yaml, b.yaml]\n');
    site.write('a.yaml', space('a', '[Welcome, Goals]'));
    site.write('b.yaml', space('b', '[Notes]'));
    await site.apply();
    dragNode(site.world, site.page('a', 'Goals'), { space: site.space('b') });
    const obstacle = join(site.folder, `a.yaml.${process.pid}.tmp`);
    mkdirSync(obstacle);
    const ended = await site.run('drift --accept');
    rmSync(obstacle, { recursive: true });
    expect(ended).toMatchObject({ exitCode: 1, stdout: '', writes: 0 });
    expect(ended.stderr).toContain('FILE_UNWRITABLE');
    for (const file of ['a.yaml', 'b.yaml']) expect(site.read(file)).toContain('Goals');
    // Nothing is guessed from what stands there twice.
    expect((await site.run('drift --accept')).stderr).toContain('CHANGES_PENDING');
    // Taken out where it left, or put back as it was, it goes on.
    site.write('a.yaml', space('a', '[Welcome]'));
    expect(await site.run('drift --accept')).toMatchObject({ exitCode: 0, writes: 0 });
    await site.expectNothingToDo();
  });

  test('a page that somebody moved in the manifest is not taken for one that people made', async () => {
    const site = await openSite({ pace: false });
    const text = handbook('- { title: Planning, children: [Overview] }\n- { title: Archive, children: [] }');
    site.manifest(text);
    await site.apply();
    site.write(
      'wikiform.yaml',
      site
        .read('wikiform.yaml')
        .replace('[Overview]', '[]')
        .replace('Archive, children: []', 'Archive, children: [Overview]'),
    );
    addPage(site.world, { parent: site.page('Handbook', 'Archive') }, { title: 'Overview' });
    renamePage(site.world, site.page('Handbook', 'Planning'), 'Plans');
    const before = site.read('wikiform.yaml');
    const refused = await site.run('drift --accept');
    expect(refused).toMatchObject({ exitCode: 1, stdout: '', writes: 0 });
    expect(refused.stderr).toContain('CHANGES_PENDING');
    expect(site.read('wikiform.yaml')).toBe(before);
  });
});
