import { describe, expect, test } from 'vitest';
import { type Explanation, renderExplanation } from '../../src/render/explain.ts';
import { plainStyle } from '../../src/render/style.ts';
import type { Address } from '../../src/tree/identifier.ts';
import { desiredTree, liveOf, pageId, planOf, stateOf } from '../fixture.ts';

const before = desiredTree({ handbook: [{ title: 'Planning', children: ['Apollo'] }] });
const desired = desiredTree({ handbook: ['Planning', { title: 'Apollo!', key: 'Apollo' }] });
const { plan } = planOf({ desired, state: stateOf(before), live: liveOf(before) });

const moved: Explanation = {
  address: 'handbook/Apollo' as Address,
  source: { file: 'wikiform.yaml', line: 3, column: 3 },
  line: '    - { title: Apollo!, key: Apollo }',
  rule: 'inferred',
  id: pageId('handbook/Planning/Apollo'),
  title: 'Apollo',
  place: 'handbook/Planning' as Address,
  former: 'handbook/Planning/Apollo' as Address,
  link: 'https://example.feishu.cn/wiki/wikcnApollo',
  note: undefined,
  candidates: [{ id: pageId('handbook/Old/Apollo'), why: 'is a sheet, and a docx is declared' }],
  steps: plan.steps,
};
const nothing: Explanation = {
  ...moved,
  ...{ rule: undefined, id: undefined, title: undefined, place: undefined, former: undefined },
  ...{ link: undefined, candidates: [], steps: [] },
};
const explain = (explanation: Explanation): string => renderExplanation(explanation, plainStyle);

test('says how the page was found, what lost and what is to do', () => {
  expect(explain(moved)).toMatchInlineSnapshot(`
    "handbook/Apollo
      declared  wikiform.yaml:3:3
                - { title: Apollo!, key: Apollo }
      matched   inferred: handbook/Planning/Apollo left the manifest, and each is the other's only candidate
      page      page:handbook/Planning/Apollo
      title     Apollo
      place     handbook/Planning
      link      https://example.feishu.cn/wiki/wikcnApollo

    Not taken
      page:handbook/Old/Apollo  is a sheet, and a docx is declared

    To do
      → move: moved from handbook/Planning (inferred)
      ~ rename: title was "Apollo" (inferred)"
  `);
});

test('an address without a page says why', () => {
  expect(explain({ ...nothing, note: 'it exists, but may not be read' })).toMatchInlineSnapshot(`
    "handbook/Apollo
      declared  wikiform.yaml:3:3
                - { title: Apollo!, key: Apollo }
      matched   with nothing
      note      it exists, but may not be read

    Nothing to do."
  `);
});

test('an address that is no longer declared has no rule', () => {
  expect(explain({ ...nothing, source: undefined, line: undefined, id: pageId('x') })).toMatchInlineSnapshot(`
    "handbook/Apollo
      declared  no longer
      page      page:x

    Nothing to do."
  `);
});

describe('every rule in words', () => {
  test.each([
    ['id', 'by the id in the manifest'],
    ['binding', 'by its binding'],
    ['moved-from', 'by movedFrom: the page that was handbook/Planning/Apollo'],
    ['carried', 'with the page above it'],
    ['adopted', 'by place and title'],
    ['name', 'by its name'],
  ] as const)('%s', (rule, words) => {
    expect(explain({ ...moved, rule })).toContain(`matched   ${words}`);
  });
});
