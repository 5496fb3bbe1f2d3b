// One HTTP answer as the vendors' folders see it, and what they make of it.

import type { ProviderError } from '../provider-error.ts';

/** A body that is not JSON, as opposed to the JSON value `null`. */
export const notJson: unique symbol = Symbol('not JSON');

export interface HttpAnswer {
  readonly status: number;
  /** The body parsed as JSON, or `notJson`. */
  readonly body: unknown;
  /** Bytes that the body took. */
  readonly bytes: number;
  /** The header's value; the name in lower case. */
  header(name: string): string | undefined;
}

/** What a vendor makes of an answer. */
export type Verdict<Data> =
  | { readonly kind: 'accepted'; readonly vendorCode: number | string; readonly data: Data }
  | Refusal;

export interface Refusal {
  readonly kind: 'refused';
  readonly error: ProviderError;
  /** Asking again will not help, whatever the error's kind suggests. */
  readonly final: boolean;
}

/** Whether the call changes anything at the vendor. */
export type Effect = 'read' | 'write';

/**
 * How long the header asks to wait, in milliseconds: a number of seconds, or an HTTP date.
 * `undefined` where there is no such header or it makes no sense.
 */
export function waitFromHeader(value: string | undefined, wallMs: number): number | undefined {
  if (value === undefined || value.trim() === '') return undefined;
  const seconds = Number(value);
  if (Number.isFinite(seconds)) return seconds >= 0 ? seconds * 1000 : undefined;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - wallMs);
}
