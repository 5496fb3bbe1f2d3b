// Law 10: no secret leaves the process. Every run of every end-to-end test is looked through for the
// credentials (`site.ts`); here are the runs that say most.

import { expect, test } from 'vitest';
import { app, handbook, openSite, user } from './site.ts';

const pages = handbook('- Welcome\n- { title: Onboarding, children: [Day one] }');
const members = [
  { type: 'appid', id: '*', role: 'admin' as const },
  { type: 'openid', id: '*', role: 'admin' as const },
];

test.each([
  ['the user', user],
  ['the app', app],
  ['both', { ...user, ...app }],
])('with everything told: %s', async (_who, env) => {
  const site = await openSite({ env, spaces: [{ name: 'Handbook', members }] });
  site.manifest(pages);
  const planned = await site.run('plan --log-level trace --out plan.json');
  expect(planned.exitCode).toBe(0);
  expect(planned.stderr).toMatch(/list-nodes/);
  const applied = await site.run('apply plan.json --log-level trace');
  expect(applied).toMatchObject({ exitCode: 0, writes: 3 });
  expect(applied.stderr).toMatch(/create-node/);
});

test('when the vendor turns the credentials down', async () => {
  const site = await openSite({ credentials: { apps: { cli_site: 'another secret' }, users: {} } });
  site.manifest(pages);
  for (const env of [user, app]) {
    const planned = await site.run('plan --log-level trace', { env });
    expect(planned).toMatchObject({ exitCode: 1, stdout: '' });
    expect(planned.stderr).toContain('PROVIDER_FAILED');
  }
});

test('a host that the environment does not name gets nothing', async () => {
  const site = await openSite();
  const elsewhere = site.emulator.url.replace('127.0.0.1', 'wiki.example');
  site.write('wikiform.yaml', `version: 1\nprovider: { kind: feishu, baseUrl: "${elsewhere}" }\n${pages}`);
  const planned = await site.run('plan');
  expect(planned).toMatchObject({ exitCode: 1, calls: {} });
  expect(planned.stderr).toContain('HOST_UNTRUSTED');
  expect(planned.stderr).toContain('WIKIFORM_TRUSTED_HOSTS');
  const env = { ...user, WIKIFORM_TRUSTED_HOSTS: 'other.example, wiki.example' };
  expect((await site.run('validate', { env })).exitCode).toBe(0);
});
