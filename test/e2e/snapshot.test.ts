// `wikiform snapshot` and `plan --live`: the wiki as a file, planned against without a call.

import { expect, test } from 'vitest';
import { addPage, dragNode } from '../../src/provider/emulator/person.ts';
import { schemaErrors } from '../render/document-schema.ts';
import { handbook, openSite, type Site } from './site.ts';

const before = handbook('- { title: Apollo, children: [Goals, Risks] }\n- Archive');
const after = handbook('- { title: Archive, children: [{ title: Apollo, children: [Goals, Risks, Team] }] }');

async function appliedSite(): Promise<Site> {
  const site = await openSite({ spaces: [{ name: 'Elsewhere', nodes: ['Not ours'] }] });
  site.manifest(before);
  await site.apply();
  return site;
}

test('it is sorted, one page a line, and what its schema says', async () => {
  const site = await appliedSite();
  addPage(site.world, { parent: site.page('Handbook', 'Archive') }, { title: 'Minutes' });
  const taken = await site.run('snapshot --out live.json');
  expect(taken, taken.stderr).toMatchObject({ exitCode: 0, writes: 0 });
  expect(taken.calls).toEqual({ 'get-space': 1, 'list-spaces': 1, 'list-nodes': 3 });
  const text = site.read('live.json');
  expect(schemaErrors('snapshot', JSON.parse(text))).toEqual([]);
  const lines = text.split('\n').filter((line) => line.includes('"title"'));
  expect(lines).toHaveLength(5);
  expect([...lines].sort()).toEqual(lines);
  expect(text).not.toContain('Not ours');
  expect((await site.run('snapshot')).stdout).toBe(text);
  const told = await site.run('snapshot --out live.json --format json');
  expect(JSON.parse(told.stdout)).toMatchObject({ file: 'live.json', nodes: 5, spaces: 2, readCalls: 5 });
});

test('a plan from it is the plan from the wiki, to the byte, without a call and without credentials', async () => {
  const site = await appliedSite();
  await site.run('snapshot --out live.json');
  site.manifest(after);
  const fromWiki = await site.run('plan --format json');
  const fromFile = await site.run('plan --live live.json --format json', { env: {} });
  expect(fromFile).toMatchObject({ exitCode: 0, calls: {} });
  expect(fromFile.stdout).toBe(fromWiki.stdout);
});

test('a plan saved from it is applied while it is true, and refused once it is not', async () => {
  const site = await appliedSite();
  await site.run('snapshot --out live.json');
  site.manifest(after);
  const saved = await site.run('plan --live live.json --out plan.json', { env: {} });
  expect(saved).toMatchObject({ exitCode: 0, calls: {} });
  const goals = site.page('Handbook', 'Apollo', 'Goals');
  dragNode(site.world, site.page('Handbook', 'Apollo'), { space: site.space('Elsewhere') });
  const refused = await site.run('apply plan.json');
  expect(refused).toMatchObject({ exitCode: 4, writes: 0 });
  expect(refused.stderr).toContain('PLAN_STALE');
  const apollo = site.world.nodes.get(goals)?.parent?.id ?? '';
  dragNode(site.world, apollo, { space: site.space('Handbook') });
  expect(await site.run('apply plan.json')).toMatchObject({ exitCode: 0, writes: 2 });
});

test('what it did not look at is not taken to be absent', async () => {
  const site = await appliedSite();
  await site.run('snapshot --out live.json');
  const foreign = site.page('Elsewhere', 'Not ours');
  site.manifest(handbook(`- { title: Copied, copy: { id: ${foreign} } }`));
  const planned = await site.run('plan --live live.json --format json', { env: {} });
  expect(planned).toMatchObject({ exitCode: 1, calls: {} });
  expect(planned.plan().diagnostics).toMatchObject([{ code: 'SNAPSHOT_INCOMPLETE' }]);
  await site.run('snapshot --out live.json');
  const again = await site.run('plan --live live.json --format json', { env: {} });
  expect(again.plan().steps).toMatchObject([{ kind: 'copy-node' }]);
});

test('files that are no snapshots are said to be none', async () => {
  const site = await appliedSite();
  await site.run('snapshot --out live.json');
  const whole = site.read('live.json');
  const refuse = async (text: string | undefined): Promise<string> => {
    if (text !== undefined) site.write('bad.json', text);
    const name = text === undefined ? 'missing.json' : 'bad.json';
    const planned = await site.run(`plan --live ${name} --format json`, { env: {} });
    expect(planned).toMatchObject({ exitCode: 1, calls: {} });
    const [found] = planned.plan().diagnostics;
    return `${found?.code}: ${found?.detail}`;
  };
  expect(await refuse(undefined)).toContain('SNAPSHOT_UNREADABLE: missing.json');
  expect(await refuse(whole.slice(0, whole.length / 2))).toContain('it is not JSON');
  expect(await refuse(whole.replace('"1.0"', '"2.0"'))).toContain('VERSION_UNSUPPORTED');
  expect(await refuse(whole.replace('"feishu"', '"lark"'))).toContain('SNAPSHOT_FOREIGN');
  const { formatVersion: _, ...unnamed } = JSON.parse(whole) as Record<string, unknown>;
  expect(await refuse(JSON.stringify(unnamed))).toContain('no formatVersion');
  const unwritable = await site.run('snapshot --out nowhere/live.json');
  expect(unwritable).toMatchObject({ exitCode: 1 });
  expect(unwritable.stderr).toContain('SNAPSHOT_UNWRITABLE');
});
