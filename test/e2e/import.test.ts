// `wikiform import`: a wiki that grew by hand becomes a manifest and a state, and the plan after it is
// empty, with the state and without it.

import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { SeedNode, SeedSpace } from '../../src/provider/emulator/seed.ts';
import { awkwardTitles } from '../manifest/awkward-title.ts';
import { handbook, openSite, operator, type Site, user } from './site.ts';

/** Two hundred pages, and whatever a page can be. */
function grownSpace(): SeedSpace {
  const titled = awkwardTitles.map((title, index): SeedNode => ({ title, id: `wikcnAwkward${index}` }));
  const sections = Array.from(
    { length: 12 },
    (_, section): SeedNode => ({
      title: `Section ${section}`,
      children: Array.from({ length: 8 }, (_, page) => ({
        title: `Page ${page}`,
        type: ['docx', 'sheet', 'bitable', 'mindnote', 'slides', 'doc', 'file', 'docx'][page] ?? 'docx',
      })),
    }),
  );
  const twins: SeedNode = {
    title: 'Twins',
    children: [
      'Same',
      'Same',
      { title: 'Same', type: 'sheet' },
      'Same 2',
      '',
      '',
      { title: '', type: 'sheet' },
    ],
  };
  const shortcuts: SeedNode = {
    title: 'Shortcuts',
    children: [
      { title: 'To here', shortcut: 'wikcnAwkward0' },
      { title: 'To here', shortcut: 'wikcnAwkward1' },
      { title: 'To here', shortcut: 'wikcnAwkward1' },
      { title: 'To elsewhere', shortcut: 'wikcnElsewhere' },
    ],
  };
  return {
    name: 'Grown: by hand',
    description: 'Lines\nand "quotes"',
    nodes: [
      { title: 'Titles', children: titled },
      { title: 'Keys', children: ['A/B', 'back\\slash', 'A\\/B', { title: 'deep/er', children: ['x/y'] }] },
      ...sections,
      twins,
      shortcuts,
    ],
  };
}

const elsewhere: SeedSpace = {
  id: '7000000000000000001',
  name: 'Elsewhere',
  nodes: [{ title: 'There', id: 'wikcnElsewhere' }],
};

const importWords = (site: Site, words: string): string =>
  `import ${words} --provider feishu --base-url ${site.emulator.url}`;

/** Plans, with and without what is remembered, and expects nothing to do. */
async function expectEmptyPlans(site: Site, unmanaged = 0): Promise<void> {
  const planned = await site.expectNothingToDo();
  expect(planned.plan().summary).toMatchObject({ unmanaged, adopt: 0 });
  expect(planned.plan().diagnostics).toEqual([]);
  rmSync(join(site.folder, '.wikiform'), { recursive: true });
  const forgotten = await site.expectNothingToDo();
  expect(forgotten.plan().summary).toMatchObject({ unmanaged });
  expect(await site.apply()).toMatchObject({ writes: 0 });
  await site.expectNothingToDo();
}

test('a space of two hundred pages with everything that is awkward', async () => {
  const site = await openSite({ spaces: [elsewhere, grownSpace()], pace: false });
  const id = site.space('Grown: by hand');
  const imported = await site.run(importWords(site, id));
  expect(imported, imported.stderr).toMatchObject({ exitCode: 0, writes: 0, stderr: '' });
  expect(imported.stdout).toMatch(/^Grown: by hand \[grown-by-hand\]: 2\d\d pages, 6 by id\n/);
  expect(imported.calls).toEqual({ 'get-space': 1, 'list-nodes': 19 });
  expect(await site.run('validate')).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await site.run('fmt --check')).toMatchObject({ exitCode: 0, stdout: '' });
  expect(site.read('wikiform.yaml')).toContain('shortcut: { id: "wikcnElsewhere" }');
  await expectEmptyPlans(site);
});

test('what is written', async () => {
  const spaces: SeedSpace[] = [
    {
      id: '7000000000000000001',
      name: '工程 Handbook',
      sharing: 'open',
      nodes: [
        { title: 'Welcome', id: 'w' },
        { title: 'Sheets', children: [{ title: 'Plan', type: 'sheet' }, 'Plan', ''] },
        { title: 'null', shortcut: 'w' },
      ],
    },
  ];
  const site = await openSite({ spaces });
  expect((await site.run(importWords(site, '7000000000000000001'))).exitCode).toBe(0);
  expect(site.read('wikiform.yaml').replace(site.emulator.url, 'URL')).toBe(
    `# yaml-language-server: $schema=./node_modules/wikiform/schemas/manifest.schema.json
version: 1
provider:
  kind: feishu
  baseUrl: URL

spaces:
  工程-handbook:
    name: 工程 Handbook
    sharing: open
    id: "7000000000000000001"
    nodes:
      - Welcome
      - title: Sheets
        children:
          - title: Plan
            type: sheet
          - title: Plan
            key: Plan 2
          - title: ""
            key: untitled
      - title: "null"
        shortcut: 工程-handbook/Welcome
`,
  );
});

test('all spaces, each in a file of its own', async () => {
  const site = await openSite({
    pace: false,
    spaces: [elsewhere, grownSpace(), { id: '7000000000000000002', name: 'Elsewhere' }],
  });
  const imported = await site.run(importWords(site, '--all --split --format json'));
  const document = JSON.parse(imported.stdout);
  expect(document).toMatchObject({
    errored: false,
    files: ['spaces/elsewhere.yaml', 'spaces/elsewhere-2.yaml', 'spaces/grown-by-hand.yaml', 'wikiform.yaml'],
    spaces: [{ address: 'elsewhere' }, { address: 'elsewhere-2' }, { address: 'grown-by-hand' }],
    diagnostics: [],
  });
  expect(site.read('spaces/grown-by-hand.yaml')).toContain('shortcut: elsewhere/There');
  expect(await site.run('validate')).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await site.run('fmt --check')).toMatchObject({ exitCode: 0, stdout: '' });
  await expectEmptyPlans(site);
});

test('a skeleton: the lower levels stay unmanaged', async () => {
  const site = await openSite({
    spaces: [
      { name: 'Deep', nodes: [{ title: 'A', children: [{ title: 'B', children: ['C', 'D'] }] }, 'E'] },
    ],
  });
  const imported = await site.run(importWords(site, `${site.space('Deep')} --depth 2`));
  expect(imported.calls).toEqual({ 'get-space': 1, 'list-nodes': 2 });
  expect(site.read('wikiform.yaml')).toContain('children:\n          - B\n      - E\n');
  await expectEmptyPlans(site, 2);
});

test('titles that no manifest can hold are left unmanaged, and said', async () => {
  const nodes: SeedNode[] = [
    'Welcome',
    { title: '   ', id: 'blank', children: ['below'] },
    { title: 'two\nlines', id: 'lines' },
  ];
  const site = await openSite({ spaces: [{ name: 'Odd', nodes }] });
  const imported = await site.run(importWords(site, site.space('Odd')));
  expect(imported).toMatchObject({ exitCode: 0 });
  expect(imported.stdout).toContain('Odd [odd]: 1 page, 2 not declared');
  expect(imported.stderr.match(/PAGE_NOT_IMPORTED/g)).toHaveLength(2);
  await expectEmptyPlans(site, 2);
});

test('what the vendor takes from no caller is left unmanaged, and twins are told apart by their ids', async () => {
  const nodes: SeedNode[] = [
    'Welcome',
    { title: 'Minutes', id: 'minutes1' },
    { title: 'Minutes', id: 'minutes2' },
    { title: 'Minutes', type: 'workbook' },
    { title: 'Is it|not', children: ['below'] },
    { title: 'Etc.' },
    { title: 'Tables', type: 'able' },
  ];
  const spaces: SeedSpace[] = [
    { name: 'A knowledge base | of many words', description: 'x'.repeat(600), nodes },
  ];
  const site = await openSite({ kind: 'dingtalk', env: operator, spaces, pace: false });
  const imported = await site.run(
    `import ${site.world.spaces[0]?.id} --provider dingtalk --base-url ${site.emulator.url}`,
  );
  expect(imported, imported.stderr).toMatchObject({ exitCode: 0, writes: 0 });
  expect(imported.stdout).toContain('4 pages, 2 by id, 3 not declared');
  expect(imported.stderr.match(/PAGE_NOT_IMPORTED/g)).toHaveLength(3);
  expect(imported.stderr).toContain('its title holds `|`, which DingTalk does not take');
  expect(await site.run('validate')).toMatchObject({ exitCode: 0, stderr: '' });
  const planned = await site.expectNothingToDo();
  expect(planned.plan().summary).toMatchObject({ unmanaged: 3, adopt: 0 });
  expect(planned.plan().diagnostics.map(({ code }) => code)).toEqual(['SPACE_NAME_DIFFERS']);
  rmSync(join(site.folder, '.wikiform'), { recursive: true });
  expect((await site.expectNothingToDo()).plan().summary).toMatchObject({ unmanaged: 3, adopt: 5 });
});

test('pages that may not be read', async () => {
  const nodes: SeedNode[] = ['Welcome', { title: 'Secret', hiddenFrom: ['user'], children: ['below'] }];
  const site = await openSite({ spaces: [{ name: 'Partly', nodes }] });
  expect((await site.run(importWords(site, site.space('Partly')))).exitCode).toBe(0);
  await expectEmptyPlans(site);
});

describe('into a repository that has something', () => {
  test('nothing is overwritten without --force', async () => {
    const site = await openSite({ spaces: [elsewhere] });
    site.manifest(handbook('- Welcome'));
    const before = site.read('wikiform.yaml');
    const refused = await site.run(`import ${site.space('Elsewhere')}`);
    expect(refused).toMatchObject({ exitCode: 1, stdout: '', calls: {} });
    expect(refused.stderr).toContain('FILE_EXISTS');
    expect(site.read('wikiform.yaml')).toBe(before);
    expect(existsSync(join(site.folder, '.wikiform'))).toBe(false);
    expect((await site.run(`import ${site.space('Elsewhere')} --force`)).exitCode).toBe(0);
    await expectEmptyPlans(site);
  });

  test('what is replaced keeps how the wiki is reached and where the state is', async () => {
    const site = await openSite({ spaces: [elsewhere] });
    const top =
      '# by the platform team\nstate: state/wiki.json # not the usual one\nprotect: ["handbook/**"]\nguard: { maxChanges: 9 }\n';
    site.manifest(`${top}${handbook('- Welcome')}`, 'pace: { list-nodes: 90/min }');
    expect((await site.run(`import ${site.space('Elsewhere')} --force`)).exitCode).toBe(0);
    const written = site.read('wikiform.yaml');
    expect(written).toContain(
      'pace: { list-nodes: 90/min } }\n# by the platform team\nstate: state/wiki.json # not the usual one\nguard: { maxChanges: 9 }\n\nspaces:\n  elsewhere:\n',
    );
    expect(written).not.toContain('protect');
    expect(existsSync(join(site.folder, 'state/wiki.json'))).toBe(true);
    await site.expectNothingToDo();
  });

  test('nor a state without its manifest', async () => {
    const site = await openSite({ spaces: [elsewhere] });
    site.write('.wikiform/state.json', '{}');
    const refused = await site.run(importWords(site, site.space('Elsewhere')));
    expect(refused).toMatchObject({ exitCode: 1, calls: {} });
    expect(existsSync(join(site.folder, 'wikiform.yaml'))).toBe(false);
  });

  test('a space beside those that are declared', async () => {
    const site = await openSite({
      spaces: [elsewhere, { name: 'More', nodes: [{ title: 'x', shortcut: 'wikcnElsewhere' }] }],
    });
    const elsewhereId = site.space('Elsewhere');
    await site.run(importWords(site, elsewhereId));
    const more = await site.run(`import ${site.space('More')} --out spaces/more.yaml`);
    expect(more, more.stderr).toMatchObject({ exitCode: 0 });
    expect(more.stderr).toContain('FILE_NOT_INCLUDED');
    expect(site.read('spaces/more.yaml')).toContain('shortcut: elsewhere/There');
    site.write('wikiform.yaml', `${site.read('wikiform.yaml')}include: [spaces/more.yaml]\n`);
    const again = await site.run(`import ${elsewhereId} --out spaces/again.yaml`);
    expect(again.exitCode).toBe(1);
    expect(again.stderr).toContain('SPACE_MANAGED');
    await expectEmptyPlans(site);
  });
});

describe('which spaces', () => {
  test('none named: a terminal lists them, a pipe names them and ends', async () => {
    const site = await openSite({ spaces: [elsewhere, { name: 'Another' }, { name: 'Third' }] });
    const asked: string[] = [];
    const answering = (answer: string) => ({
      isInteractive: true,
      ask: async (question: string) => {
        asked.push(question);
        return answer;
      },
    });
    const picked = await site.run(importWords(site, ''), answering('2-3'));
    expect(picked, picked.stderr).toMatchObject({ exitCode: 0 });
    expect(picked.stderr).toMatch(/^1\) Another {2}\d+\n2\) Elsewhere/);
    expect(picked.stdout).toContain('[elsewhere]: 1 page');
    expect(picked.stdout).not.toContain('another');
    expect(asked).toHaveLength(1);

    const wrong = await site.run(`${importWords(site, '')} --force`, answering('0'));
    expect(wrong).toMatchObject({ exitCode: 1 });
    const piped = await site.run(`${importWords(site, '')} --force`);
    expect(piped).toMatchObject({ exitCode: 1, stdout: '' });
    expect(piped.stderr).toContain('(Another)');
    expect(piped.stderr).toContain('--all');
  });

  test('one that is not there, and one that may not be read', async () => {
    const hidden: SeedSpace = { name: 'Hidden', members: [{ type: 'openid', id: 'ou_else', role: 'admin' }] };
    const site = await openSite({ spaces: [hidden] });
    const ended = await site.run(
      importWords(site, `7999999999999999999 ${site.space('Hidden')} --format json`),
    );
    expect(ended.exitCode).toBe(1);
    const { errored, spaces, diagnostics } = JSON.parse(ended.stdout);
    expect({ errored, spaces }).toEqual({ errored: true, spaces: [] });
    expect(diagnostics.map(({ code }: { code: string }) => code).sort()).toEqual([
      'SPACE_HIDDEN',
      'SPACE_NOT_FOUND',
    ]);
    expect(existsSync(join(site.folder, 'wikiform.yaml'))).toBe(false);
  });

  test('the vendor follows from the credentials, or has to be said', async () => {
    const site = await openSite({ spaces: [elsewhere] });
    const words = `import ${site.space('Elsewhere')} --base-url ${site.emulator.url}`;
    const unclear = await site.run(words, { env: { ...user, LARK_USER_ACCESS_TOKEN: 'u-lark' } });
    expect(unclear).toMatchObject({ exitCode: 1, calls: {} });
    expect(unclear.stderr).toContain('--provider feishu|lark');
    const untrusted = await site.run(`import 7 --provider feishu --base-url https://example.com`);
    expect(untrusted.stderr).toContain('HOST_UNTRUSTED');
    expect(await site.run(words)).toMatchObject({ exitCode: 0 });
  });
});

test('the emulated wiki of a manifest', async () => {
  const site = await openSite();
  site.manifest(handbook('- Welcome\n- { title: Onboarding, children: [Day one] }'));
  await site.run('apply --auto-approve --emulator');
  const imported = await site.run('import --all --emulator --force');
  expect(imported, imported.stderr).toMatchObject({ exitCode: 0, calls: {} });
  expect(site.read('wikiform.yaml')).toContain(
    '- title: Onboarding\n        children:\n          - Day one\n',
  );
  const planned = await site.run('plan --emulator --format json');
  expect(planned.plan()).toMatchObject({ steps: [], summary: { adopt: 0, unmanaged: 0 } });
});
