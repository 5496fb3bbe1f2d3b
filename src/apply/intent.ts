// What is written down before a call is made: enough to find what it made without its answer.

import type { Operation } from '../provider/provider.ts';
import type { Step } from '../schedule/plan.ts';
import type { Intent, Making } from '../state/journal.ts';
import type { NodeId } from '../tree/identifier.ts';
import type { LiveTree, Place } from '../tree/live.ts';
import { placeKey } from '../tree/live.ts';

export interface IntentContext {
  readonly live: LiveTree;
  /** Unix milliseconds. */
  readonly atMs: number;
  /** Who makes pages in this run, in the vendor's ids, once an answer told. */
  readonly creator: string | undefined;
  /** The youngest page that was seen, in Unix seconds by the vendor's clock. */
  readonly since: number | undefined;
}

export function intentOf(step: Step, operation: Operation, context: IntentContext): Intent {
  return {
    step: step.id,
    address: step.address,
    atMs: context.atMs,
    making: makingOf(step, operation, context),
  };
}

function makingOf(step: Step, operation: Operation, context: IntentContext): Making | undefined {
  switch (operation.kind) {
    case 'create-space': {
      const { name, description = '' } = operation;
      return { kind: 'space', name, description, known: [...context.live.spaces.keys()] };
    }
    case 'create-node':
      return making(step, operation, operation.origin, context);
    case 'copy-node':
      return making(step, { space: operation.targetSpace, parent: operation.targetParent }, null, context);
    case 'move-node':
    case 'rename-node':
      return undefined;
  }
}

function making(
  step: Step,
  place: Place,
  origin: NodeId | null,
  { live, creator, since }: IntentContext,
): Making {
  const type = step.type ?? '';
  const nodeKind = step.nodeType ?? 'origin';
  const siblings = [...(live.children.get(placeKey(place)) ?? [])].flatMap((id) => live.nodes.get(id) ?? []);
  const alike = siblings.filter(
    (page) => page.title === step.title && page.type === type && page.kind === nodeKind,
  );
  const { space, parent } = place;
  const known = alike.map((page) => page.id);
  return { kind: 'node', space, parent, title: step.title, type, nodeKind, origin, known, creator, since };
}
