// Doing the steps. Independent branches run side by side; below one parent there is one write at a time,
// because the vendor locks siblings against each other. What a step has done is in the state, on disk,
// before anything that depends on it begins.
//
// A step that fails stops what depends on it and nothing else, unless the failure would meet every other
// step too (credentials, quota, an interrupt, a full disk): then nothing new is begun, and what is under
// way is waited for.

import type { Match } from '../diff/match.ts';
import type { Provider } from '../provider/provider.ts';
import { ProviderError } from '../provider/provider-error.ts';
import { type Plan, runnableSteps, type Step } from '../schedule/plan.ts';
import { openBook, type State } from '../state/state.ts';
import { type StateStore, StateWriteError } from '../state/state-store.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import type { LiveTree } from '../tree/live.ts';
import { bindMatches, settle } from './binding.ts';
import type { ApplyEvent, StepError, StepResult } from './event.ts';
import { runSteps } from './lane.ts';
import { coalescedSave } from './save.ts';
import { lanesOf, operationOf, record } from './translation.ts';
import { startWhereabouts } from './whereabouts.ts';

export interface ApplyInput {
  readonly plan: Plan;
  /** Undeclared pages that steps name, because they make way or give shelter. */
  readonly strangers: ReadonlyMap<Address, NodeId>;
  readonly match: Match;
  readonly live: LiveTree;
  readonly state: State;
  readonly store: StateStore;
  readonly provider: Provider;
  /** Aborted: nothing new is begun. */
  readonly signal: AbortSignal;
  readonly onEvent?: ((event: ApplyEvent) => void) | undefined;
}

export interface ApplyResult {
  /** One per step of the plan, in its order. */
  readonly steps: readonly StepResult[];
  /** Why nothing more was begun, if that was so. */
  readonly stopped: StateWriteError | ProviderError | 'interrupted' | undefined;
}

/** Calls under way at once; the vendor's rate is kept elsewhere. */
const concurrency = 8;

/**
 * Applies a plan, and keeps the state as it goes.
 *
 * @throws {StateWriteError} when the state cannot be written before the first step.
 */
export async function apply(input: ApplyInput): Promise<ApplyResult> {
  const { plan, match, live, provider, store, signal } = input;
  const book = openBook(input.state);
  const where = startWhereabouts(match, live, input.strangers);
  const save = coalescedSave(() => store.save(book.state));
  const results = new Map<string, StepResult>();
  const halt: { reason: ApplyResult['stopped'] } = { reason: undefined };

  bindMatches(plan, match, live, book);
  await save();
  const steps = runnableSteps(plan);
  await runSteps({
    steps,
    concurrency,
    lanesOf: (step) => lanesOf(operationOf(step, match, where), where),
    mayStart: () => halt.reason === undefined && !signal.aborted,
    run,
  });
  if (signal.aborted) halt.reason ??= 'interrupted';
  if (steps.every((step) => results.get(step.id)?.status === 'done')) {
    settle(plan, match, book);
    await save();
  }
  return { steps: plan.steps.map((step) => results.get(step.id) ?? leftOver(step)), stopped: halt.reason };

  /** Whether what depends on the step may begin. */
  async function run(step: Step): Promise<boolean> {
    input.onEvent?.({ kind: 'started', step });
    const result = await attempt(step);
    results.set(step.id, result);
    input.onEvent?.({ kind: 'ended', result, ended: results.size, total: steps.length });
    return result.status === 'done';
  }

  async function attempt(step: Step): Promise<StepResult> {
    try {
      const outcome = await provider.perform(operationOf(step, match, where), signal);
      record(step, outcome, where, input.strangers.has(step.address) ? undefined : book);
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      // Interrupted while it waited for its turn: it was never begun.
      if (error.kind === 'aborted' && error.sent === 'no') return leftOver(step);
      if (meetsEveryStep(error)) halt.reason ??= error;
      return { step, status: error.sent === 'no' ? 'failed' : 'unknown', error: describe(error) };
    }
    return stored(step);
  }

  /** The step is done even where the disk refuses to remember it; but then it is the last one. */
  async function stored(step: Step): Promise<StepResult> {
    try {
      await save();
    } catch (error) {
      if (!(error instanceof StateWriteError)) throw error;
      halt.reason ??= error;
    }
    return { step, status: 'done', error: undefined };
  }
}

function leftOver(step: Step): StepResult {
  return { step, status: step.blocked === undefined ? 'not-started' : 'blocked', error: undefined };
}

function meetsEveryStep({ kind }: ProviderError): boolean {
  return kind === 'unauthenticated' || kind === 'quota';
}

function describe(error: ProviderError): StepError {
  const { message, help, vendorCode, requestId } = error;
  return { message, help, vendorCode, requestId };
}
