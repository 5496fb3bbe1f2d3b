// What callers may do with spaces. A new space is closed and private, and has one member, whoever
// made it: the app does not see a space that a person made until somebody adds it.

import { type Actor, actorKey, hasRight, memberType, requireSpace } from './access.ts';
import { pageOf } from './listing.ts';
import type { WorldRequestOf, WorldResult } from './request.ts';
import { addMember, addSpace, type World } from './world.ts';

export function listSpaces(world: World, request: WorldRequestOf<'list-spaces'>, actor: Actor): WorldResult {
  const page = pageOf(
    {
      siblings: world.spaces,
      query: `spaces:${actorKey(actor)}`,
      seed: world.seed,
      visible: (space) => hasRight(space, actor, 'read'),
    },
    request.page,
  );
  return { kind: 'spaces', spaces: page.items, next: page.next };
}

export function getSpace(world: World, request: WorldRequestOf<'get-space'>, actor: Actor): WorldResult {
  return { kind: 'space', space: requireSpace(world, request.space, actor, 'read') };
}

export function createSpace(
  world: World,
  request: WorldRequestOf<'create-space'>,
  actor: Actor,
): WorldResult {
  const { name, description, sharing } = request;
  const space = addSpace(world, { name, description, sharing, visibility: 'private' });
  addMember(world, space, { type: memberType(actor), id: actor.id, role: 'admin' });
  return { kind: 'space', space };
}
