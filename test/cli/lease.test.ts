import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { type LeaseOptions, withLease } from '../../src/cli/lease.ts';
import { CommandFailure } from '../../src/cli/report.ts';
import type { Context } from '../../src/cli/settings.ts';
import { fileStore } from '../../src/state/file-store.ts';
import { printLease } from '../../src/state/lease.ts';
import { VirtualClock } from '../clock.ts';
import { testEdge } from '../edge.ts';
import { aLease } from '../state/leases.ts';

function site() {
  const folder = mkdtempSync(join(tmpdir(), 'wikiform-lease-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const clock = new VirtualClock();
  const edge = testEdge({ cwd: folder, clock });
  const context: Context = {
    edge,
    words: [],
    settings: {
      file: 'wikiform.yaml',
      state: undefined,
      format: 'text',
      emulator: false,
      color: false,
      logLevel: 'info',
      callTimeoutMs: 1,
      input: false,
    },
  };
  const store = fileStore({ statePath: join(folder, 'state.json'), clock, processes: edge.processes });
  const options: LeaseOptions = {
    command: 'wikiform apply',
    waitMs: 0,
    signal: new AbortController().signal,
  };
  return { clock, edge, context, store, options, lock: join(folder, 'state.lock') };
}

/** The codes of the findings that the work ends with. */
async function failureOf(work: Promise<unknown>): Promise<readonly string[]> {
  const error: unknown = await work.catch((thrown: unknown) => thrown);
  return error instanceof CommandFailure ? error.diagnostics.map(({ code }) => code) : [String(error)];
}

test('the lease is held while the work goes on, and given back however it ends', async () => {
  const { clock, context, store, options, lock } = site();
  const work = async (): Promise<never> => {
    expect(existsSync(lock)).toBe(true);
    expect(await failureOf(withLease(store, options, context, async () => 1))).toEqual(['STATE_LOCKED']);
    throw new Error('the work failed');
  };
  await expect(withLease(store, options, context, work)).rejects.toThrow('the work failed');
  expect(existsSync(lock)).toBe(false);
  expect(clock.sleeping).toBe(0);
  expect(await withLease(store, options, context, async (lease) => lease.isHeld())).toBe(true);
});

test('the work is told whose lock was taken over', async () => {
  const { context, store, options, lock } = site();
  const { machine } = context.edge.processes.self;
  const gone = aLease({ by: { ...aLease().by, machine, pid: 2 ** 30 } });
  writeFileSync(lock, printLease(gone));
  const notes = await withLease(store, options, context, async (_lease, found) => found);
  expect(notes).toMatchObject([{ code: 'LEASE_TAKEN_OVER' }]);
});

test('waiting says for whom', async () => {
  const { clock, edge, context, store, options } = site();
  const first = await store.leases.acquire({ command: 'wikiform apply', waitMs: 0 });
  const second = withLease(store, { ...options, waitMs: 60_000 }, context, async () => 'done');
  await expect.poll(() => clock.sleeping).toBe(1);
  expect(edge.stderr()).toMatch(/^Waiting for \S+@\S+ \(wikiform apply, process \d+\) to end\.\n$/);
  if (first.kind === 'held') await first.lease.release();
  await clock.advance(500);
  expect(await second).toBe('done');
});
