// `plan --base`: whose doing each step is, under whose safeguards, and what stands in for a state.

import { rmSync, symlinkSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { dragNode, renamePage } from '../../src/provider/emulator/person.ts';
import { commitAll, type Git, initRepository } from './git.ts';
import { handbook, openSite, type Site } from './site.ts';

interface Repository {
  readonly site: Site;
  readonly git: Git;
}

/** A site in a repository that keeps its state out of it. */
async function openRepository(): Promise<Repository> {
  const site = await openSite();
  const git = initRepository(site.folder);
  site.write('.gitignore', '.wikiform\nplan.json\n');
  return { site, git };
}

/** What was applied is committed as well. */
async function applied(text: string): Promise<Repository> {
  const opened = await openRepository();
  opened.site.manifest(text);
  const done = await opened.site.run('apply --auto-approve --ignore-guard');
  expect(done, done.stderr).toMatchObject({ exitCode: 0 });
  commitAll(opened.git);
  return opened;
}

const engineering = (nodes: string): string =>
  `spaces:\n  eng:\n    name: Engineering\n    nodes:\n${nodes.trim().replace(/^/gm, '      ')}\n`;

describe('three origins in one plan', () => {
  const main = (nodes: string): string => handbook(nodes, '', 'include: ["spaces/*.yaml"]');

  async function story(): Promise<Repository> {
    const { site, git } = await openRepository();
    site.manifest(main('- { title: Onboarding, children: [Day one, Week one] }\n- Planning'));
    site.write('spaces/eng.yaml', engineering('- { title: Guides, children: [Style, Review] }\n- Misc'));
    await site.apply();
    commitAll(git);
    // Merged, and not yet applied: a page that is new, and one that is called otherwise.
    site.write(
      'spaces/eng.yaml',
      engineering('- { title: Guides, children: [Style guide, Review] }\n- Misc\n- News'),
    );
    commitAll(git);
    // By hand: a page dragged, and one renamed.
    dragNode(site.world, site.page('Engineering', 'Guides', 'Review'), { space: site.space('Handbook') });
    renamePage(site.world, site.page('Handbook', 'Planning'), 'Plans');
    // This change: a page moves, another is made, in the manifest and in what it includes.
    site.manifest(main('- Onboarding\n- { title: Planning, children: [Week one] }\n- Day one'));
    site.write(
      'spaces/eng.yaml',
      engineering(
        '- { title: Guides, children: [Style guide, Review] }\n- { title: Misc, children: [How to test] }\n- News',
      ),
    );
    return { site, git };
  }

  const wanted = {
    'create-node eng/Misc/How to test': 'this-change',
    'create-node eng/News': 'pending',
    'move-node eng/Guides/Review': 'drift',
    'move-node handbook/Day one': 'this-change',
    'move-node handbook/Planning/Week one': 'this-change',
    'rename-node eng/Guides/Style guide': 'pending',
    'rename-node handbook/Planning': 'drift',
  };

  const origins = (site: Site, words: string) =>
    site.run(words).then((planned) => {
      const { steps } = planned.plan();
      return Object.fromEntries(steps.map(({ kind, address, origin }) => [`${kind} ${address}`, origin]));
    });

  test('in JSON, with the commit that they are told from', async () => {
    const { site, git } = await story();
    expect(await origins(site, 'plan --format json --base main')).toEqual(wanted);
    const { base, diagnostics } = (await site.run('plan --format json --base main')).plan();
    expect(base).toEqual({ ref: 'main', commit: git('rev-parse main') });
    expect(diagnostics).toEqual([]);
  });

  test('in the tree and its last line', async () => {
    const { site } = await story();
    const { stdout } = await site.run('plan --base main');
    expect(stdout).toContain('3 from this change, 2 pending, 2 drift');
    expect(stdout).toMatch(/\+ .*News +declared \(pending\)/);
    expect(stdout).toMatch(/→ .*Review +was moved by hand to handbook \(drift\)/);
  });

  test.each(['diff', 'markdown', 'github'])('in %s', async (format) => {
    const { site } = await story();
    const { stdout } = await site.run(`plan --base main --format ${format}`);
    expect(stdout).toContain('3 from this change, 2 pending, 2 drift');
    expect(stdout).toMatch(/News.*declared \(pending\)/);
    expect(stdout).toMatch(/Planning.*title was "Plans".*\(drift\)/);
  });

  test('told from an older commit, what was pending is of this change', async () => {
    const { site } = await story();
    const found = await origins(site, 'plan --format json --base main~1');
    expect(found).toEqual({
      ...wanted,
      'create-node eng/News': 'this-change',
      'rename-node eng/Guides/Style guide': 'this-change',
    });
  });

  test('what this change alone brings about is its own, though the base declares the page too', async () => {
    const { site } = await story();
    site.write(
      'spaces/eng.yaml',
      engineering('- { title: Guides, children: [Style guide, Review, Tone] }\n- Misc\n- News'),
    );
    // One page had left and one had come: a rename. Now two have come, and which it is nobody can say.
    expect(await origins(site, 'plan --format json --base main')).toMatchObject({
      'create-node eng/Guides/Style guide': 'this-change',
      'create-node eng/Guides/Tone': 'this-change',
      'create-node eng/News': 'pending',
    });
  });

  test('without a base a step is of this change or drift', async () => {
    const { site } = await story();
    const found = await origins(site, 'plan --format json');
    expect(new Set(Object.values(found))).toEqual(new Set(['this-change', 'drift']));
    expect((await site.run('plan')).stdout).not.toContain('from this change');
  });

  test('a base is read without a call, and changes nothing of the digest', async () => {
    const { site } = await story();
    const [alone, beside] = [
      await site.run('plan --format json'),
      await site.run('plan --format json --base main'),
    ];
    expect(beside.calls).toEqual(alone.calls);
    expect(beside.plan().digest).toBe(alone.plan().digest);
  });
});

test('the manifest lies in a folder of the repository, and the command runs elsewhere', async () => {
  const { site, git } = await openRepository();
  const text = (nodes: string): string =>
    `version: 1\nprovider: { kind: feishu, baseUrl: "${site.emulator.url}" }\ninclude: ["../shared/*.yaml"]\n${handbook(nodes)}`;
  site.write('wiki/site.yaml', text('- Welcome'));
  site.write('shared/eng.yaml', engineering('- Guides'));
  await site.run('apply --auto-approve --file wiki/site.yaml');
  commitAll(git);
  site.write('shared/eng.yaml', engineering('- Guides\n- Merged'));
  commitAll(git);
  site.write('wiki/site.yaml', text('- Welcome\n- Proposed'));
  for (const [folder, file] of [
    ['', 'wiki/site.yaml'],
    ['wiki', 'site.yaml'],
    ['shared', '../wiki/site.yaml'],
  ]) {
    const planned = await site.run(`plan --format json --base main --file ${file}`, {
      cwd: `${site.folder}/${folder}`,
    });
    expect(planned.plan().steps, `from ${folder}`).toMatchObject([
      { address: 'handbook/Proposed', origin: 'this-change' },
      { address: 'eng/Merged', origin: 'pending' },
    ]);
  }
});

test('links, folders with blanks and an include that leads out of the tree, as on the disk', async () => {
  const { site, git } = await openRepository();
  const files = (nodes: string): void => {
    site.manifest(handbook('- Welcome', '', 'include: ["the spaces/**/*.yaml", "./linked.yaml"]'));
    site.write('the spaces/deep/eng.yaml', engineering(nodes));
    site.write('the spaces/node_modules/not-read.yaml', 'nonsense');
    site.write('elsewhere/ops.yaml', 'spaces:\n  ops:\n    name: Operations\n    nodes: [Runbook]\n');
  };
  files('- Guides');
  symlinkSync('elsewhere/ops.yaml', `${site.folder}/linked.yaml`);
  commitAll(git);
  files('- Guides\n- More');
  const planned = (await site.run('plan --format json --base main')).plan();
  expect(planned.diagnostics).toEqual([]);
  const own = planned.steps.filter(({ origin }) => origin === 'this-change');
  expect(own.map(({ address }) => address)).toEqual(['eng/More']);

  rmSync(`${site.folder}/linked.yaml`);
  symlinkSync('/etc/hostname', `${site.folder}/linked.yaml`);
  commitAll(git);
  rmSync(`${site.folder}/linked.yaml`);
  site.write('linked.yaml', 'spaces: {}\n');
  const { diagnostics } = (await site.run('plan --format json --base main')).plan();
  expect(diagnostics).toMatchObject([
    { code: 'BASE_INVALID', detail: expect.stringContaining('a link that leads outside the repository') },
  ]);
});

describe('a base that is not there', () => {
  const codeOf = async (site: Site, words: string): Promise<string> => {
    const ended = await site.run(`${words} --format json`);
    expect(ended).toMatchObject({ exitCode: 1, calls: {} });
    expect(ended.plan().diagnostics).toHaveLength(1);
    return ended.plan().diagnostics[0]?.code ?? '';
  };

  test('no repository', async () => {
    const site = await openSite();
    site.manifest(handbook('- Welcome'));
    expect(await codeOf(site, 'plan --base main')).toBe('BASE_UNREADABLE');
    expect((await site.run('plan --base main')).stderr).toContain('not a git repository');
  });

  test('no such ref, and what looks like a flag of git', async () => {
    const { site } = await applied(handbook('- Welcome'));
    for (const ref of ['origin/main', '--all', 'HEAD:wikiform.yaml', '0123456789abcdef'])
      expect(await codeOf(site, `plan --base=${ref}`), ref).toBe('BASE_UNKNOWN');
    expect(await codeOf(site, 'plan --base= ')).toBe('BASE_UNKNOWN');
  });

  test('a shallow clone says how to fetch it', async () => {
    const { site, git } = await applied(handbook('- Welcome'));
    const first = git('rev-parse HEAD');
    commitAll(git);
    git(`clone --quiet --depth=1 file://${site.folder} clone`);
    const cwd = `${site.folder}/clone`;
    const { exitCode, stderr } = await site.run(`plan --base ${first}`, { cwd });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/made without its history[\s\S]*fetch-depth: 0/);
    expect(await site.run('plan --base origin/main', { cwd })).toMatchObject({ exitCode: 0 });
  });

  test('no manifest at it: all is of this change, and that is said', async () => {
    const { site, git } = await openRepository();
    commitAll(git);
    site.manifest(handbook('- Welcome'));
    const planned = await site.run('plan --format json --base main');
    expect(planned.exitCode).toBe(0);
    expect(planned.plan().diagnostics).toMatchObject([{ code: 'BASE_EMPTY', severity: 'info' }]);
    expect(new Set(planned.plan().steps.map(({ origin }) => origin))).toEqual(new Set(['this-change']));
  });

  test('a manifest at it that is not valid: a warning that says where, and no base', async () => {
    const { site, git } = await applied(handbook('- Welcome'));
    site.manifest(`protect: ["handbook/**"]\n${handbook('- Welcome\n- Welcome')}`);
    commitAll(git);
    site.manifest(handbook('- Welcome\n- News'));
    const planned = await site.run('plan --format json --base main');
    expect(planned.exitCode).toBe(0);
    expect(planned.plan()).not.toHaveProperty('base');
    expect(planned.plan().steps).toMatchObject([{ origin: 'this-change' }]);
    const [found] = planned.plan().diagnostics;
    expect(found).toMatchObject({ code: 'BASE_INVALID', severity: 'warning' });
    expect(found?.detail).toMatch(/at main is not valid.*wikiform\.yaml:9: .*Welcome/);
  });

  test('a checkout that lacks what has come to the base since is told so, with the commit where they parted', async () => {
    const { site, git } = await applied(handbook('- Welcome'));
    const parted = git('rev-parse HEAD');
    site.manifest(handbook('- Welcome\n- Merged'));
    commitAll(git);
    git('checkout --quiet -b topic HEAD~1');
    site.manifest(handbook('- Welcome\n- Proposed'));
    commitAll(git);
    const planned = await site.run('plan --format json --base main');
    expect(planned.plan().diagnostics).toMatchObject([{ code: 'BASE_AHEAD', severity: 'warning' }]);
    expect(planned.plan().diagnostics[0]?.help).toContain(`--base ${parted.slice(0, 12)}`);
    expect((await site.run(`plan --format json --base ${parted}`)).plan().diagnostics).toEqual([]);
    git('merge --quiet --strategy ours main');
    expect((await site.run('plan --format json --base main')).plan().diagnostics).toEqual([]);
  });
});

describe('safeguards', () => {
  const pages = '- { title: Policies, children: [Security] }\n- Archive\n- News';
  const moved = '- Policies\n- { title: Archive, children: [Security] }\n- News\n- More\n- Even more';

  test('the stricter of both holds, and what was loosened is told with its place', async () => {
    const { site, git } = await applied(
      handbook(pages, '', 'guard: { maxChanges: 1 }\nprotect: ["handbook/Policies/**"]'),
    );
    site.manifest(handbook(moved, '', 'guard: { maxChanges: 9 }'));
    expect(await site.run('plan --detailed-exitcode')).toMatchObject({ exitCode: 2 });
    const held = await site.run('plan --format json --base main');
    expect(held.exitCode).toBe(1);
    const told = held.plan().diagnostics.map(({ code, detail }) => `${code} ${detail}`);
    expect(told).toContainEqual(
      expect.stringMatching(
        /^SAFEGUARD_LOOSENED guard\.maxChanges is 9 here and 1 at main \(wikiform\.yaml:3\)/,
      ),
    );
    expect(told).toContainEqual(
      expect.stringMatching(
        /^SAFEGUARD_LOOSENED protect lacks "handbook\/Policies\/\*\*".* at main \(wikiform\.yaml:4\)/,
      ),
    );
    expect(told).toContainEqual(expect.stringMatching(/^PROTECTED handbook\/Archive\/Security /));
    expect(told).toContainEqual(expect.stringMatching(/^GUARD_EXCEEDED .* allows 1\./));
    commitAll(git);
    const merged = await site.run('plan --detailed-exitcode --base main');
    expect(merged, merged.stderr).toMatchObject({ exitCode: 2, stderr: '' });
  });

  test('a pattern that a wider one stands in for is not missed', async () => {
    const { site } = await applied(handbook(pages, '', 'protect: ["handbook/Policies/**"]'));
    site.manifest(handbook(`${pages}\n- More`, '', 'protect: ["handbook/**"]'));
    expect((await site.run('plan --format json --base main')).plan().diagnostics).toEqual([]);
  });

  test('onRemove: keep still holds for what leaves with the change', async () => {
    const { site } = await applied(handbook(pages));
    site.manifest(
      handbook(
        '- { title: Policies, children: [Security] }\n- Archive',
        'onRemove: { archive: handbook/Archive }',
      ),
    );
    expect((await site.run('plan --format json')).plan().steps).toMatchObject([{ kind: 'move-node' }]);
    const held = await site.run('plan --format json --base main');
    expect(held.plan()).toMatchObject({
      steps: [],
      forgotten: ['handbook/News'],
      diagnostics: [{ code: 'SAFEGUARD_LOOSENED', source: { file: 'wikiform.yaml' } }],
    });
  });
});

describe('without a state', () => {
  async function forked(): Promise<Site> {
    const { site } = await applied(
      handbook('- { title: Planning, children: [{ title: Apollo, children: [Goals] }] }\n- Other'),
    );
    site.manifest(
      handbook('- Planning\n- { title: Other, children: [{ title: Apollo, children: [Goals] }] }'),
    );
    return site;
  }

  test('the base says what was where, so that a move is a move', async () => {
    const site = await forked();
    const known = await site.run('plan --format json --base main');
    const unknown = await site.run('plan --format json --base main --state elsewhere.json');
    expect(unknown.plan()).toMatchObject({
      digest: known.plan().digest,
      steps: [{ kind: 'move-node', address: 'handbook/Other/Apollo', origin: 'this-change' }],
    });
    expect(
      unknown
        .plan()
        .diagnostics.map(({ code }) => code)
        .sort(),
    ).toEqual(['BASE_REMEMBERED']);
    const blind = await site.run('plan --format json --state elsewhere.json');
    expect(blind.plan().diagnostics).toContainEqual(expect.objectContaining({ code: 'DOUBT' }));
  });

  test('a state on a remote that cannot be reached from here', async () => {
    const { site, git } = await openRepository();
    const top = 'state: git';
    site.manifest(handbook('- { title: Planning, children: [Apollo] }\n- Other', '', top));
    expect(await site.run('apply --auto-approve --state local.json')).toMatchObject({ exitCode: 0 });
    commitAll(git);
    git('remote add origin /nowhere/at/all.git');
    site.manifest(handbook('- Planning\n- { title: Other, children: [Apollo] }', '', top));
    expect(await site.run('plan')).toMatchObject({ exitCode: 1, calls: {} });
    const planned = await site.run('plan --format json --base main');
    expect(planned, planned.stderr).toMatchObject({ exitCode: 0 });
    expect(planned.plan().steps).toMatchObject([{ kind: 'move-node', origin: 'this-change' }]);
    expect(planned.plan().diagnostics).toMatchObject([
      { code: 'BASE_REMEMBERED', detail: expect.stringContaining('cannot be had from here') },
    ]);
    expect(await site.run('apply --auto-approve --base main')).toMatchObject({ exitCode: 1, writes: 0 });
  });

  test('a page that is not where the base has it may lie elsewhere: nothing is made twice', async () => {
    const site = await forked();
    dragNode(site.world, site.page('Handbook', 'Planning', 'Apollo'), { space: site.space('Handbook') });
    const planned = await site.run('plan --format json --base main --state elsewhere.json');
    expect(planned).toMatchObject({ exitCode: 1 });
    expect(planned.plan().diagnostics).toContainEqual(
      expect.objectContaining({ code: 'DOUBT', detail: expect.stringContaining('there is no state to say') }),
    );
  });

  test('a saved plan is applied with the memory it was made with, and the state is whole after it', async () => {
    const site = await forked();
    const apollo = site.page('Handbook', 'Planning', 'Apollo');
    const [state, environment] = ['--state .wikiform/new.json', {}];
    expect(await site.run(`plan --base main --out plan.json ${state}`, environment)).toMatchObject({
      exitCode: 0,
    });
    const done = await site.run(`apply plan.json ${state}`);
    expect(done, done.stderr).toMatchObject({ exitCode: 0, writes: 1 });
    expect(site.page('Handbook', 'Other', 'Apollo')).toBe(apollo);
    const again = await site.run(`plan --format json ${state}`);
    expect(again.plan()).toMatchObject({ steps: [], adopted: [], summary: { unchanged: 4 } });
  });
});
