// What a manifest says about how far wikiform may go: titles, what leaves, what is protected or ignored.

import { describe, expect, test } from 'vitest';
import { addPage, dragNode, renamePage } from '../../src/provider/emulator/person.ts';
import { handbook, openSite } from './site.ts';

describe('titles', () => {
  test('enforce: a page that was renamed by hand is named back', async () => {
    const site = await openSite();
    site.manifest(handbook('- Welcome'));
    await site.apply();
    renamePage(site.world, site.page('Handbook', 'Welcome'), 'Hello');
    const planned = await site.run('plan --format json');
    expect(planned.plan().steps).toMatchObject([
      { kind: 'rename-node', origin: 'drift', reason: 'title was "Hello"' },
    ]);
    expect(await site.apply()).toMatchObject({ writes: 1 });
    expect(site.outline('Handbook')).toEqual(['Welcome']);
  });

  test("follow: the wiki's title wins until the manifest's changes", async () => {
    const site = await openSite();
    const wiki = (title: string): string => handbook(`- { title: ${title}, key: welcome }`, 'titles: follow');
    site.manifest(wiki('Welcome'));
    await site.apply();
    renamePage(site.world, site.page('Handbook', 'Welcome'), 'Hello');
    await site.expectNothingToDo();
    await site.apply();
    await site.expectNothingToDo();
    site.manifest(wiki('Good day'));
    expect(await site.apply()).toMatchObject({ writes: 1 });
    expect(site.outline('Handbook')).toEqual(['Good day']);
    await site.expectNothingToDo();
  });

  test('a title that no call can change is a warning, not a step', async () => {
    const site = await openSite();
    site.manifest(handbook('- { title: Budget, type: sheet, key: budget }'));
    await site.apply();
    site.manifest(handbook('- { title: Budget 2027, type: sheet, key: budget }'));
    const planned = await site.expectNothingToDo();
    expect(planned.plan().diagnostics).toMatchObject([{ code: 'TITLE_NOT_WRITABLE', severity: 'warning' }]);
  });
});

describe('onRemove', () => {
  test('keep: what leaves the manifest stays where it is, and is forgotten', async () => {
    const site = await openSite();
    site.manifest(handbook('- Welcome\n- { title: Old, children: [Older] }'));
    await site.apply();
    site.manifest(handbook('- Welcome'));
    const planned = await site.run('plan --format json --detailed-exitcode');
    expect(planned).toMatchObject({ exitCode: 0, writes: 0 });
    expect(planned.plan()).toMatchObject({ forgotten: ['handbook/Old', 'handbook/Old/Older'] });
    expect(await site.apply()).toMatchObject({ writes: 0 });
    expect(site.outline('Handbook')).toEqual(['Welcome', 'Old', '  Older']);
    expect((await site.expectNothingToDo()).plan()).toMatchObject({
      forgotten: [],
      summary: { unmanaged: 1 },
    });
  });

  test('archive: it moves there as a branch, and back when it is declared again', async () => {
    const site = await openSite();
    const fields = 'onRemove: { archive: handbook/Archive }';
    const whole = handbook('- Welcome\n- { title: Old, children: [Older] }\n- Archive', fields);
    site.manifest(whole);
    await site.apply();
    const ids = [site.page('Handbook', 'Old'), site.page('Handbook', 'Old', 'Older')];

    site.manifest(handbook('- Welcome\n- Archive', fields));
    expect(await site.apply()).toMatchObject({ writes: 1, calls: { 'move-node': 1 } });
    expect(site.outline('Handbook')).toEqual(['Welcome', 'Archive', '  Old', '    Older']);
    await site.expectNothingToDo();

    site.manifest(whole);
    expect(await site.apply()).toMatchObject({ writes: 1, calls: { 'move-node': 1 } });
    expect([site.page('Handbook', 'Old'), site.page('Handbook', 'Old', 'Older')]).toEqual(ids);
    await site.expectNothingToDo();
  });
});

describe('protect', () => {
  const top = 'protect: ["handbook/policies/**"]';
  const pages = '- { title: Policies, key: policies, children: [Security] }\n- Archive';

  test('the manifest moves or renames a protected page: an error', async () => {
    const site = await openSite();
    site.manifest(handbook(pages, '', top));
    await site.apply();
    for (const nodes of [
      '- { title: Policies, key: policies }\n- { title: Archive, children: [Security] }',
      '- { title: Policies, key: policies, children: [{ title: Safety, key: Security }] }\n- Archive',
      '- { title: Archive, children: [{ title: Policies, key: policies, children: [Security] }] }',
    ]) {
      site.manifest(handbook(nodes, '', top));
      const ended = await site.run('apply --auto-approve');
      expect(ended, nodes).toMatchObject({ exitCode: 1, writes: 0 });
      expect(ended.stderr).toContain('PROTECTED');
    }
  });

  test('a page that should come below the one that may not move: the same error, not one of our own', async () => {
    const site = await openSite();
    const wiki = (one: string, two: string): string =>
      `protect: ["one/*"]\nspaces:\n  one: { name: One, nodes: [${one}] }\n  two: { name: Two, nodes: [${two}] }\n`;
    site.manifest(wiki('X', '{ title: C, children: [D] }'));
    await site.apply();
    site.manifest(wiki('X, { title: D, children: [C] }', ''));
    const ended = await site.run('plan --ignore-guard');
    expect(ended).toMatchObject({ exitCode: 1, writes: 0 });
    expect(ended.stderr).toContain('PROTECTED');
    expect(ended.stderr).not.toContain('INTERNAL');
  });

  test('somebody moved it by hand: blocked, and the rest goes on', async () => {
    const site = await openSite();
    site.manifest(handbook(pages, '', top));
    await site.apply();
    const security = site.page('Handbook', 'Policies', 'Security');
    dragNode(site.world, security, { parent: site.page('Handbook', 'Archive') });
    site.manifest(handbook(`${pages}\n- News`, '', top));
    const applied = await site.run('apply --auto-approve --format json');
    expect(applied).toMatchObject({ exitCode: 3, writes: 1, calls: { 'create-node': 1 } });
    expect(applied.apply().steps.find(({ status }) => status === 'blocked')).toMatchObject({
      kind: 'move-node',
      address: 'handbook/policies/Security',
    });
    expect(site.outline('Handbook')).toEqual(['Policies', 'Archive', '  Security', 'News']);
  });
});

test('ignore: neither read further nor reported', async () => {
  const site = await openSite();
  const top = 'ignore: ["handbook/Drafts/**", "handbook/Private"]';
  site.manifest(handbook('- Welcome\n- Drafts', '', top));
  await site.apply();
  const drafts = site.page('Handbook', 'Drafts');
  for (const title of ['One', 'Two']) addPage(site.world, { parent: drafts }, { title });
  addPage(site.world, { space: site.space('Handbook') }, { title: 'Private' });
  addPage(site.world, { space: site.space('Handbook') }, { title: 'Notes' });
  const planned = await site.expectNothingToDo();
  expect(planned.calls).toEqual({ 'get-space': 1, 'list-nodes': 1 });
  expect(planned.plan().summary).toMatchObject({ unmanaged: 1 });
});

test('what cannot change in place is an error that says what to write instead', async () => {
  const site = await openSite();
  site.manifest(handbook('- Welcome\n- Link target\n- { title: Link, shortcut: handbook/Welcome }'));
  await site.apply();
  const codeOf = async (nodes: string): Promise<string | undefined> => {
    site.manifest(handbook(nodes));
    const planned = await site.run('plan --format json');
    expect(planned, nodes).toMatchObject({ exitCode: 1, writes: 0 });
    return planned.plan().diagnostics[0]?.code;
  };
  const rest = '- Link target\n';
  expect(
    await codeOf(
      `${rest}- { title: Welcome, type: sheet }\n- { title: Link, shortcut: handbook/Link target }`,
    ),
  ).toBe('TYPE_CHANGED');
  expect(await codeOf(`${rest}- Welcome\n- Link`)).toBe('KIND_CHANGED');
  expect(await codeOf(`${rest}- Welcome\n- { title: Link, shortcut: handbook/Link target }`)).toBe(
    'SHORTCUT_RETARGETED',
  );
  expect(
    await codeOf(
      `${rest}- Welcome\n- { title: Scan, type: file }\n- { title: Link, shortcut: handbook/Welcome }`,
    ),
  ).toBe('TYPE_NOT_CREATABLE');
});
