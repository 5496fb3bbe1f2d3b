// Law 7 at every durable operation of an apply: the process dies there, and running again ends in the
// declared tree, with no page and no space made twice and none forgotten.

import { expect, test } from 'vitest';
import type { FaultPlan } from '../../src/provider/emulator/faults.ts';
import { printEntry } from '../../src/state/journal-text.ts';
import { casesOf, deedsOf, dieOrEnd, isFuzzing, patienceMs, runOut, shareOf, tell } from './fate.ts';
import { type Death, type Deed, deathsIn, mortal } from './mortal.ts';
import { expectFulfilled, isDone } from './outcome.ts';
import { programmes, type Scene, scenes } from './scene.ts';
import { play } from './theatre.ts';

function survive(scene: Scene, deaths: readonly Death[], faults?: FaultPlan): Promise<void> {
  return tell(deaths, () =>
    play(
      scene,
      async (theatre) => {
        for (const death of deaths) await dieOrEnd(theatre, death);
        await runOut(theatre);
        await expectFulfilled(theatre);
      },
      faults,
    ),
  );
}

test.each(scenes)('$vendor.kind, $name: death at every durable operation', async (scene) => {
  const deaths = deathsIn(await deedsOf(scene));
  expect(deaths.length).toBeGreaterThan(25);
  for (const death of shareOf(scene.vendor, deaths)) await survive(scene, [death]);
});

test.each(scenes)(
  '$vendor.kind, $name: death, and death again while making good',
  async (scene) => {
    const deaths = deathsIn(await deedsOf(scene));
    // Strides without a common factor meet every pair in the long run.
    for (let nth = 0; nth < casesOf(6); nth += 1) {
      const pair = [deaths[(nth * 37) % deaths.length], deaths[(nth * 11) % deaths.length]];
      await survive(
        scene,
        pair.filter((death) => death !== undefined),
      );
    }
  },
  patienceMs,
);

/** The vendor copies and moves branches by tasks, and nothing is to be seen of it before they end. */
const lateTasks: FaultPlan = {
  seed: 1,
  chances: [
    { probability: 1, fault: { kind: 'late', delayMs: 6000 }, endpoints: ['copy-node', 'move-node'] },
  ],
};

/** Each look at a task, and each way to die when its ticket is about to be written down. */
async function deathsInTasks(scene: Scene): Promise<readonly Death[]> {
  const { looks, deeds } = await play(
    scene,
    async (theatre) => {
      const process = mortal(theatre.path);
      expect(isDone(await theatre.run(process))).toBe(true);
      return { looks: process.looks(), deeds: process.deeds };
    },
    lateTasks,
  );
  const hasTicket = (deed: Deed | undefined): boolean =>
    typeof deed === 'object' && deed.entry === 'intent' && deed.intent.ticket !== undefined;
  return [
    ...Array.from({ length: looks }, (_, nth) => ({ look: nth + 1 })),
    ...deathsIn(deeds).filter((death) => 'operation' in death && hasTicket(deeds[death.operation])),
  ];
}

test.each(programmes)(
  '$vendor.kind: death while the vendor goes on with a branch',
  async ({ vendor, copying, peeling, exchange }) => {
    let count = 0;
    for (const scene of [copying, peeling, exchange]) {
      const deaths = await deathsInTasks(scene);
      count += deaths.length;
      for (const death of deaths) await survive(scene, [death], lateTasks);
    }
    expect(count > 0).toBe(vendor.capabilities.copies.reach === 'branch');
  },
  patienceMs,
);

/** The first entry of this kind that is about a page to be made. */
function placeOf(deeds: readonly Deed[], kind: 'intent' | 'done'): { operation: number; bytes: number } {
  const operation = deeds.findIndex((deed) => typeof deed === 'object' && deed.entry === kind);
  const deed = deeds[operation];
  if (typeof deed !== 'object') throw new Error(`nothing is ${kind}`);
  return { operation, bytes: Buffer.byteLength(printEntry(deed)) };
}

const torn = programmes.flatMap(({ vendor, founding }) =>
  (['intent', 'done'] as const).map((kind) => ({ vendor, kind, scene: founding })),
);

test.each(torn)(
  '$vendor.kind: the $kind is torn at any of its bytes',
  async ({ kind, scene }) => {
    const { operation, bytes } = placeOf(await deedsOf(scene), kind);
    const stride = isFuzzing ? 1 : 24;
    for (let at = 0; at < bytes; at += stride) {
      await survive(scene, [{ operation, how: { at: 'torn', bytes: at } }]);
    }
  },
  patienceMs,
);
