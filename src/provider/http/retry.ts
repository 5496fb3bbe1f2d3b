// Whether a failed attempt is made again, and when: a decision from values, without effects.
//
// A read may be repeated after anything that may pass. A write may be repeated only when the vendor is
// known not to have done it (`sent: 'no'`); a write whose effect is unknown is thrown to the caller,
// who looks before anything is written again. What never passes stops at once.

import { assertNever } from '../../diagnostic/invariant.ts';
import type { ProviderError } from '../provider-error.ts';
import type { Effect } from './answer.ts';
import type { WaitingReason } from './event.ts';

export interface Failure {
  readonly error: ProviderError;
  readonly effect: Effect;
  /** The attempt that failed; the first is 1. */
  readonly attempt: number;
  /** The vendor says that asking again is no use. */
  readonly final: boolean;
  /** Whether any request of this process has ever got as far as leaving for the server. */
  readonly everReached: boolean;
}

export type Decision =
  | { readonly kind: 'stop' }
  | {
      readonly kind: 'again';
      readonly waitMs: number;
      readonly reason: Exclude<WaitingReason, 'rate'>;
    };

/** Lock contention passes within a second or two once backed off (facts: larksuite/cli issue 1012). */
const contentionBackoff = { firstMs: 250, maxMs: 2000 };
const retryBackoff = { firstMs: 250, maxMs: 8000 };
/** Over the rate, and the vendor does not say for how long. */
const rateBackoff = { firstMs: 1000, maxMs: 60_000 };

/** A server that could never be reached is more likely a wrong address than a bad moment. */
const maxFirstContacts = 4;
/** Half an answer may pass; the same HTML again and again will not. */
const maxMalformed = 4;

const stop: Decision = { kind: 'stop' };

export function decide(failure: Failure, random: () => number): Decision {
  const { error, effect, attempt } = failure;
  if (failure.final || (effect === 'write' && error.sent !== 'no')) return stop;
  switch (error.kind) {
    case 'rate':
      return again('slowed-down', error.retryAfterMs || backoff(rateBackoff, attempt, random));
    case 'contention':
      return again('contention', backoff(contentionBackoff, attempt, random));
    case 'unavailable':
      if (!failure.everReached && attempt >= maxFirstContacts) return stop;
      return again('retry', error.retryAfterMs || backoff(retryBackoff, attempt, random));
    case 'malformed':
      return attempt >= maxMalformed ? stop : again('retry', backoff(retryBackoff, attempt, random));
    case 'not-found':
    case 'forbidden':
    case 'unauthenticated':
    case 'quota':
    case 'limit':
    case 'invalid':
    case 'taken':
    case 'aborted':
      return stop;
    default:
      return assertNever(error.kind);
  }
}

function again(reason: Exclude<WaitingReason, 'rate'>, waitMs: number): Decision {
  return { kind: 'again', waitMs, reason };
}

/** Doubles with every attempt up to a bound; jitter of a quarter keeps two runs from marching in step. */
function backoff(
  { firstMs, maxMs }: { firstMs: number; maxMs: number },
  attempt: number,
  random: () => number,
): number {
  const doubled = Math.min(maxMs, firstMs * 2 ** Math.min(attempt - 1, 20));
  return Math.ceil(doubled * (1 + random() / 4));
}
