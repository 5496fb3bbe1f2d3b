// What a plan says it costs is what the server counts, calls for tokens included.

import { expect, test } from 'vitest';
import { app, handbook, openSite, operator, type Site, user } from './site.ts';

/** Applies, and holds the calls that the server saw against the plan's estimate. */
async function applyAsEstimated(site: Site, pages: string): Promise<void> {
  site.manifest(handbook(pages));
  const planned = (await site.run('plan --format json')).plan();
  const seen = site.emulator.requests().length;
  // By real clocks on both sides: tasks take their time.
  const applied = await site.command('apply --auto-approve --format json');
  expect(applied, applied.stderr).toMatchObject({ exitCode: 0 });
  const requests = site.emulator.requests().slice(seen);
  expect(requests.filter(({ status }) => status !== 200)).toEqual([]);
  const { readCalls, writeCalls } = planned.estimate;
  const byEndpoint = applied.apply().calls;
  expect(readCalls + writeCalls, JSON.stringify(byEndpoint)).toBe(requests.length);
  expect(writeCalls).toBe(applied.writes);
  expect(byEndpoint.total).toBe(requests.length);
}

const first = `
- title: Templates
  type: folder
  children: [{ title: Project, children: [Goals, Risks] }, Single]
- { title: Numbers, type: workbook }
- { title: Box, type: folder, children: [{ title: Branch, children: [Leaf] }, Page] }`;

const stages: readonly string[] = [
  // From nothing, with copies of a page and of a branch.
  `${first}
- { title: Mine, copy: handbook/Templates/Single }
- { title: Apollo, copy: { from: handbook/Templates/Project, children: true } }`,
  // A branch and a page moved below what is made for them.
  `
- title: Templates
  type: folder
  children: [{ title: Project, children: [Goals, Risks] }, Single]
- { title: Numbers, type: workbook }
- { title: Box, type: folder }
- { title: New, type: folder, children: [{ title: Branch, children: [Leaf] }, Page] }
- Mine
- { title: Apollo, children: [Goals, Risks] }`,
  // Moved back, and renamed.
  `
- title: Templates
  type: folder
  children: [{ title: Project, key: Project, children: [Risks] }, Single, Goals]
- { title: Numbers 2, key: Numbers, type: workbook }
- { title: Box, type: folder, children: [{ title: Branch, children: [Leaf] }] }
- { title: New, type: folder, children: [Page] }
- { title: Other, key: Mine }
- { title: Apollo, children: [Goals, Risks] }`,
];

test('on DingTalk: ids, tasks, trials and the token are counted', async () => {
  const site = await openSite({ kind: 'dingtalk', env: operator });
  for (const pages of stages) await applyAsEstimated(site, pages);
  expect(site.emulator.requests().some(({ endpoint }) => endpoint === 'get-task')).toBe(true);
});

test('on DingTalk, where moving and renaming are both asked about first', async () => {
  const site = await openSite({ kind: 'dingtalk', env: operator });
  await applyAsEstimated(site, '- A\n- B');
  await applyAsEstimated(site, '- { title: New, type: folder, children: [A] }\n- { title: A, key: B }');
  expect(site.outline('Handbook').toSorted()).toEqual(['  A', 'A', 'New (folder)']);
});

test.each([
  ['the app', app],
  ['a person', user],
])('on Feishu as %s', async (_, env) => {
  const site = await openSite({ env, spaces: [{ name: 'Handbook' }] });
  await applyAsEstimated(site, '- A\n- { title: B, children: [C] }\n- { title: D, copy: handbook/A }');
  await applyAsEstimated(
    site,
    '- { title: New, children: [A] }\n- C\n- { title: B }\n- { title: Dd, key: D }',
  );
});
