// What an apply tells the world while it runs: a closed set of events instead of a logger.

import type { ProviderError } from '../provider/provider-error.ts';
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

/** Of a step that was not begun. */
export function leftOver(step: Step): StepResult {
  return { step, status: step.blocked === undefined ? 'not-started' : 'blocked', error: undefined };
}

export function describe({ message, help, vendorCode, requestId }: ProviderError): StepError {
  return { message, help, vendorCode, requestId };
}

export type ApplyEvent =
  | { readonly kind: 'started'; readonly step: Step }
  | { readonly kind: 'ended'; readonly result: StepResult; readonly ended: number; readonly total: number };
