import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatRate, isLooser, parseRate } from '../../src/manifest/rate.ts';
import type { Rate } from '../../src/tree/limit.ts';

test.each([
  ['100/min', { count: 100, windowMs: 60_000 }],
  ['1/s', { count: 1, windowMs: 1000 }],
  ['5/2s', { count: 5, windowMs: 2000 }],
  ['1/500ms', { count: 1, windowMs: 500 }],
  ['3/5min', { count: 3, windowMs: 300_000 }],
])('%s', (text, rate) => {
  expect(parseRate(text)).toEqual(rate);
  expect(formatRate(rate)).toBe(text);
});

test.each([
  '',
  '100',
  '/min',
  '0/s',
  '1/0s',
  '-1/s',
  '1.5/s',
  '1/h',
  '1 / s',
  '1/s ',
  '01/s',
  `${'9'.repeat(10)}/s`,
])('%j is no rate', (text) => {
  expect(parseRate(text)).toBeUndefined();
});

/** The most calls in some window, found by sending bursts as early as the rate allows. */
function mostInWindow(rate: Rate, windowMs: number): number {
  let calls = 0;
  for (let at = 0; at < windowMs; at += rate.windowMs) calls += rate.count;
  return calls;
}

test('a rate is looser when it lets more through in some window of the cap', () => {
  const rate = fc.record({
    count: fc.integer({ min: 1, max: 200 }),
    windowMs: fc.integer({ min: 1, max: 200 }),
  });
  fc.assert(
    fc.property(rate, rate, (asked, cap) => {
      expect(isLooser(asked, cap)).toBe(mostInWindow(asked, cap.windowMs) > cap.count);
    }),
  );
});
