// Pages that change their address in the manifest: what is found again, and what is refused as a guess.

import { expect, test } from 'vitest';
import { dragNode } from '../../src/provider/emulator/person.ts';
import { handbook, openSite } from './site.ts';

test('two branches that each hold an Overview are dragged at once: two moves, no page made', async () => {
  const site = await openSite();
  site.manifest(
    handbook(`
- { title: Apollo, children: [Overview, Goals] }
- { title: Borealis, children: [Overview, Risks] }
- Running
- Finished`),
  );
  await site.apply();
  const ids = [...site.world.nodes.keys()].toSorted();

  site.manifest(
    handbook(`
- { title: Running, children: [{ title: Apollo, children: [Overview, Goals] }] }
- { title: Finished, children: [{ title: Borealis, children: [Overview, Risks] }] }`),
  );
  const moved = await site.apply();
  expect(moved).toMatchObject({ writes: 2, calls: { 'move-node': 2 } });
  expect([...site.world.nodes.keys()].toSorted()).toEqual(ids);
  expect(site.outline('Handbook')).toEqual([
    'Running',
    '  Apollo',
    '    Overview',
    '    Goals',
    'Finished',
    '  Borealis',
    '    Overview',
    '    Risks',
  ]);
  await site.expectNothingToDo();
});

test('a drag that could mean two pages is refused, with the lines to choose from', async () => {
  const site = await openSite();
  site.manifest(
    handbook(`
- { title: Apollo, children: [Overview] }
- { title: Borealis, children: [Overview] }
- Archive`),
  );
  await site.apply();
  const wanted = site.page('Handbook', 'Borealis', 'Overview');

  const guess = (line: string): string =>
    handbook(`
- { title: Apollo }
- { title: Borealis }
- { title: Archive, children: [{ title: Overview${line} }] }`);
  site.manifest(guess(''));
  const refused = await site.run('apply --auto-approve');
  expect(refused).toMatchObject({ exitCode: 1, writes: 0 });
  expect(refused.stderr).toContain('DOUBT');
  expect(refused.stderr).toContain('movedFrom: handbook/Apollo/Overview');
  expect(refused.stderr).toContain('movedFrom: handbook/Borealis/Overview');
  expect(refused.stderr).toContain('movedFrom: none');

  site.manifest(guess(', movedFrom: handbook/Borealis/Overview'));
  expect(await site.apply()).toMatchObject({ writes: 1, calls: { 'move-node': 1 } });
  expect(site.page('Handbook', 'Archive', 'Overview')).toBe(wanted);
  expect(site.outline('Handbook')).toContain('  Overview');

  site.manifest(guess(''));
  await site.expectNothingToDo();
});

test('movedFrom: none says that it is a new page', async () => {
  const site = await openSite();
  site.manifest(
    handbook('- { title: Apollo, children: [Overview] }\n- { title: Borealis, children: [Overview] }'),
  );
  await site.apply();
  site.manifest(handbook('- Apollo\n- Borealis\n- { title: Overview, movedFrom: none }'));
  expect(await site.apply()).toMatchObject({ writes: 1, calls: { 'create-node': 1 } });
});

test('movedFrom an address that was never applied: a warning, and a new page', async () => {
  const site = await openSite();
  site.manifest(handbook('- Welcome'));
  await site.apply();
  site.manifest(handbook('- Welcome\n- { title: News, movedFrom: handbook/Nwes }'));
  const planned = await site.run('plan --format json');
  expect(planned.plan()).toMatchObject({
    summary: { createNode: 1 },
    diagnostics: [{ code: 'MOVED_FROM_UNKNOWN', severity: 'warning' }],
  });
  await site.apply();
  // The line may stay for as long as it does no harm.
  expect((await site.expectNothingToDo()).plan().diagnostics).toEqual([]);
});

test('a page that was moved by hand is moved back, its branch with it', async () => {
  const site = await openSite();
  site.manifest(handbook('- { title: Apollo, children: [Goals] }\n- Archive'));
  await site.apply();
  const [apollo, archive] = [site.page('Handbook', 'Apollo'), site.page('Handbook', 'Archive')];
  dragNode(site.world, apollo, { parent: archive });

  const planned = await site.run('plan --format json --detailed-exitcode');
  expect(planned.exitCode).toBe(2);
  expect(planned.plan().steps).toMatchObject([
    {
      kind: 'move-node',
      address: 'handbook/Apollo',
      origin: 'drift',
      before: { parent: 'handbook/Archive' },
      carried: 1,
    },
  ]);
  expect(await site.apply()).toMatchObject({ writes: 1 });
  expect(site.outline('Handbook')).toEqual(['Archive', 'Apollo', '  Goals']);
});

test('a page follows its id wherever it is declared', async () => {
  const site = await openSite({
    spaces: [
      { name: 'Handbook', nodes: [{ title: 'Old', children: [{ title: 'Pinned', id: 'wikcnPinned' }] }] },
    ],
  });
  site.manifest(handbook('- { title: Pinned to the top, id: wikcnPinned }'));
  const moved = await site.apply();
  expect(moved).toMatchObject({ writes: 2, calls: { 'move-node': 1, 'rename-node': 1 } });
  expect(site.outline('Handbook')).toEqual(['Old', 'Pinned to the top']);
  expect(moved.stderr).toContain('SPACE_ADOPTED');

  site.manifest(handbook('- { title: Nowhere, id: wikcnNowhere }'));
  const refused = await site.run('plan');
  expect(refused.exitCode).toBe(1);
  expect(refused.stderr).toContain('NODE_NOT_FOUND');
});
