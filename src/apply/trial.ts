// Calls in doubt come first (`schedule/trial.ts`): the vendor is asked to leave a page as it is, or a step
// is done before all others. A refusal ends the run before anything rests on the call.

import type { Match } from '../diff/match.ts';
import type { Operation, Provider } from '../provider/provider.ts';
import { ProviderError } from '../provider/provider-error.ts';
import type { Step } from '../schedule/plan.ts';
import { closures, type Trial } from '../schedule/trial.ts';
import type { State, StateBook, StateEvent } from '../state/state.ts';
import type { Capabilities } from '../tree/capability.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import type { LiveTree } from '../tree/live.ts';
import { startWhereabouts, type Whereabouts } from './whereabouts.ts';

export interface AskContext {
  readonly provider: Provider;
  readonly book: StateBook;
  readonly match: Match;
  readonly live: LiveTree;
  readonly strangers: ReadonlyMap<Address, NodeId>;
  readonly signal: AbortSignal;
  readonly mayWrite?: (() => Promise<boolean>) | undefined;
}

/** How often the vendor is asked in all, where it does not say whether it has done what changes nothing. */
const mostAttempts = 3;

/**
 * Asks about the calls that no step can try first, and remembers those that work. Returns the trials that
 * are left to steps.
 *
 * @throws {ProviderError} where the vendor refuses a call, or does not answer.
 */
export async function askTrials(trials: readonly Trial[], context: AskContext): Promise<readonly Trial[]> {
  const { signal, mayWrite, match, live, strangers } = context;
  if (!trials.some(({ asks }) => asks !== undefined)) return trials;
  // What keeps steps from being begun keeps the vendor from being asked; the steps say so.
  if (signal.aborted || (await mayWrite?.()) === false) return trials;
  const where = startWhereabouts(match, live, strangers);
  const left: Trial[] = [];
  for (const trial of trials) {
    const operation = asking(trial, where, live);
    const isAnswered =
      operation !== undefined && (await canAsk(operation, context)) && (await ask(operation, trial, context));
    if (isAnswered) context.book.record({ kind: 'confirm', call: trial.call });
    else left.push(trial);
  }
  return left;
}

/** What leaves the page as it is. */
function asking({ call, asks }: Trial, where: Whereabouts, live: LiveTree): Operation | undefined {
  const node = asks === undefined ? undefined : where.nodeId(asks);
  const page = node === undefined ? undefined : live.nodes.get(node);
  if (node === undefined || page === undefined) return undefined;
  const { space, parent } = where.placeOf(node);
  const { title, type } = page;
  switch (call) {
    case 'move-node':
      return { kind: call, node, space, targetSpace: space, targetParent: parent, title, type };
    case 'rename-node':
      return { kind: call, node, space, title };
    default:
      return undefined;
  }
}

/** Where the vendor does not tell what the asking alone needs, such as the alias of the page above, steps try. */
async function canAsk(operation: Operation, { provider, signal }: AskContext): Promise<boolean> {
  if (operation.kind !== 'move-node') return true;
  const { targetSpace, targetParent } = operation;
  const above =
    targetParent === null
      ? ({ kind: 'space', id: targetSpace } as const)
      : ({ kind: 'page', id: targetParent } as const);
  try {
    await provider.aliases?.learn([above], signal);
    return true;
  } catch (error) {
    if (error instanceof ProviderError && error.kind === 'invalid') return false;
    throw error;
  }
}

/** Whether the vendor has answered that the call works; a limit that is met tells nothing of it. */
async function ask(operation: Operation, trial: Trial, { provider, signal }: AskContext): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await provider.perform(operation, signal);
      return true;
    } catch (error) {
      if (!(error instanceof ProviderError)) throw error;
      // The page itself has its name there: the vendor went that far.
      if (error.kind === 'taken') return true;
      if (error.kind === 'limit') return false;
      if (isRefusal(error)) throw refused(error, trial, provider);
      if (error.sent === 'no' || attempt >= mostAttempts) throw error;
    }
  }
}

function asked({ call, asks }: Trial): string {
  return call === 'move-node'
    ? `to move ${asks} to where it lies already`
    : `to give ${asks} the title that it has already`;
}

function refused(error: ProviderError, trial: Trial, { capabilities }: Provider): ProviderError {
  const { kind, endpoint, vendorCode, httpStatus, requestId, message } = error;
  const help = error.help ?? 'make this change by hand in the wiki, then run the same command again';
  return new ProviderError({
    kind,
    endpoint,
    sent: 'no',
    vendorCode,
    httpStatus,
    requestId,
    message: `that this call works on every page is documented nowhere, so ${capabilities.label} was asked ${asked(trial)}, which changes nothing; it refused, and no step was begun. ${message}`,
    help: `${help}. Without such changes in the manifest everything else can be applied; declared after that, they wait for nothing, and are tried as they stand`,
  });
}

/** The vendor does not let the call be made at all. */
export const isRefusal = ({ kind, sent }: ProviderError): boolean =>
  sent === 'no' && (kind === 'invalid' || kind === 'forbidden' || kind === 'not-found');

/** What a step that is done tells of its call. */
export function confirmedBy(
  { kind }: Step,
  { unconfirmed }: Capabilities,
  { confirmed }: State,
): readonly StateEvent[] {
  const isNews = unconfirmed.includes(kind) && confirmed?.has(kind) !== true;
  return isNews ? [{ kind: 'confirm', call: kind }] : [];
}

/** The steps in the order in which they are begun: trials one after the other, each with what it waits for; the rest. */
export function phasesOf(steps: readonly Step[], trials: readonly Trial[]): readonly (readonly Step[])[] {
  const closure = closures(steps);
  const taken = new Set<string>();
  const early = trials.map(({ step }) => {
    const own = steps.find(({ id }) => id === step);
    const before = own === undefined ? new Set<string>() : closure(own);
    const phase = steps.filter(({ id }) => (id === step || before.has(id)) && !taken.has(id));
    for (const { id } of phase) taken.add(id);
    return phase;
  });
  return [...early, steps.filter(({ id }) => !taken.has(id))].filter((phase) => phase.length > 0);
}

/** Those whose way is free: all that they wait for is done, or about to be. */
export function unhindered(phase: readonly Step[], isDone: (id: string) => boolean): Step[] {
  const going = new Set<string>();
  return phase.filter(({ id, after }) => {
    const isFree = after.every((before) => going.has(before) || isDone(before));
    if (isFree) going.add(id);
    return isFree;
  });
}
