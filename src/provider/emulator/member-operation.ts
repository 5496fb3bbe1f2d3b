// Who belongs to a space. Only admins change it. Groups, departments and mail addresses are kept as
// members but grant nothing here: the emulator knows no directory.

import { type Actor, requireSpace } from './access.ts';
import { pageOf } from './listing.ts';
import { refuse } from './refusal.ts';
import type { MemberName, WorldRequestOf, WorldResult } from './request.ts';
import { addMember, type Member, type World, type WorldSpace } from './world.ts';

function findMember(space: WorldSpace, name: MemberName): Member | undefined {
  return space.members.find((member) => member.type === name.type && member.id === name.id);
}

export function listMembers(
  world: World,
  request: WorldRequestOf<'list-members'>,
  actor: Actor,
): WorldResult {
  const space = requireSpace(world, request.space, actor, 'read');
  const page = pageOf(
    { siblings: space.members, query: `members:${space.id}`, seed: world.seed, visible: () => true },
    request.page,
  );
  return { kind: 'members', members: page.items, next: page.next };
}

export function addMemberTo(world: World, request: WorldRequestOf<'add-member'>, actor: Actor): WorldResult {
  const space = requireSpace(world, request.space, actor, 'admin');
  if (request.member.id === '*') refuse('not-found', 'not found: identity not found');
  if (findMember(space, request.member) !== undefined) refuse('exists', 'already exists: member');
  return { kind: 'member', member: addMember(world, space, request.member) };
}

export function removeMemberFrom(
  world: World,
  request: WorldRequestOf<'remove-member'>,
  actor: Actor,
): WorldResult {
  const space = requireSpace(world, request.space, actor, 'admin');
  const found = findMember(space, request.member);
  if (found === undefined || found.role !== request.member.role) {
    return refuse('not-found', 'not found: member not found');
  }
  space.members = space.members.filter((member) => member !== found);
  return { kind: 'member', member: found };
}
