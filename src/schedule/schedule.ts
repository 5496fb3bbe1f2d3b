// From differences to a plan: blocked changes set aside with what depends on them, the rest ordered step by
// step, audited, counted, guarded and sealed with a digest.

import { type Diagnostic, diagnostic, hasErrors } from '../diagnostic/diagnostic.ts';
import type { Change, Difference } from '../diff/change.ts';
import type { Match } from '../diff/match.ts';
import type { State } from '../state/state.ts';
import type { Endpoint, VendorKind } from '../tree/capability.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import type { Limits, Rate } from '../tree/limit.ts';
import type { LiveTree } from '../tree/live.ts';
import { aliasCalls } from './alias.ts';
import { auditFinalTree } from './audit.ts';
import { passOnBlocks } from './blocked.ts';
import { blockClashes } from './clash.ts';
import { splitCopies } from './copying.ts';
import { digest } from './digest.ts';
import { edges } from './edge.ts';
import { estimate } from './estimate.ts';
import { type Guard, guardPlan } from './guard.ts';
import { lastingMoves } from './lasting.ts';
import { movementsIn } from './movement.ts';
import { partOf } from './part.ts';
import type { Plan, Step, Summary } from './plan.ts';
import { refusals } from './refusal.ts';
import { changesInScope, changesWithRoom, type Scope } from './scope.ts';
import { sequence } from './sequence.ts';
import { stepsOf } from './step.ts';
import { type Ways, type Work, workOf } from './task.ts';
import { hasBelow, pageAsked, type Trial, trialsIn } from './trial.ts';

export interface ScheduleInput {
  readonly provider: VendorKind;
  readonly difference: Difference;
  readonly match: Match;
  readonly live: LiveTree;
  readonly state: State;
  /** What the vendor makes of titles and copies. */
  readonly ways: Ways;
  readonly limits: Limits;
  readonly pace: Readonly<Record<string, Rate>>;
  readonly guard: Guard;
  readonly ignoreGuard: boolean;
  readonly peelUnmanaged: boolean;
  readonly readCalls: number;
  /** How many calls the run makes for its token; 0 unless told. */
  readonly tokenCalls?: number;
  /** What is planned, where not everything is. */
  readonly scope?: Scope | undefined;
  /** How long a call lasts where nothing holds it up; the default is that of a vendor far away. */
  readonly callMs?: number;
}

/** Writes on wikis are slow. */
const remoteCallMs = 700;

export interface Scheduled {
  readonly plan: Plan;
  /** Undeclared pages that steps name, because they make way or give shelter. */
  readonly strangers: ReadonlyMap<Address, NodeId>;
}

export function schedule(input: ScheduleInput): Scheduled {
  const { match, live } = input;
  const all = { ...input.difference, changes: withoutClashes(input) };
  const { difference, leftOut, ordered } = planned(all, input);
  const { changes } = difference;
  const blocked = changes.filter((change) => change.blocked !== undefined);
  const steps = [
    ...ordered.steps,
    ...blocked.map((change, index) => shown(change, ordered.steps.length + index)),
  ];
  const strangers = new Map([...difference.strangers, ...ordered.strangers]);
  const guards = input.ignoreGuard
    ? []
    : guardPlan(steps, match, live, input.state, input.guard, input.scope);
  const trials = trialsIn(ordered.steps, { ...input, ...input.limits, calls: doubtedCalls(input) });
  const plan: Plan = {
    provider: input.provider,
    digest: digest(steps, strangers, match, live),
    summary: summarise(steps, difference),
    estimate: estimate(steps, {
      ...input,
      callMs: input.callMs ?? remoteCallMs,
      aliasCalls: aliasCalls(steps, trials, input.ways.aliases, match, live),
      tokenCalls: input.tokenCalls ?? 0,
      taskCalls: ordered.lasting + askedBranches(trials, input),
      trials,
      aliasEndpoint: input.ways.aliases?.endpoint,
    }),
    steps,
    ...(trials.length === 0 ? {} : { trials }),
    adopted: difference.adopted,
    forgotten: difference.forgotten,
    archived: difference.archived,
    ...(input.scope === undefined ? {} : { part: { scope: input.scope, leftOut } }),
    diagnostics: [...difference.diagnostics, ...ordered.diagnostics, ...asked(trials), ...guards],
  };
  return { plan, strangers };
}

/** Calls that nobody has documented to work, and that have not been seen to. */
const doubtedCalls = ({ ways, state }: ScheduleInput): readonly Endpoint[] =>
  ways.unconfirmed.filter((call) => state.confirmed?.has(call) !== true);

/** Pages that the vendor is asked to move to where they lie, with others below them. */
function askedBranches(trials: readonly Trial[], { ways, match, live }: ScheduleInput): number {
  const lasting = trials.filter(({ call }) => ways.tasks?.of.includes(call) === true);
  return lasting.filter((trial) => {
    const page = pageAsked(trial, match, live);
    return page !== undefined && hasBelow(page, live);
  }).length;
}

interface Chosen {
  readonly difference: Difference;
  /** Changes that were not asked for. */
  readonly leftOut: readonly Change[];
  readonly ordered: Ordered;
}

/** What is asked for, in order; with a scope, as little as makes a legal order (`scope.ts`). */
function planned(all: Difference, input: ScheduleInput): Chosen {
  const { scope, match } = input;
  if (scope === undefined) return { difference: all, leftOut: [], ordered: order(all, input) };
  const asked = changesInScope(all.changes, scope, match);
  const first = order({ ...all, changes: asked }, input);
  const kept = isEasy(first) ? asked : withRoom(all, asked, first, input);
  const difference = partOf(all, kept, scope, match);
  const keeps = new Set(kept);
  return {
    difference,
    leftOut: all.changes.filter((change) => !keeps.has(change)),
    ordered: kept === asked ? first : order(difference, input),
  };
}

const isEasy = ({ steps, diagnostics }: Ordered): boolean =>
  !hasErrors(diagnostics) && !steps.some(({ parks }) => parks);

/** With what makes room, unless that takes more steps than to park. */
function withRoom(
  all: Difference,
  asked: readonly Change[],
  first: Ordered,
  input: ScheduleInput,
): readonly Change[] {
  const whole = order(all, input);
  if (hasErrors(whole.diagnostics)) return asked;
  const wider = changesWithRoom(all.changes, asked, whole.steps);
  const second = order({ ...all, changes: wider }, input);
  if (hasErrors(second.diagnostics)) return asked;
  const isShorter = second.steps.length <= first.steps.length;
  return isShorter || hasErrors(first.diagnostics) ? wider : asked;
}

interface Ordered {
  readonly steps: readonly Step[];
  /** Undeclared pages that the steps name. */
  readonly strangers: ReadonlyMap<Address, NodeId>;
  /** How many of them end with a task. */
  readonly lasting: number;
  readonly diagnostics: readonly Diagnostic[];
}

const nothing: Ordered = { steps: [], strangers: new Map(), lasting: 0, diagnostics: [] };

/** Steps in a legal order, or why there is none; what is blocked is left aside. */
function order({ changes, strangers }: Difference, input: ScheduleInput): Ordered {
  const { match, live, limits, peelUnmanaged } = input;
  const runnable = changes.filter((change) => change.blocked === undefined);
  // A model of 400,000 pages takes half a second, and mostly nothing is to be ordered.
  if (runnable.length === 0) return nothing;
  const { copies } = input.ways;
  const work = workOf(splitCopies(runnable, copies, match, live), strangers, match, live, input.ways);
  const over = auditFinalTree(work, match, limits);
  if (hasErrors(over)) return { ...nothing, diagnostics: over };
  const found = sequence(work, limits, { peelsUnmanaged: peelUnmanaged });
  if (found.kind === 'stuck') return { ...nothing, diagnostics: refusals(found.simulation, work) };
  const after = edges(found.moves, work, limits);
  const numbered = found.moves.map((move, position) => ({ move, after: after[position] ?? [] }));
  const steps = stepsOf(numbered, work, live);
  const lasting = lastingMoves(found.moves, work, live, input.ways.tasks);
  return { steps, strangers: strangersIn(steps, work, match), lasting, diagnostics: extrasIn(steps) };
}

function withoutClashes({ difference, match, live, ways }: ScheduleInput): readonly Change[] {
  const { changes, strangers } = difference;
  const passOn = (some: readonly Change[]): readonly Change[] => passOnBlocks(some, match);
  if (ways.siblingNames === 'free' || changes.length === 0) return passOn(changes);
  return blockClashes(changes, (runnable) => workOf(runnable, strangers, match, live, ways), passOn);
}

/** Pages that the vendor is asked about before the first step. */
function asked(trials: readonly Trial[]): Diagnostic[] {
  return trials.flatMap(({ call, asks }) => {
    if (asks === undefined) return [];
    const what = call === 'move-node' ? 'move it to where it lies' : 'give it the title that it has';
    return [
      diagnostic('TRIED_FIRST', {
        severity: 'info',
        detail: `${asks}: before the first step the vendor is asked to ${what} already, which changes nothing. That it does so with every page is documented nowhere, and all steps of this kind wait for others.`,
        help: 'Nothing to do: where it refuses, nothing is written; where it does not, that is remembered, and not asked again.',
      }),
    ];
  });
}

/** Copies that take along what nobody asked for. */
function extrasIn(steps: readonly Step[]): Diagnostic[] {
  return steps.flatMap(({ address, extras, reason, source }) => {
    if (extras === undefined) return [];
    return [
      diagnostic('COPY_BRINGS_MORE', {
        severity: 'warning',
        detail: `${address} (${reason}): the vendor copies what lies below the source, too, and ${extras === 1 ? 'one page' : `${extras} pages`} of it, as far as it was read, will come along though nobody declared it.`,
        help: 'To keep them, declare them with copy: {from: …, children: true}; to be without them, delete them in the wiki after the apply.',
        source,
      }),
    ];
  });
}

function shown(change: Change, position: number): Step {
  return { ...change, id: `s${position}`, after: [], carried: 0, parks: false };
}

/** Undeclared pages that steps name: those that make way, those that give shelter, and those that are gone back to. */
function strangersIn(steps: readonly Step[], { nodeOf, idOf }: Work, match: Match): Map<Address, NodeId> {
  const strangers = new Map<Address, NodeId>();
  const isKnown = (address: Address): boolean =>
    match.nodes.has(address) ||
    match.spaces.has(address) ||
    match.bindings.byAddress.has(address) ||
    match.desired.nodes.has(address);
  for (const { address, parent } of steps) {
    for (const name of parent === undefined ? [address] : [address, parent]) {
      const node = isKnown(name) ? undefined : nodeOf(name);
      const id = node === undefined ? undefined : idOf(node);
      if (id !== undefined) strangers.set(name, id);
    }
  }
  return strangers;
}

function summarise(steps: readonly Step[], difference: Difference): Summary {
  const runnable = steps.filter((step) => step.blocked === undefined);
  const of = (kind: Step['kind']): readonly Step[] => runnable.filter((step) => step.kind === kind);
  const { moved, renamed, parked } = movementsIn(runnable);
  return {
    createSpace: of('create-space').length,
    createNode: of('create-node').length,
    copyNode: of('copy-node').length,
    moveNode: moved,
    renameNode: renamed,
    parked,
    blocked: steps.length - runnable.length,
    carried: runnable.reduce((sum, step) => sum + (step.parks ? 0 : step.carried), 0),
    adopt: difference.adopted.length,
    forget: difference.forgotten.length,
    unmanaged: difference.unmanaged,
    unchanged: difference.unchanged,
  };
}
