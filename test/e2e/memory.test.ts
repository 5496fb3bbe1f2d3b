// State is memory, the live tree is the truth: what happens when one of the two has lost something.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { addPage, deleteSubtree, dragNode } from '../../src/provider/emulator/person.ts';
import { handbook, openSite, type Site } from './site.ts';

const pages = handbook(`
- Welcome
- { title: Onboarding, children: [Day one, { title: Security rules, shortcut: handbook/Security }] }
- Security
- Archive`);

const loseState = (site: Site): void => rmSync(join(site.folder, '.wikiform/state.json'));

async function appliedSite(): Promise<Site> {
  const site = await openSite();
  site.manifest(pages);
  await site.apply();
  return site;
}

test('the state is lost: everything is bound again, without a write', async () => {
  const site = await appliedSite();
  const state = site.read('.wikiform/state.json');
  loseState(site);
  const planned = await site.run('plan --format json --detailed-exitcode');
  expect(planned).toMatchObject({ exitCode: 0, writes: 0 });
  expect(planned.plan()).toMatchObject({ steps: [], summary: { adopt: 7 } });
  expect(planned.plan().diagnostics).toMatchObject([{ code: 'SPACE_ADOPTED', severity: 'info' }]);
  expect(await site.apply()).toMatchObject({ writes: 0 });
  expect(site.read('.wikiform/state.json')).toBe(state);
});

test('the state is lost and a page was dragged by hand: doubt, not a twin', async () => {
  const site = await appliedSite();
  const welcome = site.page('Handbook', 'Welcome');
  dragNode(site.world, welcome, { parent: site.page('Handbook', 'Onboarding') });
  loseState(site);
  const refused = await site.run('apply --auto-approve');
  expect(refused).toMatchObject({ exitCode: 1, writes: 0 });
  expect(refused.stderr).toContain('DOUBT');
  expect(refused.stderr).toContain(`id: "${welcome}"`);

  site.manifest(pages.replace('- Welcome', `- { title: Welcome, id: "${welcome}" }`));
  expect(await site.apply()).toMatchObject({ writes: 1, calls: { 'move-node': 1 } });
  expect(site.page('Handbook', 'Welcome')).toBe(welcome);
});

test('the state is lost and a page has a twin: doubt', async () => {
  const site = await appliedSite();
  addPage(site.world, { space: site.space('Handbook') }, { title: 'Welcome' });
  loseState(site);
  const refused = await site.run('plan');
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toContain('DOUBT');
});

test('a page is gone: it is made again, and the plan says so', async () => {
  const site = await appliedSite();
  deleteSubtree(site.world, site.page('Handbook', 'Onboarding'));
  const planned = await site.run('plan --format json');
  expect(planned.plan()).toMatchObject({ errored: false, summary: { createNode: 3 } });
  const gone = planned.plan().diagnostics.filter(({ code }) => code === 'NODE_GONE');
  expect(gone).toHaveLength(3);
  expect(gone.every(({ severity }) => severity === 'warning')).toBe(true);
  // Only the topmost missing page was asked for.
  expect(planned.calls['get-node']).toBe(1);
  expect(await site.apply()).toMatchObject({ writes: 3 });
  await site.expectNothingToDo();
});

test('a page that a listing missed is asked for before it is called gone', async () => {
  const site = await openSite({
    faults: {
      seed: 1,
      script: [{ endpoint: 'list-nodes', nth: 1, fault: { kind: 'miss' } }],
    },
  });
  const titles = Array.from({ length: 60 }, (_, index) => `Page ${index}`);
  site.manifest(handbook(titles.map((title) => `- ${title}`).join('\n')));
  await site.apply();
  const planned = await site.expectNothingToDo();
  expect(planned.calls).toMatchObject({ 'get-space': 1, 'list-nodes': 2, 'get-node': 1 });
});

test('a state that cannot be used is refused, and says how to go on', async () => {
  const site = await appliedSite();
  const good = site.read('.wikiform/state.json');
  const codeOf = async (text: string): Promise<string | undefined> => {
    site.write('.wikiform/state.json', text);
    const planned = await site.run('plan --format json');
    expect(planned).toMatchObject({ exitCode: 1, writes: 0 });
    return planned.plan().diagnostics[0]?.code;
  };
  expect(await codeOf('{ half')).toBe('STATE_UNREADABLE');
  expect(await codeOf(good.replace('"1.0"', '"2.0"'))).toBe('VERSION_UNSUPPORTED');
  expect(await codeOf(good.replace('"feishu"', '"lark"'))).toBe('STATE_FOREIGN');
  site.write('.wikiform/state.json', good);
  site.manifest(`state: git\n${pages}`);
  expect((await site.run('plan')).stderr).toMatch(/STATE_UNREADABLE[\s\S]*in no Git repository/);
});

test('a state that cannot be written stops the run before its first step', async () => {
  const site = await openSite();
  site.manifest(pages);
  site.write('.wikiform', 'a file where the folder would be');
  const applied = await site.run('apply --auto-approve');
  expect(applied).toMatchObject({ exitCode: 1, writes: 0 });
  expect(applied.stderr).toMatch(/STATE_UN(READ|WRIT)ABLE/);
});
