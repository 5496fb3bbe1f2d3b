// The main job, with the built command in processes of its own: two spaces and 23 pages from nothing,
// then everything rearranged, at one call a page.

import { expect, test } from 'vitest';
import { contentOf, writeContent } from '../../src/provider/emulator/person.ts';
import { openSite, type Site } from './site.ts';

const first = `
spaces:
  handbook:
    name: Engineering handbook
    nodes:
      - Welcome
      - title: Onboarding
        children:
          - Day one
          - { title: Equipment list, type: sheet }
          - { title: Budget, type: bitable }
          - { title: Map of teams, type: mindnote }
          - { title: Checklist for new people, copy: handbook/Templates/Checklist }
          - { title: Security rules, shortcut: handbook/policies/Security }
      - title: Policies
        key: policies
        children: [Security, On-call 24/7, 差旅/报销]
      - title: Templates
        children:
          - Checklist
          - title: Project
            children: [Goals, Risks]
      - { title: Notes, key: notes-2026 }
      - { title: Notes, key: notes-2027 }
  projects:
    name: 项目空间
    nodes:
      - title: 阿波罗
        copy: { from: handbook/Templates/Project, children: true }
      - 归档
`;

/** Security and its parent have changed places, a page was renamed, a branch and a page were moved. */
const second = `
spaces:
  handbook:
    name: Engineering handbook
    nodes:
      - title: Onboarding
        children:
          - Day one
          - { title: Equipment list, type: sheet }
          - { title: Budget, type: bitable }
          - { title: Map of teams, type: mindnote }
          - { title: Checklist for new people, copy: handbook/Templates/Checklist }
          - { title: Security rules, shortcut: handbook/Security }
          - title: Project
            children: [Goals, Risks]
      - title: Security
        children:
          - title: Policies
            key: policies
            children: [On-call 24/7, 差旅/报销]
      - title: Templates
        children: [Checklist]
      - { title: Notes of last year, key: notes-2026 }
      - { title: Notes, key: notes-2027 }
  projects:
    name: 项目空间
    nodes:
      - title: 阿波罗
        copy: { from: handbook/Onboarding/Project, children: true }
      - 归档
      - Welcome
`;

const pagesOf = (site: Site): Map<string, string> =>
  new Map([...site.world.nodes.keys()].map((id) => [id, contentOf(site.world, id)]));

/** Siblings in any order: it is not managed. */
function expectPages(site: Site, space: string, lines: readonly string[]): void {
  expect(site.outline(space).toSorted()).toEqual(lines.toSorted());
}

test('25 calls make two spaces and 23 pages, and five rearrange them', async () => {
  const site = await openSite();
  site.manifest(first);

  const made = await site.command('apply --auto-approve --format json');
  expect(made, made.stderr).toMatchObject({ exitCode: 0, writes: 25 });
  expect(made.calls).toEqual({ 'list-spaces': 1, 'create-space': 2, 'create-node': 19, 'copy-node': 4 });
  expect(made.apply()).toMatchObject({ status: 'applied', calls: { total: 26, byEndpoint: made.calls } });
  const security = site.page('Engineering handbook', 'Policies', 'Security');
  expectPages(site, 'Engineering handbook', [
    'Welcome',
    'Onboarding',
    '  Day one',
    '  Equipment list (sheet)',
    '  Budget (bitable)',
    '  Map of teams (mindnote)',
    '  Checklist for new people',
    `  Security rules -> ${security}`,
    'Policies',
    '  Security',
    '  On-call 24/7',
    '  差旅/报销',
    'Templates',
    '  Checklist',
    '  Project',
    '    Goals',
    '    Risks',
    'Notes',
    'Notes',
  ]);
  expectPages(site, '项目空间', ['  Goals', '  Risks', '归档', '阿波罗']);
  const project = site.page('Engineering handbook', 'Templates', 'Project', 'Goals');
  const copied = site.page('项目空间', '阿波罗', 'Goals');
  expect(contentOf(site.world, copied)).toBe(contentOf(site.world, project));

  // Two top levels and five parents that have children are listed once each; the spaces are known by id.
  const again = await site.command('plan --format json --detailed-exitcode');
  expect(again).toMatchObject({ exitCode: 0, writes: 0, calls: { 'get-space': 2, 'list-nodes': 7 } });
  expect(Object.keys(again.calls)).toHaveLength(2);
  expect(again.plan()).toMatchObject({ steps: [], summary: { unchanged: 23, unmanaged: 0 } });

  for (const id of site.world.nodes.keys()) {
    if (id !== site.page('Engineering handbook', 'Onboarding', 'Security rules')) {
      writeContent(site.world, id, `written by people in ${id}`);
    }
  }
  const before = pagesOf(site);
  site.manifest(second);

  const planned = await site.command('plan --format json --detailed-exitcode');
  expect(planned).toMatchObject({ exitCode: 2, writes: 0 });
  expect(planned.plan().summary).toMatchObject({ createNode: 0, copyNode: 0, moveNode: 4, renameNode: 1 });

  const moved = await site.command('apply --auto-approve');
  expect(moved, moved.stderr).toMatchObject({ exitCode: 0, writes: 5 });
  expect(moved.calls).toMatchObject({ 'move-node': 4, 'rename-node': 1 });
  expect(pagesOf(site)).toEqual(before);
  expectPages(site, 'Engineering handbook', [
    'Onboarding',
    '  Day one',
    '  Equipment list (sheet)',
    '  Budget (bitable)',
    '  Map of teams (mindnote)',
    '  Checklist for new people',
    `  Security rules -> ${security}`,
    '  Project',
    '    Goals',
    '    Risks',
    'Security',
    '  Policies',
    '    On-call 24/7',
    '    差旅/报销',
    'Templates',
    '  Checklist',
    'Notes of last year',
    'Notes',
  ]);
  expectPages(site, '项目空间', ['  Goals', '  Risks', 'Welcome', '归档', '阿波罗']);
  expect(site.page('Engineering handbook', 'Security')).toBe(security);
  await site.expectNothingToDo();
});

test('the manifest of before, applied again, puts every page back', async () => {
  const site = await openSite();
  site.manifest(first);
  await site.apply();
  const shapeOf = (): unknown =>
    [...site.world.nodes.values()].map((node) => [node.id, node.parent?.id, node.space.id, node.title]);
  const before = shapeOf();
  site.manifest(second);
  await site.apply();
  expect(shapeOf()).not.toEqual(before);
  site.manifest(first);
  expect(await site.apply()).toMatchObject({ writes: 5 });
  expect(shapeOf()).toEqual(before);
  await site.expectNothingToDo();
});
