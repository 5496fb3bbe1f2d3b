import { describe, expect, test } from 'vitest';
import { didYouMean, nearest } from '../../src/schema/nearest.ts';

describe('nearest', () => {
  test.each([
    ['chidlren', 'children'],
    ['Title', 'title'],
    ['shortcutt', 'shortcut'],
    ['tpye', 'type'],
    ['movedfrom', 'movedFrom'],
  ])('%s is %s', (word, meant) => {
    expect(nearest(word, ['title', 'type', 'children', 'shortcut', 'movedFrom'])).toBe(meant);
  });

  test('nothing near is nothing', () => {
    expect(nearest('xylophone', ['title', 'type'])).toBeUndefined();
    expect(nearest('a'.repeat(1000), ['a'.repeat(999)])).toBeUndefined();
    expect(didYouMean('xylophone', ['title'])).toBe('');
  });
});
