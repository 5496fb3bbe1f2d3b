import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type Lease, parseLease, printLease } from '../../src/state/lease.ts';
import { appendLease, readLast } from '../../src/state/lease-chain-file.ts';
import { leaseFile, leasePath } from '../../src/state/lease-file.ts';
import {
  type Acquired,
  type HeldLease,
  keepRenewed,
  type LeaseRequest,
} from '../../src/state/lease-store.ts';
import { VirtualClock } from '../clock.ts';
import { aLease, processes } from './leases.ts';

const apply = { command: 'wikiform apply', waitMs: 0 };

function site() {
  const folder = mkdtempSync(join(tmpdir(), 'wikiform-lease-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const statePath = join(folder, 'state.json');
  const root = leasePath(statePath);
  const clock = new VirtualClock();
  const open = (table = processes()) => leaseFile({ statePath, clock, processes: table });
  return {
    folder,
    statePath,
    root,
    clock,
    open,
    acquire: (request: Partial<LeaseRequest> = {}, table = processes()) =>
      open(table).acquire({ ...apply, ...request }),
    names: () => readdirSync(folder),
    onDisk: () => parseLease(readFileSync(root, 'utf8')),
    /** Leaves a lease behind, as the last that the chain has. */
    leave(lease: Lease, after?: Lease) {
      writeFileSync(after === undefined ? root : `${root}.${after.id}`, printLease(lease));
    },
  };
}

function held(acquired: Acquired): HeldLease {
  if (acquired.kind === 'refused') throw new Error(acquired.diagnostic.detail);
  return acquired.lease;
}

describe('the lease', () => {
  test('is one run’s at a time, and leaves nothing behind', async () => {
    const { acquire, names } = site();
    const first = await acquire();
    expect(first).toMatchObject({ kind: 'held', notes: [] });
    expect(await acquire()).toMatchObject({ kind: 'refused', diagnostic: { code: 'STATE_LOCKED' } });
    expect(names()).toEqual(['state.lock']);
    await held(first).release();
    await held(first).release();
    expect(names()).toEqual([]);
    expect(await acquire()).toMatchObject({ kind: 'held', notes: [] });
  });

  test('says who has it, where, since when, until when, and what to do', async () => {
    const { acquire, leave, statePath } = site();
    leave(aLease());
    const refused = await acquire();
    expect(refused).toMatchObject({
      diagnostic: {
        code: 'STATE_LOCKED',
        severity: 'error',
        detail: `ann@ci-7 (wikiform apply, process 4121) works with ${statePath} since 2026-01-01 00:00:00 UTC, and one run at a time may apply. Its lock lasts until 2026-01-01 00:01:00 UTC unless that run puts it off.`,
      },
    });
    const help = refused.kind === 'refused' ? refused.diagnostic.help : '';
    expect(help).toContain('--lock-timeout');
    expect(help).toContain('state unlock --force');
  });

  test('of a dead process is taken over at once, and that is said', async () => {
    const { acquire, leave, names, onDisk } = site();
    leave(aLease());
    const taken = await acquire({}, processes({ pid: 8, running: [8] }));
    expect(taken).toMatchObject({ kind: 'held', notes: [{ code: 'LEASE_TAKEN_OVER', severity: 'info' }] });
    expect(taken.kind === 'held' && taken.notes[0]?.detail).toContain('whose process is gone');
    expect(onDisk()?.by.pid).toBe(8);
    expect(names()).toEqual(['state.lock']);
  });

  test('whose time is over is taken over, and its holder finds out', async () => {
    const { acquire, clock, names } = site();
    const first = held(await acquire());
    await clock.advance(59_999);
    expect(await acquire()).toMatchObject({ kind: 'refused' });
    await clock.advance(1);
    const second = await acquire();
    expect(second.kind === 'held' && second.notes[0]?.detail).toContain(
      'whose lock ended at 2026-01-01 00:01:00 UTC',
    );
    expect(first.lost.aborted).toBe(false);
    expect(await first.isHeld()).toBe(false);
    expect(first.lost.aborted).toBe(true);
    expect(await first.renew()).toBe(false);
    await first.release();
    expect(await held(second).isHeld()).toBe(true);
    expect(names()).toEqual(['state.lock']);
  });

  test('whose time is over and that nobody wanted is renewed by asking for it', async () => {
    const { acquire, clock, onDisk } = site();
    const lease = held(await acquire());
    await clock.advance(3_600_000);
    expect(await lease.isHeld()).toBe(true);
    expect(onDisk()?.untilMs).toBe(clock.wallMs() + 60_000);
    expect(await acquire()).toMatchObject({ kind: 'refused' });
  });

  test('lasts as long as it is renewed', async () => {
    const { acquire, clock, onDisk } = site();
    const lease = held(await acquire());
    const end = new AbortController();
    const renewing = keepRenewed(lease, clock, end.signal);
    for (let renewals = 0; renewals < 6; renewals += 1) {
      await expect.poll(() => clock.sleeping).toBe(1);
      await clock.advance(20_000);
      await expect.poll(() => onDisk()?.untilMs).toBe(clock.wallMs() + 60_000);
      expect(await acquire()).toMatchObject({ kind: 'refused' });
    }
    expect(await lease.isHeld()).toBe(true);
    end.abort();
    await renewing;
    expect(clock.sleeping).toBe(0);
  });

  test('that is lost is renewed no more', async () => {
    const { acquire, clock, open } = site();
    const lease = held(await acquire());
    const renewing = keepRenewed(lease, clock, new AbortController().signal);
    await open().break();
    const second = held(await acquire());
    await clock.run();
    await renewing;
    expect(lease.lost.aborted).toBe(true);
    expect(await second.isHeld()).toBe(true);
  });
});

describe('waiting', () => {
  test('ends when the other run does, and is told once', async () => {
    const { acquire, clock } = site();
    const first = held(await acquire());
    const holders: Lease[] = [];
    const second = acquire({ waitMs: 10_000, onWait: (holder) => holders.push(holder) });
    await expect.poll(() => clock.sleeping).toBe(1);
    await first.release();
    await clock.advance(500);
    expect(await second).toMatchObject({ kind: 'held', notes: [] });
    expect(holders).toMatchObject([{ user: 'ann' }]);
  });

  test('ends when its time is over', async () => {
    const { acquire, clock, leave } = site();
    leave(aLease());
    const waiting = acquire({ waitMs: 700 });
    await expect.poll(() => clock.sleeping).toBe(1);
    await clock.advance(500);
    await expect.poll(() => clock.sleeping).toBe(1);
    await clock.advance(200);
    expect(await waiting).toMatchObject({ kind: 'refused', diagnostic: { code: 'STATE_LOCKED' } });
  });

  test('ends with the signal', async () => {
    const { acquire, clock, leave } = site();
    leave(aLease());
    const stop = new AbortController();
    const waiting = acquire({ waitMs: 700, signal: stop.signal });
    await expect.poll(() => clock.sleeping).toBe(1);
    stop.abort(new Error('interrupted'));
    await expect(waiting).rejects.toThrow('interrupted');
  });
});

describe('a takeover', () => {
  const dead = (id: string) => aLease({ id, by: { ...aLease().by, pid: 666 } });

  test('is won by one of all who try it at once', async () => {
    for (let round = 0; round < 20; round += 1) {
      const { acquire, leave, names, onDisk } = site();
      leave(dead('first'));
      if (round % 2 === 1) leave(dead('second'), dead('first'));
      const pids = [1, 2, 3, 4, 5, 6, 7, 8];
      const all = await Promise.all(pids.map((pid) => acquire({}, processes({ pid, running: pids }))));
      const winners = pids.filter((_, at) => all[at]?.kind === 'held');
      expect(winners).toHaveLength(1);
      expect(onDisk()?.by.pid).toBe(winners[0]);
      expect(names()).toEqual(['state.lock']);
    }
  });

  test('that was cut off half-way is taken over itself', async () => {
    const { acquire, leave, names } = site();
    leave(dead('first'));
    leave(dead('heir'), dead('first'));
    expect(await acquire()).toMatchObject({ kind: 'held' });
    expect(names()).toEqual(['state.lock']);
  });

  test('that is half-way done counts: the heir holds the lease', async () => {
    const { acquire, leave, open } = site();
    leave(dead('first'));
    leave(aLease({ id: 'heir', user: 'bob' }), dead('first'));
    expect(await open().holders()).toMatchObject([{ lease: { user: 'bob' }, standing: 'held' }]);
    const refused = await acquire();
    expect(refused.kind === 'refused' && refused.diagnostic.detail).toMatch(/^bob@ci-7 /);
  });

  test('of a lease that was inherited long ago fails, and leaves nothing behind', async () => {
    const { acquire, names, root } = site();
    const present = held(await acquire());
    expect(await appendLease(root, dead('long ago'), aLease({ id: 'late' }))).toBe(false);
    expect(await present.isHeld()).toBe(true);
    expect(names()).toEqual(['state.lock']);
  });

  test('works where the file system has no hard links', async () => {
    const { leave, root, names } = site();
    leave(dead('first'));
    const refuse = () => Promise.reject(Object.assign(new Error('no links here'), { code: 'EPERM' }));
    const mine = aLease({ id: 'mine' });
    expect(await appendLease(root, dead('first'), mine, refuse)).toBe(true);
    expect(await readLast(root)).toEqual(mine);
    expect(await appendLease(root, undefined, aLease({ id: 'other' }), refuse)).toBe(false);
    expect(names()).toEqual(['state.lock']);
  });
});

describe('the disk', () => {
  test('that refuses is a refusal before anything is begun', async () => {
    const { folder, clock } = site();
    writeFileSync(join(folder, 'file'), '');
    const statePath = join(folder, 'file/state.json');
    const acquired = await leaseFile({ statePath, clock, processes: processes() }).acquire(apply);
    expect(acquired).toMatchObject({ kind: 'refused', diagnostic: { code: 'STATE_UNWRITABLE' } });
    expect(acquired.kind === 'refused' && acquired.diagnostic.detail).toMatch(/EEXIST|ENOTDIR/);
  });

  test('with something else in the lock’s place is a refusal', async () => {
    const { acquire, root } = site();
    mkdirSync(root);
    expect(await acquire()).toMatchObject({ kind: 'refused', diagnostic: { code: 'STATE_UNWRITABLE' } });
  });

  test('with a lock that cannot be read has it hold for a minute from when it was written', async () => {
    const { acquire, clock, root } = site();
    writeFileSync(root, '{"id":"half');
    const writtenS = clock.wallMs() / 1000;
    utimesSync(root, writtenS, writtenS);
    await clock.advance(59_999);
    const refused = await acquire();
    expect(refused.kind === 'refused' && refused.diagnostic.detail).toContain('state.lock cannot be read');
    await clock.advance(1);
    expect(await acquire()).toMatchObject({ kind: 'held', notes: [{ code: 'LEASE_TAKEN_OVER' }] });
  });
});

test('breaking takes the lease away, and says from whom', async () => {
  const { acquire, names, open } = site();
  const lease = held(await acquire());
  expect(await open().break()).toMatchObject([{ user: 'ann', command: 'wikiform apply' }]);
  expect(names()).toEqual([]);
  expect(await lease.isHeld()).toBe(false);
  expect(await open().break()).toEqual([]);
  expect(await open().holders()).toEqual([]);
});
