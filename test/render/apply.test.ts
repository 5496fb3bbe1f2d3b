import { describe, expect, test } from 'vitest';
import { diagnostic } from '../../src/diagnostic/diagnostic.ts';
import { ProviderError } from '../../src/provider/provider-error.ts';
import { type ApplyEnd, applyStatus, applyToJson } from '../../src/render/apply-json.ts';
import { renderApplyReport } from '../../src/render/apply-report.ts';
import { plainStyle } from '../../src/render/style.ts';
import { StateWriteError } from '../../src/state/state-store.ts';
import { desiredTree, liveOf, liveTree, planOf, stateOf } from '../fixture.ts';
import { endOf, refusal } from './apply-end.ts';
import { schemaErrors } from './document-schema.ts';

const report = (end: ApplyEnd): string => renderApplyReport(end, { style: plainStyle, width: 100 });

function documentOf(end: ApplyEnd) {
  const document = applyToJson(end);
  expect(schemaErrors('apply', document)).toEqual([]);
  return document;
}

const before = desiredTree({ handbook: ['Welcome', 'Raodmap', { title: 'Planning', children: ['Apollo'] }] });
const desired = desiredTree({
  handbook: [
    'Welcome',
    { title: 'Roadmap', key: 'Raodmap' },
    'Planning',
    'Apollo',
    { title: 'Team', children: ['People', { title: 'Plan', copy: 'handbook/Welcome' }] },
  ],
});
const { plan } = planOf({ desired, state: stateOf(before), live: liveOf(before) });
const { plan: empty } = planOf({ desired: before, state: stateOf(before), live: liveOf(before) });
const { plan: first } = planOf({ desired });
const unwritable = new StateWriteError(
  diagnostic('STATE_UNWRITABLE', { detail: '.wikiform/state.json: the disk is full.', help: 'Make room.' }),
  undefined,
);

describe('an apply that went well', () => {
  test('says what was done and what it took', () => {
    expect(report(endOf(plan))).toBe(
      'Applied: 2 pages created, 1 copied, 1 moved, 1 renamed · 27 calls in 14 s',
    );
    expect(report(endOf(first))).toBe('Applied: 1 space and 6 pages created, 1 copied · 27 calls in 14 s');
  });

  test('counts detours apart from moves', () => {
    const steps = plan.steps.flatMap((step) =>
      step.kind === 'move-node' ? [{ ...step, parks: true }, step] : [],
    );
    expect(report(endOf({ ...plan, steps }))).toBe('Applied: 1 moved, 1 parked · 27 calls in 14 s');
  });

  test('counts the way of a copy that is made elsewhere, and a title that is borne for a while, as detours', () => {
    const [copy, move, rename] = (['copy-node', 'move-node', 'rename-node'] as const).map((kind) =>
      plan.steps.find((step) => step.kind === kind),
    );
    if (copy === undefined || move === undefined || rename === undefined) throw new Error('no such steps');
    const steps = [
      { ...copy, parks: true },
      { ...move, address: copy.address },
      { ...rename, parks: true },
      rename,
    ];
    expect(report(endOf({ ...plan, steps }))).toBe(
      'Applied: 1 copied, 2 parked, 1 renamed · 27 calls in 14 s',
    );
  });

  test('with nothing to do says so, and what it remembers now', () => {
    expect(report(endOf(empty))).toBe('Nothing to do · 27 calls in 14 s');
    const { plan: adopting } = planOf({ desired: before, live: liveOf(before) });
    expect(report(endOf(adopting))).toBe('Nothing to do: 5 adopted · 27 calls in 14 s');
  });

  test('is one document', () => {
    const document = documentOf(endOf(plan));
    expect(document).toMatchObject({
      formatVersion: '1.0',
      errored: false,
      status: 'applied',
      summary: plan.summary,
      calls: { total: 27, byEndpoint: { 'create-node': 18 } },
      seconds: 13.4,
    });
    expect(document.steps.map(({ status }) => status)).toEqual(Array(5).fill('done'));
    expect(document.steps[0]).toEqual({
      id: 's0',
      kind: 'rename-node',
      address: 'handbook/Raodmap',
      status: 'done',
    });
  });

  test('an interrupt after the last step changes nothing', () => {
    expect(applyStatus(endOf(plan, {}, 'interrupted'))).toBe('applied');
  });

  test('nothing to do is its own status', () => {
    expect(documentOf(endOf(empty))).toMatchObject({ status: 'no-changes', errored: false, steps: [] });
  });
});

describe('an apply that did not finish', () => {
  const failed = endOf(plan, {
    s1: {
      status: 'unknown',
      error: { ...refusal, message: 'The connection broke.', help: undefined, vendorCode: undefined },
    },
    s2: { status: 'failed', error: refusal },
    s3: { status: 'not-started' },
    s4: { status: 'not-started' },
  });

  test('says what is left, why, and what to do', () => {
    expect(report(failed)).toMatchInlineSnapshot(`
      "Not finished: 1 of 5 steps done (1 renamed) · 27 calls in 14 s

      Failed (1)
        + handbook/Team
            The vendor refuses to create a page below handbook: no permission.
            code 131006, request 2026010112000001
            help: Make the app a member of the space with the right to edit.

      Unknown: the vendor may or may not have done it; the next run looks first (1)
        → handbook/Apollo
            The connection broke.
            request 2026010112000001

      Not started (2)
        + handbook/Team/People
        ⧉ handbook/Team/Plan

      Done (1)
        ~ handbook/Raodmap

      Run the same command again to go on."
    `);
  });

  test('names the error of a step in the document', () => {
    const document = documentOf(failed);
    expect(document).toMatchObject({ status: 'incomplete', errored: true });
    expect(document.steps.map(({ status }) => status)).toEqual([
      'done',
      'unknown',
      'failed',
      'not-started',
      'not-started',
    ]);
    expect(document.steps[1]?.error).toEqual({
      message: 'The connection broke.',
      requestId: refusal.requestId,
    });
    expect(document.steps[2]?.error).toEqual(refusal);
  });

  test('caps long lists', () => {
    const names = Array.from({ length: 40 }, (_, at) => `Page ${at}`);
    const { plan: long } = planOf({ desired: desiredTree({ handbook: names }) });
    const rest = Object.fromEntries(
      long.steps.slice(12).map(({ id }) => [id, { status: 'not-started' as const }]),
    );
    expect(report(endOf(long, rest, 'interrupted'))).toMatchInlineSnapshot(`
      "Not finished: 12 of 41 steps done (1 space and 11 pages created) · 27 calls in 14 s

      Interrupted: what was under way was waited for, and nothing new was begun.

      Not started (29)
        + handbook/Page 11
        + handbook/Page 12
        + handbook/Page 13
        + handbook/Page 14
        + handbook/Page 15
        + handbook/Page 16
        + handbook/Page 17
        + handbook/Page 18
        + handbook/Page 19
        + handbook/Page 20
        … and 19 more

      Done (12)
        + handbook
        + handbook/Page 0
        + handbook/Page 1
        + handbook/Page 2
        + handbook/Page 3
        + handbook/Page 4
        + handbook/Page 5
        + handbook/Page 6
        + handbook/Page 7
        + handbook/Page 8
        … and 2 more

      Run the same command again to go on."
    `);
  });

  test('says what stopped it', () => {
    const quota = new ProviderError({
      kind: 'quota',
      endpoint: 'create-node',
      message: 'used up',
      sent: 'no',
    });
    const rest = { s4: { status: 'failed' as const, error: refusal } };
    expect(report(endOf(plan, rest, quota))).toContain(
      'Stopped: every further step would have met the same error.',
    );
    expect(report(endOf(plan, rest, unwritable))).toContain(
      'Stopped: .wikiform/state.json: the disk is full.',
    );
  });

  test('a state that could not be written is not finished', () => {
    expect(documentOf(endOf(plan, {}, unwritable))).toMatchObject({ status: 'incomplete', errored: true });
  });

  test('what is left blocked has its reason', () => {
    const live = liveTree({
      handbook: ['Welcome', 'Raodmap', 'Planning', { title: 'Apollo', was: 'handbook/Planning/Apollo' }],
    });
    const { plan: guarded } = planOf({
      desired: before,
      state: stateOf(before),
      live,
      protect: ['**/Apollo'],
    });
    expect(report(endOf(guarded))).toMatchInlineSnapshot(`
      "Not finished: 0 of 1 step done · 27 calls in 14 s

      Blocked (1)
        ! handbook/Planning/Apollo
            protected by **/Apollo

      Once what blocks them is out of the way, run the same command again."
    `);
    expect(documentOf(endOf(guarded)).status).toBe('incomplete');
  });
});

describe('an apply that was refused', () => {
  const refused: ApplyEnd = { ...endOf(plan), result: undefined };

  test('wrote nothing', () => {
    expect(report(refused)).toBe('Nothing was written.');
    const document = documentOf(refused);
    expect(document).toMatchObject({ status: 'refused', errored: true, summary: plan.summary });
    expect(document.steps.every(({ status }) => status === 'not-started')).toBe(true);
  });

  test('has no steps where there is no plan', () => {
    expect(documentOf({ ...refused, plan: undefined })).toMatchObject({
      steps: [],
      summary: { createNode: 0 },
    });
  });
});

test('the published schema refuses a failure without an error and a success with one', () => {
  const document = applyToJson(endOf(plan));
  const [step] = document.steps;
  expect(schemaErrors('apply', { ...document, steps: [{ ...step, status: 'failed' }] })).not.toEqual([]);
  expect(schemaErrors('apply', { ...document, steps: [{ ...step, error: refusal }] })).not.toEqual([]);
  expect(schemaErrors('apply', { ...document, seconds: -1 })).not.toEqual([]);
});
