// Law 5, fewest calls: what is read, counted at the server.

import { expect, test } from 'vitest';
import { addPage, dragNode } from '../../src/provider/emulator/person.ts';
import { handbook, openSite } from './site.ts';

const titles = (count: number): string[] => Array.from({ length: count }, (_, index) => `Page ${index}`);

test('one call per 50 children of a declared parent, none for leaves', async () => {
  const site = await openSite({ pace: false });
  site.manifest(
    handbook(`- { title: Large, children: [${titles(120).join(', ')}] }\n- Leaf`),
    'pace: { create-node: 1000/min }',
  );
  expect(await site.apply()).toMatchObject({ writes: 123 });
  const planned = await site.expectNothingToDo();
  expect(planned.calls).toEqual({ 'get-space': 1, 'list-nodes': 4 });
  expect(planned.plan().estimate).toEqual({ readCalls: 5, writeCalls: 0, seconds: 0 });
});

test('below what is undeclared nothing is read, unless a move carries it', async () => {
  const site = await openSite();
  site.manifest(handbook('- { title: Apollo, children: [Goals] }\n- Archive'));
  await site.apply();
  const apollo = site.page('Handbook', 'Apollo');
  const minutes = addPage(site.world, { parent: apollo }, { title: 'Minutes' });
  const monday = addPage(site.world, { parent: minutes }, { title: 'Monday' });
  addPage(site.world, { parent: monday }, { title: 'Attachments' });

  const quiet = await site.expectNothingToDo();
  expect(quiet.calls).toEqual({ 'get-space': 1, 'list-nodes': 2 });
  expect(quiet.plan().summary).toMatchObject({ unmanaged: 1 });

  site.manifest(handbook('- { title: Archive, children: [{ title: Apollo, children: [Goals] }] }'));
  const carrying = await site.run('plan --format json');
  expect(carrying.calls).toEqual({ 'get-space': 1, 'list-nodes': 4 });
  expect(carrying.plan().summary).toMatchObject({ moveNode: 1, carried: 4 });
  await site.apply();
  expect(site.outline('Handbook')).toEqual([
    'Archive',
    '  Apollo',
    '    Goals',
    '    Minutes',
    '      Monday',
    '        Attachments',
  ]);
});

test('a space known by its id is not looked for among all; a new one is, once', async () => {
  const site = await openSite({ spaces: titles(60).map((name) => ({ name })) });
  site.manifest(handbook('- Welcome'));
  const first = await site.run('plan --format json');
  expect(first.calls).toEqual({ 'list-spaces': 2 });
  await site.apply();
  expect((await site.expectNothingToDo()).calls).toEqual({ 'get-space': 1, 'list-nodes': 1 });
});

test('a page that left its branch by hand costs no further call', async () => {
  const site = await openSite();
  site.manifest(handbook('- { title: Apollo, children: [Goals] }\n- { title: Archive, children: [Old] }'));
  await site.apply();
  dragNode(site.world, site.page('Handbook', 'Apollo', 'Goals'), {
    parent: site.page('Handbook', 'Archive'),
  });
  const planned = await site.run('plan --format json');
  expect(planned.calls).toEqual({ 'get-space': 1, 'list-nodes': 2 });
  expect(planned.plan().summary).toMatchObject({ moveNode: 1 });
});
