import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseShare, sharePace } from '../../src/tree/share.ts';

test.each(['', '1', '0/3', '1/0', '3/2', '1/3/4', '-1/3', '1.5/2', 'x/y', '1/100000'])(
  '%s is no share',
  (text) => {
    expect(parseShare(text)).toBeUndefined();
  },
);

test('shares that sum up to one are never more than the whole, and none is rounded up to a call', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 50 }), (count, of) => {
      const rate = { count, windowMs: 60_000 };
      const own = sharePace({ 'create-node': rate }, parseShare(`1/${of}`));
      const isNone = own.tooSmall.length > 0;
      const calls = isNone ? 0 : (own.pace['create-node']?.count ?? 0);
      expect(calls * of).toBeLessThanOrEqual(count);
      expect(isNone).toBe(count < of);
      expect(own.pace['create-node']?.windowMs).toBe(60_000);
    }),
  );
});

test('without a share the whole is there', () => {
  const pace = { 'create-node': { count: 100, windowMs: 60_000 } };
  expect(sharePace(pace, undefined)).toEqual({ pace, tooSmall: [] });
  expect(sharePace(pace, parseShare('1/1'))).toEqual({ pace, tooSmall: [] });
});
