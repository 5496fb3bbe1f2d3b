// `wikiform drift --accept`: the manifest follows the wiki by the smallest edit, comments and layout kept,
// or not at all.

import { describe, expect, test } from 'vitest';
import {
  addPage,
  changeSpace,
  deleteSubtree,
  dragNode,
  renamePage,
} from '../../src/provider/emulator/person.ts';
import { openSite, type Site } from './site.ts';

/** A site with these spaces applied; the text begins at `spaces:`. */
async function applied(text: string, top = ''): Promise<Site> {
  const site = await openSite({ pace: false });
  site.manifest(`${top}${text}`);
  await site.apply();
  return site;
}

const spacesOf = (site: Site): string => site.read('wikiform.yaml').replace(/^[\s\S]*?(?=^spaces:)/m, '');

async function accept(site: Site): Promise<void> {
  const accepted = await site.run('drift --accept');
  expect(accepted, accepted.stderr).toMatchObject({ exitCode: 0, writes: 0 });
  expect(accepted.stdout).toContain('Accepted. Written: wikiform.yaml, the state');
  const planned = await site.expectNothingToDo();
  expect(planned.plan().summary).toMatchObject({ unmanaged: 0, adopt: 0, forget: 0 });
}

const handbook = `spaces:
  handbook:
    name: Handbook   # as on the door
    nodes:
      # where people begin
      - Welcome

      - title: Planning   # every quarter
        children:
          # what we want
          - Goals
          # what may happen
          - Risks

      # what is over
      - title: Archive
        key: archive
        children: [Old notes, { title: Older notes, type: sheet }]

      - title: Links
        children:
          - title: The risks
            shortcut: handbook/Planning/Risks
          - title: A copy
            copy: { from: handbook/Planning/Goals }
`;

test('moved: with its text and its comments, and named by its new address', async () => {
  const site = await applied(handbook);
  dragNode(site.world, site.page('Handbook', 'Planning', 'Risks'), {
    parent: site.page('Handbook', 'Archive'),
  });
  await accept(site);
  expect(spacesOf(site)).toBe(
    handbook
      .replace('          # what may happen\n          - Risks\n', '')
      .replace(
        '        children: [Old notes, { title: Older notes, type: sheet }]\n',
        `        children:
          - Old notes
          - { title: Older notes, type: sheet }
          # what may happen
          - Risks
`,
      )
      .replace('shortcut: handbook/Planning/Risks', 'shortcut: handbook/archive/Risks'),
  );
});

test('renamed: the title, and the key where that was the title', async () => {
  const site = await applied(handbook);
  renamePage(site.world, site.page('Handbook', 'Planning'), 'Plans: 2027');
  renamePage(site.world, site.page('Handbook', 'Archive', 'Old notes'), 'Notes, old');
  renamePage(site.world, site.page('Handbook', 'Archive'), 'Attic');
  changeSpace(site.world, site.space('Handbook'), { name: 'Guide' });
  const accepted = await site.run('drift --accept');
  expect(accepted, accepted.stderr).toMatchObject({ exitCode: 0 });
  expect(spacesOf(site)).toBe(
    handbook
      .replace('name: Handbook ', 'name: Guide ')
      .replace('title: Planning ', 'title: "Plans: 2027" ')
      .replace('title: Archive', 'title: Attic')
      .replace('[Old notes', '["Notes, old"')
      .replace('shortcut: handbook/Planning/Risks', 'shortcut: "handbook/Plans: 2027/Risks"')
      .replace('from: handbook/Planning/Goals', 'from: "handbook/Plans: 2027/Goals"'),
  );
  await site.expectNothingToDo();
});

test('gone: the page leaves with its comment, and what named it names its id', async () => {
  const site = await applied(handbook);
  const risks = site.page('Handbook', 'Planning', 'Risks');
  deleteSubtree(site.world, site.page('Handbook', 'Planning'));
  const accepted = await site.run('drift --accept --format json');
  expect(accepted, accepted.stderr).toMatchObject({ exitCode: 0 });
  expect(JSON.parse(accepted.stdout)).toMatchObject({
    errored: false,
    files: ['wikiform.yaml'],
    summary: { gone: 3 },
  });
  expect(spacesOf(site)).not.toContain('every quarter');
  expect(spacesOf(site)).toContain(`shortcut: { id: "${risks}" }`);
  expect(spacesOf(site)).toContain('      # what is over\n      - title: Archive\n');
  await site.expectNothingToDo();
});

test('new: declared as an import would, with all below it; or left alone', async () => {
  const site = await applied(handbook);
  const planning = site.page('Handbook', 'Planning');
  const mine = addPage(site.world, { parent: planning }, { title: 'Mine', type: 'sheet' });
  addPage(site.world, { parent: mine }, { title: 'null' });
  addPage(site.world, { parent: site.page('Handbook', 'Welcome') }, { title: 'To mine', origin: mine });
  dragNode(site.world, site.page('Handbook', 'Planning', 'Goals'), { parent: mine });

  const alone = await site.run('drift --accept --no-new');
  expect(alone).toMatchObject({ exitCode: 0 });
  expect(spacesOf(site)).not.toContain('Mine');
  expect(spacesOf(site)).not.toContain('Goals\n');
  site.write('wikiform.yaml', site.read('wikiform.yaml').replace(/^spaces:[\s\S]*/m, handbook));
  const again = await applied(handbook);
  const planningAgain = again.page('Handbook', 'Planning');
  const mineAgain = addPage(again.world, { parent: planningAgain }, { title: 'Mine', type: 'sheet' });
  addPage(again.world, { parent: mineAgain }, { title: 'null' });
  addPage(
    again.world,
    { parent: again.page('Handbook', 'Welcome') },
    { title: 'To mine', origin: mineAgain },
  );
  dragNode(again.world, again.page('Handbook', 'Planning', 'Goals'), { parent: mineAgain });
  await accept(again);
  expect(spacesOf(again)).toBe(
    handbook
      .replace(
        '      - Welcome\n',
        `      - title: Welcome
        children:
          - title: To mine
            shortcut: handbook/Planning/Mine
`,
      )
      .replace('          # what we want\n          - Goals\n', '')
      .replace(
        '          - Risks\n',
        `          - Risks
          - title: Mine
            type: sheet
            children:
              - "null"
              # what we want
              - Goals
`,
      )
      .replace('from: handbook/Planning/Goals', 'from: handbook/Planning/Mine/Goals'),
  );
});

test('a title that a sibling has: told apart by its key', async () => {
  const site = await applied(handbook);
  renamePage(site.world, site.page('Handbook', 'Welcome'), 'Links');
  addPage(site.world, { parent: site.page('Handbook', 'Planning') }, { title: 'Goals' });
  await accept(site);
  expect(spacesOf(site)).toContain('- title: Links\n        key: Welcome\n');
  expect(spacesOf(site)).toMatch(/- title: Goals\n {12}key: Goals 2\n {12}id: "wikcn/);
});

test('over several files, with their own ends of lines', async () => {
  const site = await openSite({ pace: false });
  site.manifest('include: [spaces/*.yaml]\n');
  const one = 'spaces:\r\n  one:\r\n    name: One\r\n    nodes:\r\n      - A\r\n      - B # stays\r\n';
  const two = 'spaces:\n  two:\n    name: Two\n';
  site.write('spaces/one.yaml', one);
  site.write('spaces/two.yaml', two);
  await site.apply();
  dragNode(site.world, site.page('One', 'A'), { space: site.space('Two') });
  const accepted = await site.run('drift --accept');
  expect(accepted.stdout).toContain('Written: spaces/one.yaml, spaces/two.yaml, the state');
  expect(site.read('spaces/one.yaml')).toBe(one.replace('      - A\r\n', ''));
  expect(site.read('spaces/two.yaml')).toBe(`${two}    nodes:\n      - A\n`);
  await site.expectNothingToDo();
});

test('nothing to accept, nothing written', async () => {
  const site = await applied(handbook);
  const before = site.read('wikiform.yaml');
  expect(await site.run('drift --accept')).toMatchObject({ exitCode: 0, stderr: '' });
  expect(site.read('wikiform.yaml')).toBe(before);
});

test('titles that the wiki keeps are taken over as well', async () => {
  const site = await applied(handbook.replace('    nodes:', '    titles: follow\n    nodes:'));
  renamePage(site.world, site.page('Handbook', 'Welcome'), 'Hello');
  await accept(site);
  expect(spacesOf(site)).toContain('      - Hello\n');
});

describe('refused, with the line, and nothing is written', () => {
  async function refused(site: Site, code: string, line: string): Promise<void> {
    const before = site.read('wikiform.yaml');
    const state = site.read('.wikiform/state.json');
    const ended = await site.run('drift --accept');
    expect(ended, ended.stderr).toMatchObject({ exitCode: 1, stdout: '' });
    expect(ended.stderr).toContain(code);
    expect(ended.stderr).toContain(line);
    expect(site.read('wikiform.yaml')).toBe(before);
    expect(site.read('.wikiform/state.json')).toBe(state);
  }

  test('a page that an alias brings', async () => {
    const site = await applied(`spaces:
  one:
    name: One
    nodes:
      - title: A
        children: &common [X, Y]
      - title: B
        children: *common
`);
    renamePage(site.world, site.page('One', 'B', 'X'), 'Z');
    await refused(site, 'one/B/X is brought by an alias', '[X, Y]');
  });

  test('a page that an anchor marks', async () => {
    const site = await applied(`spaces:
  one:
    name: One
    nodes:
      - title: A
        children: &common [X, Y]
      - title: B
        children: *common
`);
    renamePage(site.world, site.page('One', 'A', 'X'), 'Z');
    await refused(site, 'the anchor &common', '[X, Y]');
  });

  test('a page that the copy of a branch declares', async () => {
    const site = await applied(`spaces:
  one:
    name: One
    nodes:
      - title: Template
        children: [X]
      - title: Project
        copy: { from: one/Template, children: true }
`);
    renamePage(site.world, site.page('One', 'Project', 'X'), 'Z');
    await refused(site, 'EDIT_REFUSED', 'copy: { from: one/Template');
  });

  test('what the source of such a copy gains', async () => {
    const site = await applied(`spaces:
  one:
    name: One
    nodes:
      - title: Template
        children: [X]
      - title: Project
        copy: { from: one/Template, children: true }
`);
    addPage(site.world, { parent: site.page('One', 'Template') }, { title: 'Y' });
    await refused(site, 'the plan would still', 'one/Project/Y');
  });

  test('comments in brackets that would have to go', async () => {
    const site = await applied(`spaces:
  one:
    name: One
    nodes: [
      A, # the first
      B
    ]
`);
    addPage(site.world, { parent: site.page('One', 'A') }, { title: 'Below' });
    await refused(site, 'holds comments', 'name: One');
  });

  test('a manifest with changes that were not applied', async () => {
    const site = await applied(handbook);
    renamePage(site.world, site.page('Handbook', 'Welcome'), 'Hello');
    site.write('wikiform.yaml', site.read('wikiform.yaml').replace('- Goals', '- Goals\n          - More'));
    await refused(site, 'CHANGES_PENDING', '- More');
  });

  test('a title that no manifest can hold', async () => {
    const site = await applied(handbook);
    renamePage(site.world, site.page('Handbook', 'Welcome'), '  ');
    await refused(site, 'The title "  " is blank', '');
  });
});

test('a pattern that named the page', async () => {
  const site = await applied(handbook, 'protect: ["handbook/Welcome"]\n');
  renamePage(site.world, site.page('Handbook', 'Welcome'), 'Hello');
  await accept(site);
  expect(spacesOf(site)).toContain('- title: Hello\n        key: Welcome\n');
  dragNode(site.world, site.page('Handbook', 'Hello'), { parent: site.page('Handbook', 'Archive') });
  const accepted = await site.run('drift --accept');
  expect(accepted).toMatchObject({ exitCode: 0 });
  expect(accepted.stderr).toContain('GLOB_LEFT_BEHIND');
});
