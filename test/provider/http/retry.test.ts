import { describe, expect, test } from 'vitest';
import { decide, type Failure } from '../../../src/provider/http/retry.ts';
import { ProviderError, type ProviderErrorParts } from '../../../src/provider/provider-error.ts';

function fail(parts: Partial<ProviderErrorParts>, rest: Partial<Failure> = {}) {
  const error = new ProviderError({
    kind: 'unavailable',
    endpoint: 'create-node',
    message: '',
    sent: 'no',
    ...parts,
  });
  return decide({ error, effect: 'read', attempt: 1, final: false, everReached: true, ...rest }, () => 0);
}

describe('a read', () => {
  test.each(['unavailable', 'malformed', 'contention', 'rate'] as const)('is repeated after %s', (kind) => {
    expect(fail({ kind })).toMatchObject({ kind: 'again' });
  });

  test.each(['not-found', 'forbidden', 'unauthenticated', 'quota', 'limit', 'invalid', 'aborted'] as const)(
    'is not repeated after %s',
    (kind) => {
      expect(fail({ kind })).toEqual({ kind: 'stop' });
    },
  );

  test('is not repeated when the vendor says that it is no use', () => {
    expect(fail({}, { final: true })).toEqual({ kind: 'stop' });
  });
});

describe('a write', () => {
  test('is repeated only when it is known not to have happened', () => {
    for (const kind of ['unavailable', 'rate', 'contention'] as const) {
      expect(fail({ kind, sent: 'no' }, { effect: 'write' })).toMatchObject({ kind: 'again' });
      expect(fail({ kind, sent: 'unknown' }, { effect: 'write' })).toEqual({ kind: 'stop' });
      expect(fail({ kind, sent: 'yes' }, { effect: 'write' })).toEqual({ kind: 'stop' });
    }
  });
});

describe('the wait', () => {
  const waits = (kind: 'contention' | 'rate' | 'unavailable', attempts: number[]) =>
    attempts.map((attempt) => {
      const decision = fail({ kind }, { attempt });
      return decision.kind === 'again' ? decision.waitMs : undefined;
    });

  test('doubles from 250 ms to 2 s for contention', () => {
    expect(waits('contention', [1, 2, 3, 4, 5, 60])).toEqual([250, 500, 1000, 2000, 2000, 2000]);
  });

  test('doubles further for what may take longer to pass', () => {
    expect(waits('unavailable', [1, 6, 7])).toEqual([250, 8000, 8000]);
    expect(waits('rate', [1, 7, 99])).toEqual([1000, 60_000, 60_000]);
  });

  test('is what the vendor asks for', () => {
    expect(fail({ kind: 'rate', retryAfterMs: 17_000 })).toEqual({
      kind: 'again',
      waitMs: 17_000,
      reason: 'slowed-down',
    });
    expect(fail({ kind: 'rate', retryAfterMs: 0 })).toMatchObject({ waitMs: 1000 });
    expect(fail({ kind: 'unavailable', retryAfterMs: 9000 })).toMatchObject({
      waitMs: 9000,
      reason: 'retry',
    });
  });

  test('is spread by the random source', () => {
    const error = new ProviderError({ kind: 'contention', endpoint: 'e', message: '', sent: 'no' });
    const failure = { error, effect: 'write', attempt: 1, final: false, everReached: true } as const;
    expect(decide(failure, () => 0.999)).toMatchObject({ waitMs: 313, reason: 'contention' });
  });
});

test('a server that was never reached is given up soon, another one is not', () => {
  expect(fail({}, { attempt: 3, everReached: false })).toMatchObject({ kind: 'again' });
  expect(fail({}, { attempt: 4, everReached: false })).toEqual({ kind: 'stop' });
  expect(fail({}, { attempt: 40, everReached: true })).toMatchObject({ kind: 'again' });
});

test('the same nonsense is not asked for for ever', () => {
  expect(fail({ kind: 'malformed' }, { attempt: 3 })).toMatchObject({ kind: 'again' });
  expect(fail({ kind: 'malformed' }, { attempt: 4 })).toEqual({ kind: 'stop' });
});
