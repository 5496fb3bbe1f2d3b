// Small trees from literals, for tests that need a plan, a match or what they are made of.
//
// A page's id is `page:` and its address, in the manifest, the state and the wiki alike, so that trees
// written apart fit together. A live page that was dragged keeps its id by saying `was`.

import type { Difference } from '../src/diff/change.ts';
import { difference } from '../src/diff/difference.ts';
import { addressMatcher } from '../src/diff/glob.ts';
import { type Match, match } from '../src/diff/match.ts';
import { feishuCapabilities } from '../src/provider/feishu/capability.ts';
import type { Plan } from '../src/schedule/plan.ts';
import { schedule } from '../src/schedule/schedule.ts';
import type { Scope } from '../src/schedule/scope.ts';
import type { Ways } from '../src/schedule/task.ts';
import { emptyState, type NodeBinding, type SpaceBinding, type State } from '../src/state/state.ts';
import { startSightings } from '../src/survey/sightings.ts';
import { childAddress, spaceAddress } from '../src/tree/address.ts';
import type { Identity } from '../src/tree/capability.ts';
import type { DesiredNode, DesiredSpace, DesiredTree, Making, Reference } from '../src/tree/desired.ts';
import { type Address, type NodeId, nodeId, type SpaceId, spaceId } from '../src/tree/identifier.ts';
import type { Limits } from '../src/tree/limit.ts';
import type { LiveNode, LiveTree } from '../src/tree/live.ts';
import type { Numbering } from '../src/tree/numbering.ts';

/** The state as plain maps, to be compared. */
export const plainState = (state: State): State => ({ ...state, nodes: new Map(state.nodes) });

/** The id that stands for an address everywhere. */
export const pageId = (address: string): NodeId => nodeId(`page:${address}`);
const idOfSpace = (key: string): SpaceId => spaceId(`space:${key}`);

type ReferenceLiteral = string | { readonly id: string };

export interface DesiredPage {
  readonly title: string;
  readonly key?: string;
  readonly type?: string;
  readonly copy?: ReferenceLiteral;
  readonly shortcut?: ReferenceLiteral;
  readonly id?: string;
  readonly movedFrom?: string;
  readonly children?: readonly (string | DesiredPage)[];
}

export interface DesiredSpaceLiteral extends Partial<Omit<DesiredSpace, 'key' | 'address' | 'nodes'>> {
  readonly pages: readonly (string | DesiredPage)[];
}

/** `desiredTree({ handbook: ['Welcome', { title: 'Onboarding', children: ['Day one'] }] })` */
export function desiredTree(
  literal: Readonly<Record<string, readonly (string | DesiredPage)[] | DesiredSpaceLiteral>>,
  defaultType = 'docx',
): DesiredTree {
  let line = 0;
  const nextSource = () => ({ file: 'wikiform.yaml', line: ++line, column: 3 });
  const spaces = Object.entries(literal).map(([key, written]): DesiredSpace => {
    const { pages, ...fields } = 'pages' in written ? written : { pages: written };
    const address = spaceAddress(key);
    const source = nextSource();
    const nodes: DesiredNode[] = [];
    plant(pages, address, 1, nodes);
    return { ...spaceDefaults, name: key, ...fields, key, address, source, nodes };
  });
  return { spaces };

  function plant(
    pages: readonly (string | DesiredPage)[],
    parent: Address,
    depth: number,
    nodes: DesiredNode[],
  ): void {
    for (const written of pages) {
      const named = typeof written === 'string' ? { title: written } : written;
      const page = { type: defaultType, ...named };
      const node = desiredNode(page, parent, depth, nextSource());
      nodes.push(node);
      plant(page.children ?? [], node.address, depth + 1, nodes);
    }
  }
}

const spaceDefaults = {
  description: undefined,
  sharing: undefined,
  id: undefined,
  onRemove: 'keep',
  titles: 'enforce',
} as const;

function desiredNode(
  page: DesiredPage,
  parent: Address,
  depth: number,
  source: DesiredNode['source'],
): DesiredNode {
  const key = page.key ?? page.title;
  return {
    address: childAddress(parent, key),
    parent,
    key,
    title: page.title,
    type: page.type ?? 'docx',
    kind: page.shortcut === undefined ? 'origin' : 'shortcut',
    making: makingOf(page),
    id: page.id === undefined ? undefined : nodeId(page.id),
    movedFrom: page.movedFrom as Address | undefined,
    depth,
    source,
  };
}

function makingOf({ copy, shortcut }: DesiredPage): Making {
  if (copy !== undefined) return { from: 'copy', of: reference(copy), subtree: false };
  if (shortcut !== undefined) return { from: 'shortcut', of: reference(shortcut) };
  return { from: 'nothing' };
}

const reference = (written: ReferenceLiteral): Reference =>
  typeof written === 'string' ? { address: written as Address } : { id: nodeId(written.id) };

export interface LivePage {
  readonly title: string;
  /** The address that gives the page its id, where it is not the one it has now. */
  readonly was?: string;
  readonly type?: string;
  /** The address of the page that a shortcut points to. */
  readonly shortcut?: string;
  readonly children?: readonly (string | LivePage)[];
}

export interface LiveOptions {
  /** Addresses whose pages the vendor does not know any more. */
  readonly gone?: readonly string[];
  /** Addresses whose pages it may not show. */
  readonly hidden?: readonly string[];
  /** Where the pages have their numbers from. */
  readonly numbering?: Numbering<NodeId>;
}

/** A wiki that was read whole. A space is called by its key. */
export function liveTree(
  literal: Readonly<Record<string, readonly (string | LivePage)[]>>,
  options: LiveOptions = {},
): LiveTree {
  const sightings = startSightings(options.numbering);
  const spaces = Object.keys(literal).map((key) => ({
    id: idOfSpace(key),
    name: key,
    description: '',
    sharing: 'closed' as const,
    visibility: 'private' as const,
  }));
  sightings.addAllSpaces({ spaces, nodes: [], pages: 1 });
  for (const [key, pages] of Object.entries(literal)) list(idOfSpace(key), null, spaceAddress(key), pages);
  for (const address of options.gone ?? []) sightings.loseNode(pageId(address));
  for (const address of options.hidden ?? []) sightings.hideNode(pageId(address));
  return sightings.tree;

  function list(
    space: SpaceId,
    parent: NodeId | null,
    above: Address,
    written: readonly (string | LivePage)[],
  ): void {
    const pages = written.map((page) => (typeof page === 'string' ? { title: page } : page));
    const nodes = pages.map((page) => liveNode(page, space, parent, above));
    sightings.addListing({ space, parent }, { spaces: [], nodes, pages: 1 });
    for (const page of pages) {
      if (page.children === undefined) continue;
      const address = formerAddress(page, above);
      list(space, pageId(address), address, page.children);
    }
  }
}

const formerAddress = (page: LivePage, above: Address): Address =>
  page.was === undefined ? childAddress(above, page.title) : (page.was as Address);

function liveNode(page: LivePage, space: SpaceId, parent: NodeId | null, above: Address): LiveNode {
  return {
    id: pageId(formerAddress(page, above)),
    space,
    parent,
    title: page.title,
    type: page.type ?? 'docx',
    kind: page.shortcut === undefined ? 'origin' : 'shortcut',
    origin: page.shortcut === undefined ? null : pageId(page.shortcut),
    hasChildren: page.children !== undefined,
    createdAt: undefined,
    creator: undefined,
  };
}

/** The state after this tree was applied. */
export function stateOf(desired: DesiredTree): State {
  const spaces = new Map<Address, SpaceBinding>();
  const nodes = new Map<Address, NodeBinding>();
  for (const space of desired.spaces) {
    spaces.set(space.address, { id: idOfSpace(space.key), name: space.name });
    for (const node of space.nodes) nodes.set(node.address, bindingOf(node));
  }
  return { ...emptyState('feishu', 'user'), spaces, nodes };
}

function bindingOf({ address, parent, title, type, kind, making }: DesiredNode): NodeBinding {
  const of = making.from === 'shortcut' ? making.of : undefined;
  const origin = of === undefined ? null : 'id' in of ? of.id : pageId(of.address);
  return { id: pageId(address), parent, title, type: type ?? 'docx', kind, origin, archived: false };
}

/** The wiki after this tree was applied. */
export function liveOf(desired: DesiredTree): LiveTree {
  const pages = new Map<Address, LivePage[]>();
  const literal: Record<string, LivePage[]> = {};
  for (const space of desired.spaces) {
    const top: LivePage[] = [];
    literal[space.key] = top;
    pages.set(space.address, top);
    for (const node of space.nodes) plant(node);
  }
  return liveTree(literal);

  function plant({ address, parent, title, type, making }: DesiredNode): void {
    const children: LivePage[] = [];
    const of = making.from === 'shortcut' && 'address' in making.of ? making.of.address : undefined;
    const target = of === undefined ? {} : { shortcut: of };
    pages.get(parent)?.push({ title, was: address, type: type ?? 'docx', children, ...target });
    pages.set(address, children);
  }
}

export interface PlanningInput {
  readonly desired: DesiredTree;
  /** Nothing unless given. */
  readonly state?: State;
  readonly live?: LiveTree;
  readonly protect?: readonly string[];
  readonly identities?: readonly Identity[];
  readonly readCalls?: number;
  readonly maxChanges?: number;
  /** The vendor's, where not given. */
  readonly limits?: Partial<Limits>;
  /** Feishu's, where not given. */
  readonly ways?: Ways;
  readonly peelUnmanaged?: boolean;
  readonly ignoreGuard?: boolean;
  readonly scope?: Scope | undefined;
}

export interface Planned {
  readonly match: Match;
  readonly difference: Difference;
  readonly plan: Plan;
  /** Undeclared pages that have steps of their own. */
  readonly strangers: ReadonlyMap<Address, NodeId>;
}

/** Match, difference and schedule, one after the other, as the user on Feishu. */
export function planOf(input: PlanningInput): Planned {
  const { desired, protect = [], readCalls = 3 } = input;
  const state = input.state ?? emptyState('feishu', 'user');
  const live = input.live ?? liveTree({});
  const matched = match({ desired, state, live, ignoredBy: addressMatcher([]) });
  const found = difference({
    live,
    match: matched,
    boundSpaces: new Set(state.spaces.keys()),
    capabilities: feishuCapabilities,
    identity: 'user',
    identities: new Set(input.identities ?? ['user']),
    protect,
    allowWiderAudience: false,
  });
  const { plan, strangers } = schedule({
    provider: 'feishu',
    difference: found,
    match: matched,
    live,
    state,
    ways: input.ways ?? feishuCapabilities,
    limits: { ...feishuCapabilities.limits, ...input.limits },
    pace: feishuCapabilities.pace,
    guard: { maxChanges: input.maxChanges, maxAffectedPercent: 100 },
    ignoreGuard: input.ignoreGuard ?? false,
    peelUnmanaged: input.peelUnmanaged ?? false,
    readCalls,
    scope: input.scope,
  });
  return { match: matched, difference: found, plan, strangers };
}
