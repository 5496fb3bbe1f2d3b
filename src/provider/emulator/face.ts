// A face is how a vendor speaks: paths, fields, codes and credentials over the one world. The gate
// (`gate.ts`) runs every call through the same steps, whatever the face; the server knows only calls
// and replies.

import type { Slip } from './listing.ts';

export interface Call {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly authorization: string | undefined;
  /** Of any header, the name in lower case. */
  readonly header: (name: string) => string | undefined;
  readonly body: string;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** The vendor's code, as the log shows it; `undefined` in an answer that is not the vendor's JSON. */
  readonly code: number | string | undefined;
}

/** What a face makes of a call whose path it knows. */
export interface Visit {
  /** The endpoint's name, such as `create-node`. */
  readonly endpoint: string;
  /** The credentials do not do; the answer says so, and nothing else happens. */
  readonly refusal?: Reply | undefined;
  /** Whoever shares this caller's rates. */
  readonly account: string;
  /** The parents this call writes under. */
  readonly places: readonly string[];
  /** Whether the call changes the world when it succeeds. */
  readonly writes: boolean;
  /** Whether the month's quota has to do with it; it has not with calls for tokens. */
  readonly counts: boolean;
  /**
   * Does what the call asks for.
   *
   * @param lateMs - how long its effect is put off, where the vendor has tasks that go on after an answer.
   */
  perform(slip: Slip | undefined, lateMs?: number): Reply;
  /** Refuses the caller's token as expired. */
  expired(): Reply;
}

export interface Face {
  /** `undefined` where the vendor has no such path. */
  visit(call: Call): Visit | undefined;
  overRate(limit: number, resetSeconds: number): Reply;
  /** The month's quota is used up. */
  overQuota(): Reply;
  contention(): Reply;
  /** The caller may not do this. */
  forbidden(): Reply;
  /** A failure of the vendor's that does not tell whether the call took effect. */
  failed(): Reply;
  /** A page of the vendor's gateway: no such path, or no service. */
  gatewayPage(status: number): Reply;
  /** A body longer than the server takes. */
  tooLarge(): Reply;
}
