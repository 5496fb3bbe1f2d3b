// A wiki in which every call may go wrong, and processes that die in it besides.

import { expect, test } from 'vitest';
import type { FaultPlan, ScriptedFault } from '../../src/provider/emulator/faults.ts';
import { fraction } from '../../src/provider/emulator/random.ts';
import { casesOf, dieOrEnd, patienceMs, runOut, tell } from './fate.ts';
import type { Death, How } from './mortal.ts';
import { expectFulfilled } from './outcome.ts';
import { type Programme, programmes, type Scene, scenes } from './scene.ts';
import { play } from './theatre.ts';
import type { Vendor } from './vendor.ts';

const writes = ['create-space', 'create-node', 'copy-node', 'move-node', 'rename-node'];

/** A third of the writes go wrong, and a tenth of the reads. */
function faultsOf(seed: number): FaultPlan {
  const onWrites = (probability: number, fault: ScriptedFault['fault']) => ({
    probability,
    fault,
    endpoints: writes,
  });
  return {
    seed,
    chances: [
      onWrites(0.06, { kind: 'cut', effect: true }),
      onWrites(0.03, { kind: 'cut', effect: false }),
      onWrites(0.05, { kind: 'rpc', effect: true }),
      onWrites(0.03, { kind: 'rpc', effect: false }),
      onWrites(0.04, { kind: 'server-error', effect: true }),
      onWrites(0.02, { kind: 'server-error', effect: false }),
      onWrites(0.05, { kind: 'half-json' }),
      onWrites(0.04, { kind: 'contention' }),
      { probability: 0.2, fault: { kind: 'late', delayMs: 4000 }, endpoints: ['copy-node', 'move-node'] },
      { probability: 0.02, fault: { kind: 'rate' } },
      { probability: 0.01, fault: { kind: 'expired-token' } },
      { probability: 0.02, fault: { kind: 'slow', delayMs: 50 } },
      {
        probability: 0.03,
        fault: { kind: 'cut', effect: false },
        endpoints: ['list-nodes', 'get-node', 'list-spaces'],
      },
      { probability: 0.03, fault: { kind: 'repeat' }, endpoints: ['list-nodes'] },
    ],
    // What is missing from two looks in a row is not there, as far as anybody can say: one is missed.
    script: [
      { endpoint: 'list-nodes', nth: 1 + Math.floor(fraction(seed, 'miss') * 40), fault: { kind: 'miss' } },
    ],
  };
}

const ends: readonly How[] = [{ at: 'before' }, { at: 'after' }, { at: 'between' }, { at: 'torn', bytes: 9 }];

function deathOf(seed: number, nth: number): Death {
  const how = ends[Math.floor(fraction(seed, 'how', nth) * ends.length)] ?? { at: 'before' };
  return { operation: Math.floor(fraction(seed, 'death', nth) * 40), how };
}

test.each(scenes)(
  '$vendor.kind, $name: faults at any call, and up to two deaths',
  async (scene) => {
    for (let seed = 1; seed <= casesOf(15); seed += 1) {
      await tell({ seed }, () =>
        play(
          scene,
          async (theatre) => {
            for (let nth = 0; nth < seed % 3; nth += 1) await dieOrEnd(theatre, deathOf(seed, nth));
            await runOut(theatre);
            theatre.calm();
            await expectFulfilled(theatre);
          },
          faultsOf(seed),
        ),
      );
    }
  },
  patienceMs,
);

const oneFault: readonly ScriptedFault['fault'][] = [
  { kind: 'cut', effect: true },
  { kind: 'cut', effect: false },
  { kind: 'rpc', effect: true },
  { kind: 'rpc', effect: false },
  { kind: 'server-error', effect: true },
  { kind: 'server-error', effect: false, status: 504 },
  { kind: 'half-json' },
  { kind: 'rate' },
  { kind: 'contention' },
  { kind: 'expired-token' },
];

interface Calls {
  readonly vendor: Vendor;
  readonly scene: Scene;
  readonly endpoint: string;
  readonly nths: readonly number[];
}

const callsOf = ({ vendor, founding, reorganisation, copying }: Programme): readonly Calls[] => [
  { vendor, scene: founding, endpoint: 'create-space', nths: [1, 2] },
  { vendor, scene: founding, endpoint: 'create-node', nths: [1, 3, 8] },
  { vendor, scene: founding, endpoint: 'copy-node', nths: [1] },
  { vendor, scene: reorganisation, endpoint: 'move-node', nths: [1, 2, 3] },
  { vendor, scene: reorganisation, endpoint: 'rename-node', nths: [1] },
  // What only this vendor has: learning ids, asking for the end of a task.
  ...Object.keys(vendor.capabilities.pace)
    .filter((endpoint) => !(endpoint in vendor.capabilities.identities))
    .map((endpoint) => ({ vendor, scene: copying, endpoint, nths: [1] })),
];

test.each(programmes.flatMap(callsOf))(
  '$vendor.kind, $endpoint: each fault once, at calls $nths',
  async ({ scene, endpoint, nths }) => {
    for (const nth of nths) {
      for (const fault of oneFault) {
        await tell({ nth, fault }, () =>
          play(
            scene,
            async (theatre) => {
              await runOut(theatre);
              await expectFulfilled(theatre);
            },
            { seed: 1, script: [{ endpoint, nth, fault }] },
          ),
        );
      }
    }
  },
);

test.each(programmes)('$vendor.kind: a passing fault is got over within the run', async ({ founding }) => {
  const passing = oneFault.filter(({ kind }) => kind !== 'expired-token');
  for (const fault of passing) {
    await tell(fault, () =>
      play(
        founding,
        async (theatre) => {
          const { result } = await theatre.run();
          expect(result?.steps.map(({ status }) => status).filter((status) => status !== 'done')).toEqual([]);
        },
        { seed: 1, script: [2, 7, 11].map((nth) => ({ endpoint: 'create-node', nth, fault })) },
      ),
    );
  }
});
