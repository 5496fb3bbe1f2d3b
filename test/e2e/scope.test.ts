// `--target` and `--space`: a part of the manifest, with what it needs, and nothing else.

import { expect, test } from 'vitest';
import { handbook, openSite, operator, type Site, user } from './site.ts';

const addresses = (planned: Awaited<ReturnType<Site['run']>>): string[] =>
  planned.plan().steps.map(({ kind, address }) => `${kind} ${address}`);

const codes = (planned: Awaited<ReturnType<Site['run']>>): string[] =>
  planned.plan().diagnostics.map(({ code }) => code);

test('a target is planned with everything below it, what it is made from and what it is put below', async () => {
  const site = await openSite();
  site.manifest(
    handbook(`
- { title: Onboarding, children: [{ title: Day one, children: [Badge] }, { title: List, copy: handbook/Templates/List }] }
- { title: Templates, children: [List, Other] }
- Elsewhere`),
  );
  const planned = await site.run('plan --format json --target handbook/Onboarding');
  expect(addresses(planned)).toEqual([
    'create-space handbook',
    'create-node handbook/Onboarding',
    'create-node handbook/Onboarding/Day one',
    'create-node handbook/Onboarding/Day one/Badge',
    'create-node handbook/Templates',
    'create-node handbook/Templates/List',
    'copy-node handbook/Onboarding/List',
  ]);
  expect(planned.plan()).toMatchObject({ scope: ['handbook/Onboarding'], leftOut: 2 });
  const shown = await site.run('plan --target handbook/Onboarding');
  expect(shown.stdout).toMatch(/Plan: 1 space, 5 to create, 1 to copy, 2 left out/);
  expect(shown.stdout).toContain('1 not planned');

  const applied = await site.run('apply --auto-approve --target handbook/Onboarding');
  expect(applied, applied.stderr).toMatchObject({ exitCode: 0, writes: 7 });
  expect(site.outline('Handbook')).not.toContain('Elsewhere');
  const again = await site.run('plan --target handbook/Onboarding --detailed-exitcode');
  expect(again.stdout).toContain('The part of the wiki that was asked for matches the manifest. 2 left out');
  expect(again.exitCode).toBe(0);
  expect(await site.apply()).toMatchObject({ writes: 2 });
});

test('a saved plan for a target is applied as it is, whatever the flags say', async () => {
  const site = await openSite();
  site.manifest(handbook('- A\n- B'));
  await site.run('plan --target handbook/A --out plan.json');
  const applied = await site.run('apply plan.json', { env: { ...user, WIKIFORM_TARGET: 'handbook/B' } });
  expect(applied, applied.stderr).toMatchObject({ exitCode: 0, writes: 2 });
  expect(site.outline('Handbook')).toEqual(['A']);
});

test('what is not known is an error before a call is made, with what may be meant', async () => {
  const site = await openSite();
  site.manifest(handbook('- { title: Onboarding, children: [Day one] }'));
  const slip = await site.run('plan --format json', {
    env: { ...user, WIKIFORM_TARGET: 'handbook/Onboarding/Day two, handbook/Onbording' },
  });
  expect(slip).toMatchObject({ exitCode: 1, calls: {} });
  expect(codes(slip)).toEqual(['ADDRESS_UNKNOWN', 'ADDRESS_UNKNOWN']);
  const helps = slip.plan().diagnostics.map(({ help }) => help);
  expect(helps[0]).toContain('Did you mean `handbook/Onboarding/Day one`?');
  expect(helps[1]).toContain('Did you mean `handbook/Onboarding`?');
  const space = await site.run('plan --format json --space handbok');
  expect(space).toMatchObject({ exitCode: 1, calls: {} });
  expect(space.plan().diagnostics).toMatchObject([
    { code: 'SPACE_UNKNOWN', help: expect.stringContaining('Did you mean `handbook`?') },
  ]);
  expect(codes(await site.run('plan --format json --space handbook --target other/Page'))).toEqual([
    'ADDRESS_UNKNOWN',
  ]);
});

test('room is made first by pages that leave a full parent, and by nothing else', async () => {
  const site = await openSite();
  const limits = 'limits: { children: 2 }';
  site.manifest(
    handbook('- { title: Full, children: [One, Two] }\n- { title: Wide, children: [Three] }'),
    limits,
  );
  await site.apply();
  site.manifest(
    handbook('- { title: Full, children: [Two, Three] }\n- { title: Wide, children: [One, Four] }'),
    limits,
  );
  const planned = await site.run('plan --format json --target handbook/Full');
  expect(addresses(planned)).toEqual(['move-node handbook/Wide/One', 'move-node handbook/Full/Three']);
  expect(planned.plan()).toMatchObject({ leftOut: 1 });
  const applied = await site.run('apply --auto-approve --target handbook/Full');
  expect(applied, applied.stderr).toMatchObject({ exitCode: 0, writes: 2 });
});

const spaces = (one: string, two: string): string =>
  `spaces:\n  one: { name: One, onRemove: { archive: one/Archive }, nodes: [${one}] }\n  two: { name: Two, nodes: [${two}] }\n`;

test('a page that goes below one of its own is planned with the leaving of that one', async () => {
  const site = await openSite();
  site.manifest(handbook('- { title: Outer, children: [{ title: Inner, children: [Leaf] }] }'));
  await site.apply();
  site.manifest(handbook('- { title: Inner, children: [Leaf, Outer] }\n- New'));
  const planned = await site.run('plan --format json --target handbook/Inner/Outer');
  expect(addresses(planned)).toEqual(['move-node handbook/Inner', 'move-node handbook/Inner/Outer']);
  expect(planned.plan()).toMatchObject({ leftOut: 1 });
  const applied = await site.run('apply --auto-approve --target handbook/Inner/Outer');
  expect(applied, applied.stderr).toMatchObject({ exitCode: 0, writes: 2 });
});

test('what comes along with a page that makes room is known again, though its pages look the same', async () => {
  const site = await openSite();
  const twins = '{ title: Inner, children: [{ title: Leaf, children: [Leaf] }';
  site.manifest(handbook(`- { title: Outer, children: [${twins}] }] }`));
  await site.apply();
  site.manifest(handbook(`- ${twins}, Outer] }\n- New`));
  const applied = await site.run('apply --auto-approve --target handbook/Inner/Outer');
  expect(applied, applied.stderr).toMatchObject({ exitCode: 0, writes: 2 });
  const rest = await site.run('plan --format json');
  expect(addresses(rest)).toEqual(['create-node handbook/New']);
});

const titled = (one: string, two: string, three: string): string =>
  handbook(`- { key: One, title: ${one} }\n- { key: Two, title: ${two} }\n- { key: Three, title: ${three} }`);

test.each([
  { name: 'gives up', two: 'Old', steps: ['Two', 'One'] },
  { name: 'takes in exchange', two: 'Draft', steps: ['Two', 'One', 'Two'] },
])('a title that a sibling $name comes with that renaming, and with no other', async ({ two, steps }) => {
  const site = await openSite({ kind: 'dingtalk', env: operator });
  site.manifest(titled('Draft', 'Final', 'Else'));
  await site.apply();
  site.manifest(titled('Final', two, 'Other'));
  const planned = await site.run('plan --format json --target handbook/One');
  expect(addresses(planned)).toEqual(steps.map((key) => `rename-node handbook/${key}`));
  expect(planned.plan()).toMatchObject({ leftOut: 1, diagnostics: [] });
  const applied = await site.run('apply --auto-approve --target handbook/One');
  expect(applied, applied.stderr).toMatchObject({ exitCode: 0 });
  expect(site.outline('Handbook').toSorted()).toEqual(['Final', two, 'Else'].toSorted());
  await site.apply();
  await site.expectNothingToDo();
});

test('the plan lists the spaces with steps; each is a job of its own, and other memory stays as it is', async () => {
  const site = await openSite();
  site.manifest(spaces('Archive, A', 'B'));
  const planned = await site.run('plan --format json');
  expect(planned.plan().spaces).toEqual([
    { key: 'one', steps: 3 },
    { key: 'two', steps: 2 },
  ]);
  await site.run('apply --auto-approve --space one');
  expect(JSON.parse(site.read('.wikiform/state.json')).spaces).not.toHaveProperty('two');
  const rest = await site.run('plan --format json');
  expect(rest.plan().spaces).toEqual([{ key: 'two', steps: 2 }]);
  expect(await site.run('apply --auto-approve --space two')).toMatchObject({ exitCode: 0, writes: 2 });
  await site.expectNothingToDo();
});

test('a page that moves to another space belongs to that space’s job, and is not put away by its own', async () => {
  const site = await openSite();
  site.manifest(spaces('Archive, A, { title: Gone }', 'B'));
  await site.apply();
  site.manifest(spaces('Archive', 'B, { title: A, movedFrom: one/A }'));
  const leaving = await site.run('plan --format json --space one');
  expect(addresses(leaving)).toEqual(['move-node one/Gone']);
  expect(leaving.plan()).toMatchObject({ leftOut: 1, forgotten: [] });
  await site.run('apply --auto-approve --space one');
  expect(site.outline('One')).toEqual(['Archive', '  Gone', 'A']);
  const arriving = await site.run('plan --format json --space two');
  expect(addresses(arriving)).toEqual(['move-node two/A']);
  await site.run('apply --auto-approve --space two');
  expect(site.outline('Two')).toEqual(['B', 'A']);
  await site.expectNothingToDo();
});

test('what is wrong elsewhere does not stop a part', async () => {
  const site = await openSite();
  site.manifest(spaces('Archive, A', 'B'), '');
  await site.apply();
  site.manifest(`protect: ["one/A"]\n${spaces('Archive, { title: Renamed, key: A }', 'B, C')}`);
  expect(codes(await site.run('plan --format json'))).toEqual(['PROTECTED']);
  const part = await site.run('plan --format json --space two');
  expect(codes(part)).toEqual([]);
  expect(addresses(part)).toEqual(['create-node two/C']);
});

test('an emptied space stops its own job and no other', async () => {
  const site = await openSite();
  site.manifest(spaces('Archive, A', 'B'));
  await site.apply();
  site.manifest('spaces:\n  one: { name: One, nodes: [] }\n  two: { name: Two, nodes: [B, C] }\n');
  expect(codes(await site.run('plan --format json --space two'))).toEqual([]);
  expect(codes(await site.run('plan --format json --space one'))).toEqual(['MANIFEST_EMPTIED']);
});
