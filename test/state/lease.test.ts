import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Lease, parseLease, printLease, standingOf } from '../../src/state/lease.ts';
import { aLease, processes } from './leases.ts';

const nowMs = Date.UTC(2026, 0, 1);

describe('a lease', () => {
  test('binds while its process runs and its time lasts', () => {
    const lease = aLease({ sinceMs: nowMs - 1, untilMs: nowMs + 1 });
    expect(standingOf(lease, nowMs, processes())).toBe('held');
    expect(standingOf(lease, nowMs + 1, processes())).toBe('expired');
    expect(standingOf(lease, nowMs, processes({ running: [] }))).toBe('dead');
  });

  test('of another machine is judged by its time alone: pids mean nothing there', () => {
    const elsewhere = processes({ machine: 'another boot', running: [] });
    const lease = aLease({ sinceMs: nowMs - 1, untilMs: nowMs + 1 });
    expect(standingOf(lease, nowMs, elsewhere)).toBe('held');
    expect(standingOf(lease, nowMs + 1, elsewhere)).toBe('expired');
  });
});

describe('the text', () => {
  const leases: fc.Arbitrary<Lease> = fc.record({
    id: fc.uuid(),
    user: fc.string(),
    command: fc.string(),
    sinceMs: fc.integer({ min: 0, max: 9e12 }),
    untilMs: fc.integer({ min: 0, max: 9e12 }),
    by: fc.record({
      host: fc.string(),
      machine: fc.string(),
      pid: fc.integer({ min: 1 }),
      started: fc.option(fc.string()),
    }),
  });

  test('comes back as it was, and is as long whatever the time', () => {
    const property = fc.property(leases, fc.integer({ min: 0, max: 9e12 }), (lease, untilMs) => {
      expect(parseLease(printLease(lease))).toEqual(lease);
      expect(printLease({ ...lease, untilMs })).toHaveLength(printLease(lease).length);
    });
    fc.assert(property);
  });

  test('cut off anywhere, or changed by hand, is no lease', () => {
    const text = printLease(aLease()).trim();
    for (let end = 0; end < text.length; end += 1) expect(parseLease(text.slice(0, end))).toBe(undefined);
    for (const field of ['id', 'user', 'command', 'host', 'machine', 'pid', 'since', 'until']) {
      const broken = JSON.stringify({ ...JSON.parse(text), [field]: null });
      expect(parseLease(broken), field).toBe(undefined);
    }
    expect(parseLease(JSON.stringify({ ...JSON.parse(text), id: '../state' }))).toBe(undefined);
    expect(parseLease('7')).toBe(undefined);
    expect(parseLease('null')).toBe(undefined);
  });
});
