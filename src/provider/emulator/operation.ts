// The one door into a world for callers: a request, who makes it and when; out comes a result or the
// reason for a refusal, as a value. A refused request changes nothing.

import { assertNever } from '../../diagnostic/invariant.ts';
import type { Actor } from './access.ts';
import { addMemberTo, listMembers, removeMemberFrom } from './member-operation.ts';
import { copyNode, createNode, getNode, listNodes, moveNode, renameNode } from './node-operation.ts';
import { Refusal } from './refusal.ts';
import type { WorldAnswer, WorldRequest, WorldResult } from './request.ts';
import { createSpace, getSpace, listSpaces } from './space-operation.ts';
import type { World } from './world.ts';

function perform(world: World, request: WorldRequest, actor: Actor, nowMs: number): WorldResult {
  switch (request.kind) {
    case 'list-spaces':
      return listSpaces(world, request, actor);
    case 'get-space':
      return getSpace(world, request, actor);
    case 'create-space':
      return createSpace(world, request, actor);
    case 'list-nodes':
      return listNodes(world, request, actor);
    case 'get-node':
      return getNode(world, request, actor);
    case 'create-node':
      return createNode(world, request, actor, nowMs);
    case 'copy-node':
      return copyNode(world, request, actor, nowMs);
    case 'move-node':
      return moveNode(world, request, actor);
    case 'rename-node':
      return renameNode(world, request, actor, nowMs);
    case 'list-members':
      return listMembers(world, request, actor);
    case 'add-member':
      return addMemberTo(world, request, actor);
    case 'remove-member':
      return removeMemberFrom(world, request, actor);
    default:
      return assertNever(request);
  }
}

/** Does what is asked, or nothing. `nowMs` is Unix time, for what gets a date. */
export function applyRequest(world: World, request: WorldRequest, actor: Actor, nowMs: number): WorldAnswer {
  try {
    return { ok: true, result: perform(world, request, actor, nowMs) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, reason: error.reason, message: error.message };
    throw error;
  }
}

/** The nodes and spaces whose children the request changes; writes that share one do not run at once. */
export function placesWritten(world: World, request: WorldRequest): readonly string[] {
  switch (request.kind) {
    case 'create-node':
      return [request.parent ?? request.space];
    case 'copy-node':
      return [request.targetParent ?? request.targetSpace ?? request.space];
    case 'move-node': {
      const from = world.nodes.get(request.node);
      const target = request.targetParent ?? request.targetSpace ?? request.space;
      return [...new Set([from?.parent?.id ?? request.space, target])];
    }
    default:
      return [];
  }
}
