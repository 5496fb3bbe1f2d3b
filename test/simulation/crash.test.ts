// Law 7 at every durable operation of an apply: the process dies there, and running again ends in the
// declared tree, with no page and no space made twice and none forgotten.

import { expect, test } from 'vitest';
import { printEntry } from '../../src/state/journal-text.ts';
import { casesOf, deedsOf, dieOrEnd, isFuzzing, patienceMs, runOut, shareOf, tell } from './fate.ts';
import { type Death, type Deed, deathsIn } from './mortal.ts';
import { expectFulfilled } from './outcome.ts';
import { programmes, type Scene, scenes } from './scene.ts';
import { play } from './theatre.ts';

function survive(scene: Scene, deaths: readonly Death[]): Promise<void> {
  return tell(deaths, () =>
    play(scene, async (theatre) => {
      for (const death of deaths) await dieOrEnd(theatre, death);
      await runOut(theatre);
      await expectFulfilled(theatre);
    }),
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
