// What the HTTP layer tells while it works. Invariant: no event holds a secret: paths and request ids
// have passed the redactor, bodies and headers are not told at all.

export type WaitingReason =
  /** Our own pace: the window is full. */
  | 'rate'
  /** The vendor said to slow down. */
  | 'slowed-down'
  /** Two writes under one parent met. */
  | 'contention'
  /** Something failed that may pass. */
  | 'retry'
  /** The vendor took the call and works on it still. */
  | 'task';

export type ProviderEvent =
  | {
      readonly kind: 'attempt';
      readonly endpoint: string;
      readonly method: string;
      readonly path: string;
      /** Counts from 1. */
      readonly attempt: number;
    }
  | {
      readonly kind: 'answer';
      readonly endpoint: string;
      readonly httpStatus: number;
      readonly vendorCode: number | string | undefined;
      readonly requestId: string | undefined;
      readonly attempt: number;
    }
  | {
      readonly kind: 'waiting';
      readonly endpoint: string;
      readonly waitMs: number;
      readonly reason: WaitingReason;
    };

export type OnProviderEvent = (event: ProviderEvent) => void;
