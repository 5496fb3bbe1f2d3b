// One sleeper, many deadlines: each rings in its time, none that was called off.

import { expect, test } from 'vitest';
import { Alarm } from '../../../src/provider/http/alarm.ts';
import { VirtualClock } from '../../clock.ts';

function site() {
  const clock = new VirtualClock();
  const rung: string[] = [];
  const alarm = new Alarm(clock);
  const set = (afterMs: number, name: string) =>
    alarm.set(afterMs, () => rung.push(`${name} at ${clock.monotonicMs()}`));
  return { clock, rung, set };
}

test('each rings in its time, in whatever order they were set', async () => {
  const { clock, rung, set } = site();
  set(300, 'late');
  set(100, 'early');
  set(200, 'middle');
  await clock.advance(50);
  set(50, 'together');
  await clock.advance(1000);
  expect(rung).toEqual(['early at 100', 'together at 100', 'middle at 200', 'late at 300']);
  expect(clock.sleeping).toBe(0);
});

test('what was called off does not ring, and nobody sleeps for it', async () => {
  const { clock, rung, set } = site();
  const callOff = set(100, 'called off');
  set(200, 'kept')();
  expect(clock.sleeping).toBe(1);
  callOff();
  expect(clock.sleeping).toBe(0);
  await clock.advance(1000);
  expect(rung).toEqual([]);
});

test('what rings may set the next', async () => {
  const { clock, rung, set } = site();
  const alarm = new Alarm(clock);
  alarm.set(100, () => set(100, 'next'));
  alarm.set(500, () => rung.push('last'));
  await clock.advance(1000);
  expect(rung).toEqual(['next at 200', 'last']);
});
