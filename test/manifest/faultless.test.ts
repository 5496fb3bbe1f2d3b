// What is passed as faultless without being compiled: it has to be what compiling finds nothing in.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isFaultless } from '../../src/manifest/faultless.ts';
import { manifestText } from '../../src/manifest/write/manifest-text.ts';
import type { PageOutline, SpaceOutline } from '../../src/manifest/write/outline.ts';
import { capabilitiesByVendor } from '../../src/provider/registry.ts';
import type { Address } from '../../src/tree/identifier.ts';
import { nodeId } from '../../src/tree/identifier.ts';
import type { Limits } from '../../src/tree/limit.ts';
import type { VendorKind } from '../../src/tree/vendor.ts';
import { awkwardTitles } from './awkward-title.ts';
import { compileText } from './memory-files.ts';

const page = (fields: Partial<PageOutline> = {}): PageOutline => ({
  title: 'Welcome',
  key: undefined,
  type: undefined,
  id: undefined,
  shortcut: undefined,
  children: [],
  ...fields,
});

const spaceOf = (pages: readonly PageOutline[]): SpaceOutline => ({
  key: 'space',
  id: 'wikcn0',
  name: 'Space',
  description: undefined,
  sharing: undefined,
  pages,
});

const unlimited: Limits = { depth: 50, children: 2000, nodes: 400_000, nodesPerMove: 2000 };

interface Case {
  readonly pages: readonly PageOutline[];
  readonly vendor: VendorKind;
  readonly limits: Limits;
}

/** What the program says without compiling, and what compiling the written text finds. */
function both({ pages, vendor, limits }: Case) {
  const space = spaceOf(pages);
  const head = `version: 1
provider: { kind: ${vendor}, limits: ${JSON.stringify(limits)}, baseUrl: "http://127.0.0.1:1" }`;
  const text = manifestText({ provider: vendor, baseUrl: undefined, head, include: [], spaces: [space] });
  const found = compileText(text).diagnostics.map(({ code }) => code);
  return { passes: isFaultless(space, { capabilities: capabilitiesByVendor[vendor], limits }), found };
}

const title = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('Overview', 'Notes', '图 表', ...awkwardTitles) },
  { weight: 1, arbitrary: fc.constantFrom('', ' ', 'a\nb', '\u2028', 'x.', 'a*b', ' a') },
);
const text = fc.constantFrom('wikcn1', '7', 'a/b', 'a b', '');
const rarely = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 12 });

const pagesOf = (levels: number): fc.Arbitrary<readonly PageOutline[]> =>
  fc
    .array(
      fc.record<PageOutline>({
        title,
        key: rarely(title),
        type: rarely(fc.constantFrom('sheet', 'file', 'folder', 'toString')),
        id: rarely(text),
        shortcut: rarely(
          fc.oneof(
            text.map((id) => ({ id: nodeId(id) })),
            fc.constant({ address: 'space/Overview' as Address }),
          ),
        ),
        children: levels === 1 ? fc.constant([]) : pagesOf(levels - 1),
      }),
      { maxLength: 3 },
    )
    .map(distinct);

/** As a wiki is taken over: siblings have different keys, a shortcut has nothing below it, no id stands twice. */
const distinct = (pages: readonly PageOutline[]): readonly PageOutline[] => [
  ...new Map(pages.map((one) => [one.key ?? one.title, one])).values(),
];

const ids = (pages: readonly PageOutline[]): string[] =>
  pages.flatMap(({ id, children }) => [...(id === undefined ? [] : [id]), ...ids(children)]);

const leadsSomewhere = (pages: readonly PageOutline[]): boolean => {
  const isOrigin = ({ title, key, shortcut }: PageOutline): boolean =>
    (key ?? title) === 'Overview' && shortcut === undefined;
  const named = (all: readonly PageOutline[]): boolean =>
    all.some(({ shortcut, children }) => (shortcut && 'address' in shortcut) || named(children));
  return !named(pages) || pages.some(isOrigin);
};

const cases: fc.Arbitrary<Case> = fc.record({
  pages: pagesOf(3).filter(
    (pages) => new Set(ids(pages)).size === ids(pages).length && leadsSomewhere(pages),
  ),
  vendor: fc.constantFrom('feishu', 'feishu', 'dingtalk'),
  limits: fc.constantFrom(
    unlimited,
    { ...unlimited, depth: 2 },
    { ...unlimited, children: 2 },
    { ...unlimited, nodes: 5 },
  ),
});

test('what is passed compiles without a word', () => {
  fc.assert(
    fc.property(cases, (one) => {
      const { passes, found } = both(one);
      if (passes) expect(found).toEqual([]);
    }),
    { numRuns: 600 },
  );
});

describe('a wiki as most are', () => {
  const usual: Case = {
    pages: [
      page({ children: [page({ title: '图 表', type: 'sheet' }), page({ title: '', key: 'untitled' })] }),
      page({ title: 'Twin', id: 'wikcn1' }),
      page({ title: 'Twin', key: 'Twin 2', id: 'wikcn2' }),
      page({ title: 'There', shortcut: { address: 'space/Welcome' as Address } }),
      page({ title: 'Elsewhere', shortcut: { id: nodeId('wikcn3') } }),
    ],
    vendor: 'feishu',
    limits: unlimited,
  };

  test('is passed', () => {
    expect(both(usual)).toEqual({ passes: true, found: [] });
  });

  test.each<[string, Partial<Case>]>([
    ['TITLE_INVALID', { pages: [page({ title: 'two\nlines' })] }],
    ['KEY_REQUIRED', { pages: [page({ title: '' })] }],
    ['KEY_INVALID', { pages: [page({ key: ' ' })] }],
    ['TYPE_UNKNOWN', { pages: [page({ type: 'folder' })] }],
    ['FIELD_INVALID', { pages: [page({ id: 'a b' })] }],
    ['FIELD_INVALID', { pages: [page({ shortcut: { id: nodeId('a/b') } })] }],
    ['SHORTCUT_WITH_CHILDREN', { pages: [page({ shortcut: { id: nodeId('x') }, children: [page()] })] }],
    ['DEPTH_EXCEEDED', { limits: { ...unlimited, depth: 1 } }],
    ['CHILDREN_EXCEEDED', { limits: { ...unlimited, children: 4 } }],
    ['NODES_EXCEEDED', { limits: { ...unlimited, nodes: 6 } }],
    ['DUPLICATE_TITLE', { vendor: 'dingtalk', pages: [page(), page({ key: 'other' })] }],
  ])('but not with %s', (code, odd) => {
    const { passes, found } = both({ ...usual, ...odd });
    expect({ passes, found: found.includes(code as never) }).toEqual({ passes: false, found: true });
  });
});
