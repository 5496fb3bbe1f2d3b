// From differences to a plan: ordered, blocked steps passed on to what depends on them, counted, guarded
// and sealed with a digest.

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Change, Difference } from '../diff/change.ts';
import type { Match } from '../diff/match.ts';
import type { State } from '../state/state.ts';
import type { VendorKind } from '../tree/capability.ts';
import type { NodeId } from '../tree/identifier.ts';
import type { Limits, Rate } from '../tree/limit.ts';
import type { LiveTree } from '../tree/live.ts';
import { auditFinalTree } from './audit.ts';
import { dependencies } from './dependency.ts';
import { digest } from './digest.ts';
import { estimate } from './estimate.ts';
import { type Guard, guardPlan } from './guard.ts';
import { topologicalOrder } from './order.ts';
import type { Plan, Step, Summary } from './plan.ts';

export interface ScheduleInput {
  readonly provider: VendorKind;
  readonly difference: Difference;
  readonly match: Match;
  readonly live: LiveTree;
  readonly state: State;
  readonly limits: Limits;
  readonly pace: Readonly<Record<string, Rate>>;
  readonly guard: Guard;
  readonly ignoreGuard: boolean;
  readonly readCalls: number;
}

export function schedule(input: ScheduleInput): Plan {
  const { difference, match, live } = input;
  const steps = order(difference.changes, match, live);
  const diagnostics: Diagnostic[] = [
    ...difference.diagnostics,
    ...auditFinalTree(steps, match, live, input.limits),
    ...(input.ignoreGuard ? [] : guardPlan(steps, match, live, input.state, input.guard)),
  ];
  return {
    provider: input.provider,
    digest: digest(steps, match, live),
    summary: summarise(steps, difference),
    estimate: estimate(steps, input.readCalls, input.pace),
    steps,
    adopted: difference.adopted,
    forgotten: difference.forgotten,
    archived: difference.archived,
    diagnostics,
  };
}

function order(changes: readonly Change[], match: Match, live: LiveTree): Step[] {
  const after = dependencies(changes, match, live);
  const order = topologicalOrder(after);
  const ids = new Map(order.map((index, rank) => [index, `s${rank}`] as const));
  const carried = carriedPages(changes, match, live);
  const blocked = new Map<number, string>();
  return order.flatMap((index) => {
    const change = changes[index];
    if (change === undefined) return [];
    const reason = change.blocked ?? blockedBy(after[index] ?? [], changes, blocked);
    if (reason !== undefined) blocked.set(index, reason);
    const waitsFor = (after[index] ?? []).map((before) => ids.get(before) ?? '');
    const step = {
      ...change,
      blocked: reason,
      id: ids.get(index) ?? '',
      after: waitsFor,
      carried: carried[index] ?? 0,
    };
    return [step];
  });
}

function blockedBy(
  after: readonly number[],
  changes: readonly Change[],
  blocked: ReadonlyMap<number, string>,
): string | undefined {
  const blocker = after.find((index) => blocked.has(index));
  return blocker === undefined ? undefined : `waits for ${changes[blocker]?.address}, which is blocked`;
}

/** Per change, how many pages it takes along that have no move of their own. */
function carriedPages(changes: readonly Change[], match: Match, live: LiveTree): readonly number[] {
  const moved = new Map<NodeId, number>();
  changes.forEach((change, index) => {
    const id = match.nodes.get(change.address)?.id ?? match.bindings.byAddress.get(change.address)?.id;
    if (change.kind === 'move-node' && id !== undefined) moved.set(id, index);
  });
  const carried = changes.map(() => 0);
  for (const [root, index] of moved) {
    const open = [...(live.children.get(root) ?? [])];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (moved.has(id)) continue;
      carried[index] = (carried[index] ?? 0) + 1;
      open.push(...(live.children.get(id) ?? []));
    }
  }
  return carried;
}

function summarise(steps: readonly Step[], difference: Difference): Summary {
  const runnable = steps.filter((step) => step.blocked === undefined);
  const count = (kind: Step['kind']): number => runnable.filter((step) => step.kind === kind).length;
  return {
    createSpace: count('create-space'),
    createNode: count('create-node'),
    copyNode: count('copy-node'),
    moveNode: count('move-node'),
    renameNode: count('rename-node'),
    parked: 0,
    blocked: steps.length - runnable.length,
    carried: runnable.reduce((sum, step) => sum + step.carried, 0),
    adopt: difference.adopted.length,
    forget: difference.forgotten.length,
    unmanaged: difference.unmanaged,
    unchanged: difference.unchanged,
  };
}
