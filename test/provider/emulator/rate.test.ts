import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRateGate } from '../../../src/provider/emulator/rate.ts';

const pace = { write: { count: 3, windowMs: 10_000 } };

describe('a rate', () => {
  test('lets in so many, and one more when the oldest is a window old', () => {
    const gate = createRateGate(pace);
    const at = (ms: number) => gate.admit('write', 'app', ms);
    for (const ms of [0, 100, 200]) expect(at(ms)).toEqual({ admitted: true });
    expect(at(300)).toEqual({ admitted: false, limit: 3, resetSeconds: 10 });
    expect(at(9_999)).toEqual({ admitted: false, limit: 3, resetSeconds: 1 });
    expect(at(10_000)).toEqual({ admitted: true });
    expect(at(10_099)).toMatchObject({ admitted: false });
    expect(at(10_100)).toEqual({ admitted: true });
  });

  test('does not count what it refuses', () => {
    const gate = createRateGate(pace);
    for (let ms = 0; ms < 100; ms += 1) gate.admit('write', 'app', ms);
    expect(gate.admit('write', 'app', 10_000)).toEqual({ admitted: true });
  });

  test('is counted per endpoint and account; other endpoints have none', () => {
    const gate = createRateGate({ ...pace, read: { count: 1, windowMs: 1_000 } });
    for (const ms of [0, 0, 0]) gate.admit('write', 'app', ms);
    expect(gate.admit('write', 'app', 0).admitted).toBe(false);
    expect(gate.admit('write', 'other', 0).admitted).toBe(true);
    expect(gate.admit('read', 'app', 0).admitted).toBe(true);
    for (let call = 0; call < 1_000; call += 1) expect(gate.admit('free', 'app', 0).admitted).toBe(true);
  });

  test('is never exceeded in any window, and never refuses below it', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4_000), { maxLength: 60 }), (gaps) => {
        const gate = createRateGate(pace);
        const admitted: number[] = [];
        let nowMs = 0;
        for (const gap of gaps) {
          nowMs += gap;
          const recent = admitted.filter((ms) => ms > nowMs - 10_000).length;
          const answer = gate.admit('write', 'app', nowMs);
          expect(answer.admitted).toBe(recent < 3);
          if (answer.admitted) admitted.push(nowMs);
        }
      }),
    );
  });

  test('lets in whoever waited as long as told', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3_000), { minLength: 4, maxLength: 40 }), (gaps) => {
        const gate = createRateGate(pace);
        let nowMs = 0;
        for (const gap of gaps) {
          nowMs += gap;
          const answer = gate.admit('write', 'app', nowMs);
          if (answer.admitted) continue;
          nowMs += answer.resetSeconds * 1000;
          expect(gate.admit('write', 'app', nowMs)).toEqual({ admitted: true });
        }
      }),
    );
  });
});
