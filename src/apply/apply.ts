// Doing the steps. Independent branches run side by side; below one parent there is one write at a time,
// because the vendor locks siblings against each other. Before a step its intent is durable, after it its
// outcome, and only then does anything begin that depends on it.
//
// A step that fails stops what depends on it and nothing else, unless the failure would meet every other
// step too (credentials, quota, an interrupt, a full disk): then nothing new is begun, and what is under
// way is waited for.

import type { Match } from '../diff/match.ts';
import type { Clock } from '../provider/clock.ts';
import type { Operation, Outcome, Provider } from '../provider/provider.ts';
import { ProviderError } from '../provider/provider-error.ts';
import { type Plan, runnableSteps, type Step } from '../schedule/plan.ts';
import type { Trial } from '../schedule/trial.ts';
import type { Account } from '../state/account.ts';
import type { Intent, Unfinished } from '../state/journal.ts';
import { openBook, type State, type StateBook, type StateEvent } from '../state/state.ts';
import { type Journal, type StateStore, StateWriteError } from '../state/state-store.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import type { Rate } from '../tree/limit.ts';
import type { LiveTree } from '../tree/live.ts';
import { type Ahead, startAhead } from './ahead.ts';
import { learnAliases, noteAliases } from './alias.ts';
import { bindMatches, settle } from './binding.ts';
import { bindBrought } from './brought.ts';
import { checkSource } from './conflict.ts';
import { performSurely } from './doubt.ts';
import { type ApplyEvent, describe, leftOver, type StepResult } from './event.ts';
import { type Circumstances, type Intents, startIntents } from './intent.ts';
import { type Lanes, runSteps } from './lane.ts';
import { type Strays, startStrays } from './stray.ts';
import { follow, lanesOf, operationOf } from './translation.ts';
import { askTrials, confirmedBy, isRefusal, phasesOf, unhindered } from './trial.ts';
import { startWhereabouts } from './whereabouts.ts';

export interface ApplyInput {
  readonly plan: Plan;
  /** Undeclared pages that steps name, because they make way or give shelter. */
  readonly strangers: ReadonlyMap<Address, NodeId>;
  readonly match: Match;
  readonly live: LiveTree;
  readonly state: State;
  readonly store: StateStore;
  /** Addresses at which a run before may have made something that was looked for and not seen. */
  readonly notSeen?: ReadonlySet<Address> | undefined;
  /** What the run before left unknown, and the plan that this one finishes; else it finishes its own. */
  readonly unfinished?: Unfinished | undefined;
  readonly provider: Provider;
  readonly clock: Clock;
  /** Aborted: nothing new is begun. */
  readonly signal: AbortSignal;
  /** Nothing new is begun after so many milliseconds. */
  readonly maxDurationMs?: number | undefined;
  /** Asked before each step: whether the lease is still held. */
  readonly mayWrite?: (() => Promise<boolean>) | undefined;
  readonly onEvent?: ((event: ApplyEvent) => void) | undefined;
  /** Calls that an endpoint may see in a window: what fits is told to the store ahead. The vendor's by default. */
  readonly pace?: Readonly<Record<string, Rate>> | undefined;
  /** What the store is to remember of the run, given how its steps ended. */
  readonly accountOf?: ((results: readonly StepResult[]) => Account) | undefined;
}

/** Why nothing more was begun. */
export type Stop = StateWriteError | ProviderError | 'interrupted' | 'out-of-time' | 'lease-lost';

export interface ApplyResult {
  /** One per step of the plan, in its order. */
  readonly steps: readonly StepResult[];
  readonly stopped: Stop | undefined;
}

/** Calls under way at once; the vendor's rate is kept elsewhere. */
const concurrency = 8;

/**
 * Applies a plan, and keeps the state as it goes.
 *
 * @throws {StateWriteError} when the state cannot be written before the first step.
 * @throws {ProviderError} when the vendor does not tell what the steps need to know; nothing is written then.
 */
export async function apply(input: ApplyInput): Promise<ApplyResult> {
  const { plan, match, live, store, clock } = input;
  const book = openBook(input.state);
  bindMatches(plan, match, live, book);
  const unfinished = input.unfinished ?? { plan: plan.digest, open: [], strays: [] };
  const steps = runnableSteps(plan);
  if (steps.length === 0) {
    settle(plan, match, book);
    const left = isAnythingLeft(unfinished) ? unfinished : undefined;
    await store.save(book.state, left, input.accountOf?.([]));
    return { steps: plan.steps.map(leftOver), stopped: undefined };
  }
  let trials: readonly Trial[];
  try {
    await learnAliases(steps, input, book);
    trials = await askTrials(plan.trials ?? [], { ...input, book });
  } catch (error) {
    if (!(error instanceof ProviderError && error.kind === 'aborted')) throw error;
    const results = plan.steps.map(leftOver);
    await store.save(book.state, unfinished, input.accountOf?.(results));
    return { steps: results, stopped: 'interrupted' };
  }
  const journal = await store.begin(unfinished, book.state);
  const run = new Run({ ...input, unfinished }, steps, journal, book, trials);
  for (const phase of phasesOf(steps, trials)) {
    await runSteps({
      steps: run.unhindered(phase),
      concurrency,
      lanesOf: (step) => run.lanesOf(step),
      mayStart: () => run.mayStart(clock.monotonicMs()),
      run: (step) => run.attempt(step),
    });
  }
  await journal.close();
  return run.end();
}

class Run {
  readonly #input: ApplyInput & { readonly unfinished: Unfinished };
  readonly #steps: readonly Step[];
  readonly #journal: Journal;
  readonly #book: StateBook;
  readonly #where: ReturnType<typeof startWhereabouts>;
  readonly #results = new Map<string, StepResult>();
  readonly #intents: Intents;
  readonly #ahead: Ahead;
  readonly #strays: Strays;
  readonly #open = new Map<string, Intent>();
  readonly #taken: Set<string>;
  readonly #beganMs: number;
  /** Steps whose refusal ends the run. */
  readonly #trials: ReadonlySet<string>;
  #stopped: Stop | undefined;
  #creator: string | undefined;
  /** The first page tells who makes them; until then one is made at a time, so that all others are known by it. */
  #hasMade = false;
  #youngest: number | undefined;

  constructor(
    input: ApplyInput & { readonly unfinished: Unfinished },
    steps: readonly Step[],
    journal: Journal,
    book: StateBook,
    trials: readonly Trial[],
  ) {
    this.#trials = new Set(trials.map(({ step }) => step));
    this.#input = input;
    this.#steps = steps;
    this.#journal = journal;
    this.#book = book;
    this.#where = startWhereabouts(input.match, input.live, input.strangers);
    this.#intents = startIntents(input.live, steps, input.match.desired.nodes);
    this.#ahead = startAhead({
      steps,
      match: input.match,
      where: this.#where,
      intents: this.#intents,
      isStranger: (address) => input.strangers.has(address),
      statusOf: (id) => this.#results.get(id)?.status,
      pace: input.pace ?? input.provider.capabilities.pace,
    });
    this.#strays = startStrays(new Set(input.strangers.values()), input.unfinished.strays);
    this.#taken = new Set([...book.state.nodes.values(), ...book.state.spaces.values()].map(({ id }) => id));
    this.#beganMs = input.clock.monotonicMs();
    for (const { createdAt } of input.live.nodes.values()) this.#youngest = later(this.#youngest, createdAt);
  }

  lanesOf(step: Step): Lanes {
    const operation = this.#operationOf(step);
    const lanes = lanesOf(operation, this.#where);
    const isMaking = operation.kind === 'create-node' || operation.kind === 'copy-node';
    const first = isMaking && !this.#hasMade ? ['first page'] : [];
    return { ...lanes, alone: [...first, ...lanes.alone] };
  }

  /** The steps of which nothing that they wait for has failed. */
  unhindered(phase: readonly Step[]): readonly Step[] {
    return unhindered(phase, (id) => this.#results.get(id)?.status === 'done');
  }

  mayStart(nowMs: number): boolean {
    const { signal, maxDurationMs } = this.#input;
    if (signal.aborted) this.#stopped ??= 'interrupted';
    if (maxDurationMs !== undefined && nowMs - this.#beganMs >= maxDurationMs)
      this.#stopped ??= 'out-of-time';
    return this.#stopped === undefined;
  }

  /** Whether what depends on the step may begin. */
  async attempt(step: Step): Promise<boolean> {
    const { onEvent } = this.#input;
    onEvent?.({ kind: 'started', step });
    const result = await this.#try(step);
    if (result === undefined) return false;
    this.#results.set(step.id, result);
    onEvent?.({ kind: 'ended', result, ended: this.#results.size, total: this.#steps.length });
    return result.status === 'done';
  }

  /** `undefined` where the step could not even be begun. */
  async #try(step: Step): Promise<StepResult | undefined> {
    const operation = this.#operationOf(step);
    const { clock, mayWrite } = this.#input;
    if ((await mayWrite?.()) === false) {
      this.#stopped ??= 'lease-lost';
      return undefined;
    }
    const intent = this.#intentOf(step, operation);
    const ahead = (): readonly Intent[] => this.#ahead.after(step, this.#circumstances());
    if (!(await this.#write(() => this.#journal.append({ entry: 'intent', intent }, ahead))))
      return undefined;
    this.#open.set(step.id, intent);
    this.#ahead.begun(step);
    if (intent.stray !== undefined) this.#strays.begun(intent.stray);
    try {
      await this.#checkSource(operation);
      const outcome = await performSurely(operation, intent, {
        provider: this.#input.provider,
        clock,
        isTaken: (id) => this.#taken.has(id),
        wasTried: this.#input.notSeen?.has(step.address) === true,
        onTicket: (ticket) => this.#noteTicket({ ...intent, ticket }),
        signal: this.#input.signal,
      });
      await this.#remember(intent, step, outcome);
      return { step, status: 'done', error: undefined };
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      return this.#failed(step, error);
    }
  }

  async #noteTicket(intent: Intent): Promise<void> {
    this.#open.set(intent.step, intent);
    await this.#write(() => this.#journal.append({ entry: 'intent', intent }));
  }

  #intentOf(step: Step, operation: Operation): Intent {
    const intent = this.#intents.of(step, operation, this.#circumstances());
    const stray = this.#strays.about(operation, this.#where);
    return stray === undefined ? intent : { ...intent, stray };
  }

  #circumstances(): Circumstances {
    return { atMs: this.#input.clock.wallMs(), creator: this.#creator, since: this.#youngest };
  }

  async #failed(step: Step, error: ProviderError): Promise<StepResult> {
    const isRefusedTrial = this.#trials.has(step.id) && isRefusal(error);
    if (isRefusedTrial || meetsEveryStep(error))
      this.#stopped ??= error.kind === 'aborted' ? 'interrupted' : error;
    if (error.sent !== 'no') return { step, status: 'unknown', error: describe(error) };
    this.#open.delete(step.id);
    await this.#write(() => this.#journal.append({ entry: 'failed', step: step.id }));
    // Interrupted while it waited for its turn: it was never begun.
    if (error.kind === 'aborted') return leftOver(step);
    return { step, status: 'failed', error: describe(error) };
  }

  /** The step is done even where the disk refuses to remember it; but then it is the last one. */
  async #remember({ stray, making }: Intent, step: Step, outcome: Outcome): Promise<void> {
    if (outcome.kind === 'node') {
      this.#taken.add(outcome.node.id);
      this.#youngest = later(this.#youngest, outcome.node.createdAt);
      if (step.kind !== 'move-node') {
        this.#creator = outcome.node.creator ?? this.#creator;
        this.#hasMade = true;
      }
    }
    if (outcome.kind === 'space') this.#taken.add(outcome.space.id);
    const learned = follow(step, outcome, this.#where, this.#book.state);
    const known = this.#input.strangers.has(step.address)
      ? []
      : [...learned, ...(await this.#brought(step, making))];
    const events = [...known, ...confirmedBy(step, this.#input.provider.capabilities, this.#book.state)];
    for (const event of events) {
      this.#book.record(event);
      if (event.kind === 'bind-node') this.#taken.add(event.binding.id);
    }
    if (stray !== undefined) this.#strays.done(stray);
    this.#open.delete(step.id);
    const creator = this.#creator;
    await this.#write(() => this.#journal.append({ entry: 'done', step: step.id, events, creator }));
  }

  #brought(step: Step, making: Intent['making']): Promise<readonly StateEvent[]> {
    const { provider, clock } = this.#input;
    const isTaken = (id: string): boolean => this.#taken.has(id);
    return bindBrought(step, making, this.#where, { provider, clock, isTaken });
  }

  async #checkSource(operation: Operation): Promise<void> {
    const { provider, clock } = this.#input;
    if (operation.kind !== 'move-node') return;
    await checkSource(
      operation,
      this.#where.placeOf(operation.node),
      clock.monotonicMs() - this.#beganMs,
      provider,
    );
  }

  /** Whether the store took it; where it refuses, nothing more is begun. */
  async #write(write: () => Promise<void>): Promise<boolean> {
    try {
      await write();
      return true;
    } catch (error) {
      if (!(error instanceof StateWriteError)) throw error;
      this.#stopped ??= error;
      return false;
    }
  }

  async end(): Promise<ApplyResult> {
    const { plan, match, store, signal, unfinished: before } = this.#input;
    if (signal.aborted) this.#stopped ??= 'interrupted';
    const isFinished = this.#steps.every((step) => this.#results.get(step.id)?.status === 'done');
    if (isFinished) settle(plan, match, this.#book);
    const unfinished = {
      plan: before.plan,
      open: [...before.open, ...this.#open.values()],
      strays: this.#strays.left(),
    };
    const isOver = isFinished && !isAnythingLeft(unfinished);
    const steps = plan.steps.map((step) => this.#results.get(step.id) ?? leftOver(step));
    noteAliases(this.#input.provider.aliases, this.#book);
    const account = this.#input.accountOf?.(steps);
    await this.#write(() => store.save(this.#book.state, isOver ? undefined : unfinished, account));
    return {
      steps,
      stopped: isFinished && !(this.#stopped instanceof StateWriteError) ? undefined : this.#stopped,
    };
  }

  #operationOf(step: Step): Operation {
    return operationOf(step, this.#input.match, this.#where);
  }
}

const isAnythingLeft = ({ open, strays }: Unfinished): boolean => open.length > 0 || strays.length > 0;

function later(a: number | undefined, b: number | undefined): number | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return Math.max(a, b);
}

function meetsEveryStep({ kind }: ProviderError): boolean {
  return kind === 'unauthenticated' || kind === 'quota' || kind === 'aborted';
}
