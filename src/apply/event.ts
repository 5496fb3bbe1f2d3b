// What an apply tells the world while it runs: a closed set of events instead of a logger.

import type { Step } from '../schedule/plan.ts';

export type StepStatus = 'done' | 'failed' | 'unknown' | 'blocked' | 'not-started';

/** What went wrong with a step, fit to be shown: it holds no secret. */
export interface StepError {
  readonly message: string;
  readonly help: string | undefined;
  readonly vendorCode: number | string | undefined;
  readonly requestId: string | undefined;
}

export interface StepResult {
  readonly step: Step;
  readonly status: StepStatus;
  readonly error: StepError | undefined;
}

export type ApplyEvent =
  | { readonly kind: 'started'; readonly step: Step }
  | { readonly kind: 'ended'; readonly result: StepResult; readonly ended: number; readonly total: number };
