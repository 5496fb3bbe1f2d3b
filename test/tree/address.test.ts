// Addresses: what the keys are can always be told back.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  childAddress,
  escapeKey,
  isWithin,
  joinAddress,
  lastSegment,
  parentAddress,
  parseAddress,
  spaceAddress,
  spaceOfAddress,
  splitAddress,
} from '../../src/tree/address.ts';
import type { Address } from '../../src/tree/identifier.ts';

const key = fc.string({
  unit: fc.constantFrom('a', 'b', '/', '\\', ' ', '.', '图', '😀'),
  minLength: 1,
  maxLength: 6,
});
const keys = fc.array(key, { minLength: 1, maxLength: 6 });

describe('an address', () => {
  test('gives back the keys it was joined from', () => {
    fc.assert(
      fc.property(keys, (path) => {
        expect(splitAddress(joinAddress(path))).toEqual(path);
      }),
    );
  });

  test('is another one for other keys', () => {
    fc.assert(
      fc.property(keys, keys, (one, two) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(two));
        expect(joinAddress(one)).not.toBe(joinAddress(two));
      }),
    );
  });

  test('read from any text is written back as the same text', () => {
    const text = fc.string({ unit: fc.constantFrom('a', '/', '\\'), maxLength: 8 });
    fc.assert(
      fc.property(text, (written) => {
        const split = splitAddress(written);
        if (split === undefined) expect(parseAddress(written)).toBeUndefined();
        else expect(joinAddress(split)).toBe(written);
      }),
    );
  });

  test('has a parent and a last segment that make it again', () => {
    fc.assert(
      fc.property(keys, key, (path, last) => {
        const child = childAddress(joinAddress(path), last);
        expect(parentAddress(child)).toBe(joinAddress(path));
        expect(lastSegment(child)).toBe(escapeKey(last));
        expect(isWithin(child, joinAddress(path))).toBe(true);
        expect(spaceOfAddress(child)).toBe(spaceAddress(path[0] ?? ''));
      }),
    );
  });

  test('lies within another exactly if its keys begin with the other’s', () => {
    fc.assert(
      fc.property(keys, keys, (one, two) => {
        const begins = two.every((each, at) => one[at] === each);
        expect(isWithin(joinAddress(one), joinAddress(two))).toBe(begins);
      }),
    );
  });
});

test.each([
  ['h', ['h']],
  ['h/Day one', ['h', 'Day one']],
  ['h/A\\/B', ['h', 'A/B']],
  ['h/back\\\\slash', ['h', 'back\\slash']],
  ['h/\\\\/\\/', ['h', '\\', '/']],
])('%s is %j', (text, path) => {
  expect(splitAddress(text)).toEqual(path);
});

test.each(['', '/', 'h/', '/h', 'h//A', 'h/A\\', 'h/A\\B'])('%j is no address', (text) => {
  expect(splitAddress(text)).toBeUndefined();
});

test('a space has no parent, even one with slashes in its key', () => {
  expect(parentAddress(spaceAddress('a/b'))).toBeUndefined();
  expect(spaceOfAddress('a\\/b/c' as Address)).toBe('a\\/b');
});
