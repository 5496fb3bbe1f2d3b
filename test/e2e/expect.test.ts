// `plan --expect`: the plan that was reviewed, or none.

import { expect, test } from 'vitest';
import { addPage, renamePage } from '../../src/provider/emulator/person.ts';
import { handbook, openSite, type Site } from './site.ts';

async function reviewed(): Promise<{ readonly site: Site; readonly digest: string }> {
  const site = await openSite();
  site.manifest(handbook('- Welcome\n- Other'));
  await site.apply();
  site.manifest(handbook('- { title: Welcome, children: [News] }\n- Other'));
  const digest = (await site.run('plan --format json')).plan().digest ?? '';
  return { site, digest };
}

test('still the same: as without it', async () => {
  const { site, digest } = await reviewed();
  addPage(site.world, { parent: site.page('Handbook', 'Other') }, { title: 'By hand' });
  expect(await site.run(`plan --expect ${digest}`)).toMatchObject({ exitCode: 0, stderr: '' });
  expect(await site.run(`plan --expect ${digest} --detailed-exitcode --out plan.json`)).toMatchObject({
    exitCode: 2,
  });
  expect(JSON.parse(site.read('plan.json'))).toMatchObject({ digest });
  expect(
    await site.run('plan', { env: { FEISHU_USER_ACCESS_TOKEN: 'u-1', WIKIFORM_EXPECT: digest } }),
  ).toMatchObject({
    exitCode: 0,
  });
});

test('another one: the plan as it is, both digests, exit 4, and nothing saved', async () => {
  const { site, digest } = await reviewed();
  renamePage(site.world, site.page('Handbook', 'Welcome'), 'Hello');
  const ended = await site.run(`plan --expect ${digest} --detailed-exitcode --out plan.json --format json`);
  expect(ended).toMatchObject({ exitCode: 4, writes: 0 });
  const { digest: now, steps, errored, diagnostics } = ended.plan();
  expect(now).not.toBe(digest);
  expect({ steps: steps.length, errored }).toEqual({ steps: 2, errored: true });
  expect(diagnostics).toMatchObject([{ code: 'PLAN_STALE' }]);
  expect(diagnostics[0]?.detail).toContain(`${digest}, and the plan is ${now} now`);
  expect(() => site.read('plan.json')).toThrow('ENOENT');
  expect((await site.run(`plan --expect ${digest}`)).stdout).toContain('News');
});

test('applied meanwhile', async () => {
  const { site, digest } = await reviewed();
  await site.apply();
  const ended = await site.run(`plan --expect ${digest}`);
  expect(ended.exitCode).toBe(4);
  expect(ended.stderr).toContain('it may have been applied already');
});

test('what is no digest is refused before anything is read', async () => {
  const { site } = await reviewed();
  const ended = await site.run('plan --expect sha256:abc');
  expect(ended).toMatchObject({ exitCode: 1, calls: {} });
  expect(ended.stderr).toContain('64 hexadecimal digits');
});
