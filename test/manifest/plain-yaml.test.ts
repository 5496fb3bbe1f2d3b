// The quick parser says what the thorough one says, or nothing.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { parseThoroughly } from '../../src/manifest/parse.ts';
import { readPlain } from '../../src/manifest/plain-yaml.ts';
import { sourceText } from '../../src/schema/source-text.ts';

/** What the quick parser makes of it, after it was held against the thorough one. */
function compared(content: string): unknown {
  const text = sourceText('wikiform.yaml', content);
  const root = readPlain(text);
  if (root !== undefined) expect({ root, diagnostics: [] }).toEqual(parseThoroughly(text));
  return root;
}

const fragment = fc.oneof(
  fc.constantFrom(
    ...['version: 1\n', 'spaces:\n', '  h:\n', '    nodes:\n', '      - a\n', '      - title: b\n'],
    ...['        children:\n', '          - c\n', '- ', '-', ': ', ':', '? ', '?', 'a: b\n', 'a:\n', 'k: '],
    ...['[', ']', '{', '}', ',', ', ', '[a, b]', '{a: b, c: d}', '{a, b}', '[a: b]', "'", '"', "''", '""'],
    ...['"a"', "'b c'", '"x\\n\\u00e9"', "'it''s'", '"a": b\n', "'a': b\n", '"a":b', '"a"b', "'a'b", '"a" #'],
    ...[
      '#',
      ' #',
      '# x\n',
      '\n',
      '\r\n',
      '\r',
      '\n\n',
      ' ',
      '  ',
      '\t',
      '|\n',
      '>\n',
      '|',
      '>-\n',
      '~',
      'null',
    ],
    ...['true', 'no', '1', '-1', '007', '1.5', '0x1f', '0o7', '1e3', '.inf', '-.5', '+1', '1_000', '12:30'],
    ...[
      '9007199254740993',
      '-',
      '--',
      '---',
      '---\n',
      '...\n',
      '--- a\n',
      '%',
      '%YAML 1.2\n',
      '@',
      '`',
      '&a ',
    ],
    ...['*a', '!t ', '!!str ', '<<', '<<: ', '\\', '=', '手册', '\u{1f600}', '\u00a0', '\u2028', '\u0085'],
    ...[
      '\ufeff',
      '\ud800',
      '\u0000',
      '\u0007',
      '\u007f',
      'a b',
      'a#b',
      'a:b',
      'a: b: c\n',
      'n',
      'Nan',
      'True',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 3 }),
);

test('on any text they agree, or the quick one leaves it to the thorough one', () => {
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 14 }), (parts) => {
      compared(parts.join(''));
    }),
    { numRuns: 5000 },
  );
});

test('on manifests with one slip they agree, or the quick one leaves it to the thorough one', () => {
  const whole = stringify({
    version: 1,
    provider: { kind: 'feishu', limits: { depth: 5 } },
    protect: ['h/a', 'h/b**'],
    spaces: {
      h: {
        name: 'H: x',
        nodes: ['a', '1', { title: 'b', children: ['c', 'it "is"', "'q'"] }, '- d', '2027 x'],
      },
    },
  });
  fc.assert(
    fc.property(fc.nat(whole.length), fc.nat(3), fragment, (at, cut, slip) => {
      compared(whole.slice(0, at) + slip + whole.slice(at + cut));
    }),
    { numRuns: 3000 },
  );
});

describe('what is plain is read the quick way', () => {
  test.each([
    ['texts, plain and quoted', 'a: b\nc: "d e"\n"f": \'it\'\'s\'\n'],
    ['lists and mappings, in blocks and in flow', 'a:\n  - b\n  - c: d\n    e: [f, {g: h}]\n'],
    ['numbers and truths', 'version: 1\na: -20\nb: true\nc: false\n'],
    ['texts that begin like numbers', '- 2027 goals\n- 12:30\n- never\n- -x y\n- true story\n'],
    ['comments, and lines that end in CRLF', '# x\r\na: b # c\r\n'],
  ])('%s', (_what, text) => {
    expect(compared(text)).toBeDefined();
  });
});

describe('what is not plain is left to the thorough parser', () => {
  test.each([
    ['nothing', ''],
    ['anchors', '- &a b\n- *a\n'],
    ['merge keys', '<<: {a: b}\n'],
    ['tags', 'a: !!str 1\n'],
    ['values that are not there', 'a:\n'],
    ['texts of several lines', 'a: b\n  c\n'],
    ['blocks of text', 'a: |\n  b\n'],
    ['odd numbers', 'a: 1.50\n'],
    ['equal keys', 'a: b\na: c\n'],
    ['several documents', 'a: b\n---\nc: d\n'],
    ['directives', '%YAML 1.2\n---\na: b\n'],
    ['tabs', 'a:\tb\n'],
    ['errors', 'a: "b\n'],
    ['nesting that is too deep', `${'['.repeat(600)}${']'.repeat(600)}`],
  ])('%s', (_what, text) => {
    expect(readPlain(sourceText('wikiform.yaml', text))).toBeUndefined();
  });
});
