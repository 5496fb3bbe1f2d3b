import { describe, expect, test } from 'vitest';
import { diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { errorToJson, planToJson, validateToJson } from '../../src/render/plan-json.ts';
import type { Address } from '../../src/tree/identifier.ts';
import { desiredTree, liveOf, liveTree, type PlanningInput, planOf, stateOf } from '../fixture.ts';
import { schemaErrors } from './document-schema.ts';

/** The document as its readers get it. */
function documentOf(input: PlanningInput): Record<string, unknown> {
  const document = planToJson(planOf(input).plan);
  expect(schemaErrors('plan', document)).toEqual([]);
  return JSON.parse(JSON.stringify(document));
}

const written = desiredTree({
  handbook: [
    { title: 'Rules', type: 'sheet' },
    { title: 'Template' },
    { title: 'Copied', copy: 'handbook/Template' },
    { title: 'Copied from afar', copy: { id: 'wikcnFar' } },
    { title: 'Short', shortcut: 'handbook/Rules' },
  ],
});
const finding = diagnostic('DUPLICATE_KEY', {
  detail: 'Two pages are called "Rules".',
  help: 'Give one of them a key.',
  source: { file: 'wikiform.yaml', line: 3, column: 5 },
  related: [{ message: 'the first', source: { file: 'wikiform.yaml', line: 2, column: 5 } }],
});

describe('the document of a plan', () => {
  test('names everything about a step that makes something', () => {
    const { steps, digest, ...rest } = documentOf({ desired: written });
    expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(rest).toMatchObject({
      formatVersion: '1.0',
      errored: false,
      provider: 'feishu',
      summary: { createSpace: 1, createNode: 3, copyNode: 2, moveNode: 0 },
      estimate: { readCalls: 3, writeCalls: 6, seconds: 7 },
      adopted: [],
      forgotten: [],
      diagnostics: [],
    });
    expect(steps).toMatchObject([
      { id: 's0', kind: 'create-space', address: 'handbook', title: 'handbook', after: [] },
      { id: 's1', kind: 'create-node', type: 'sheet', nodeType: 'origin', parent: 'handbook', after: ['s0'] },
      { id: 's2', kind: 'create-node', address: 'handbook/Template' },
      { id: 's3', kind: 'copy-node', copyOf: 'handbook/Template', after: ['s0', 's2'] },
      { id: 's4', kind: 'copy-node', copyOf: { id: 'wikcnFar' } },
      { id: 's5', kind: 'create-node', nodeType: 'shortcut', shortcutTo: 'handbook/Rules' },
    ]);
    expect(Object.keys((steps as object[])[0] ?? {})).toEqual([
      ...['id', 'kind', 'address', 'title', 'after', 'reason', 'inferred', 'origin', 'source'],
    ]);
  });

  test('says where a page is before a move, and what comes along', () => {
    const before = desiredTree({
      handbook: [{ title: 'Planning', children: [{ title: 'Apollo', children: ['Goals'] }] }],
    });
    const desired = desiredTree({ handbook: ['Planning', { title: 'Apollo', children: ['Goals'] }] });
    const { steps } = documentOf({ desired, state: stateOf(before), live: liveOf(before) });
    expect(steps).toMatchObject([
      {
        kind: 'move-node',
        address: 'handbook/Apollo',
        parent: 'handbook',
        before: { address: 'handbook/Planning/Apollo', parent: 'handbook/Planning', title: 'Apollo' },
        carried: 1,
        inferred: true,
        origin: 'this-change',
        reason: 'moved from handbook/Planning',
      },
    ]);
  });

  test('tells renames, blocked steps, what is adopted and what is forgotten', () => {
    const before = desiredTree({ handbook: ['Old', 'Kept', { title: 'Sub', children: ['Safe'] }] });
    const desired = desiredTree({
      handbook: [
        { title: 'Kept!', key: 'Kept' },
        { title: 'Sub', children: ['Safe'] },
        { title: 'Found', type: 'sheet' },
      ],
    });
    const live = liveTree({
      handbook: [
        'Old',
        'Kept',
        'Sub',
        { title: 'Safe', was: 'handbook/Sub/Safe' },
        { title: 'Found', type: 'sheet' },
      ],
    });
    const document = documentOf({ desired, state: stateOf(before), live, protect: ['handbook/Sub/**'] });
    expect(document).toMatchObject({ adopted: ['handbook/Found'], forgotten: ['handbook/Old'] });
    expect(document.steps).toMatchObject([
      { kind: 'rename-node', title: 'Kept!', before: { title: 'Kept' } },
      { kind: 'move-node', blocked: 'protected by handbook/Sub/**', origin: 'drift' },
    ]);
    expect((document.steps as object[])[0]).not.toHaveProperty('carried');
  });

  test('a page that is put away keeps its address', () => {
    const before = desiredTree({ handbook: ['Archive', 'Old'] });
    const desired = desiredTree({
      handbook: { pages: ['Archive'], onRemove: { archive: 'handbook/Archive' as Address } },
    });
    const { steps } = documentOf({ desired, state: stateOf(before), live: liveOf(before) });
    expect(steps).toMatchObject([{ address: 'handbook/Old', parent: 'handbook/Archive', carried: 0 }]);
  });

  test('is errored where the plan is refused, and shows its steps all the same', () => {
    const document = documentOf({ desired: written, maxChanges: 2 });
    expect(document).toMatchObject({ errored: true, diagnostics: [{ code: 'GUARD_EXCEEDED' }] });
    expect(document.steps).toHaveLength(6);
  });
});

describe('the document of an error', () => {
  test('has the shape of a plan without steps', () => {
    const document = errorToJson([finding]);
    expect(schemaErrors('plan', document)).toEqual([]);
    expect(document).toMatchObject({ errored: true, steps: [], summary: { createNode: 0 } });
    expect(document.diagnostics).toEqual([finding]);
  });

  test('validation is valid while there are only warnings', () => {
    expect(validateToJson([finding])).toEqual({ formatVersion: '1.0', valid: false, diagnostics: [finding] });
    expect(validateToJson([{ ...finding, severity: 'warning' }])).toMatchObject({ valid: true });
  });
});

describe('the published schema', () => {
  const document = planToJson(planOf({ desired: written }).plan);

  test.each([
    ['an unknown field', { ...document, extra: 1 }],
    ['no digest', { ...document, digest: undefined }],
    ['a step of no kind', { ...document, steps: [{ ...document.steps[0], kind: 'delete-node' }] }],
    ['a space with a parent', { ...document, steps: [{ ...document.steps[0], parent: 'handbook' }] }],
    ['a copy of nothing', { ...document, steps: [{ ...document.steps[3], copyOf: undefined }] }],
    ['a creation that carries pages', { ...document, steps: [{ ...document.steps[1], carried: 1 }] }],
  ])('refuses %s', (_, broken) => {
    expect(schemaErrors('plan', broken)).not.toEqual([]);
  });
});
