// Globs over addresses: a slash inside a key is no separator.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addressMatcher } from '../../src/diff/glob.ts';
import { joinAddress } from '../../src/tree/address.ts';
import type { Address } from '../../src/tree/identifier.ts';

test.each([
  ['h/A', 'h/A', true],
  ['h/A', 'h/A/B', false],
  ['h/*', 'h/A', true],
  ['h/*', 'h/A/B', false],
  ['h/**', 'h', true],
  ['h/A/**', 'h/A', true],
  ['h/A/**', 'h/A/B/C', true],
  ['h/A/**', 'h/AB', false],
  ['**/Security', 'h/A/B/Security', true],
  ['h/*', 'h/A\\/B', true],
  ['h/A\\/B', 'h/A\\/B', true],
  ['h/A/B', 'h/A\\/B', false],
  ['h/A\\/*', 'h/A\\/B', true],
  ['h/A\\/*', 'h/A/B', false],
  ['h/back\\\\slash', 'h/back\\\\slash', true],
  ['h/*', 'h/.hidden', true],
  ['!h/A', 'h/B', false],
  ['h/路线*', 'h/路线图', true],
  ['h/{A,B}', 'h/B', true],
])('%s on %s is %s', (pattern, address, matches) => {
  expect(addressMatcher([pattern])(address as Address)).toBe(matches ? pattern : undefined);
});

test('the first pattern that matches is the one that is named', () => {
  expect(addressMatcher(['x/**', 'h/**', 'h/A'])('h/A' as Address)).toBe('h/**');
});

test('an address without wildcards, written as a pattern, matches itself and no other', () => {
  const key = fc.string({
    unit: fc.constantFrom('a', 'b', '/', '\\', ' ', '图'),
    minLength: 1,
    maxLength: 4,
  });
  const keys = fc.array(key, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(keys, keys, (one, two) => {
      const [pattern, address] = [joinAddress(one), joinAddress(two)];
      expect(addressMatcher([pattern])(pattern)).toBe(pattern);
      expect(addressMatcher([pattern])(address) === pattern).toBe(pattern === address);
    }),
  );
});
