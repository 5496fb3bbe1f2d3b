// Who may do what. An actor is the app or a person; each is a member of a space or not. Members read
// and write, admins also manage members; a public space is read by all. A node hidden from an actor
// hides all below it.

import { refuse } from './refusal.ts';
import type { Member, World, WorldNode, WorldSpace } from './world.ts';

/** `id` is an app id, or a person's open_id. */
export interface Actor {
  readonly kind: 'app' | 'user';
  readonly id: string;
}

export type Right = 'read' | 'write' | 'admin';

/** One name per actor, as `hiddenFrom` takes it. */
export function actorKey(actor: Actor): string {
  return `${actor.kind}:${actor.id}`;
}

/** How the vendor's members name this kind of actor. */
export function memberType(actor: Actor): string {
  return actor.kind === 'app' ? 'appid' : 'openid';
}

/** What the vendor's fields `creator` and `owner` hold for this actor. */
export function creatorId(actor: Actor): string {
  return actor.kind === 'app' ? `ou_${actor.id}` : actor.id;
}

function isActor(member: Member, actor: Actor): boolean {
  return member.type === memberType(actor) && (member.id === actor.id || member.id === '*');
}

/** Whether the space grants the right. */
export function hasRight(space: WorldSpace, actor: Actor, right: Right): boolean {
  if (right === 'read' && space.visibility === 'public') return true;
  return space.members.some(
    (member) => isActor(member, actor) && (right !== 'admin' || member.role === 'admin'),
  );
}

/** Whether the node itself is hidden from the actor. */
export function isHidden(node: WorldNode, actor: Actor): boolean {
  if (node.hiddenFrom.length === 0) return false;
  return node.hiddenFrom.includes(actor.kind) || node.hiddenFrom.includes(actorKey(actor));
}

/** Whether the actor sees the node: nothing from it up to the space is hidden. */
function sees(node: WorldNode, actor: Actor): boolean {
  for (let at: WorldNode | null = node; at !== null; at = at.parent) if (isHidden(at, actor)) return false;
  return hasRight(node.space, actor, 'read');
}

/** @throws {Refusal} `not-found`, or `forbidden` without the right. */
export function requireSpace(world: World, id: string, actor: Actor, right: Right): WorldSpace {
  const space = world.spacesById.get(id) ?? refuse('not-found', 'not found: space not found');
  if (!hasRight(space, actor, right)) refuse('forbidden', 'permission denied: wiki space permission denied');
  return space;
}

/** A node the actor sees. @throws {Refusal} `not-found`, or `forbidden`. */
export function requireNode(world: World, id: string, actor: Actor): WorldNode {
  const node = world.nodes.get(id) ?? refuse('not-found', 'not found: node not found');
  if (!sees(node, actor)) refuse('forbidden', 'permission denied: node permission denied');
  return node;
}

/** @throws {Refusal} `forbidden` where the actor may not write in the node's space. */
export function requireWritable(node: WorldNode, actor: Actor, what: string): void {
  if (!hasRight(node.space, actor, 'write')) refuse('forbidden', `permission denied: ${what}`);
}
