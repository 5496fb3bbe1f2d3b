// The built command in real processes against an emulated wiki, killed without a warning at an instant of
// their lives. The same command again ends in the declared tree, with nothing made twice.

import { expect } from 'vitest';
import { systemEdge } from '../../src/cli/system-edge.ts';
import type { FaultPlan } from '../../src/provider/emulator/faults.ts';
import { seedWorld } from '../../src/provider/emulator/seed.ts';
import { type Emulator, startEmulator } from '../../src/provider/emulator/server.ts';
import type { Ending } from '../e2e/command.ts';
import { tell } from './fate.ts';
import { type Job, limits, livePaths, manifestOf, pathsIn } from './job.ts';
import type { Lodging, OpenLodging, Push, Room } from './lodging.ts';
import { type Relay, type Instant as Request, startRelay } from './relay.ts';

/** When a process is killed: at a request to the wiki, or at a push. */
export type Instant = Request | Push;

export interface Stage {
  readonly lodging: Lodging;
  /** An apply in a process of its own, killed at this instant. */
  apply(room: Room, instant?: Instant, what?: string): Promise<Ending>;
  /** Every instant at which the last process could have been killed. */
  instants(): readonly Instant[];
  /** All is as declared, and nothing is left to do. */
  expectWhole(room: Room): Promise<void>;
}

/** Where branches are copied and moved by tasks, nothing is to be seen of it before they end. */
const lateTasks: FaultPlan = {
  seed: 1,
  chances: [
    { probability: 1, fault: { kind: 'late', delayMs: 1000 }, endpoints: ['copy-node', 'move-node'] },
  ],
};

/** Opens a wiki with what was applied before, and the commit that is to be applied. */
export async function onStage<T>(
  job: Job,
  openLodging: OpenLodging,
  use: (stage: Stage) => Promise<T>,
): Promise<T> {
  const { vendor, before, after } = job;
  const lodging = openLodging(vendor);
  const world = seedWorld([], { rules: vendor.emulation.rules(limits) });
  const emulator = await startEmulator({
    clock: systemEdge().clock,
    vendor: vendor.emulation,
    world,
    pace: false,
    faults: lateTasks,
  });
  const relay = await startRelay(emulator.url);
  const lay = (pages: Job['after']): void => lodging.lay(manifestOf(vendor, relay.url, pages, lodging.top));
  try {
    if (before !== undefined) {
      lay(before);
      const ending = await lodging.room().run('apply --auto-approve');
      expect(ending, ending.stderr).toMatchObject({ exitCode: 0 });
    }
    lay(after);
    lodging.disarm();
    return await use(stageOf(job, lodging, emulator, relay));
  } finally {
    await relay.close();
    await emulator.close();
    lodging.close();
  }
}

function stageOf(job: Job, lodging: Lodging, emulator: Emulator, relay: Relay): Stage {
  return {
    lodging,
    apply: (room, instant, what = '--auto-approve') =>
      room.command(`apply ${what}`, (kill, pid) => {
        const isRequest = instant !== undefined && 'request' in instant;
        relay.arm(isRequest ? instant : undefined, kill);
        if (instant !== undefined && !isRequest) lodging.armPush(instant, pid);
      }),
    instants() {
      const upTo = (count: number): number[] => Array.from({ length: count }, (_, nth) => nth + 1);
      return [true, false].flatMap((effect) => [
        ...upTo(relay.count()).map((request) => ({ request, effect })),
        ...upTo(lodging.pushes()).map((push) => ({ push, effect })),
      ]);
    },
    async expectWhole(room) {
      expect(livePaths(emulator.world)).toEqual(pathsIn(job.after));
      expect(emulator.world.spaces).toHaveLength(1);
      const planned = await room.run('plan --detailed-exitcode');
      expect(planned, planned.stdout).toMatchObject({ exitCode: 0 });
    },
  };
}

/**
 * Dies at each instant in turn, each time in a room of its own, and goes on until all is done. A process may be
 * done before its end comes: one that goes on from another, or one that has to ask less often whether a task of
 * the vendor's is over.
 *
 * @returns how many have died.
 */
function survive(job: Job, openLodging: OpenLodging, fate: readonly Instant[]): Promise<number> {
  return onStage(job, openLodging, async (stage) => {
    let deaths = 0;
    for (const instant of fate) {
      const room = stage.lodging.room();
      const { exitCode, stderr } = await stage.apply(room, instant);
      expect([null, 0], stderr).toContain(exitCode);
      if (exitCode === null) deaths += 1;
      room.leave();
      stage.lodging.disarm();
    }
    const room = stage.lodging.room();
    const ending = await stage.apply(room);
    expect(ending, ending.stderr).toMatchObject({ exitCode: 0 });
    await stage.expectWhole(room);
    return deaths;
  });
}

/** Every instant at which an unbroken run can be struck. */
function instantsOf(job: Job, openLodging: OpenLodging): Promise<readonly Instant[]> {
  return onStage(job, openLodging, async (stage) => {
    const ending = await stage.apply(stage.lodging.room());
    expect(ending, ending.stderr).toMatchObject({ exitCode: 0 });
    return stage.instants();
  });
}

/** One death, spread over the run; where there are more cases than instants, two in a row. */
function fateOf(nth: number, most: number, all: readonly Instant[]): readonly Instant[] {
  const pick = (at: number): Instant[] => all.slice(at % all.length).slice(0, 1);
  if (most <= all.length) return pick(Math.floor((nth * all.length) / most));
  // Strides without a common factor meet many pairs.
  return nth < all.length ? pick(nth) : [...pick(nth * 37), ...pick(nth * 11)];
}

/** Side by side: most of the time of each is spent waiting. */
const abreast = 4;

/** Kills processes of this job so many times. */
export async function killAll(job: Job, openLodging: OpenLodging, deaths: number): Promise<void> {
  const all = await instantsOf(job, openLodging);
  const fates = Array.from({ length: deaths }, (_, nth) => fateOf(nth, deaths, all));
  let died = 0;
  for (let at = 0; at < deaths; at += abreast) {
    const group = fates.slice(at, at + abreast);
    const counts = await Promise.all(group.map((fate) => tell(fate, () => survive(job, openLodging, fate))));
    for (const count of counts) died += count;
  }
  expect(died).toBeGreaterThan(0.8 * deaths);
}
