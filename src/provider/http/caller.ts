// Makes calls: takes a slot per attempt, lets the vendor's folder judge the answer, and repeats what may
// be repeated until the call's patience is used up. Patience is the time spent on attempts and on waits
// that the vendor caused; queueing for our own pace does not count, however long the queue is.
// Invariant: one slot and one count per attempt, whatever becomes of it.

import { setMaxListeners } from 'node:events';
import type { Clock } from '../clock.ts';
import type { CallCounts } from '../provider.ts';
import { ProviderError } from '../provider-error.ts';
import type { HttpAnswer, Refusal, Verdict } from './answer.ts';
import type { HttpClient, HttpRequest } from './client.ts';
import type { OnProviderEvent } from './event.ts';
import type { Pace } from './pace.ts';
import type { Redactor } from './redactor.ts';
import { decide } from './retry.ts';

export interface Call<Data> extends Omit<HttpRequest, 'timeoutMs' | 'headers'> {
  /** Asked before each attempt, after the queue, so that no token grows old while it waits. */
  headers(): Promise<Readonly<Record<string, string>>>;
  /** What the vendor means by the answer; its messages are redacted. */
  judge(answer: HttpAnswer): Verdict<Data>;
}

export interface CallerOptions {
  readonly client: HttpClient;
  readonly pace: Pace;
  readonly clock: Clock;
  /** From 0 to below 1. */
  readonly random: () => number;
  readonly redactor: Redactor;
  /** How long one call may go unanswered, retries included. */
  readonly callTimeoutMs: number;
  /** The header that holds the vendor's id of a request, in lower case. */
  readonly requestIdHeader: string;
  readonly onEvent?: OnProviderEvent | undefined;
}

/** One read attempt that hangs is cut and made again; a write is given all the time there is. */
const readAttemptMs = 30_000;

/** What one call has used up. */
interface Effort {
  attempts: number;
  spentMs: number;
}

export class Caller {
  readonly #options: CallerOptions;
  readonly #counts = new Map<string, number>();
  #everReached = false;

  constructor(options: CallerOptions) {
    this.#options = options;
  }

  /**
   * The data of an accepted answer.
   *
   * @throws {ProviderError} what was last in the way, with how often and how long it was tried.
   */
  async call<Data>(call: Call<Data>, signal?: AbortSignal): Promise<Data> {
    // Any number of calls may wait on one signal; Node would take more than ten for a leak.
    if (signal !== undefined) setMaxListeners(0, signal);
    const effort: Effort = { attempts: 0, spentMs: 0 };
    for (;;) {
      const verdict = await this.#attempt(call, effort, signal);
      if (verdict.kind === 'accepted') return verdict.data;
      await this.#patience(call, verdict, effort, signal);
    }
  }

  /** Attempts as the server counts them. */
  counts(): CallCounts {
    const byEndpoint = Object.fromEntries([...this.#counts].sort(([a], [b]) => (a < b ? -1 : 1)));
    return { total: [...this.#counts.values()].reduce((sum, count) => sum + count, 0), byEndpoint };
  }

  async #attempt<Data>(call: Call<Data>, effort: Effort, signal?: AbortSignal): Promise<Verdict<Data>> {
    const { pace, client, clock, callTimeoutMs } = this.#options;
    const slot = await pace.acquire(call.endpoint, signal).catch(() => {
      throw stopped(call.endpoint);
    });
    const startMs = clock.monotonicMs();
    try {
      const headers = await call.headers();
      effort.attempts += 1;
      this.#tellAttempt(call, effort.attempts);
      const leftMs = callTimeoutMs - effort.spentMs;
      const timeoutMs = call.effect === 'read' ? Math.min(leftMs, readAttemptMs) : leftMs;
      // A write on its way is never cut: nobody could say whether it took effect.
      const cut = call.effect === 'write' ? undefined : signal;
      const { left, outcome } = await client.send({ ...call, headers, timeoutMs }, cut);
      if (left) this.#count(call.endpoint);
      if (outcome instanceof ProviderError) return { kind: 'refused', error: outcome, final: false };
      return this.#judge(call, outcome, effort.attempts);
    } finally {
      slot.release();
      effort.spentMs += clock.monotonicMs() - startMs;
    }
  }

  #count(endpoint: string): void {
    this.#everReached = true;
    this.#counts.set(endpoint, (this.#counts.get(endpoint) ?? 0) + 1);
  }

  #judge<Data>(call: Call<Data>, answer: HttpAnswer, attempt: number): Verdict<Data> {
    const verdict = call.judge(answer);
    const requestId = answer.header(this.#options.requestIdHeader);
    this.#options.onEvent?.({
      kind: 'answer',
      endpoint: call.endpoint,
      httpStatus: answer.status,
      vendorCode: verdict.kind === 'accepted' ? verdict.vendorCode : verdict.error.vendorCode,
      requestId: requestId === undefined ? undefined : this.#options.redactor.quote(requestId),
      attempt,
    });
    return verdict;
  }

  /** Waits for the next attempt, or throws when there is none. */
  async #patience(
    { endpoint, effect }: Call<unknown>,
    { error, final }: Refusal,
    effort: Effort,
    signal?: AbortSignal,
  ): Promise<void> {
    const { pace, clock, random, callTimeoutMs } = this.#options;
    const decision = decide(
      { error, effect, attempt: effort.attempts, final, everReached: this.#everReached },
      random,
    );
    if (decision.kind === 'stop') throw withEffort(error, effort);
    const { waitMs, reason } = decision;
    // A wait that nobody will sit out must not hold up other calls for ever.
    if (reason === 'slowed-down') pace.slowDown(endpoint, Math.min(waitMs, callTimeoutMs));
    if (effort.spentMs + waitMs >= callTimeoutMs) throw outOfPatience(error, effort, waitMs);
    effort.spentMs += waitMs;
    if (reason === 'slowed-down') return;
    this.#options.onEvent?.({ kind: 'waiting', endpoint, waitMs, reason });
    await clock.sleep(waitMs, signal).catch(() => {
      throw stopped(endpoint);
    });
  }

  #tellAttempt({ endpoint, method, path }: Call<unknown>, attempt: number): void {
    const { onEvent, redactor } = this.#options;
    onEvent?.({ kind: 'attempt', endpoint, method, path: redactor.clean(path), attempt });
  }
}

/** Stopped while waiting: whatever was tried before is known not to have happened. */
function stopped(endpoint: string): ProviderError {
  return new ProviderError({ kind: 'aborted', endpoint, sent: 'no', message: `${endpoint} was stopped` });
}

function withEffort(error: ProviderError, effort: Effort): ProviderError {
  if (effort.attempts < 2) return error;
  return restate(error, `${error.message}; tried ${effort.attempts} times in ${seconds(effort.spentMs)}`);
}

function outOfPatience(error: ProviderError, { attempts, spentMs }: Effort, waitMs: number): ProviderError {
  const tried = `tried ${attempts === 1 ? 'once' : `${attempts} times`} in ${seconds(spentMs)}`;
  return restate(
    error,
    `${error.message}; gave up: ${tried}, and the next try would be ${seconds(waitMs)} later`,
  );
}

const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

function restate(error: ProviderError, message: string): ProviderError {
  const { kind, endpoint, sent, vendorCode, httpStatus, requestId, retryAfterMs, help } = error;
  return new ProviderError({
    kind,
    endpoint,
    sent,
    message,
    vendorCode,
    httpStatus,
    requestId,
    retryAfterMs,
    help,
  });
}
