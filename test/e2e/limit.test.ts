// Law 4, legal at every step: the emulator refuses what goes over a limit, so a plan that is applied
// has kept them all. What cannot be ordered is refused before the first write.

import { expect, test } from 'vitest';
import { addPage } from '../../src/provider/emulator/person.ts';
import { seedWorld } from '../../src/provider/emulator/seed.ts';
import { feishuRules } from '../../src/provider/emulator/server.ts';
import type { Limits } from '../../src/tree/limit.ts';
import { handbook, openSite, type Site } from './site.ts';

/** A site whose wiki and manifest have the same limits. */
async function tightSite(
  limits: Partial<Limits>,
): Promise<{ site: Site; manifest: (nodes: string) => void }> {
  const world = seedWorld([{ name: 'Handbook' }], { rules: feishuRules(limits) });
  const site = await openSite({ world });
  return { site, manifest: (nodes) => site.manifest(handbook(nodes), `limits: ${JSON.stringify(limits)}`) };
}

test('two full parents swap a page', async () => {
  const { site, manifest } = await tightSite({ children: 3 });
  manifest('- { title: A, children: [a1, a2, a3] }\n- { title: B, children: [b1, b2, b3] }\n- Room');
  await site.apply();
  const ids = [...site.world.nodes.keys()].toSorted();
  manifest('- { title: A, children: [b1, a2, a3] }\n- { title: B, children: [a1, b2, b3] }\n- Room');
  const planned = await site.run('plan --format json');
  expect(planned.plan().summary).toMatchObject({ moveNode: 2, parked: 1 });
  expect(await site.apply()).toMatchObject({ writes: 3 });
  expect([...site.world.nodes.keys()].toSorted()).toEqual(ids);
  await site.expectNothingToDo();
});

test('a swap without any room is refused', async () => {
  const { site, manifest } = await tightSite({ children: 2, depth: 2 });
  manifest('- { title: A, children: [a1, a2] }\n- { title: B, children: [b1, b2] }');
  await site.apply();
  manifest('- { title: A, children: [b1, a2] }\n- { title: B, children: [a1, b2] }');
  const refused = await site.run('apply --auto-approve --format json');
  expect(refused).toMatchObject({ exitCode: 1, writes: 0 });
  expect(refused.apply().diagnostics.map(({ code }) => code)).toContain('NO_LEGAL_ORDER');
});

test('a branch that one move cannot carry is split, unless most of it is undeclared', async () => {
  const { site, manifest } = await tightSite({ nodesPerMove: 3 });
  manifest('- { title: Apollo, children: [a, b, c, d] }\n- Archive');
  await site.apply();
  const apollo = site.page('Handbook', 'Apollo');
  manifest('- { title: Archive, children: [{ title: Apollo, children: [a, b, c, d] }] }');
  await site.apply();
  expect(site.page('Handbook', 'Archive', 'Apollo')).toBe(apollo);
  await site.expectNothingToDo();

  for (const title of ['x', 'y', 'z']) addPage(site.world, { parent: apollo }, { title });
  manifest('- Archive\n- { title: Apollo, children: [a, b, c, d] }');
  const refused = await site.run('plan --format json');
  expect(refused).toMatchObject({ exitCode: 1, writes: 0 });
  expect(refused.plan().diagnostics.map(({ code }) => code)).toContain('MOVE_TOO_LARGE');
});

test('a manifest over a limit is refused without asking the wiki', async () => {
  const { site, manifest } = await tightSite({ depth: 2, children: 2 });
  manifest('- { title: A, children: [{ title: B, children: [C] }] }\n- D\n- E');
  const refused = await site.run('plan --format json');
  expect(refused).toMatchObject({ exitCode: 1, calls: {} });
  const codes = refused.plan().diagnostics.map(({ code }) => code);
  expect(codes.toSorted()).toEqual(['CHILDREN_EXCEEDED', 'DEPTH_EXCEEDED']);
});
