// The formats of a plan as they leave the process: what is on stdout, in the runner's file, and on stderr.

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { handbook, openSite, user } from './site.ts';

const good = handbook('- Welcome\n- { title: Onboarding, children: [Day one] }');
const bad = handbook('- Welcome\n- Welcome\n');

test('github: annotations on stdout, the summary in the file of the runner', async () => {
  const site = await openSite();
  site.manifest(good);
  site.write('summary.md', 'before\n');
  const env = { ...user, GITHUB_STEP_SUMMARY: join(site.folder, 'summary.md') };
  const planned = await site.run('plan --format github', { env });
  expect(planned).toMatchObject({ exitCode: 0, stderr: '' });
  expect(planned.stdout.split('\n')[0]).toMatch(
    /^::notice file=wikiform\.yaml,line=4,col=3,title=create space::/,
  );
  expect(planned.stdout).not.toContain('###');
  expect(site.read('summary.md')).toMatch(/^before\n### Plan: 1 space, 3 to create\n/);

  site.manifest(bad);
  const refused = await site.run('plan --format github', { env });
  expect(refused.exitCode).toBe(1);
  expect(refused.stdout).toMatch(/^::error file=wikiform\.yaml,line=8,col=9,title=DUPLICATE_KEY /);
  expect(refused.stderr).toContain('DUPLICATE_KEY');
  expect(site.read('summary.md')).toContain('### No plan: 1 error');
});

test('github: without such a file, or where it cannot be written, the summary is on stdout', async () => {
  const site = await openSite();
  site.manifest(good);
  const without = await site.run('plan --format github');
  expect(without.stdout).toContain('\n### Plan: 1 space, 3 to create\n');
  const nowhere = await site.run('plan --format github', {
    env: { ...user, GITHUB_STEP_SUMMARY: join(site.folder, 'nowhere/summary.md') },
  });
  expect(nowhere).toMatchObject({ exitCode: 0, stdout: without.stdout });
  expect(nowhere.stderr).toContain('SUMMARY_UNWRITABLE');
});

test('github: files are named from the root of the checkout', async () => {
  const site = await openSite();
  site.manifest(good);
  for (const [root, name] of [
    [join(site.folder, '..'), `${site.folder.split('/').at(-1)}/wikiform.yaml`],
    [site.folder, 'wikiform.yaml'],
    ['/somewhere/else', 'wikiform.yaml'],
  ]) {
    const planned = await site.run('plan --format github', { env: { ...user, GITHUB_WORKSPACE: root } });
    expect(planned.stdout).toContain(`::notice file=${name},`);
  }
});

test('markdown: an error stands in the place of the plan', async () => {
  const site = await openSite();
  site.manifest(bad);
  for (const words of ['plan', 'plan --nonsense', 'plan --max-bytes many', 'plan --file nowhere.yaml']) {
    const ended = await site.run(`${words} --format markdown`);
    expect(ended.exitCode, words).toBe(1);
    expect(ended.stdout, words).toMatch(/^### No plan: 1 error\n\n\*\*1 error\*\*\n\n```text\n/);
  }
  const small = await site.run('plan --format markdown --max-bytes 100');
  expect(small.stdout).toBe('### No plan: 1 error\n');
});

test('what is passed on holds the plan and nothing else', async () => {
  const site = await openSite();
  site.manifest(good);
  for (const format of ['markdown', 'diff', 'github']) {
    const plain = await site.run(`plan --format ${format}`);
    const saved = await site.run(`plan --format ${format} --out plan.json`);
    expect(saved.stdout).toBe(plain.stdout);
    expect(saved.stderr).toContain('Saved to plan.json');
  }
});

test('json stays one document where the plan cannot be saved', async () => {
  const site = await openSite();
  site.manifest(good);
  const ended = await site.run('plan --format json --out nowhere/plan.json');
  expect(ended).toMatchObject({ exitCode: 1, stderr: '' });
  expect(ended.plan()).toMatchObject({ errored: true, diagnostics: [{ code: 'PLAN_UNWRITABLE' }] });
});

test('what is left out of a plan stands on neither side of its diff where it is not, and on both where it is', async () => {
  const site = await openSite();
  site.manifest(handbook('- Welcome\n- Rules'));
  await site.apply();
  site.manifest(handbook('- { title: Welcome, children: [Rules, Day two] }\n- News'));
  const planned = await site.run('plan --format diff --target handbook/News');
  expect(planned.stdout.split('\n').slice(2)).toEqual([
    '--- before',
    '+++ after',
    '@@ -1,3 +1,4 @@ handbook',
    ' Handbook [handbook]',
    '   Welcome',
    '   Rules',
    '+  News',
    '',
  ]);
});
