// Law 9: the same wiki and the same manifest make the same bytes, whatever the order of listings, the
// time zone, the locale and the port.

import { expect, test } from 'vitest';
import { addPage, dragNode, renamePage } from '../../src/provider/emulator/person.ts';
import { restoreWorld } from '../../src/provider/emulator/restore.ts';
import { feishuRules } from '../../src/provider/emulator/server.ts';
import type { WorldSnapshot } from '../../src/provider/emulator/snapshot.ts';
import { handbook, openSite, type Site, user } from './site.ts';

const before = handbook(`
- { title: Öffentlich, children: [Ä, B, a, ä] }
- { title: 项目, children: [丙, 甲, 乙] }
- { title: Archive, children: [I, ı, i, İ] }
- Old one
- Old two`);

/** Moves, renames, a copy, a shortcut, and pages that leave. */
const after = handbook(
  `
- { title: Öffentlich, children: [Ä, a, { title: 甲, copy: handbook/项目/甲 }] }
- { title: 项目, children: [丙, 甲, { title: B, shortcut: handbook/Archive/i }] }
- { title: Archive, children: [i, İ, { title: 乙 }, { title: Üben, key: ä, movedFrom: handbook/Öffentlich/ä }] }
- { title: New, movedFrom: none }`,
  'onRemove: { archive: handbook/Archive }',
);

/** Pages whose origin nobody can tell: which candidates are named, and in which order. */
const doubtful = handbook(`
- { title: Öffentlich, children: [New, 丁] }
- { title: 项目, children: [Zu] }
- { title: Archive, children: [J] }
- Zu`);

/** The same pages under the same ids; siblings are listed the other way round. */
function backwards(snapshot: WorldSnapshot): ReturnType<typeof restoreWorld> {
  const nodes = snapshot.nodes.map((node) => ({ ...node, order: snapshot.counter - node.order }));
  return restoreWorld({ ...snapshot, nodes }, feishuRules());
}

async function siteInUse(): Promise<Site> {
  const site = await openSite();
  site.manifest(before);
  await site.apply();
  const top = { space: site.space('Handbook') };
  dragNode(site.world, site.page('Handbook', 'Old one'), { parent: site.page('Handbook', '项目') });
  renamePage(site.world, site.page('Handbook', 'Archive', 'İ'), 'i̇');
  for (const title of ['Zu', 'zu', 'Zu']) addPage(site.world, top, { title });
  return site;
}

test('plans are equal byte by byte', async () => {
  const first = await siteInUse();
  const restored = backwards(first.emulator.snapshot());
  if (!restored.ok) throw new Error(restored.diagnostic.detail);
  const second = await openSite({ world: restored.world });
  expect(second.outline('Handbook')).not.toEqual(first.outline('Handbook'));
  second.write('.wikiform/state.json', first.read('.wikiform/state.json'));

  const elsewhere = { ...user, TZ: 'Asia/Shanghai', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' };
  const runs = [
    { manifest: before, words: 'plan --format json', exitCode: 0 },
    { manifest: after, words: 'plan --format json', exitCode: 0 },
    { manifest: after, words: 'plan', exitCode: 0 },
    { manifest: doubtful, words: 'plan', exitCode: 1 },
  ];
  for (const { manifest, words, exitCode } of runs) {
    for (const site of [first, second]) site.manifest(manifest);
    const [here, there] = await Promise.all([
      first.command(words, { ...user, TZ: 'UTC', LC_ALL: 'C' }),
      second.command(words, elsewhere),
    ]);
    expect(here, here.stderr).toMatchObject({ exitCode });
    expect(there.stdout).toBe(here.stdout);
    expect(there).toMatchObject({ exitCode, stderr: here.stderr });
  }
});
