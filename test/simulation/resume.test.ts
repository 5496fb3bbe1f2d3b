// What people see of an interrupted run when they run again: what is said of it, and what a saved plan is
// still good for.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { FaultPlan } from '../../src/provider/emulator/faults.ts';
import { addPage, dragNode, hideNode, renamePage } from '../../src/provider/emulator/person.ts';
import { addMember, addSpace } from '../../src/provider/emulator/world.ts';
import type { Intent, Making } from '../../src/state/journal.ts';
import { stateFile } from '../../src/state/state-file.ts';
import { type Address, nodeId, spaceId } from '../../src/tree/identifier.ts';
import { handbook, openSite, type Site, type SiteOptions } from '../e2e/site.ts';
import { type Vendor, vendors } from './vendor.ts';

const somebody = 'ou_somebody';
const nowMs = Date.UTC(2026, 0, 1);

/** Leaves what a process leaves that was killed while it made this page. */
async function leaveOpen(site: Site, making: Making, address: string, atMs = nowMs): Promise<void> {
  const path = join(site.folder, '.wikiform/state.json');
  const journal = await stateFile(path).begin({ plan: 'sha256:interrupted', open: [], strays: [] });
  const intent: Intent = { step: 's1', address: address as Address, atMs, making };
  await journal.append({ entry: 'intent', intent });
  await journal.close();
}

/**
 * The credentials end at this call to make a page; an app gets another token, which is no better.
 *
 * @param lanes - how many pages may be made at once then: each begins before any is tried again.
 */
function lapse({ identity }: Vendor, nth: number, lanes = 1): FaultPlan {
  const nths = identity === 'app' ? Array.from({ length: lanes + 1 }, (_, more) => nth + more) : [nth];
  const fault = { kind: 'expired-token' } as const;
  return { seed: 1, script: nths.map((each) => ({ endpoint: 'create-node', nth: each, fault })) };
}

type Page = Making & { readonly kind: 'node' };

const siteOf = ({ kind, env }: Vendor, options: SiteOptions = {}): Promise<Site> =>
  openSite({ kind, env, ...options });

function pageAt(site: Site, vendor: Vendor, parent: string | null, title: string, creator?: string): Page {
  return {
    kind: 'node',
    space: spaceId(site.space('Handbook')),
    parent: parent === null ? null : nodeId(parent),
    title,
    type: vendor.capabilities.defaultType,
    nodeKind: 'origin',
    origin: null,
    known: [],
    creator,
    since: undefined,
  };
}

const before = handbook('- { title: Old, children: [Deep] }\n- Welcome');
const after = handbook('- { title: Old, children: [Deep] }\n- Welcome\n- Roadmap');

async function interruptedSite(vendor: Vendor, creator?: string): Promise<Site> {
  const site = await siteOf(vendor, { pace: false });
  site.manifest(before);
  await site.apply();
  site.manifest(after);
  await leaveOpen(site, pageAt(site, vendor, null, 'Roadmap', creator), 'handbook/Roadmap');
  return site;
}

const top = (site: Site): { space: string } => ({ space: site.space('Handbook') });

describe.each(vendors)('$kind: what became of a page that was being made', (vendor) => {
  test('it was made: it is bound, and nothing is written', async () => {
    const site = await interruptedSite(vendor);
    const id = addPage(site.world, top(site), { title: 'Roadmap' }, nowMs);
    const applied = await site.run('apply --auto-approve');
    expect(applied).toMatchObject({ exitCode: 0, writes: 0 });
    expect(applied.stderr).toContain('RECOVERED');
    expect(applied.stderr).toContain(`It was: it is ${id}.`);
    await site.expectNothingToDo();
  });

  test('it was not made: it is made now', async () => {
    const site = await interruptedSite(vendor);
    const applied = await site.run('apply --auto-approve --format json');
    expect(applied).toMatchObject({ exitCode: 0, writes: 1 });
    expect(applied.apply().diagnostics).toMatchObject([{ code: 'RECOVERED', severity: 'info' }]);
    expect(applied.apply().diagnostics[0]?.detail).toContain('was not made');
  });

  test('it was renamed since: it is named back', async () => {
    const site = await interruptedSite(vendor, somebody);
    const id = addPage(site.world, top(site), { title: 'Roadmap 2027' }, nowMs);
    const applied = await site.run('apply --auto-approve');
    expect(applied).toMatchObject({ exitCode: 0, writes: 1, calls: { 'rename-node': 1 } });
    expect(applied.stderr).toContain(`it is ${id}, which has been renamed since`);
  });

  test('it was dragged away since: it is moved back', async () => {
    const site = await interruptedSite(vendor, somebody);
    const id = addPage(site.world, { parent: site.page('Handbook', 'Old') }, { title: 'Roadmap' }, nowMs);
    const applied = await site.run('apply --auto-approve');
    expect(applied).toMatchObject({ exitCode: 0, writes: 1, calls: { 'move-node': 1 } });
    expect(applied.stderr).toContain(`it is ${id}, which has been moved since`);
    expect(site.page('Handbook', 'Roadmap')).toBe(id);
  });

  test('it was dragged where no plan looks: it is found there', async () => {
    const site = await interruptedSite(vendor, somebody);
    const attic = addPage(site.world, top(site), { title: 'Attic', type: vendor.sheet }, nowMs);
    const box = addPage(site.world, { parent: attic }, { title: 'Box' }, nowMs);
    const id = addPage(site.world, { parent: box }, { title: 'Roadmap' }, nowMs);
    expect(await site.run('apply --auto-approve')).toMatchObject({
      exitCode: 0,
      writes: 1,
      calls: { 'move-node': 1 },
    });
    expect(site.page('Handbook', 'Roadmap')).toBe(id);
  });

  test('the search where no plan looks has an end, and says so', async () => {
    const site = await interruptedSite(vendor, somebody);
    site.manifest(after, 'pace: { list-nodes: 10000/s }');
    for (let branch = 0; branch < 120; branch += 1) {
      const id = addPage(site.world, top(site), { title: `Branch ${branch}`, type: vendor.sheet }, nowMs);
      addPage(site.world, { parent: id }, { title: 'Leaf' }, nowMs);
    }
    const planned = await site.run('plan');
    expect(planned.exitCode).toBe(0);
    expect(planned.stderr).toContain(
      'and in 100 lists of what nobody declared (there are more), and was not made',
    );
  });

  test('several could be it: doubt that names them, until one is chosen', async () => {
    const site = await interruptedSite(vendor);
    const ids = [1, 2].map(() => addPage(site.world, top(site), { title: 'Roadmap' }, nowMs));
    const refused = await site.run('apply --auto-approve');
    expect(refused).toMatchObject({ exitCode: 1, writes: 0 });
    expect(refused.stderr).toContain('DOUBT');
    for (const id of ids) expect(refused.stderr).toContain(`id: "${id}"`);
    expect(refused.stderr).toContain('wikiform state forget handbook/Roadmap');

    site.manifest(after.replace('- Roadmap', `- { title: Roadmap, id: "${ids[1]}" }`));
    expect(await site.run('apply --auto-approve')).toMatchObject({ exitCode: 0, writes: 0 });
    site.manifest(after);
    await site.expectNothingToDo();
  });

  test('one could be it, and nobody knows who makes pages here: doubt, and none of them is an answer', async () => {
    const site = await interruptedSite(vendor);
    const id = addPage(site.world, top(site), { title: 'Minutes' }, nowMs);
    const refused = await site.run('apply --auto-approve');
    expect(refused).toMatchObject({ exitCode: 1, writes: 0 });
    expect(refused.stderr).toContain(id);
    rmSync(join(site.folder, '.wikiform/state.journal.ndjson'));
    expect(await site.run('apply --auto-approve')).toMatchObject({ exitCode: 0, writes: 1 });
    expect(site.outline('Handbook')).toContain('Minutes');
  });

  test('it is not declared any more: nothing hangs on which it is', async () => {
    const site = await interruptedSite(vendor);
    for (const _ of [1, 2]) addPage(site.world, top(site), { title: 'Roadmap' }, nowMs);
    site.manifest(before);
    const applied = await site.run('apply --auto-approve');
    expect(applied).toMatchObject({ exitCode: 0, writes: 0 });
    expect(applied.stderr).toContain('not declared any more');
  });

  test('its place may not be read: it is looked for until it may', async () => {
    const site = await siteOf(vendor);
    site.manifest(before);
    await site.apply();
    const old = site.page('Handbook', 'Old');
    site.manifest(
      before.replace('[Deep]', '[Deep, Roadmap]').replace('- Welcome', '- Welcome\n      - Extra'),
    );
    await leaveOpen(site, pageAt(site, vendor, old, 'Roadmap', somebody), 'handbook/Old/Roadmap');
    const id = addPage(site.world, { parent: old }, { title: 'Roadmap plus' }, nowMs);
    hideNode(site.world, old, ['user']);
    const applied = await site.run('apply --auto-approve');
    expect(applied, applied.stderr).toMatchObject({ exitCode: 3, calls: { 'create-node': 1 } });
    expect(applied.stderr).toContain('may not be read now');
    hideNode(site.world, old, []);
    expect(await site.run('apply --auto-approve')).toMatchObject({
      exitCode: 0,
      calls: { 'rename-node': 1 },
    });
    expect(site.page('Handbook', 'Old', 'Roadmap')).toBe(id);
    await site.expectNothingToDo();
  });

  test('its parent was carried to another space since: it is found there', async () => {
    const site = await siteOf(vendor, { spaces: [{ name: 'Elsewhere' }] });
    site.manifest(before);
    await site.apply();
    const old = site.page('Handbook', 'Old');
    site.manifest(before.replace('[Deep]', '[Deep, Roadmap]'));
    await leaveOpen(site, pageAt(site, vendor, old, 'Roadmap', somebody), 'handbook/Old/Roadmap');
    const id = addPage(site.world, { parent: old }, { title: 'Roadmap' }, nowMs);
    dragNode(site.world, old, { space: site.space('Elsewhere') });
    expect(await site.run('apply --auto-approve')).toMatchObject({ exitCode: 0, writes: 1 });
    expect(site.page('Handbook', 'Old', 'Roadmap')).toBe(id);
  });

  test('a page that was gone and was being made again is not made a third time', async () => {
    const site = await siteOf(vendor);
    site.manifest(after);
    await site.apply();
    const gone = site.page('Handbook', 'Roadmap');
    dragNode(site.world, gone, { parent: site.page('Handbook', 'Old') });
    renamePage(site.world, gone, 'Roadmap');
    const state = site.read('.wikiform/state.json').replaceAll(gone, 'wikcnGone00000000000000000x');
    site.write('.wikiform/state.json', state);
    const { creator = '', createdAtMs = 0 } = site.world.nodes.get(gone) ?? {};
    await leaveOpen(site, pageAt(site, vendor, null, 'Roadmap', creator), 'handbook/Roadmap', createdAtMs);
    expect(await site.run('apply --auto-approve')).toMatchObject({
      exitCode: 0,
      writes: 1,
      calls: { 'move-node': 1 },
    });
    expect(site.page('Handbook', 'Roadmap')).toBe(gone);
  });
});

describe.each(vendors)('$kind: what became of a space that was being made', (vendor) => {
  async function siteWith(description = ''): Promise<Site> {
    const site = await siteOf(vendor);
    const text = `spaces:\n  handbook:\n    name: Handbook\n    description: "${description}"\n    nodes: [Welcome]\n`;
    site.manifest(`spaces:\n  other: { name: Other }\n`);
    await site.apply();
    site.manifest(`${text}  other: { name: Other }\n`);
    await leaveOpen(site, { kind: 'space', name: 'Handbook', description, known: [] }, 'handbook');
    return site;
  }

  test('it was renamed since, and its description tells it', async () => {
    const site = await siteWith('How we work');
    const id = addSpaceByHand(site, 'Handbuch', 'How we work');
    const applied = await site.run('apply --auto-approve');
    expect(applied, applied.stderr).toMatchObject({ exitCode: 0, calls: { 'create-node': 1 } });
    expect(applied.calls['create-space']).toBeUndefined();
    expect(applied.stderr).toContain(`it is ${id}, which has been renamed since`);
  });

  test('a space has come that could be it under another name: doubt', async () => {
    const site = await siteWith();
    const id = addSpaceByHand(site, 'Handbuch', '');
    const refused = await site.run('apply --auto-approve');
    expect(refused).toMatchObject({ exitCode: 1, writes: 0 });
    expect(refused.stderr).toContain(id);
  });
});

describe.each(vendors)('$kind: a saved plan that was cut off', (vendor) => {
  const start = handbook('- { title: Apollo, children: [Goals] }\n- Archive\n- Other');
  const goal = handbook(
    '- { title: Archive, children: [{ title: Apollo, children: [Goals, Team] }] }\n- Other\n- New',
  );

  async function cutOff(): Promise<Site> {
    const site = await siteOf(vendor, { faults: lapse(vendor, 6) });
    site.manifest(start);
    await site.apply();
    site.manifest(goal);
    await site.run('plan --out plan.json');
    const stopped = await site.run('apply plan.json');
    expect(stopped).toMatchObject({ exitCode: 3 });
    expect(stopped.stdout).toContain('\n  wikiform apply plan.json\n');
    return site;
  }

  test('is the approval for the rest of it', async () => {
    const site = await cutOff();
    const applied = await site.run('apply plan.json');
    expect(applied, applied.stderr).toMatchObject({ exitCode: 0 });
    expect(site.outline('Handbook').toSorted()).toEqual(
      ['  Apollo', '    Goals', '    Team', 'Archive', 'New', 'Other'].toSorted(),
    );
    await site.expectNothingToDo();
    expect(await site.run('apply plan.json')).toMatchObject({ exitCode: 0, writes: 0 });
  });

  test('is none for a page that the manifest got since', async () => {
    const site = await cutOff();
    site.manifest(`${goal}      - Afterthought\n`);
    expect(await site.run('apply plan.json')).toMatchObject({ exitCode: 4, writes: 0 });
  });

  test('is none for a page that was dragged since', async () => {
    const site = await cutOff();
    dragNode(site.world, site.page('Handbook', 'Other'), { parent: site.page('Handbook', 'Archive') });
    expect(await site.run('apply plan.json')).toMatchObject({ exitCode: 4, writes: 0 });
  });

  test('is none once another plan was begun', async () => {
    const site = await cutOff();
    await site.apply();
    site.manifest(start);
    expect(await site.run('apply plan.json')).toMatchObject({ exitCode: 4, writes: 0 });
  });
});

test.each(vendors)('$kind: what to type to go on is what was typed, as a shell takes it', async (vendor) => {
  const site = await siteOf(vendor, { faults: lapse(vendor, 2, 2) });
  site.manifest(before);
  site.write("wiki's&co.yaml", site.read('wikiform.yaml'));
  const { stdout } = await site.run("apply --auto-approve -f wiki's&co.yaml");
  expect(stdout).toContain("\n  wikiform apply --auto-approve -f 'wiki'\\''s&co.yaml'\n");
});

/** A space that the user sees, made in the wiki itself. */
function addSpaceByHand({ world }: Site, name: string, description: string): string {
  const space = addSpace(world, { name, description, sharing: 'closed', visibility: 'private' });
  addMember(world, space, { type: 'openid', id: '*', role: 'admin' });
  return space.id;
}
