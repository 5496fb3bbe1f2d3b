// The app and the user: who may do what, and what the one cannot see of the other.

import { expect, test } from 'vitest';
import { changeSpace, hideNode } from '../../src/provider/emulator/person.ts';
import { addMember, spaceOf } from '../../src/provider/emulator/world.ts';
import { app, handbook, openSite, user } from './site.ts';

const pages = handbook('- Welcome\n- { title: Onboarding, children: [Day one] }');
const both = { ...app, ...user };

test('the app works in a space that it is a member of', async () => {
  const members = [{ type: 'appid', id: 'cli_site', role: 'admin' as const }];
  const site = await openSite({ env: app, spaces: [{ name: 'Handbook', members }] });
  site.manifest(pages);
  expect(await site.apply()).toMatchObject({ writes: 3 });
  await site.expectNothingToDo();
});

test('a space that the app is no member of is not there for it', async () => {
  const site = await openSite({ env: app, spaces: [{ name: 'Handbook', members: [] }] });
  site.manifest(pages);
  const planned = await site.run('plan --format json');
  expect(planned.exitCode).toBe(4);
  expect(planned.plan().diagnostics).toMatchObject([{ code: 'IDENTITY_REQUIRED' }]);

  const id = site.space('Handbook');
  site.manifest(handbook('- Welcome', `id: "${id}"`));
  const hidden = await site.run('plan --format json');
  expect(hidden.plan()).toMatchObject({ summary: { blocked: 1 }, diagnostics: [{ code: 'SPACE_HIDDEN' }] });
  expect(await site.run('apply --auto-approve')).toMatchObject({ exitCode: 3, writes: 0 });
});

test('a space that the user makes for the app: its pages wait until the app is let in', async () => {
  const site = await openSite({ env: both });
  site.manifest(pages, 'identity: app');
  const planned = await site.run('plan --format json');
  expect(planned.exitCode).toBe(0);
  expect(planned.plan()).toMatchObject({
    summary: { createSpace: 1, blocked: 3 },
    diagnostics: [{ code: 'SPACE_INVISIBLE_TO_APP', severity: 'warning' }],
  });

  const first = await site.run('apply --auto-approve --format json');
  expect(first).toMatchObject({ exitCode: 3, writes: 1, calls: { 'create-space': 1 } });
  expect(first.apply().steps.map(({ status }) => status)).toEqual(['done', 'blocked', 'blocked', 'blocked']);
  // The space exists, and the app still may not see it: it waits, and makes no second one.
  const between = await site.run('apply --auto-approve --format json');
  expect(between).toMatchObject({ exitCode: 3, writes: 0 });
  expect(between.apply().diagnostics).toMatchObject([{ code: 'SPACE_HIDDEN' }]);

  const space = spaceOf(site.world, site.space('Handbook'));
  addMember(site.world, space, { type: 'appid', id: 'cli_site', role: 'admin' });
  expect(await site.apply()).toMatchObject({ writes: 3, calls: { 'create-node': 3 } });
  expect(site.world.spaces).toHaveLength(1);
  await site.expectNothingToDo();
});

test('where both are at hand the user works, unless the manifest says otherwise', async () => {
  const site = await openSite({ env: both });
  site.manifest(pages);
  expect(await site.apply()).toMatchObject({ writes: 4 });
  expect(JSON.parse(site.read('.wikiform/state.json'))).toMatchObject({ identity: 'user' });
});

test('hidden pages block what depends on them, and nothing else', async () => {
  const site = await openSite();
  site.manifest(pages);
  await site.apply();
  hideNode(site.world, site.page('Handbook', 'Onboarding'), ['user']);
  site.manifest(
    handbook('- { title: Welcome, children: [News] }\n- { title: Onboarding, children: [Day one, Day two] }'),
  );
  const planned = await site.run('plan --format json');
  expect(planned.plan()).toMatchObject({ summary: { createNode: 1, blocked: 1 } });
  expect(planned.plan().diagnostics.map(({ code }) => code)).toContain('NODE_HIDDEN');
  const applied = await site.run('apply --auto-approve');
  expect(applied).toMatchObject({ exitCode: 3, writes: 1 });
  expect(site.outline('Handbook')).toContain('  News');

  hideNode(site.world, site.page('Handbook', 'Onboarding'), []);
  expect(await site.apply()).toMatchObject({ writes: 1 });
  await site.expectNothingToDo();
});

test('what no call can change about a space is said, and is no step', async () => {
  const site = await openSite();
  site.manifest(handbook('- Welcome', 'description: How we build\nsharing: closed'));
  await site.apply();
  changeSpace(site.world, site.space('Handbook'), { name: 'Hand book', description: '', sharing: 'open' });
  const planned = await site.expectNothingToDo();
  const found = planned.plan().diagnostics.map(({ code, severity }) => `${severity} ${code}`);
  expect(found.toSorted()).toEqual([
    'warning SPACE_DESCRIPTION_DIFFERS',
    'warning SPACE_NAME_DIFFERS',
    'warning SPACE_SHARING_DIFFERS',
  ]);
});

test('spaces of one name are never guessed at', async () => {
  const site = await openSite({
    spaces: [{ name: 'Handbook' }, { name: 'Handbook', id: '7000000000000000001' }],
  });
  site.manifest(handbook('- Welcome'));
  const planned = await site.run('plan');
  expect(planned.exitCode).toBe(1);
  expect(planned.stderr).toContain('SPACE_AMBIGUOUS');
  expect(planned.stderr).toContain('id: "7000000000000000001"');
  site.manifest(handbook('- Welcome', 'id: "7000000000000000001"'));
  expect(await site.apply()).toMatchObject({ writes: 1 });
  site.manifest(handbook('- Welcome', 'id: "7999999999999999999"'));
  expect((await site.run('plan')).stderr).toContain('SPACE_NOT_FOUND');
});
