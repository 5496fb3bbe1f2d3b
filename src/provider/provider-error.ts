// What went wrong between wikiform and the vendor, in words that callers can decide on.
// Invariant: the message holds no secret; whoever throws has redacted it.

export type ProviderErrorKind =
  /** The vendor knows no such thing (Feishu 131005). */
  | 'not-found'
  /** The identity may not see or do this one thing (Feishu 131006). */
  | 'forbidden'
  /** Credentials are wrong, expired, missing or lack a scope: nothing can be done with them. */
  | 'unauthenticated'
  /** Over the rate; `retryAfterMs` says how long to wait (HTTP 429, Feishu 99991400). */
  | 'rate'
  /** The monthly quota is used up; waiting does not help (Feishu 99991403). */
  | 'quota'
  /** Two writes under one parent met; safe to repeat (Feishu 131009). */
  | 'contention'
  /** A limit on the tree (Feishu 131003). */
  | 'limit'
  /** The vendor refuses the arguments (Feishu 131002). */
  | 'invalid'
  /** Something of that name is there already. */
  | 'taken'
  /** The vendor or the network failed in a way that may pass. */
  | 'unavailable'
  /** The answer cannot be understood: HTML, half a JSON. */
  | 'malformed'
  /** The run was told to stop. */
  | 'aborted';

export interface ProviderErrorParts {
  readonly kind: ProviderErrorKind;
  /** One of the endpoints' names, such as `create-node`. */
  readonly endpoint: string;
  readonly message: string;
  /** Whether the request took effect at the vendor. */
  readonly sent: 'no' | 'yes' | 'unknown';
  readonly vendorCode?: number | string | undefined;
  readonly httpStatus?: number | undefined;
  /** What the vendor's support asks for (Feishu `x-tt-logid`). */
  readonly requestId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  /** What the user can do about it. */
  readonly help?: string | undefined;
}

export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly kind: ProviderErrorKind;
  readonly endpoint: string;
  readonly sent: 'no' | 'yes' | 'unknown';
  readonly vendorCode: number | string | undefined;
  readonly httpStatus: number | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly help: string | undefined;

  constructor(parts: ProviderErrorParts) {
    super(parts.message);
    this.kind = parts.kind;
    this.endpoint = parts.endpoint;
    this.sent = parts.sent;
    this.vendorCode = parts.vendorCode;
    this.httpStatus = parts.httpStatus;
    this.requestId = parts.requestId;
    this.retryAfterMs = parts.retryAfterMs;
    this.help = parts.help;
  }
}
