// The month's quota: counted as the vendors count it, and new with each month.

import { expect, test } from 'vitest';
import { createQuota } from '../../../src/provider/emulator/quota.ts';

const at = (text: string): number => Date.parse(text);

test('lets in so many calls a month, and none after them until the next', () => {
  const quota = createQuota(2);
  const calls = ['2026-01-31T22:00Z', '2026-01-31T23:00Z', '2026-01-31T23:59Z', '2026-02-01T00:00Z'];
  expect(calls.map((call) => quota(at(call)))).toEqual([true, true, false, true]);
});

test('the same month of another year is another month', () => {
  const quota = createQuota(1);
  expect(
    ['2026-03-01T00:00Z', '2026-03-02T00:00Z', '2027-03-01T00:00Z'].map((call) => quota(at(call))),
  ).toEqual([true, false, true]);
});

test('none is set unless told', () => {
  const quota = createQuota(undefined);
  for (let call = 0; call < 10_000; call += 1) expect(quota(0)).toBe(true);
});
