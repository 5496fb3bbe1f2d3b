// `fmt`: what the canonical layout is, and that it says the same as before with every comment in place.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Parser } from 'yaml';
import { parse } from '../../src/manifest/parse.ts';
import { format, isSame } from '../../src/manifest/write/format.ts';
import { effort } from '../schedule/fuzz.ts';
import { messyFiles } from './messy-yaml.ts';

const { parameters, timeoutMs } = effort(0.2);

function laidOut(text: string): string {
  const found = format('wikiform.yaml', text);
  if (found.kind === 'refused') throw new Error(JSON.stringify(found.diagnostics));
  return found.text;
}

/** Every comment of a file, in order. */
function commentsIn(text: string): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      if ('type' in value && value.type === 'comment' && 'source' in value)
        found.push(String(value.source).trimEnd());
      else for (const part of partsOf(value)) visit(part);
    }
  };
  visit([...new Parser().parse(text)]);
  return found;
}

/** In the order of the file. */
const partsOf = (token: object): unknown[] =>
  ['props', 'start', 'key', 'sep', 'value', 'items', 'end'].map((name) => Reflect.get(token, name));

describe('for any file', () => {
  test(
    'the meaning stays, every comment stays in order, and a second time changes nothing',
    () => {
      fc.assert(
        fc.property(messyFiles, (text) => {
          const before = parse('wikiform.yaml', text);
          fc.pre(before.root !== undefined && before.diagnostics.length === 0);
          const after = laidOut(text);
          const { root } = parse('wikiform.yaml', after);
          expect(root !== undefined && before.root !== undefined && isSame(before.root, root)).toBe(true);
          expect(commentsIn(after)).toEqual(commentsIn(text));
          expect(laidOut(after)).toBe(after);
          expect(after).not.toMatch(/^\n|[ \t]\n|\n\n\n/);
        }),
        parameters,
      );
    },
    timeoutMs,
  );

  test('the generator makes files that can be read', () => {
    const samples = fc.sample(messyFiles, { numRuns: 200, seed: 7 });
    const readable = samples.filter((text) => parse('wikiform.yaml', text).diagnostics.length === 0);
    expect(readable.length).toBeGreaterThan(150);
  });
});

describe('the layout', () => {
  test.each([
    ['blanks and indentation', 'a:    1\nb:\n- x\n-   y:  z\n', 'a: 1\nb:\n  - x\n  - y: z\n'],
    ['a list in a list', 'a:\n-  - b\n   - c\n-\n  - d\n', 'a:\n  - - b\n    - c\n  - - d\n'],
    ['blank lines', '\n\na: 1\n\n\n\nb: 2\n\n\n', 'a: 1\n\nb: 2\n'],
    [
      'quotes',
      `a: 'b'\nc: 'say "x"'\nd: 'it''s'\ne: "\\u200b"\n`,
      `a: "b"\nc: 'say "x"'\nd: "it's"\ne: "\\u200b"\n`,
    ],
    ['flow', 'a: [b,c ,{d: e,f: }]\n', 'a: [b, c, { d: e, f: }]\n'],
    ['flow over lines', 'a: [\n  b,\n  c,\n]\n', 'a: [b, c]\n'],
    ['flow with comments', 'a: [ b, # one\n  c ]\n', 'a: [\n  b, # one\n  c\n]\n'],
    ['a comment behind', 'a: 1   # why\n', 'a: 1   # why\n'],
    [
      'comments of children that are out of use',
      'a:\n- b:\n  - c\n  # - d\n# - e\nf: 1\n',
      'a:\n  - b:\n      - c\n      # - d\n  # - e\nf: 1\n',
    ],
    ['a text over lines', 'a: |\n      b\n        c\nd: >2-\n   e\n', 'a: |\n  b\n    c\nd: >2-\n   e\n'],
    ['anchors', 'a: &x\n    b: 1\nc:\n    <<: *x\n    d: *x\n', 'a: &x\n  b: 1\nc:\n  <<: *x\n  d: *x\n'],
    ['a key of its own line', '? a\n:   b\n', '? a\n: b\n'],
    ['ends of lines', 'a:  1\r\nb: |\r\n   c\r\n', 'a: 1\r\nb: |\r\n  c\r\n'],
    ['a document in marks', '%YAML 1.2\n---\na:  1\n...\n', '%YAML 1.2\n---\na: 1\n'],
  ])('%s', (_name, before, after) => {
    expect(laidOut(before)).toBe(after);
    expect(laidOut(after)).toBe(after);
  });

  test('a long list gets an item a line', () => {
    const items = Array.from({ length: 12 }, (_, index) => `a rather long title ${index}`);
    expect(laidOut(`a: [${items.join(', ')}]\n`)).toBe(
      `a: [\n${items.map((item) => `  ${item}`).join(',\n')}\n]\n`,
    );
  });

  test('what is no manifest is refused', () => {
    expect(format('a.yaml', 'a: [')).toMatchObject({
      kind: 'refused',
      diagnostics: [{ code: 'YAML_SYNTAX' }],
    });
    expect(format('a.yaml', '# nothing\n')).toMatchObject({ kind: 'refused' });
  });
});
