// The app's token that calls carry: fetched when first needed, by one request however many calls wait for
// it, and again shortly before it ends.
//
// Facts (the vendors' pages on access tokens): a token of an app lives two hours at most, and one that is
// replaced lives on to its end.
// Invariant: every token is known to the redactor before anything else is done with it.

import type { Clock } from '../clock.ts';
import { ProviderError } from '../provider-error.ts';
import type { Redactor } from './redactor.ts';

/** What the vendor issued. */
export interface IssuedToken {
  readonly token: string;
  readonly lifetimeMs: number;
}

/** Before its end a token is renewed; of a very short life at most half is given away. */
const renewBeforeEndMs = 3 * 60_000;

export class AppToken {
  readonly #issue: () => Promise<IssuedToken>;
  readonly #clock: Clock;
  #current: { readonly token: string; readonly renewAtMs: number } | undefined;
  #flight: Promise<string> | undefined;

  constructor(issue: () => Promise<IssuedToken>, clock: Clock) {
    this.#issue = issue;
    this.#clock = clock;
  }

  /** A token that is good as far as is known. */
  get(): Promise<string> {
    const current = this.#current;
    if (current !== undefined && this.#clock.monotonicMs() < current.renewAtMs) {
      return Promise.resolve(current.token);
    }
    this.#flight ??= this.#fetch().finally(() => {
      this.#flight = undefined;
    });
    return this.#flight;
  }

  /** The vendor refused this token: it is not handed out again. */
  discard(token: string): void {
    if (this.#current?.token === token) this.#current = undefined;
  }

  async #fetch(): Promise<string> {
    const askedMs = this.#clock.monotonicMs();
    const { token, lifetimeMs } = await this.#issue();
    const earlyMs = Math.min(renewBeforeEndMs, lifetimeMs / 2);
    this.#current = { token, renewAtMs: askedMs + lifetimeMs - earlyMs };
    return token;
  }
}

/** Tells the redactor of every token in an answer, whether the answer is any good or not. */
export function hideTokens(body: unknown, redactor: Redactor): void {
  if (typeof body !== 'object' || body === null) return;
  for (const [name, value] of Object.entries(body)) {
    if (/(access|refresh)_?token$/i.test(name) && typeof value === 'string') redactor.add(value);
  }
}

/** Waits for what several calls share; each may stop waiting on its own. */
export function untilStopped<Value>(
  shared: Promise<Value>,
  endpoint: string,
  signal?: AbortSignal,
): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = (): void =>
      reject(
        new ProviderError({ kind: 'aborted', endpoint, sent: 'no', message: `${endpoint} was stopped` }),
      );
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
    shared.then(resolve, reject).finally(() => signal?.removeEventListener('abort', stop));
  });
}
