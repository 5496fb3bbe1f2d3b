// A step in addresses becomes an operation in tokens, and its outcome a change to the state.

import { assertNever, present } from '../diagnostic/invariant.ts';
import type { Match } from '../diff/match.ts';
import type { Operation, Outcome } from '../provider/provider.ts';
import type { Step } from '../schedule/plan.ts';
import type { NodeBinding, State, StateEvent } from '../state/state.ts';
import type { NodeId } from '../tree/identifier.ts';
import { type LiveNode, type Place, placeKey } from '../tree/live.ts';
import type { Lanes } from './lane.ts';
import type { Whereabouts } from './whereabouts.ts';

export function operationOf(step: Step, match: Match, where: Whereabouts): Operation {
  switch (step.kind) {
    case 'create-space': {
      const space = present(match.desired.spaces.get(step.address), step.address);
      return { kind: step.kind, name: space.name, description: space.description, sharing: space.sharing };
    }
    case 'create-node': {
      const origin = step.reference === undefined ? null : where.referenced(step.reference);
      const type = present(step.type, `the type of ${step.address}`);
      return { kind: step.kind, ...targetOf(step, where), title: step.title, type, origin };
    }
    case 'copy-node': {
      const node = where.referenced(present(step.reference, `the source of ${step.address}`));
      const { space: targetSpace, parent: targetParent } = targetOf(step, where);
      return {
        kind: step.kind,
        node,
        space: where.placeOf(node).space,
        targetSpace,
        targetParent,
        title: step.title,
      };
    }
    case 'move-node': {
      const node = where.nodeId(step.address);
      const { space: targetSpace, parent: targetParent } = targetOf(step, where);
      const { title, type } = step;
      const known = { title, ...(type === undefined ? {} : { type }) };
      return { kind: step.kind, node, space: where.placeOf(node).space, targetSpace, targetParent, ...known };
    }
    case 'rename-node': {
      const node = where.nodeId(step.address);
      return { kind: step.kind, node, space: where.placeOf(node).space, title: step.title };
    }
    default:
      return assertNever(step.kind);
  }
}

function targetOf(step: Step, where: Whereabouts): Place {
  return where.placeBelow(present(step.parent, `the parent of ${step.address}`));
}

/**
 * What an operation keeps others out of. One write at a time goes to the children of a parent (Feishu
 * 131009). A branch that moves is left alone meanwhile: every call on a page names the page's space, and a
 * move can change that for all it carries.
 */
export function lanesOf(operation: Operation, where: Whereabouts): Lanes {
  switch (operation.kind) {
    case 'create-space':
      return { alone: ['spaces'], shared: [] };
    case 'create-node':
      return { alone: [placeKey(operation)], shared: branches(where, operation.parent) };
    case 'copy-node': {
      const { node, targetSpace: space, targetParent: parent } = operation;
      return { alone: [placeKey({ space, parent })], shared: branches(where, node, parent) };
    }
    case 'move-node': {
      const { node, targetSpace: space, targetParent: parent } = operation;
      const from = where.placeOf(node);
      const places = new Set([placeKey({ space, parent }), placeKey(from)]);
      return { alone: [...places, branch(node)], shared: branches(where, from.parent, parent) };
    }
    case 'rename-node':
      return { alone: [placeKey(where.placeOf(operation.node))], shared: branches(where, operation.node) };
    default:
      return assertNever(operation);
  }
}

const branch = (id: NodeId): string => `branch ${id}`;

/** The branches that the pages belong to: their own and those of all above them. */
function branches(where: Whereabouts, ...ids: readonly (NodeId | null)[]): string[] {
  const found = new Set<string>();
  for (const id of ids)
    for (let at = id; at !== null && !found.has(branch(at)); at = where.parentOf(at)) found.add(branch(at));
  return [...found];
}

/** Follows what a step has done, and returns what the state learns from it. */
export function follow(
  step: Step,
  outcome: Outcome,
  where: Whereabouts,
  state: State,
): readonly StateEvent[] {
  const { address } = step;
  switch (outcome.kind) {
    case 'space': {
      const { id } = outcome.space;
      where.noteSpace(address, id);
      return [{ kind: 'bind-space', address, binding: { id, name: step.title } }];
    }
    case 'node': {
      const place = targetOf(step, where);
      where.noteNode(address, { id: outcome.node.id, ...place });
      return [{ kind: 'bind-node', address, binding: placed(step, outcome.node, state) }];
    }
    case 'renamed': {
      const known = present(state.nodes.get(address), `the binding of ${address}`);
      return [{ kind: 'bind-node', address, binding: { ...known, title: step.title } }];
    }
    default:
      return assertNever(outcome);
  }
}

/** The binding of a page that was just made or moved; a move leaves the title alone. */
function placed(step: Step, node: LiveNode, state: State): NodeBinding {
  const known = step.kind === 'move-node' ? state.nodes.get(step.address) : undefined;
  return {
    id: node.id,
    parent: present(step.parent, `the parent of ${step.address}`),
    title: known?.title ?? step.title,
    type: node.type,
    kind: node.kind,
    origin: node.origin,
    archived: step.archives,
  };
}
