import { describe, expect, test } from 'vitest';
import { callLine, readingLine, stepLine, timeLeft, waitingLine } from '../../src/render/progress.ts';
import { plainStyle } from '../../src/render/style.ts';
import { desiredTree, planOf } from '../fixture.ts';
import { endOf, refusal } from './apply-end.ts';

const { plan } = planOf({ desired: desiredTree({ handbook: ['Welcome', 'Onboarding'] }) });

test('reading tells what was seen and what it cost', () => {
  const line = (calls: number, pages: number, open: number, elapsedSeconds = 30): string =>
    readingLine({ calls, pages, open, elapsedSeconds });
  expect(line(9, 1200, 400)).toBe('reading the wiki: 1,200 pages, 9 calls');
  expect(line(1, 1, 0)).toBe('reading the wiki: 1 page, 1 call');
  expect(line(300, 9000, 2100)).toBe(
    'reading the wiki: 9,000 pages, 300 calls, at least 2,100 to come, about 4 min left',
  );
  expect(line(300, 9000, 20, 1)).toBe('reading the wiki: 9,000 pages, 300 calls, at least 20 to come');
});

describe('a step that ended', () => {
  const failed = { s2: { status: 'failed' as const, error: refusal } };
  const lines = (endOf(plan, failed).result?.steps ?? []).map((result, at) =>
    stepLine({ kind: 'ended', result, ended: at + 1, total: 12 }, plainStyle),
  );

  test('is counted, and its error said', () => {
    expect(lines).toEqual([
      '[ 1/12] + handbook',
      '[ 2/12] + handbook/Welcome',
      '[ 3/12] + handbook/Onboarding  failed: The vendor refuses to create a page below handbook: no permission.',
    ]);
  });
});

describe('waiting', () => {
  test.each([
    ['rate', 'waiting 38 s for the create-node rate'],
    ['slowed-down', 'waiting 38 s, as the vendor asks (create-node)'],
    ['contention', 'waiting 38 s for another write below the same parent (create-node)'],
    ['retry', 'waiting 38 s to try create-node again'],
  ] as const)('says why: %s', (reason, line) => {
    expect(waitingLine({ kind: 'waiting', endpoint: 'create-node', waitMs: 37_400, reason })).toBe(line);
  });
});

test('a call in a log names endpoint, answer and request', () => {
  const call = { endpoint: 'create-node', attempt: 1 };
  expect(callLine({ ...call, kind: 'attempt', method: 'POST', path: '/open-apis/x' })).toBe(
    'create-node: POST /open-apis/x',
  );
  const answer = { ...call, kind: 'answer', httpStatus: 400, vendorCode: 131009, requestId: 'r1' } as const;
  expect(callLine({ ...answer, attempt: 2 })).toBe('create-node: 400, code 131009, request r1, attempt 2');
  expect(callLine({ ...answer, vendorCode: undefined, requestId: undefined })).toBe('create-node: 400');
});

describe('the time left', () => {
  const pace = { ended: 2, total: 100, elapsedSeconds: 10, estimatedSeconds: 300 };

  test('is the estimate at first', () => {
    expect(timeLeft(pace)).toBe('about 5 min left');
  });

  test('is what the speed says later', () => {
    expect(timeLeft({ ...pace, ended: 50, elapsedSeconds: 60 })).toBe('about 60 s left');
  });

  test('ends', () => {
    expect(timeLeft({ ...pace, ended: 5, elapsedSeconds: 400 })).toBe('almost done');
    expect(timeLeft({ ...pace, ended: 100 })).toBeUndefined();
  });
});
