import { expect, onTestFinished, test } from 'vitest';
import { checkSource } from '../../src/apply/conflict.ts';
import { findPage } from '../../src/provider/emulator/outline.ts';
import { dragNode } from '../../src/provider/emulator/person.ts';
import { seedWorld } from '../../src/provider/emulator/seed.ts';
import { feishuRules, startEmulator } from '../../src/provider/emulator/server.ts';
import { createProvider } from '../../src/provider/registry.ts';
import { nodeId, spaceId } from '../../src/tree/identifier.ts';
import { VirtualClock } from '../clock.ts';

const minuteMs = 60_000;

/** A page that is to be moved from the top of its space, and who is asked about it. */
async function open() {
  const world = seedWorld([{ name: 'Handbook', nodes: ['Apollo', 'Planning'] }], { rules: feishuRules() });
  const clock = new VirtualClock();
  const emulator = await startEmulator({ clock, world });
  const provider = createProvider('feishu', {
    baseUrl: emulator.url,
    identity: 'user',
    credentials: { userAccessToken: 'u-test' },
    clock,
    random: () => 0,
  });
  onTestFinished(async () => {
    await provider.close();
    await emulator.close();
  });
  const space = world.spaces[0]?.id ?? '';
  const page = (title: string): string => findPage(world, space, title) ?? '';
  const place = { space: spaceId(space), parent: null };
  const move = {
    kind: 'move-node',
    node: nodeId(page('Apollo')),
    space: place.space,
    targetSpace: place.space,
    targetParent: nodeId(page('Planning')),
  } as const;
  const drag = (): void => dragNode(world, page('Apollo'), { parent: page('Planning') });
  return { emulator, drag, check: (ageMs: number) => checkSource(move, place, ageMs, provider) };
}

test('what was read within ten minutes costs no call', async () => {
  const { emulator, check } = await open();
  await check(9 * minuteMs);
  expect(emulator.requests()).toHaveLength(0);
});

test('what was read long ago is looked at again, and may go on where it still is', async () => {
  const { emulator, check } = await open();
  await check(11 * minuteMs);
  expect(emulator.requests().map(({ endpoint }) => endpoint)).toEqual(['get-node']);
});

test('a page that somebody moved meanwhile is left alone', async () => {
  const { drag, check } = await open();
  drag();
  await expect(check(11 * minuteMs)).rejects.toMatchObject({ kind: 'invalid', sent: 'no' });
});
