// A world from a snapshot that may come from a file, so nothing about it is taken on trust: shapes,
// references and the tree itself are checked, and what does not hold is a diagnostic.

import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts';
import { insertOrdered } from './children.ts';
import { worldFormatVersion } from './snapshot.ts';
import { Fields, Malformed, malformed } from './snapshot-field.ts';
import {
  createWorld,
  type Member,
  nodeOf,
  siblingsAt,
  subtreeOf,
  type World,
  type WorldDocument,
  type WorldNode,
  type WorldRules,
  type WorldSpace,
} from './world.ts';

export type Restored =
  | { readonly ok: true; readonly world: World }
  | { readonly ok: false; readonly diagnostic: Diagnostic };

function memberFrom(fields: Fields): Member {
  return {
    type: fields.text('type'),
    id: fields.text('id'),
    role: fields.choice('role', ['admin', 'member']),
    order: fields.count('order'),
  };
}

function spaceFrom(fields: Fields): WorldSpace {
  return {
    id: fields.text('id'),
    order: fields.count('order'),
    name: fields.text('name'),
    description: fields.text('description'),
    sharing: fields.choice('sharing', ['open', 'closed']),
    visibility: fields.choice('visibility', ['public', 'private']),
    members: fields.list('members').map(memberFrom),
    roots: [],
    nodeCount: 0,
  };
}

function nodeFrom(fields: Fields, world: World): WorldNode {
  const space = world.spacesById.get(fields.text('space'));
  return {
    id: fields.text('id'),
    space: space ?? malformed('a node lies in a space that is not there'),
    parent: null,
    order: fields.count('order'),
    title: fields.text('title'),
    type: fields.text('type'),
    kind: fields.choice('kind', ['origin', 'shortcut']),
    document: fields.text('document'),
    origin: fields.textOrNull('origin'),
    createdAtMs: fields.count('createdAtMs'),
    creator: fields.text('creator'),
    children: [],
    hiddenFrom: fields.texts('hiddenFrom'),
  };
}

function documentFrom(fields: Fields): WorldDocument {
  return {
    token: fields.text('token'),
    type: fields.text('type'),
    node: fields.text('node'),
    content: fields.text('content'),
    createdAtMs: fields.count('createdAtMs'),
    editedAtMs: fields.count('editedAtMs'),
    creator: fields.text('creator'),
    owner: fields.text('owner'),
  };
}

/** Puts the node under its parent, which may stand later in the file. */
function connect(world: World, node: WorldNode, parentId: string | null): void {
  const parent = parentId === null ? null : world.nodes.get(parentId);
  if (parent === undefined) malformed('a node lies below one that is not there');
  else if (parent !== null && parent.space !== node.space)
    malformed('a node lies in another space than its parent');
  else node.parent = parent;
  insertOrdered(siblingsAt(node), node);
  node.space.nodeCount += 1;
}

/** Every node must be reached from its space, once. */
function checkTree(world: World, rows: number): void {
  const orders = new Set<number>();
  let reached = 0;
  for (const root of world.spaces.flatMap((space) => space.roots)) {
    for (const node of subtreeOf(root)) {
      reached += 1;
      orders.add(node.order);
    }
  }
  if (reached !== rows || world.nodes.size !== rows) malformed('nodes are doubled or go in a circle');
  if (orders.size !== rows) malformed('two nodes have one order');
}

function worldFrom(fields: Fields, rules: WorldRules): World {
  const world = createWorld(rules, fields.count('seed'));
  world.counter = fields.count('counter');
  for (const row of fields.list('spaces')) {
    const space = spaceFrom(row);
    world.spaces.push(space);
    world.spacesById.set(space.id, space);
  }
  const rows = fields.list('nodes');
  for (const row of rows) {
    const node = nodeFrom(row, world);
    world.nodes.set(node.id, node);
  }
  for (const row of rows) connect(world, nodeOf(world, row.text('id')), row.textOrNull('parent'));
  checkTree(world, rows.length);
  for (const row of fields.list('documents')) {
    const document = documentFrom(row);
    world.documents.set(document.token, document);
  }
  return world;
}

function unsupported(version: unknown): Diagnostic {
  return diagnostic('VERSION_UNSUPPORTED', {
    detail: `The emulator's world has format version ${JSON.stringify(version)}; this wikiform reads version ${worldFormatVersion}.`,
    help: 'Use the version of wikiform that wrote the world, or start with a new world file.',
  });
}

function unreadable(problem: string): Diagnostic {
  return diagnostic('EMULATOR_WORLD_UNREADABLE', {
    detail: `The emulator's world is damaged: ${problem}.`,
    help: 'Take an earlier copy of the world file, or remove it to start with an empty world.',
  });
}

/** The world of a snapshot, or what is wrong with it. `value` is parsed JSON. */
export function restoreWorld(value: unknown, rules: WorldRules): Restored {
  try {
    const fields = new Fields(value, 'the world');
    const version = fields.value('formatVersion');
    if (version !== worldFormatVersion) return { ok: false, diagnostic: unsupported(version) };
    return { ok: true, world: worldFrom(fields, rules) };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, diagnostic: unreadable(error.message) };
    throw error;
  }
}
