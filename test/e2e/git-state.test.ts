// `state: git` as a user has it: a remote, clones of it, and the command in them.

import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { run } from '../../src/cli/run.ts';
import { systemEdge } from '../../src/cli/system-edge.ts';
import { renamePage } from '../../src/provider/emulator/person.ts';
import { seedWorld } from '../../src/provider/emulator/seed.ts';
import { type Emulator, feishuRules, startEmulator } from '../../src/provider/emulator/server.ts';
import { testEdge } from '../edge.ts';
import { type Clone, type GitSite, openGitSite } from './git-site.ts';
import { handbook } from './site.ts';

const ref = 'refs/wikiform/state';
const pages = handbook('- { title: Welcome, children: [First steps] }\n- Roadmap');

interface Wiki {
  readonly site: GitSite;
  readonly emulator: Emulator;
  /** Commits a manifest whose state is on the ref. */
  manifest(text: string, state?: string): void;
}

async function openWiki(text = pages, state = 'git'): Promise<Wiki> {
  const site = openGitSite();
  const emulator = await startEmulator({
    clock: systemEdge().clock,
    world: seedWorld([], { rules: feishuRules() }),
    pace: false,
  });
  onTestFinished(() => emulator.close());
  const manifest = (nodes: string, kept = 'git'): void =>
    site.commit(
      `version: 1\nstate: ${kept}\nprovider: { kind: feishu, baseUrl: "${emulator.url}" }\n${nodes}`,
    );
  manifest(text, state);
  return { site, emulator, manifest };
}

async function applied(clone: Clone, words = ''): Promise<void> {
  const ending = await clone.run(`apply --auto-approve ${words}`);
  expect(ending, ending.stderr).toMatchObject({ exitCode: 0 });
}

const filesOn = (site: GitSite): readonly string[] =>
  site.git('ls-tree', '-r', '--name-only', ref).split('\n');
const commitsOn = (site: GitSite): readonly string[] =>
  site
    .git('rev-list', ref)
    .split('\n')
    .filter((line) => line !== '');

describe('a pipeline', () => {
  test('applies from one clone and knows everything in the next; each apply is one commit', async () => {
    const { site, manifest, emulator } = await openWiki();
    const first = site.clone('--depth=1', '--no-local');
    await applied(first);
    expect(filesOn(site)).toEqual(['format.json', 'spaces/handbook/state.json']);
    expect(commitsOn(site)).toHaveLength(1);
    expect(first.git('status', '--porcelain')).toBe('');
    expect(first.git('rev-parse', '--is-shallow-repository')).toBe('true');
    expect(
      readdirSync(join(first.folder, '.git/wikiform')).filter((name) => !name.startsWith('pace-')),
    ).toEqual([]);
    first.delete();

    manifest(handbook('- { title: Hello, key: Welcome, children: [First steps] }\n- Roadmap'));
    const second = site.clone('--depth=1', '--no-local');
    second.git('checkout', '-q', '--detach');
    await applied(second);
    expect(commitsOn(site)).toHaveLength(2);
    expect(emulator.requests().filter(({ endpoint }) => endpoint === 'rename-node')).toHaveLength(1);
    const planned = await second.run('plan --detailed-exitcode');
    expect(planned).toMatchObject({ exitCode: 0 });
    await applied(second);
    expect(commitsOn(site)).toHaveLength(2);

    // What people did is undone: the state is what it was, and the account tells of it.
    const roadmap = [...emulator.world.nodes.values()].find(({ title }) => title === 'Roadmap');
    renamePage(emulator.world, roadmap?.id ?? '', 'Raodmap');
    await applied(second);
    expect(commitsOn(site)).toHaveLength(3);
  });

  test('works in a worktree, in a hook, with signing and hooks switched on, without a name', async () => {
    const { site } = await openWiki();
    const clone = site.clone();
    clone.git('config', 'commit.gpgSign', 'true');
    clone.git('config', 'push.gpgSign', 'true');
    clone.git('config', 'gpg.program', '/bin/false');
    clone.write('.git/hooks/pre-push', '#!/bin/sh\nexit 1\n');
    chmodSync(join(clone.folder, '.git/hooks/pre-push'), 0o755);
    clone.git('worktree', 'add', '-q', '../worktree');
    const env = {
      ...site.env,
      FEISHU_USER_ACCESS_TOKEN: 'u-somebody',
      GIT_DIR: '/nowhere',
      GIT_INDEX_FILE: '/no',
    };
    const nameless = { ...env, GIT_AUTHOR_NAME: undefined, GIT_COMMITTER_NAME: undefined };
    const ending = await clone.run('apply --auto-approve', {
      cwd: join(site.folder, 'worktree'),
      env: nameless,
    });
    expect(ending, ending.stderr).toMatchObject({ exitCode: 0 });
    expect(commitsOn(site)).toHaveLength(1);
  });

  test('reaches the remote as the checkout does, by settings that hold only for it too', async () => {
    const { site } = await openWiki();
    const clone = site.clone();
    clone.git('remote', 'set-url', 'origin', 'https://wiki.invalid/wiki.git');
    const settings = join(site.folder, 'settings.config');
    writeFileSync(settings, `[url "${site.remote}"]\n\tinsteadOf = https://wiki.invalid/wiki.git\n`);
    expect((await clone.run('plan')).exitCode).toBe(1);
    clone.git('config', `includeIf.gitdir:${clone.folder}/.git.path`, settings);
    await applied(clone);
    expect(commitsOn(site)).toHaveLength(1);
  });

  test('costs one fetch to plan, and three pushes to do a hundred steps', async () => {
    const below = (count: number): string => Array.from({ length: count }, (_, nth) => `P${nth}`).join(', ');
    const sections = Array.from({ length: 3 }, (_, nth) => `- { title: S${nth}, children: [${below(32)}] }`);
    const { site } = await openWiki(handbook(sections.join('\n')));
    const count = (name: string): number =>
      existsSync(join(site.folder, name)) ? readFileSync(join(site.folder, name), 'utf8').length / 2 : 0;
    site.hook('pre-receive', `echo x >> '${join(site.folder, 'pushes')}'`);
    const clone = site.clone();
    clone.write(
      'counted',
      `#!/bin/sh\necho x >> '${join(site.folder, 'fetches')}'\nexec git-upload-pack "$@"\n`,
    );
    chmodSync(join(clone.folder, 'counted'), 0o755);
    clone.git('config', 'remote.origin.uploadpack', join(clone.folder, 'counted'));
    const planned = JSON.parse((await clone.run('plan --format json')).stdout);
    expect(planned.steps).toHaveLength(100);
    expect([count('fetches'), count('pushes')]).toEqual([1, 0]);
    await applied(clone);
    expect([count('fetches'), count('pushes')]).toEqual([2, 3]);
  });

  test('works on a remote that lets nothing be replaced or deleted', async () => {
    const { site, manifest } = await openWiki();
    site.git('config', 'receive.denyNonFastForwards', 'true');
    site.git('config', 'receive.denyDeletes', 'true');
    await applied(site.clone());
    manifest(handbook('- Roadmap'));
    await applied(site.clone());
    await applied(site.clone());
    const log = await site.clone().run('state log --format json');
    expect(JSON.parse(log.stdout).runs).toHaveLength(2);
    expect((await site.clone().run('plan --detailed-exitcode')).exitCode).toBe(0);
  });

  test('reads without the right to push, and says so where it has to push', async () => {
    const { site, manifest, emulator } = await openWiki();
    await applied(site.clone());
    const before = commitsOn(site);
    manifest(handbook('- Welcome\n- News'));
    site.hook('pre-receive', 'echo "GH006: Protected ref" >&2; exit 1');
    const fork = site.clone();
    const planned = await fork.run('plan --detailed-exitcode');
    expect(planned, planned.stderr).toMatchObject({ exitCode: 2 });
    const writes = emulator.requests().length;
    const refused = await fork.run('apply --auto-approve');
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toMatch(
      /STATE_UNWRITABLE[\s\S]*pre-receive hook declined[\s\S]*GH006: Protected ref/,
    );
    expect(emulator.requests()).toHaveLength(writes);
    expect(commitsOn(site)).toEqual(before);
  });

  test('takes up its own journal where a push failed', async () => {
    const { site, manifest, emulator } = await openWiki();
    const clone = site.clone();
    await applied(clone);
    manifest(
      handbook(
        '- { title: Welcome, children: [First steps] }\n- Roadmap\n- News\n- { title: Old, children: [Older] }',
      ),
    );
    clone.git('pull', '-q');
    // The lock and the intents come through, and what came of them does not.
    const counter = join(site.folder, 'count');
    site.hook(
      'pre-receive',
      `echo x >> '${counter}'; [ $(wc -l < '${counter}') -le 2 ] || { echo busy >&2; exit 1; }`,
    );
    const stopped = await clone.run('apply --auto-approve');
    expect(stopped.exitCode).toBe(3);
    expect(stopped.stderr).toMatch(/STATE_UNWRITABLE[\s\S]*is kept in .*journal-/);
    expect(filesOn(site)).toContain('spaces/handbook/journal.ndjson');
    site.hook('pre-receive', 'exit 0');
    const reads = emulator.requests().length;
    const next = await clone.run('apply --auto-approve --lock-timeout 10m');
    expect(next, next.stderr).toMatchObject({ exitCode: 0 });
    expect(next.stderr).not.toContain('RECOVERED');
    const since = emulator.requests().slice(reads);
    expect(since.filter(({ endpoint }) => endpoint === 'create-node')).toEqual([]);
    expect(filesOn(site)).toEqual(['format.json', 'spaces/handbook/state.json']);
    expect(
      readdirSync(join(clone.folder, '.git/wikiform')).filter((name) => name.startsWith('journal-')),
    ).toEqual([]);
  });
});

describe('what is wrong is said', () => {
  test.each([
    ['outside a checkout', 'git', 'in no Git repository'],
    ['without the remote', '{ git: { remote: upstream } }', 'no remote of that name (it has origin)'],
  ])('%s', async (name, state, words) => {
    const { site } = await openWiki(pages, state);
    const clone = site.clone();
    if (name.startsWith('outside')) writeFileSync(join(clone.folder, '.git/HEAD'), '');
    for (const command of ['plan', 'apply --auto-approve', 'state list', 'state log', 'state unlock']) {
      const ending = await clone.run(command);
      expect(ending.exitCode).toBe(1);
      expect(ending.stderr).toContain(words);
    }
    expect((await clone.run('plan')).stderr).toContain('help:');
  });

  test('a remote that cannot be reached; its credentials are not in what is said', async () => {
    const { site } = await openWiki();
    const clone = site.clone();
    clone.git('remote', 'set-url', 'origin', 'http://ann:canarySecret77@127.0.0.1:9/wiki.git');
    const ending = await clone.run('plan --call-timeout 20s');
    expect(ending.exitCode).toBe(1);
    expect(ending.stderr).toMatch(/STATE_UNREADABLE[\s\S]*127\.0\.0\.1[\s\S]*--base/);
    expect(ending.stdout + ending.stderr).not.toContain('canarySecret77');
    const json = await clone.run('plan --format json');
    expect(JSON.parse(json.stdout).diagnostics).toMatchObject([{ code: 'STATE_UNREADABLE' }]);
  });

  test('a remote that does not answer', async () => {
    const { site } = await openWiki();
    const clone = site.clone();
    clone.write('slow.sh', '#!/bin/sh\nsleep 600\n');
    chmodSync(join(clone.folder, 'slow.sh'), 0o755);
    clone.git('config', 'remote.origin.uploadpack', join(clone.folder, 'slow.sh'));
    const ending = await clone.run('plan --call-timeout 1s');
    expect(ending.exitCode).toBe(1);
    expect(ending.stderr).toMatch(/STATE_UNREADABLE[\s\S]*did not answer in time[\s\S]*--call-timeout/);
  });

  test.each(['plan', 'apply --auto-approve'])(
    '%s is interrupted while it waits for the remote',
    async (words) => {
      const { site } = await openWiki();
      const clone = site.clone();
      const began = join(site.folder, 'began');
      clone.write('slow.sh', `#!/bin/sh\ntouch '${began}'\nsleep 600\n`);
      chmodSync(join(clone.folder, 'slow.sh'), 0o755);
      clone.git('config', 'remote.origin.uploadpack', join(clone.folder, 'slow.sh'));
      const edge = testEdge({ cwd: clone.folder, env: { ...site.env, FEISHU_USER_ACCESS_TOKEN: 'u-x' } });
      const ending = run(words.split(' '), edge);
      await expect.poll(() => existsSync(began), { timeout: 30_000 }).toBe(true);
      edge.interrupt();
      expect(await ending).toBe(130);
    },
  );

  test('no git at all', async () => {
    const { site } = await openWiki();
    const clone = site.clone();
    const ending = await clone.run('plan', { env: { PATH: '/nowhere', FEISHU_USER_ACCESS_TOKEN: 'u-x' } });
    expect(ending.exitCode).toBe(1);
    expect(ending.stderr).toContain('there is no `git`');
  });

  test('a plan with a base does without a ref that cannot be fetched; an apply does not', async () => {
    const { site, manifest } = await openWiki();
    await applied(site.clone());
    manifest(handbook('- { title: Hello, key: Welcome, children: [First steps] }\n- Roadmap'));
    const fork = site.clone();
    fork.git('remote', 'set-url', 'origin', join(site.folder, 'nowhere.git'));
    const planned = await fork.run('plan --base HEAD~1 --detailed-exitcode');
    expect(planned, planned.stderr).toMatchObject({ exitCode: 2 });
    expect((await fork.run('apply --auto-approve --base HEAD~1')).exitCode).toBe(1);
  });
});

describe('a hostile ref', () => {
  /** Puts a commit there with these files in place of what is there; `undefined` takes one away. */
  function tamper(site: GitSite, files: Readonly<Record<string, string | undefined>>): string {
    const clone = site.clone();
    clone.git('fetch', '-q', 'origin', ref);
    clone.git('checkout', '-q', 'FETCH_HEAD');
    for (const [name, text] of Object.entries(files)) {
      if (text === undefined) clone.git('rm', '-q', name);
      else clone.write(name, text);
    }
    clone.git('add', '-A');
    clone.git('commit', '-q', '-m', 'By hand');
    clone.git('push', '-q', '-f', 'origin', `HEAD:${ref}`);
    return site.git('rev-parse', ref);
  }

  const state = 'spaces/handbook/state.json';

  test.each<[string, Readonly<Record<string, string | undefined>>, string, string]>([
    ['cut off', { [state]: '{"formatVersion": "1.0", "spa' }, 'STATE_UNREADABLE', 'it is not JSON'],
    ['without its format', { 'format.json': undefined }, 'STATE_UNREADABLE', 'it has no format.json'],
    ['a format that is none', { 'format.json': '[]' }, 'STATE_UNREADABLE', 'format.json is not JSON'],
    [
      'of a newer format',
      { 'format.json': '{"formatVersion": "2.0", "wikiform": "3.1.4"}' },
      'VERSION_UNSUPPORTED',
      'wikiform 3.1.4',
    ],
    ['a state of a newer format', { [state]: '{"formatVersion": "2.0"}' }, 'VERSION_UNSUPPORTED', '2.0'],
    [
      'a journal that is cut off',
      { 'spaces/handbook/journal.ndjson': '{"entry":"run","onto":"x","plan":"y","strays":[]}\n{"ent' },
      'STATE_UNREADABLE',
      'is cut off',
    ],
    [
      'a journal that is broken',
      { 'spaces/handbook/journal.ndjson': 'nonsense\n{}\n' },
      'STATE_UNREADABLE',
      'line 1',
    ],
  ])('%s is left as it is', async (_name, files, code, words) => {
    const { site } = await openWiki();
    await applied(site.clone());
    const tip = tamper(site, files);
    const clone = site.clone();
    for (const command of ['plan', 'apply --auto-approve', 'state list']) {
      const ending = await clone.run(command);
      expect(ending.exitCode).toBe(1);
      expect(ending.stderr).toContain(code);
      expect(ending.stderr).toContain(words);
    }
    expect(site.git('rev-parse', ref)).toBe(tip);
  });

  test('two addresses with one page are not guessed at', async () => {
    const { site } = await openWiki();
    await applied(site.clone());
    const text = site.git('show', `${ref}:${state}`);
    const [, id = ''] = /"handbook\/Welcome": \{"id":"(\w+)"/.exec(text) ?? [];
    tamper(site, { [state]: text.replace(/("handbook\/Roadmap": \{"id":")\w+/, `$1${id}`) });
    expect((await site.clone().run('plan')).stderr).toContain('both bind');
  });

  test.each(['another tool’s commit', 'a blob', 'a tag'])('%s is left as it is', async (what) => {
    const { site } = await openWiki();
    const clone = site.clone();
    clone.write('theirs', 'not a state');
    const blob = clone.git('hash-object', '-w', 'theirs');
    clone.git('tag', '-a', 'v1', '-m', 'one');
    const object =
      { 'a blob': blob, 'a tag': clone.git('rev-parse', 'v1') }[what] ?? clone.git('rev-parse', 'HEAD');
    clone.git('push', '-q', 'origin', `${object}:${ref}`);
    const ending = await clone.run('apply --auto-approve');
    expect(ending.exitCode).toBe(1);
    expect(ending.stderr).toContain('STATE_UNREADABLE');
    expect(site.git('rev-parse', ref)).toBe(object);
  });

  test('files that wikiform does not know are kept', async () => {
    const { site, manifest } = await openWiki();
    await applied(site.clone());
    tamper(site, { 'notes/for "people".txt': 'keep me' });
    manifest(handbook('- Roadmap'));
    await applied(site.clone());
    expect(site.git('show', `${ref}:notes/for "people".txt`)).toBe('keep me');
  });

  test('a lock that cannot be read lasts as long as one that can', async () => {
    const { site } = await openWiki();
    await applied(site.clone());
    tamper(site, { 'spaces/handbook/lease.json': 'mine!' });
    const clone = site.clone();
    const edge = systemEdge();
    const refused = await clone.run('apply --auto-approve', { clock: edge.clock });
    expect(refused.exitCode).toBe(4);
    expect(refused.stderr).toContain('STATE_LOCKED');
    expect((await clone.run('state unlock', { clock: edge.clock })).exitCode).toBe(4);
    expect(await clone.run('state unlock handbook --force', { clock: edge.clock })).toMatchObject({
      exitCode: 0,
    });
    await applied(clone);
  });
});

describe('state commands', () => {
  test('tell what is bound, now and then, and who did it', async () => {
    const { site, manifest } = await openWiki();
    await applied(site.clone());
    const [first = ''] = commitsOn(site);
    manifest(handbook('- { title: Welcome, children: [First steps] }\n- Roadmap\n- News'));
    const clone = site.clone();
    await applied(clone);
    expect((await clone.run('state list')).stdout).toMatch(/^handbook +\d+\nhandbook\/News +wik\w+\n/);
    const then = await clone.run(`state show --at ${first.slice(0, 10)} --format json`);
    expect(JSON.parse(then.stdout)).toMatchObject({
      state: 'refs/wikiform/state of origin',
      nodes: [
        { address: 'handbook/Roadmap' },
        { address: 'handbook/Welcome' },
        { address: 'handbook/Welcome/First steps' },
      ],
    });
    expect((await clone.run('state show handbook/Welcome')).stdout).toMatch(/title +Welcome\n +type +docx/);
    const log = JSON.parse((await clone.run('state log --format json')).stdout);
    expect(log.runs).toMatchObject([
      {
        command: 'wikiform apply',
        manifest: clone.git('rev-parse', 'HEAD'),
        steps: [{ status: 'done', kind: 'create-node', address: 'handbook/News' }],
      },
      { commit: first, plan: expect.stringMatching(/^sha256:/), isChanged: false, spaces: ['handbook'] },
    ]);
    expect((await clone.run('state log --max 1')).stdout).toMatch(/^\w{12} {2}.* UTC/);
    expect((await clone.run('state show --at 0123456')).stderr).toContain('COMMIT_UNKNOWN');
    expect((await clone.run('state list handbook/Nope')).stderr).toContain('ADDRESS_UNKNOWN');
  });

  test('forget a binding, and nothing else', async () => {
    const { site } = await openWiki();
    const clone = site.clone();
    await applied(clone);
    expect((await clone.run('state forget handbook/Nope')).exitCode).toBe(1);
    expect(await clone.run('state forget handbook/Roadmap')).toMatchObject({ exitCode: 0 });
    expect((await clone.run('state list')).stdout).not.toContain('Roadmap');
    const planned = JSON.parse((await clone.run('plan --format json')).stdout);
    expect(planned.summary).toMatchObject({ adopt: 1, createNode: 0 });
  });

  test('move a state from a file to the ref and back', async () => {
    const { site, manifest } = await openWiki(pages, '.wikiform/state.json');
    const clone = site.clone();
    await applied(clone);
    expect((await clone.run('state log')).stderr).toContain('HISTORY_MISSING');
    expect((await clone.run('state migrate')).exitCode).toBe(1);
    expect(await clone.run('state migrate --to git')).toMatchObject({ exitCode: 0 });
    expect((await clone.run('state migrate --to git')).stderr).toContain('FILE_EXISTS');
    manifest(pages);
    const next = site.clone();
    expect(JSON.parse((await next.run('plan --format json')).stdout).summary).toMatchObject({
      adopt: 0,
      unchanged: 3,
    });
    expect((await next.run('state log')).stdout).toContain('wikiform state migrate');
    expect(await next.run('state migrate --to file')).toMatchObject({ exitCode: 0 });
    expect(readFileSync(join(next.folder, '.wikiform/state.json'), 'utf8')).toBe(
      readFileSync(join(clone.folder, '.wikiform/state.json'), 'utf8'),
    );
    expect(existsSync(join(clone.folder, '.wikiform/state.lock'))).toBe(false);
    expect((await site.clone().run('state migrate --to git')).stderr).toContain('STATE_MISSING');
  });
});
