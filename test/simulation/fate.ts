// Processes that die and are run again, until one comes to its end.

import { expect } from 'vitest';
import { ProviderError } from '../../src/provider/provider-error.ts';
import { CrashError, type Death, type Deed, mortal } from './mortal.ts';
import { expectFulfilled, isDone } from './outcome.ts';
import type { Scene } from './scene.ts';
import { doomed, play, type Run, type Theatre } from './theatre.ts';
import { type Vendor, vendors } from './vendor.ts';

/** How many cases of a kind; `FUZZ_RUNS` asks for more than the default run, of 1000, has time for. */
export const casesOf = (byDefault: number): number =>
  Math.ceil((byDefault * Number(process.env.FUZZ_RUNS ?? 1000)) / 1000);

export const isFuzzing = process.env.FUZZ_RUNS !== undefined;

/** What this vendor meets of all cases: by default every other two, and the next vendor those between. */
export function shareOf<Case>(vendor: Vendor, all: readonly Case[]): readonly Case[] {
  const turn = vendors.indexOf(vendor) % 2;
  return isFuzzing ? all : all.filter((_, at) => Math.floor(at / 2) % 2 === turn);
}

/** Milliseconds a test may take. */
export const patienceMs = isFuzzing ? 3_600_000 : 60_000;

/** What an unbroken run writes down. */
export async function deedsOf(scene: Scene): Promise<readonly Deed[]> {
  return play(scene, async (theatre) => {
    const process = mortal(theatre.path);
    expect(isDone(await theatre.run(process))).toBe(true);
    await expectFulfilled(theatre);
    return process.deeds;
  });
}

/** `undefined` where the process died, or where the wiki could not be read. */
export async function dieOrEnd(theatre: Theatre, death?: Death): Promise<Run | undefined> {
  try {
    return await (death === undefined ? theatre.run() : theatre.run(doomed(theatre, death)));
  } catch (error) {
    if (error instanceof CrashError || error instanceof ProviderError) return undefined;
    throw error;
  }
}

/** Runs that a wiki full of faults may take. */
const mostRuns = 40;

/** Runs until a run is done; whatever comes in between, it is never doubt. */
export async function runOut(theatre: Theatre): Promise<void> {
  for (let times = 0; times < mostRuns; times += 1) {
    const run = await dieOrEnd(theatre);
    expect(run?.findings.filter(({ finding }) => finding.kind === 'unclear') ?? []).toEqual([]);
    expect(run?.plan.diagnostics.filter(({ severity }) => severity === 'error') ?? []).toEqual([]);
    if (run !== undefined && isDone(run)) return;
  }
  throw new Error(`not done after ${mostRuns} runs`);
}

/** Says which fate a failure belongs to. */
export async function tell<T>(fate: unknown, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Error(`with ${JSON.stringify(fate)}: ${String(error)}`, { cause: error });
  }
}
