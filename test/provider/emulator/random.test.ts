import { expect, test } from 'vitest';
import { digits, fraction, hash32, letters } from '../../../src/provider/emulator/random.ts';

test('ids of one kind do not meet, however many', () => {
  const ids = new Set<string>();
  for (let number = 1; number <= 200_000; number += 1) ids.add(letters(22, 1, 'node', number));
  expect(ids.size).toBe(200_000);
});

test('draws depend on every part and on nothing else', () => {
  expect(hash32(1, 'a', 2)).toBe(hash32(1, 'a', 2));
  const drawn = [
    hash32(1, 'a', 2),
    hash32(2, 'a', 2),
    hash32(1, 'b', 2),
    hash32(1, 'a', 3),
    hash32('a', 1, 2),
  ];
  expect(new Set(drawn).size).toBe(drawn.length);
  expect(hash32(1)).not.toBe(hash32(1 + 2 ** 32));
});

test('draws have the length and the range asked for', () => {
  expect(letters(22, 1)).toMatch(/^[A-Za-z0-9]{22}$/);
  expect(digits(18, 1)).toMatch(/^\d{18}$/);
  const fractions = Array.from({ length: 10_000 }, (_, index) => fraction(1, index));
  expect(Math.min(...fractions)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...fractions)).toBeLessThan(1);
  expect(fractions.reduce((sum, value) => sum + value, 0) / 10_000).toBeCloseTo(0.5, 1);
});
