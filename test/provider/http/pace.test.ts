import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ProviderEvent } from '../../../src/provider/http/event.ts';
import { Pace } from '../../../src/provider/http/pace.ts';
import type { PaceMemory, PastAttempt } from '../../../src/provider/http/pace-memory.ts';
import { VirtualClock } from '../../clock.ts';

const windowMs = 1000;

function open(count: number, clock = new VirtualClock()) {
  const events: ProviderEvent[] = [];
  const rates = { a: { count, windowMs }, b: { count, windowMs } };
  const pace = new Pace({ rates, clock, onEvent: (event) => events.push(event) });
  return { clock, events, pace };
}

async function callAtOnce(pace: Pace, endpoint = 'a'): Promise<void> {
  (await pace.acquire(endpoint)).release();
}

describe('the window', () => {
  const call = fc.record({
    startMs: fc.integer({ min: 0, max: 3000 }),
    wayMs: fc.integer({ min: 0, max: 700 }),
    backMs: fc.integer({ min: 0, max: 700 }),
  });

  test('holds at the server, wherever between sending and completion a call arrives', async () => {
    const property = fc.asyncProperty(
      fc.integer({ min: 1, max: 5 }),
      fc.array(call, { minLength: 1, maxLength: 30 }),
      async (count, calls) => {
        const { clock, pace } = open(count);
        const arrivals: number[] = [];
        const all = calls.map(async ({ startMs, wayMs, backMs }) => {
          await clock.sleep(startMs);
          const slot = await pace.acquire('a');
          await clock.sleep(wayMs);
          arrivals.push(clock.monotonicMs());
          await clock.sleep(backMs);
          slot.release();
        });
        await clock.run();
        await Promise.all(all);
        expect(arrivals).toHaveLength(calls.length);
        for (const [at, first] of arrivals.entries()) {
          const next = arrivals[at + count];
          if (next !== undefined) expect(next - first).toBeGreaterThanOrEqual(windowMs);
        }
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });

  test('wastes no time: n instant calls take ceil(n/count)-1 windows exactly', async () => {
    const property = fc.asyncProperty(
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 40 }),
      async (count, calls) => {
        const { clock, pace } = open(count);
        const all = Array.from({ length: calls }, () => callAtOnce(pace));
        await clock.run();
        await Promise.all(all);
        expect(clock.monotonicMs()).toBe((Math.ceil(calls / count) - 1) * windowMs);
      },
    );
    await fc.assert(property, { numRuns: 60 });
  });

  test('waits for an answer that is still to come when all slots are in flight', async () => {
    const { clock, pace } = open(1);
    const first = await pace.acquire('a');
    let admitted = false;
    const second = pace.acquire('a').then(() => {
      admitted = true;
    });
    await clock.advance(5000);
    expect(admitted).toBe(false);
    first.release();
    first.release();
    await clock.advance(windowMs - 1);
    expect(admitted).toBe(false);
    await clock.advance(1);
    await second;
    expect(admitted).toBe(true);
  });

  test('admits in the order of asking', async () => {
    const { clock, pace } = open(2);
    const order: number[] = [];
    const all = [0, 1, 2, 3, 4, 5, 6].map((n) => callAtOnce(pace).then(() => order.push(n)));
    await clock.run();
    await Promise.all(all);
    expect(order).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  test('of one endpoint leaves the others alone', async () => {
    const { clock, pace } = open(1);
    await callAtOnce(pace, 'a');
    const blocked = callAtOnce(pace, 'a');
    await callAtOnce(pace, 'b');
    expect(clock.monotonicMs()).toBe(0);
    await clock.run();
    await blocked;
    expect(clock.monotonicMs()).toBe(windowMs);
  });

  test('is told when it is waited for, once per wait', async () => {
    const { clock, events, pace } = open(1);
    const all = [callAtOnce(pace), callAtOnce(pace), callAtOnce(pace)];
    await clock.run();
    await Promise.all(all);
    const waiting = { kind: 'waiting', endpoint: 'a', waitMs: windowMs, reason: 'rate' };
    expect(events).toEqual([waiting, waiting]);
  });
});

describe('slowing down', () => {
  test('holds everything back for as long as the vendor asks', async () => {
    const { clock, events, pace } = open(10);
    await callAtOnce(pace);
    pace.slowDown('a', 7000);
    pace.slowDown('a', 2000);
    const all = [callAtOnce(pace), callAtOnce(pace)];
    await clock.advance(6999);
    expect(events).toEqual([{ kind: 'waiting', endpoint: 'a', waitMs: 7000, reason: 'slowed-down' }]);
    await clock.run();
    await Promise.all(all);
    expect(clock.monotonicMs()).toBe(7000);
  });

  test('counts for those who already wait', async () => {
    const { clock, pace } = open(1);
    await callAtOnce(pace);
    const waiting = callAtOnce(pace);
    pace.slowDown('a', 5000);
    await clock.run();
    await waiting;
    expect(clock.monotonicMs()).toBe(5000);
  });
});

describe('stopping', () => {
  test('rejects with the reason, and leaves no timer behind', async () => {
    const { clock, pace } = open(1);
    await callAtOnce(pace);
    const stop = new AbortController();
    const waiting = pace.acquire('a', stop.signal);
    expect(clock.sleeping).toBe(1);
    stop.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(clock.sleeping).toBe(0);
    await expect(pace.acquire('a', stop.signal)).rejects.toThrow('enough');
  });

  test('hands the place in the queue to the next', async () => {
    const { clock, pace } = open(1);
    await callAtOnce(pace);
    const stop = new AbortController();
    const leaver = pace.acquire('a', stop.signal);
    const stayer = callAtOnce(pace);
    stop.abort();
    await expect(leaver).rejects.toThrow();
    await clock.run();
    await stayer;
    expect(clock.monotonicMs()).toBe(windowMs);
  });
});

/** A memory that tests can look into. */
function remembering(past: readonly PastAttempt[] = []) {
  const attempts: { endpoint: string; beganMs: number; endedMs?: number }[] = [];
  const memory: PaceMemory = {
    load: () => past,
    began(endpoint, beganMs) {
      const attempt: (typeof attempts)[number] = { endpoint, beganMs };
      attempts.push(attempt);
      return (endedMs) => {
        attempt.endedMs = endedMs;
      };
    },
  };
  return { memory, attempts };
}

describe('a memory', () => {
  test('hears of every attempt before it leaves, and once of its end', async () => {
    const clock = new VirtualClock();
    const { memory, attempts } = remembering();
    const pace = new Pace({ rates: { a: { count: 2, windowMs } }, clock, memory });
    const beganMs = clock.wallMs();
    const slot = await pace.acquire('a');
    await pace.acquire('a');
    expect(attempts).toEqual([
      { endpoint: 'a', beganMs },
      { endpoint: 'a', beganMs },
    ]);
    await clock.advance(300);
    slot.release();
    await clock.advance(100);
    slot.release();
    expect(attempts[0]).toEqual({ endpoint: 'a', beganMs, endedMs: beganMs + 301 });
    expect(attempts[1]).toEqual({ endpoint: 'a', beganMs });
  });

  test('lets the next process share the minute', async () => {
    const clock = new VirtualClock();
    const past = [-400, -100, -windowMs].map((ms) => ({ endpoint: 'a', endedMs: clock.wallMs() + ms }));
    const { memory } = remembering([...past, { endpoint: 'b', endedMs: clock.wallMs() }]);
    const pace = new Pace({ rates: { a: { count: 2, windowMs } }, clock, memory });
    const admittedMs: number[] = [];
    const all = [1, 2].map(() => callAtOnce(pace).then(() => admittedMs.push(clock.monotonicMs())));
    await clock.run();
    await Promise.all(all);
    expect(admittedMs).toEqual([600, 900]);
  });

  test('of a wall clock that was set back never holds longer than a window', async () => {
    const clock = new VirtualClock();
    const { memory } = remembering([{ endpoint: 'a', endedMs: clock.wallMs() + 99 * windowMs }]);
    const pace = new Pace({ rates: { a: { count: 1, windowMs } }, clock, memory });
    const waiting = callAtOnce(pace);
    await clock.run();
    await waiting;
    expect(clock.monotonicMs()).toBe(windowMs);
  });
});

test('an endpoint without a pace is a bug', () => {
  const { pace } = open(1);
  expect(() => pace.acquire('c')).toThrow('missing pace for c');
});

test('100,000 acquisitions are no work', async () => {
  const { clock, pace } = open(50_000);
  const all = Array.from({ length: 100_000 }, () => callAtOnce(pace));
  await clock.run();
  await Promise.all(all);
  expect(clock.monotonicMs()).toBe(windowMs);
});
