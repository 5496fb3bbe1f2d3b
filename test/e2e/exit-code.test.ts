// What the exit code says, one case each, and what is said with it.

import { describe, expect, test } from 'vitest';
import { dragNode } from '../../src/provider/emulator/person.ts';
import { app, handbook, openSite, root, runCommand, user } from './site.ts';

const pages = handbook('- Welcome\n- { title: Onboarding, children: [Day one, Day two] }');

describe('1: the manifest or the run is at fault, and nothing was written', () => {
  test('a manifest with mistakes: all of them, with their places', async () => {
    const site = await openSite();
    site.manifest(handbook('- Welcome\n- Welcome\n- { title: Sheet, typo: sheet }'));
    const planned = await site.run('plan');
    expect(planned).toMatchObject({ exitCode: 1, stdout: '', calls: {} });
    expect(planned.stderr).toContain('wikiform.yaml:8:9');
    expect(planned.stderr).toContain('DUPLICATE_KEY');
    expect(planned.stderr).toContain('FIELD_UNKNOWN');
  });

  test('no credentials: which are missing', async () => {
    const site = await openSite({ env: {} });
    site.manifest(pages);
    const planned = await site.run('plan');
    expect(planned).toMatchObject({ exitCode: 1, calls: {} });
    expect(planned.stderr).toContain('CREDENTIALS_MISSING');
    expect(planned.stderr).toMatch(/FEISHU_APP_ID[\s\S]*FEISHU_APP_SECRET[\s\S]*FEISHU_USER_ACCESS_TOKEN/);

    site.manifest(pages, 'identity: user');
    const asUser = await site.run('plan', { env: app });
    expect(asUser.exitCode).toBe(1);
    expect(asUser.stderr).toContain('FEISHU_USER_ACCESS_TOKEN');
  });

  test('nobody to ask: which flag is missing', async () => {
    const site = await openSite();
    site.manifest(pages);
    const applied = await site.command('apply');
    expect(applied).toMatchObject({ exitCode: 1, writes: 0 });
    expect(applied.stderr).toContain('APPROVAL_MISSING');
    expect(applied.stderr).toContain('--auto-approve');
    expect(applied.stdout).toContain('Plan: 1 space, 4 to create');
  });

  test('asking is switched off, or the answer is not yes', async () => {
    const site = await openSite();
    site.manifest(pages);
    const asked: string[] = [];
    const terminal = {
      isInteractive: true,
      ask: async (question: string) => {
        asked.push(question);
        return 'y';
      },
    };
    expect(await site.run('apply --no-input', terminal)).toMatchObject({ exitCode: 1, writes: 0 });
    expect(asked).toEqual([]);
    expect(await site.run('apply', terminal)).toMatchObject({ exitCode: 1, writes: 0 });
    expect(asked).toHaveLength(1);
    const approved = await site.run('apply', { ...terminal, ask: async () => 'yes' });
    expect(approved).toMatchObject({ exitCode: 0, writes: 5 });
    expect(await site.run('apply', terminal), 'nothing to do is not asked about').toMatchObject({
      exitCode: 0,
    });
  });

  test('the vendor refuses to answer', async () => {
    const site = await openSite({ credentials: { users: {} } });
    site.manifest(pages);
    const planned = await site.run('plan');
    expect(planned).toMatchObject({ exitCode: 1, stdout: '' });
    expect(planned.stderr).toContain('PROVIDER_FAILED');
    expect(planned.stderr).toContain('99991668');
  });

  test('a command line that cannot be understood', async () => {
    const site = await openSite();
    site.manifest(pages);
    for (const words of ['plan --format markdownish', 'plan --nonsense', 'aply', 'explain']) {
      const ended = await site.run(words);
      expect(ended, words).toMatchObject({ exitCode: 1, calls: {}, stdout: '' });
      expect(ended.stderr).toContain('USAGE');
    }
  });

  test('a bug is told as one, without a stack trace', async () => {
    const site = await openSite();
    site.manifest(pages);
    const ended = await site.run('apply', {
      isInteractive: true,
      ask: () => Promise.reject(new TypeError('the terminal is on fire')),
    });
    expect(ended.exitCode).toBe(1);
    expect(ended.stderr).toContain('INTERNAL');
    expect(ended.stderr).toContain('the terminal is on fire');
    expect(ended.stderr.split('\n').length).toBeLessThan(12);
  });
});

test('2: there are steps, only where it was asked for', async () => {
  const site = await openSite();
  site.manifest(pages);
  expect(await site.run('plan')).toMatchObject({ exitCode: 0, writes: 0 });
  expect(await site.run('plan --detailed-exitcode')).toMatchObject({ exitCode: 2, writes: 0 });
  await site.apply();
  expect(await site.run('plan --detailed-exitcode')).toMatchObject({ exitCode: 0 });
});

test('3: a step failed in the middle; what is done is kept, and the next run goes on', async () => {
  const site = await openSite({
    faults: {
      seed: 1,
      script: [2, 3, 4].map((nth) => ({
        endpoint: 'create-node',
        nth,
        fault: { kind: 'cut', effect: false },
      })),
    },
  });
  site.manifest(pages);
  const applied = await site.run('apply --auto-approve --format json');
  expect(applied.exitCode).toBe(3);
  const { status, steps } = applied.apply();
  expect(status).toBe('incomplete');
  const withStatus = (wanted: string): unknown =>
    steps.filter((step) => step.status === wanted).map(({ address }) => address);
  // Looked for after each attempt, and known not to have been made.
  expect(withStatus('failed')).toEqual(['handbook/Onboarding']);
  expect(withStatus('not-started')).toEqual(['handbook/Onboarding/Day one', 'handbook/Onboarding/Day two']);
  expect(await site.apply()).toMatchObject({ writes: 3 });
  expect(site.outline('Handbook')).toEqual(['Welcome', 'Onboarding', '  Day one', '  Day two']);
});

test.each([
  ['create-space', { kind: 'cut', effect: true }],
  ['create-node', { kind: 'cut', effect: true }],
  ['create-node', { kind: 'half-json' }],
  ['create-node', { kind: 'rpc', effect: true }],
] as const)(
  '0: the answer to %s was lost (%j): it is looked for, and not made twice',
  async (endpoint, fault) => {
    const site = await openSite({ faults: { seed: 1, script: [{ endpoint, nth: 1, fault }] } });
    site.manifest(pages);
    expect(await site.run('apply --auto-approve')).toMatchObject({ exitCode: 0, writes: 5 });
    expect(site.world.spaces).toHaveLength(1);
    expect(site.outline('Handbook').toSorted()).toEqual(['  Day one', '  Day two', 'Onboarding', 'Welcome']);
    await site.expectNothingToDo();
  },
);

describe('4: refused before any write; the plan is shown first', () => {
  const refused = { exitCode: 4, writes: 0 };

  test('a guard', async () => {
    const site = await openSite();
    site.manifest(
      handbook('- Welcome\n- { title: Onboarding, children: [Day one] }', '', 'guard: { maxChanges: 3 }'),
    );
    const planned = await site.run('plan');
    expect(planned).toMatchObject(refused);
    expect(planned.stdout).toContain('Plan: 1 space, 3 to create');
    expect(planned.stderr).toContain('GUARD_EXCEEDED');
    expect(planned.stderr).toMatch(/4 steps[\s\S]*allows 3/);
    expect(await site.run('apply --auto-approve')).toMatchObject(refused);
    expect(await site.run('apply --auto-approve --ignore-guard')).toMatchObject({ exitCode: 0, writes: 4 });
  });

  test('a share of a space that moves', async () => {
    const titles = Array.from({ length: 60 }, (_, index) => `Page ${index}`);
    const flat = { titles, parents: titles.map(() => -1) };
    const site = await openSite({ spaces: [{ name: 'Handbook', flat }] });
    site.manifest(handbook(titles.map((title) => `- ${title}`).join('\n')));
    await site.apply();
    const [first, ...others] = titles;
    const under = `- { title: ${first}, children: [${others.slice(0, 20).join(', ')}] }`;
    site.manifest(handbook([under, ...others.slice(20).map((title) => `- ${title}`)].join('\n')));
    const planned = await site.run('plan');
    expect(planned).toMatchObject(refused);
    expect(planned.stderr).toMatch(/20 of 60 bound pages \(33\.3 %\)/);
  });

  test('a manifest that suddenly declares nothing', async () => {
    const site = await openSite();
    site.manifest(pages);
    await site.apply();
    site.manifest('spaces: {}\n');
    const planned = await site.run('plan');
    expect(planned).toMatchObject(refused);
    expect(planned.stderr).toContain('MANIFEST_EMPTIED');
    site.manifest('spaces: { handbook: { name: Handbook, nodes: [] } }\n');
    expect((await site.run('plan')).stderr).toContain('MANIFEST_EMPTIED');
  });

  test('another identity than the state has', async () => {
    const site = await openSite();
    site.manifest(pages);
    await site.apply();
    const planned = await site.run('plan', { env: app });
    expect(planned).toMatchObject(refused);
    expect(planned.stderr).toContain('IDENTITY_CHANGED');
    site.manifest(pages, 'identity: app');
    expect((await site.run('plan', { env: app })).stderr).not.toContain('IDENTITY_CHANGED');
  });

  test('a space to create, and nobody who may', async () => {
    const site = await openSite({ env: app });
    site.manifest(pages);
    for (const words of ['plan', 'apply --auto-approve']) {
      const ended = await site.run(words);
      expect(ended).toMatchObject(refused);
      expect(ended.stdout).toContain('Plan: 1 space, 4 to create');
      expect(ended.stderr).toContain('IDENTITY_REQUIRED');
      expect(ended.stderr).toContain('FEISHU_USER_ACCESS_TOKEN');
    }
  });

  test('more people would see a page', async () => {
    const spaces = [
      { name: 'Handbook', nodes: ['Salaries'] },
      { name: 'Everybody', visibility: 'public' as const },
    ];
    const site = await openSite({ spaces });
    const wiki = (inHandbook: string, inPublic: string): string =>
      `spaces:\n  handbook: { name: Handbook, nodes: [${inHandbook}] }\n  everybody: { name: Everybody, nodes: [${inPublic}] }\n`;
    site.manifest(wiki('Salaries, Welcome', ''));
    await site.apply();
    site.manifest(wiki('Welcome', 'Salaries'));
    const planned = await site.run('apply --auto-approve');
    expect(planned).toMatchObject(refused);
    expect(planned.stderr).toContain('AUDIENCE_WIDENED');
    const allowed = await site.run('apply --auto-approve --allow-wider-audience');
    expect(allowed).toMatchObject({ exitCode: 0, writes: 1 });
    expect(site.outline('Everybody')).toEqual(['Salaries']);
  });

  test('a plan that is no longer true', async () => {
    const site = await openSite();
    site.manifest(pages);
    await site.apply();
    site.manifest(
      handbook(
        '- { title: Welcome, children: [News] }\n- { title: Onboarding, children: [Day one, Day two] }',
      ),
    );
    expect(await site.run('plan --out plan.json')).toMatchObject({ exitCode: 0 });
    dragNode(site.world, site.page('Handbook', 'Welcome'), { parent: site.page('Handbook', 'Onboarding') });
    const ended = await site.run('apply plan.json');
    expect(ended).toMatchObject(refused);
    expect(ended.stderr).toContain('PLAN_STALE');
  });
});

describe('130: interrupted', () => {
  test('while writing: what is under way is finished, and the next run goes on', async () => {
    const site = await openSite({
      faults: {
        seed: 1,
        script: [{ endpoint: 'create-node', nth: 1, fault: { kind: 'slow', delayMs: 1500 } }],
      },
    });
    site.manifest(pages);
    const ended = await runCommand(
      ['apply', '--auto-approve', '--format', 'json'],
      { cwd: site.folder, env: user },
      // The space is made: the slow call is the next to go.
      { until: '+ handbook', signal: 'SIGINT' },
    );
    expect(ended.exitCode).toBe(130);
    expect(ended.stderr).toContain('Finishing the calls under way');
    const { steps } = JSON.parse(ended.stdout);
    const statuses: string[] = steps.map(({ status }: { status: string }) => status);
    expect(statuses.filter((status) => status === 'unknown')).toEqual([]);
    const done = statuses.filter((status) => status === 'done').length;
    expect(done).toBeLessThan(5);
    expect(site.world.nodes.size + site.world.spaces.length).toBe(done);
    expect(await site.apply()).toMatchObject({ writes: 5 - done });
    await site.expectNothingToDo();
  });

  test('while reading: nothing was written', async () => {
    const site = await openSite({
      faults: {
        seed: 1,
        script: [{ endpoint: 'list-spaces', nth: 1, fault: { kind: 'slow', delayMs: 5_000 } }],
      },
    });
    site.manifest(pages);
    let interrupt = (): void => undefined;
    const ended = site.run('plan', {
      onInterrupt: (listener) => {
        interrupt = listener;
        return () => undefined;
      },
    });
    while (site.emulator.requests().length === 0) await new Promise(setImmediate);
    interrupt();
    expect(await ended).toMatchObject({ exitCode: 130, stdout: '', writes: 0 });
    expect((await ended).stderr).toContain('INTERRUPTED');
  });
});

test('the built command says its version and its help on stdout', async () => {
  const place = { cwd: root, env: {} };
  const version = await runCommand(['--version'], place);
  expect(version).toMatchObject({ exitCode: 0, stderr: '' });
  expect(version.stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  const help = await runCommand(['plan', '--help'], place);
  expect(help).toMatchObject({ exitCode: 0, stderr: '' });
  expect(help.stdout).toContain('--detailed-exitcode');
});
