// What callers may do with nodes. Where the vendor's pages are silent: a copy of a shortcut is
// refused, as is a shortcut of a shortcut; a shortcut made without a title has its origin's; a move
// to where the node already is succeeds and puts it last; a move below itself is 131101 at the vendor.

import {
  type Actor,
  actorKey,
  creatorId,
  isHidden,
  requireNode,
  requireSpace,
  requireWritable,
} from './access.ts';
import { loadOf, oneNode, requireMovable, requireRoom } from './capacity.ts';
import { pageOf } from './listing.ts';
import { requireFreeTitle, settleTitle } from './naming.ts';
import { refuse } from './refusal.ts';
import type { Target, WorldRequestOf, WorldResult } from './request.ts';
import {
  addNode,
  documentOf,
  type Place,
  relocate,
  siblingsAt,
  type World,
  type WorldNode,
} from './world.ts';

const noTarget = 'no destination parent node permission';

/** A node of this space that the actor sees. @throws {Refusal} */
function requireNodeIn(world: World, space: string, id: string, actor: Actor): WorldNode {
  requireSpace(world, space, actor, 'read');
  const node = requireNode(world, id, actor);
  if (node.space.id !== space) refuse('not-found', 'not found: node not found in this space');
  return node;
}

/** Where the actor may put something. @throws {Refusal} */
function requirePlace(world: World, space: string, parent: string | undefined, actor: Actor): Place {
  if (parent === undefined) return { space: requireSpace(world, space, actor, 'write'), parent: null };
  const node = requireNodeIn(world, space, parent, actor);
  requireWritable(node, actor, noTarget);
  if (node.kind === 'shortcut') refuse('invalid', 'param err: a shortcut has no children');
  return { space: node.space, parent: node };
}

/** @throws {Refusal} `invalid` where neither a space nor a parent is named. */
function requireTarget(world: World, target: Target, actor: Actor): Place {
  const { targetSpace, targetParent } = target;
  if (targetParent === undefined && targetSpace === undefined) {
    return refuse('invalid', 'param err: target_parent_token and target_space_id are both empty');
  }
  const space = targetSpace ?? requireNode(world, targetParent ?? '', actor).space.id;
  return requirePlace(world, space, targetParent, actor);
}

export function listNodes(world: World, request: WorldRequestOf<'list-nodes'>, actor: Actor): WorldResult {
  const space = requireSpace(world, request.space, actor, 'read');
  const parent =
    request.parent === undefined ? null : requireNodeIn(world, request.space, request.parent, actor);
  const page = pageOf(
    {
      siblings: siblingsAt({ space, parent }),
      query: `nodes:${parent?.id ?? space.id}:${actorKey(actor)}`,
      seed: world.seed,
      visible: (node) => !isHidden(node, actor),
    },
    request.page,
  );
  return { kind: 'nodes', nodes: page.items, next: page.next };
}

export function getNode(world: World, request: WorldRequestOf<'get-node'>, actor: Actor): WorldResult {
  if (request.type === 'wiki') return { kind: 'node', node: requireNode(world, request.token, actor) };
  const document = world.documents.get(request.token);
  if (document === undefined || document.type !== request.type) {
    return refuse('not-found', 'not found: document not found');
  }
  return { kind: 'node', node: requireNode(world, document.node, actor) };
}

/** @throws {Refusal} where no page of this type can be made. */
function requireCreatable(world: World, type: string): void {
  const able = world.rules.types[type];
  if (able?.create === true) return;
  if (type === 'doc') refuse('retired', 'doc type is deprecated, please use docx.');
  refuse('invalid', `param err: a node of type ${type} cannot be created`);
}

/** The page a new shortcut points to. @throws {Refusal} */
function requireOrigin(world: World, id: string, type: string, actor: Actor): WorldNode {
  const origin = requireNode(world, id, actor);
  if (origin.kind === 'shortcut') refuse('invalid', 'param err: origin node is a shortcut');
  if (origin.type !== type) refuse('invalid', `param err: obj_type of the origin node is ${origin.type}`);
  return origin;
}

export function createNode(
  world: World,
  request: WorldRequestOf<'create-node'>,
  actor: Actor,
  nowMs: number,
): WorldResult {
  const place = requirePlace(world, request.space, request.parent, actor);
  if (request.origin === undefined) requireCreatable(world, request.type);
  const origin =
    request.origin === undefined ? null : requireOrigin(world, request.origin, request.type, actor);
  requireRoom(world, place, oneNode);
  const title = settleTitle(world, request.title ?? origin?.title ?? '');
  requireFreeTitle(world, place, {
    title,
    type: request.type,
    kind: origin === null ? 'origin' : 'shortcut',
  });
  const node = addNode(world, place, { title, type: request.type, origin, creator: creatorId(actor), nowMs });
  return { kind: 'node', node };
}

/** Copies the page, content included, and what lies below it where the vendor does. */
export function copyNode(
  world: World,
  request: WorldRequestOf<'copy-node'>,
  actor: Actor,
  nowMs: number,
): WorldResult {
  const source = requireNodeIn(world, request.space, request.node, actor);
  const place = requireTarget(world, request, actor);
  if (source.kind === 'shortcut') refuse('invalid', 'param err: a shortcut cannot be copied');
  const isWhole = world.rules.copies.reach === 'branch';
  requireRoom(world, place, isWhole ? loadOf(source) : oneNode);
  const title = request.title ?? source.title;
  requireFreeTitle(world, place, { ...source, title });
  const creator = creatorId(actor);
  const below = isWhole ? [...source.children] : [];
  const node = copyAlone(world, source, place, { title, creator, nowMs });
  const open = below.map((child) => ({ child, above: node }));
  const copies = new Set<WorldNode>([node]);
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    const { child, above } = next;
    // What the copy itself has made, where it goes below its own source, is not copied again.
    if (copies.has(child)) continue;
    const made = copyAlone(
      world,
      child,
      { space: place.space, parent: above },
      { title: child.title, creator, nowMs },
    );
    copies.add(made);
    open.push(...child.children.map((grandchild) => ({ child: grandchild, above: made })));
  }
  return { kind: 'node', node };
}

function copyAlone(
  world: World,
  source: WorldNode,
  place: Place,
  { title, creator, nowMs }: { title: string; creator: string; nowMs: number },
): WorldNode {
  const content = documentOf(world, source)?.content;
  return addNode(world, place, { title, type: source.type, origin: null, content, creator, nowMs });
}

/** Whether `node` is `ancestor` or lies below it. */
export function liesBelow(node: WorldNode | null, ancestor: WorldNode): boolean {
  for (let at = node; at !== null; at = at.parent) if (at === ancestor) return true;
  return false;
}

export function moveNode(world: World, request: WorldRequestOf<'move-node'>, actor: Actor): WorldResult {
  const node = requireNodeIn(world, request.space, request.node, actor);
  requireWritable(node, actor, 'no source parent node permission');
  const place = requireTarget(world, request, actor);
  if (liesBelow(place.parent, node)) refuse('impossible', 'invalid operation: a node cannot go below itself');
  requireMovable(world, node, place);
  requireFreeTitle(world, place, node, node);
  relocate(world, node, place);
  return { kind: 'node', node };
}

export function renameNode(
  world: World,
  request: WorldRequestOf<'rename-node'>,
  actor: Actor,
  nowMs: number,
): WorldResult {
  const node = requireNodeIn(world, request.space, request.node, actor);
  requireWritable(node, actor, 'node permission denied');
  const { shortcuts, types } = world.rules;
  const able = node.kind === 'shortcut' ? shortcuts.rename : types[node.type]?.rename;
  if (able !== true) refuse('invalid', `param err: the title of a ${node.type} cannot be updated`);
  const title = settleTitle(world, request.title);
  requireFreeTitle(world, node, { ...node, title }, node);
  retitle(world, node, title, nowMs);
  return { kind: 'nothing' };
}

/** Gives the node a title; a page's document is edited by it, a shortcut's is not. */
export function retitle(world: World, node: WorldNode, title: string, nowMs: number): void {
  node.title = title;
  const document = documentOf(world, node);
  if (node.kind === 'origin' && document !== undefined) document.editedAtMs = nowMs;
}
