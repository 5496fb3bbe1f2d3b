import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clip, oneLine, paddingFor } from '../../src/render/clip.ts';
import { counted, duration, grouped } from '../../src/render/count.ts';
import { textWidth } from '../../src/render/text-width.ts';

describe('counts', () => {
  test('stand in groups of three', () => {
    expect([0, 999, 1000, 20_000, 1_234_567].map(grouped)).toEqual([
      '0',
      '999',
      '1,000',
      '20,000',
      '1,234,567',
    ]);
  });

  test('know one from many', () => {
    expect([0, 1, 2].map((count) => counted(count, 'page'))).toEqual(['0 pages', '1 page', '2 pages']);
  });
});

test.each([
  [0.2, '1 s'],
  [119, '119 s'],
  [120, '2 min'],
  [1199, '20 min'],
  [7200, '2 h'],
  [11_400, '3 h 10 min'],
])('%d seconds are %s', (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

describe('clipping', () => {
  test('keeps what fits and marks what is cut', () => {
    expect(clip('Onboarding', 10)).toBe('Onboarding');
    expect(clip('Onboarding', 9)).toBe('Onboardi…');
    expect(clip('to the point', 7)).toBe('to the…');
    expect(clip('新人入职', 6)).toBe('新人…');
    expect(clip('Onboarding', 0)).toBe('');
  });

  test('never takes more columns than it may, and keeps the start', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(20), (text, columns) => {
        const cut = clip(text, columns);
        expect(textWidth(cut)).toBeLessThanOrEqual(columns);
        expect(text.startsWith(cut.replace(/…$/, ''))).toBe(true);
      }),
    );
  });

  test('padding counts columns, not characters', () => {
    expect(`新人${paddingFor('新人', 6)}|`).toBe('新人  |');
    expect(paddingFor('too long', 3)).toBe('');
  });

  test('a line stays one line', () => {
    expect(oneLine('a\nb\r\u0007')).toBe('a\ufffdb\ufffd\ufffd');
  });
});
