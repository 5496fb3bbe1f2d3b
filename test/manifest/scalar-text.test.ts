// Any text, written as a scalar, is read as that text: by both YAML libraries, in YAML 1.2 and 1.1, as a
// value, as a key and as an item.

import fc from 'fast-check';
import { load } from 'js-yaml';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { scalarText } from '../../src/manifest/write/scalar-text.ts';
import { effort } from '../schedule/fuzz.ts';
import { awkwardTitles } from './awkward-title.ts';

const { parameters, timeoutMs } = effort(0.5);

function expectSame(text: string): void {
  const written = scalarText(text);
  expect(written).not.toMatch(/[\n\r\u0085\u2028\u2029\ufeff]/);
  const document = `k: ${written}\n${written}: v\nl:\n  - ${written}\n  - k: ${written}\n`;

  for (const version of ['1.2', '1.1'] as const) {
    const read = parse(document, { version, mapAsMap: true, uniqueKeys: false });
    expect(read.get('l')).toEqual([text, new Map([['k', text]])]);
    expect(read.has(text)).toBe(true);
  }
  expect(load(`- ${written}\n`)).toEqual([text]);
}

test.each(awkwardTitles)('%j', (title) => {
  expectSame(title);
});

test(
  'any text',
  () => {
    const unit = fc.oneof(fc.constantFrom(...awkwardTitles), fc.string({ unit: 'binary', maxLength: 3 }));
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.string({ maxLength: 20 }),
      fc.array(unit, { maxLength: 3 }).map((parts) => parts.join(' ')),
    );
    fc.assert(fc.property(texts, expectSame), parameters);
  },
  timeoutMs,
);

test('what is seen stays as it is, and what is not is told', () => {
  expect(scalarText('路线图 2027')).toBe('路线图 2027');
  expect(scalarText('👩‍👩‍👧 family')).toBe('👩‍👩‍👧 family');
  expect(scalarText('zero\u200bwidth')).toBe('"zero\\u200Bwidth"');
  expect(scalarText('\u00a0"x"\\')).toBe('"\\u00A0\\"x\\"\\\\"');
  expect(scalarText('say "hi"')).toBe(`say "hi"`);
  expect(scalarText('a: "b"')).toBe(`'a: "b"'`);
});
