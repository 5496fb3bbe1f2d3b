// The world behind the emulator: spaces, nodes and documents, and the few primitives that change
// them. What callers may do is decided elsewhere (`operation.ts`); what a person may do in the
// vendor's own pages, in `person.ts`. Time and chance come from outside: the clock's reading as an
// argument, chance from the seed.
//
// Invariants: a node is in `nodes` exactly if it is in its parent's children (or its space's);
// `nodeCount` is the number of a space's nodes; siblings are sorted by `order`, each order given
// once; a node and all below it lie in one space; a page of its own owns exactly one document.

import { assert, present } from '../../diagnostic/invariant.ts';
import type { Capabilities } from '../../tree/capability.ts';
import type { NodeKind } from '../../tree/desired.ts';
import { insertOrdered, removeOrdered } from './children.ts';
import { feishuMint, type Mint, mintOrder, nextNumber } from './mint.ts';

type Ability = 'types' | 'defaultType' | 'shortcuts' | 'limits' | 'copies' | 'names' | 'siblingNames';

/** What the vendor allows; how siblings are listed. */
export interface WorldRules extends Pick<Capabilities, Ability> {
  /** How ids look; as Feishu's, unless told. */
  readonly mint?: Mint;
  /** Siblings as they came under their parent, or in an order drawn from the seed. */
  readonly siblingOrder: 'insertion' | 'shuffled';
}

export type MemberRole = 'admin' | 'member';

/** `id: '*'` is everybody of that type; only seeds make such members. */
export interface Member {
  readonly type: string;
  readonly id: string;
  readonly role: MemberRole;
  readonly order: number;
}

export interface WorldSpace {
  readonly id: string;
  readonly order: number;
  name: string;
  description: string;
  sharing: 'open' | 'closed';
  visibility: 'public' | 'private';
  members: Member[];
  readonly roots: WorldNode[];
  nodeCount: number;
}

export interface WorldNode {
  readonly id: string;
  space: WorldSpace;
  parent: WorldNode | null;
  order: number;
  title: string;
  readonly type: string;
  readonly kind: NodeKind;
  /** The document's token; a shortcut has its origin's. */
  readonly document: string;
  /** The node a shortcut points to. */
  readonly origin: string | null;
  readonly createdAtMs: number;
  readonly creator: string;
  readonly children: WorldNode[];
  /** The document, kept at hand where the node was made with it: every listing asks for it. */
  owned?: WorldDocument;
  /** Who may not see the node nor anything below it: `app`, `user`, or one actor's key. */
  hiddenFrom: readonly string[];
}

export interface WorldDocument {
  readonly token: string;
  readonly type: string;
  /** The page that owns it. */
  readonly node: string;
  /** A short text that stands for what people wrote. */
  content: string;
  readonly createdAtMs: number;
  editedAtMs: number;
  readonly creator: string;
  owner: string;
}

export interface World {
  readonly rules: WorldRules;
  readonly seed: number;
  /** Counts every id and every order that was given; never goes back. */
  counter: number;
  /** In the order they were made. */
  readonly spaces: WorldSpace[];
  readonly spacesById: Map<string, WorldSpace>;
  readonly nodes: Map<string, WorldNode>;
  readonly documents: Map<string, WorldDocument>;
}

export interface Place {
  readonly space: WorldSpace;
  readonly parent: WorldNode | null;
}

export interface NodeParts {
  readonly id?: string | undefined;
  readonly title: string;
  readonly type: string;
  /** The page to point to; `null` makes a page of its own. */
  readonly origin: WorldNode | null;
  readonly content?: string | undefined;
  readonly creator: string;
  readonly nowMs: number;
}

export function createWorld(rules: WorldRules, seed = 1): World {
  return {
    rules,
    seed,
    counter: 0,
    spaces: [],
    spacesById: new Map(),
    nodes: new Map(),
    documents: new Map(),
  };
}

const mintOf = ({ rules }: World): Mint => rules.mint ?? feishuMint;

export function addMember(world: World, space: WorldSpace, member: Omit<Member, 'order'>): Member {
  const added = { ...member, order: nextNumber(world) };
  space.members.push(added);
  return added;
}

export interface SpaceParts {
  readonly id?: string | undefined;
  readonly name: string;
  readonly description: string;
  readonly sharing: 'open' | 'closed';
  readonly visibility: 'public' | 'private';
}

export function addSpace(world: World, parts: SpaceParts): WorldSpace {
  const space: WorldSpace = {
    id: parts.id ?? mintOf(world).space(world),
    order: nextNumber(world),
    name: parts.name,
    description: parts.description,
    sharing: parts.sharing,
    visibility: parts.visibility,
    members: [],
    roots: [],
    nodeCount: 0,
  };
  world.spaces.push(space);
  world.spacesById.set(space.id, space);
  return space;
}

/** The children of a node, or the top level of a space. */
export function siblingsAt(place: Place): WorldNode[] {
  return place.parent === null ? place.space.roots : place.parent.children;
}

/** Makes a node, and with it a document unless it is a shortcut. Asks for nobody's leave. @throws {InvariantError} on an id that is taken. */
export function addNode(world: World, place: Place, parts: NodeParts): WorldNode {
  const node: WorldNode = {
    id: parts.id ?? mintOf(world).node(world),
    space: place.space,
    parent: place.parent,
    order: mintOrder(world),
    title: parts.title,
    type: parts.type,
    kind: parts.origin === null ? 'origin' : 'shortcut',
    document: parts.origin?.document ?? mintOf(world).document(world, parts.type),
    origin: parts.origin?.id ?? null,
    createdAtMs: parts.nowMs,
    creator: parts.creator,
    children: [],
    hiddenFrom: [],
  };
  assert(!world.nodes.has(node.id), `node id ${node.id} is taken`);
  world.nodes.set(node.id, node);
  insertOrdered(siblingsAt(place), node);
  place.space.nodeCount += 1;
  if (parts.origin === null) addDocument(world, node, parts);
  return node;
}

function addDocument(world: World, node: WorldNode, parts: NodeParts): void {
  const document: WorldDocument = {
    token: node.document,
    type: node.type,
    node: node.id,
    content: parts.content ?? `text of ${node.document}`,
    createdAtMs: parts.nowMs,
    editedAtMs: parts.nowMs,
    creator: parts.creator,
    owner: parts.creator,
  };
  world.documents.set(node.document, document);
  node.owned = document;
}

/** The node and all below it, parents first. */
export function* subtreeOf(node: WorldNode): Generator<WorldNode> {
  const waiting = [node];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    yield next;
    for (const child of next.children) waiting.push(child);
  }
}

/** Takes the node and all below it elsewhere, to the end of the new siblings. The caller has made sure of no circle. */
export function relocate(world: World, node: WorldNode, to: Place): void {
  removeOrdered(siblingsAt(node), node);
  if (to.space !== node.space) {
    for (const carried of subtreeOf(node)) {
      carried.space.nodeCount -= 1;
      carried.space = to.space;
      to.space.nodeCount += 1;
    }
  }
  node.parent = to.parent;
  node.order = mintOrder(world);
  insertOrdered(siblingsAt(node), node);
}

/** Takes the node and all below it out of the world, documents included; shortcuts to them stay behind. */
export function uproot(world: World, node: WorldNode): void {
  removeOrdered(siblingsAt(node), node);
  for (const gone of [...subtreeOf(node)]) {
    world.nodes.delete(gone.id);
    gone.space.nodeCount -= 1;
    if (gone.kind === 'origin') world.documents.delete(gone.document);
  }
}

/** The document of a page, or of the page a shortcut points to, if that still stands. */
export function documentOf(world: World, node: WorldNode): WorldDocument | undefined {
  return node.owned ?? world.documents.get(node.document);
}

/** The node of this id, which the caller knows to exist. */
export function nodeOf(world: World, id: string): WorldNode {
  return present(world.nodes.get(id), `node ${id}`);
}

/** The space of this id, which the caller knows to exist. */
export function spaceOf(world: World, id: string): WorldSpace {
  return present(world.spacesById.get(id), `space ${id}`);
}
