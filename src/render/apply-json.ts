// The end of an apply: what it came to, and the one JSON document that says so.
// `schemas/apply.schema.json` describes the document.

import type { ApplyResult } from '../apply/apply.ts';
import type { StepError, StepResult, StepStatus } from '../apply/event.ts';
import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { ChangeKind } from '../diff/change.ts';
import type { CallCounts } from '../provider/provider.ts';
import type { Plan, Summary } from '../schedule/plan.ts';
import { StateWriteError } from '../state/state-store.ts';
import type { Address } from '../tree/identifier.ts';
import { type DiagnosticJson, diagnosticsToJson } from './diagnostics.ts';
import { formatVersion, noSummary } from './document.ts';

/** Everything an apply leaves to be told. */
export interface ApplyEnd {
  /** `undefined` where nothing could be planned. */
  readonly plan: Plan | undefined;
  /** `undefined` where the plan was refused, or there was none. */
  readonly result: ApplyResult | undefined;
  /** Calls of the whole run, reading included. */
  readonly calls: CallCounts;
  readonly seconds: number;
  /** What to type to go on, where that is known. */
  readonly command?: string | undefined;
  /** The plan's and the run's. */
  readonly diagnostics: readonly Diagnostic[];
}

export type ApplyStatus = 'applied' | 'no-changes' | 'incomplete' | 'refused';

interface StepEndDocument {
  readonly id: string;
  readonly kind: ChangeKind;
  readonly address: Address;
  readonly status: StepStatus;
  readonly error?: StepErrorDocument;
}

interface StepErrorDocument {
  readonly message: string;
  readonly help?: string;
  readonly vendorCode?: number | string;
  readonly requestId?: string;
}

export interface ApplyDocument {
  readonly formatVersion: string;
  readonly errored: boolean;
  readonly status: ApplyStatus;
  readonly summary: Summary;
  readonly steps: readonly StepEndDocument[];
  readonly calls: CallCounts;
  readonly seconds: number;
  readonly diagnostics: readonly DiagnosticJson[];
}

/** What the run came to. A state that could not be written is unfinished even where every step is done. */
export function applyStatus({ result }: Pick<ApplyEnd, 'result'>): ApplyStatus {
  if (result === undefined) return 'refused';
  const isDone = result.steps.every(({ status }) => status === 'done');
  if (!isDone || result.stopped instanceof StateWriteError) return 'incomplete';
  return result.steps.length === 0 ? 'no-changes' : 'applied';
}

export function applyToJson(end: ApplyEnd): ApplyDocument {
  const status = applyStatus(end);
  return {
    formatVersion,
    errored: status === 'incomplete' || status === 'refused',
    status,
    summary: end.plan?.summary ?? noSummary,
    steps: stepResults(end).map(stepToJson),
    calls: { total: end.calls.total, byEndpoint: end.calls.byEndpoint },
    seconds: end.seconds,
    diagnostics: diagnosticsToJson(end.diagnostics),
  };
}

/** One per step of the plan; of a refused plan nothing was started. */
export function stepResults({ plan, result }: Pick<ApplyEnd, 'plan' | 'result'>): readonly StepResult[] {
  if (result !== undefined) return result.steps;
  return (plan?.steps ?? []).map((step) => ({
    step,
    status: step.blocked === undefined ? 'not-started' : 'blocked',
    error: undefined,
  }));
}

function stepToJson({ step, status, error }: StepResult): StepEndDocument {
  const { id, kind, address } = step;
  return { id, kind, address, status, ...(error === undefined ? {} : { error: errorToJson(error) }) };
}

function errorToJson({ message, help, vendorCode, requestId }: StepError): StepErrorDocument {
  return {
    message,
    ...(help === undefined ? {} : { help }),
    ...(vendorCode === undefined ? {} : { vendorCode }),
    ...(requestId === undefined ? {} : { requestId }),
  };
}
