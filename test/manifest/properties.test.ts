// The meaning of a manifest does not depend on how its YAML is laid out.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Document, stringify } from 'yaml';
import { compile } from '../../src/manifest/compile.ts';
import type { Manifest } from '../../src/manifest/manifest.ts';
import { feishuCapabilities } from '../../src/provider/feishu/capability.ts';
import { compileText, memoryFiles } from './memory-files.ts';

interface Page {
  readonly title: string;
  readonly key: string;
  readonly type: string;
  readonly children: readonly Page[];
}

const title = fc.oneof(
  fc.constantFrom(
    'Notes',
    '2024',
    'null',
    'yes',
    'a: b',
    '# x',
    '- y',
    'a/b',
    'c\\d',
    '手册',
    "it's",
    '*z',
    '&q',
    '  ',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }),
);

/** Pages of so many levels at most. */
function pagesOf(levels: number): fc.Arbitrary<Page[]> {
  if (levels === 0) return fc.constant([]);
  const page = fc.record({
    title: title.map((text) => (/^\s*$|[\p{Cc}\p{Cs}\u2028\u2029]/u.test(text) ? 'Page' : text)),
    key: fc.string({ unit: fc.constantFrom(...'abc/\\é'), minLength: 1, maxLength: 3 }),
    type: fc.constantFrom('docx', 'sheet'),
    children: pagesOf(levels - 1),
  });
  return fc.uniqueArray(page, { maxLength: 3, selector: ({ key }) => key });
}

const pages = pagesOf(4);

const manifest = pages.map((nodes) => ({
  version: 1,
  provider: 'feishu',
  spaces: { h: { name: 'H', nodes } },
}));

/** The meaning without the places, which are what the layout changes. */
function meaning(text: string): unknown {
  const { manifest, diagnostics } = compileText(text);
  expect(diagnostics).toEqual([]);
  return withoutPlaces(manifest);
}

function withoutPlaces(found: Manifest | undefined): unknown {
  return JSON.parse(JSON.stringify(found, (key, value) => (key === 'source' ? undefined : value)));
}

test('block, flow, CRLF, quoted and JSON mean the same', () => {
  fc.assert(
    fc.property(manifest, (value) => {
      const block = stringify(value);
      const expected = meaning(block);
      const flow = new Document(value);
      if (flow.contents !== null && 'flow' in flow.contents) flow.contents.flow = true;
      expect(meaning(flow.toString())).toEqual(expected);
      expect(meaning(stringify(value, { defaultStringType: 'QUOTE_DOUBLE', lineWidth: 0 }))).toEqual(
        expected,
      );
      expect(meaning(JSON.stringify(value))).toEqual(expected);
      expect(meaning(`\ufeff${block.replaceAll('\n', '\r\n')}`)).toEqual(expected);
    }),
    { numRuns: 100 },
  );
});

test('anchors mean what they stand for', () => {
  fc.assert(
    fc.property(pages, pages, (first, second) => {
      const spelled = (children: readonly Page[]) => [
        { title: 'A', key: 'A', children },
        { title: 'B', key: 'B', children: [{ title: 'C', key: 'C', children }, ...second] },
      ];
      const spaces = (nodes: unknown) => ({
        version: 1,
        provider: 'feishu',
        spaces: { h: { name: 'H', nodes } },
      });
      // The library writes an anchor for a list that stands in two places, unless told not to.
      const aliased = stringify(spaces(spelled(first)));
      const unaliased = stringify(spaces(spelled(first)), { aliasDuplicateObjects: false });
      fc.pre(!second.some(({ key }) => key === 'C'));
      expect(meaning(aliased)).toEqual(meaning(unaliased));
    }),
    { numRuns: 100 },
  );
});

test('no bytes make it throw, and there is a manifest exactly where there is no error', () => {
  const fragments = fc.constantFrom(
    ...[
      'version: 1\n',
      'provider: feishu\n',
      'spaces:\n',
      '  h:\n',
      '    name: x\n',
      '    nodes:\n',
      '      - a\n',
      '      - title: b\n',
      '        children:\n',
      '          - c\n',
    ],
    ...[
      '*a',
      '&a ',
      '<<: ',
      '[',
      ']',
      '{',
      '}',
      '- ',
      '? ',
      ': ',
      '"',
      "'",
      '|\n',
      '!x ',
      '%YAML 1.1\n',
      '---\n',
      '\t',
      '\n',
      '#',
      '\u0000',
      '\ud800',
      '~',
      '1e3',
      'copy: h/a',
    ],
  );
  const text = fc.oneof(
    fc.array(fragments, { maxLength: 30 }).map((parts) => parts.join('')),
    fc.string({ maxLength: 80 }),
  );
  fc.assert(
    fc.property(text, (content) => {
      const { manifest, diagnostics } = compile({
        file: 'wikiform.yaml',
        files: memoryFiles({ 'wikiform.yaml': content }),
        capabilities: { feishu: feishuCapabilities },
        trustedHosts: [],
      });
      expect(manifest === undefined).toBe(diagnostics.some(({ severity }) => severity === 'error'));
    }),
    { numRuns: 1000 },
  );
});
