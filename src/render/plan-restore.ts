// A saved plan back to what its formats are drawn from. What stands for the manifest and the wiki is only as
// much of them as `plan-picture.ts` kept: good to look at, and for nothing else.

import type { Change } from '../diff/change.ts';
import { type BoundForest, indexBindings, indexDesired } from '../diff/forest.ts';
import type { Match, NodeMatch, SpaceMatch } from '../diff/match.ts';
import { livePlaces } from '../diff/place.ts';
import type { Plan, Step } from '../schedule/plan.ts';
import type { Scheduled } from '../schedule/schedule.ts';
import { emptyState, type NodeBinding } from '../state/state.ts';
import { parentAddress, spaceAddress, spaceOfAddress, splitAddress } from '../tree/address.ts';
import type { DesiredNode, DesiredTree } from '../tree/desired.ts';
import { type Address, type NodeId, nodeId, type SpaceId, spaceId } from '../tree/identifier.ts';
import type { LiveNode, LiveSpace, LiveTree } from '../tree/live.ts';
import { LiveChildren } from '../tree/live-children.ts';
import { NumberedMap } from '../tree/numbered-map.ts';
import type { PlanDocument, StepDocument } from './plan-json.ts';
import type { PictureNode, PictureSpace, PlanPicture } from './plan-picture.ts';

export interface RestoredPlan {
  readonly plan: Plan;
  readonly match: Match;
  readonly live: LiveTree;
  readonly strangers: Scheduled['strangers'];
}

export function restorePlan(document: PlanDocument, picture: PlanPicture): RestoredPlan {
  const live = liveOf(picture);
  return {
    plan: planOf(document, picture),
    match: matchOf(picture, live),
    live,
    strangers: new Map(picture.strangers.map(({ address, live: number }) => [address, pageId(number)])),
  };
}

/** As wide as any, so that they stand in the order of their numbers. */
const padded = (number: number): string => String(number).padStart(16, '0');
const pageId = (number: number): NodeId => nodeId(`page ${padded(number)}`);
const idOfSpace = (number: number): SpaceId => spaceId(`space ${padded(number)}`);
const nowhere = { file: '', line: 1, column: 1 };

function planOf(document: PlanDocument, picture: PlanPicture): Plan {
  const { provider = 'feishu', digest = '', scope, believed, base } = document;
  const archiving = new Set(picture.archiving);
  return {
    ...document,
    provider,
    digest,
    base,
    believed,
    archived: [],
    steps: document.steps.map((step) => stepOf(step, archiving.has(step.id))),
    part: scope === undefined ? undefined : { scope, leftOut: picture.leftOut.map(changeOf) },
  };
}

function stepOf(document: StepDocument, archives: boolean): Step {
  const { id, after, carried = 0, parked = false, copyOf, shortcutTo, ...step } = document;
  const reference = copyOf ?? shortcutTo;
  return {
    ...changeOf(step),
    id,
    after,
    carried,
    parks: parked,
    archives,
    reference: typeof reference === 'string' ? { address: reference } : reference,
  };
}

/** What a change says of itself; the rest is as for one of which nothing more is known. */
function changeOf(known: Pick<Change, 'kind' | 'address'> & Partial<Change>): Change {
  return {
    title: '',
    type: undefined,
    nodeType: undefined,
    parent: undefined,
    before: undefined,
    reference: undefined,
    reason: '',
    inferred: false,
    origin: 'this-change',
    source: undefined,
    blocked: undefined,
    archives: false,
    ...known,
  };
}

function liveOf({ liveSpaces, livePages }: PlanPicture): LiveTree {
  const spaces = new Map<SpaceId, LiveSpace>();
  for (const { id: number, name } of liveSpaces) {
    const id = idOfSpace(number);
    spaces.set(id, { id, name, description: '', sharing: undefined, visibility: undefined });
  }
  const nodes = new NumberedMap<NodeId, LiveNode>();
  const children = new LiveChildren(nodes);
  for (const { id: number, space, parent, title, type, nodeType = 'origin' } of livePages) {
    const place = { space: idOfSpace(space), parent: parent === undefined ? null : pageId(parent) };
    const id = pageId(number);
    const page = nodes.set({
      ...{ id, ...place, title, type, kind: nodeType, origin: null },
      ...{ hasChildren: false, createdAt: undefined, creator: undefined },
    });
    children.add(place, page);
  }
  const none = { goneNodes: new Set<NodeId>(), hiddenNodes: new Set<NodeId>() };
  const noSpaces = { goneSpaces: new Set<SpaceId>(), hiddenSpaces: new Set<SpaceId>() };
  return { spaces, nodes, children, listings: new Map(), ...none, ...noSpaces, allSpacesListed: false };
}

function matchOf(picture: PlanPicture, live: LiveTree): Match {
  const nodes = new Map<Address, NodeMatch>();
  const addressOf = new Map<NodeId, Address>();
  for (const { address, live: number, rule = 'binding', former } of picture.nodes) {
    if (number === undefined) continue;
    nodes.set(address, { id: pageId(number), rule, former });
    addressOf.set(pageId(number), address);
  }
  const spaces = new Map(picture.spaces.map((space) => [spaceAddress(space.key), spaceMatch(space)]));
  const bindings = bindingsOf(picture);
  return {
    desired: indexDesired(desiredOf(picture)),
    bindings,
    spaces,
    nodes,
    others: nodes,
    pageAt: () => undefined,
    left: () => [],
    addressOf,
    gone: new Set(),
    hidden: new Set(),
    unseen: new Set(),
    sightOf: () => 'seen',
    places: livePlaces(live, bindings, spaces, { byNode: addressOf, byAddress: nodes }),
    isIgnored: () => false,
    isIgnoredAddress: () => false,
    isListed: () => true,
    spaceAliases: new Set(),
    diagnostics: [],
  };
}

function spaceMatch({ found, rule = 'binding', live = 0 }: PictureSpace): SpaceMatch {
  const id = idOfSpace(live);
  switch (found) {
    case 'live':
      return { kind: found, id, rule };
    case 'hidden':
    case 'unseen':
      return { kind: found, id };
    case 'new':
    case 'failed':
      return { kind: found };
  }
}

function desiredOf({ spaces, nodes }: PlanPicture): DesiredTree {
  const bySpace = new Map<Address, DesiredNode[]>(spaces.map(({ key }) => [spaceAddress(key), []]));
  for (const node of nodes) {
    const parent = parentAddress(node.address);
    if (parent !== undefined) bySpace.get(spaceOfAddress(node.address))?.push(desiredNode(node, parent));
  }
  return {
    spaces: spaces.map(({ key, name }) => ({
      ...{ key, name, address: spaceAddress(key), description: undefined, sharing: undefined, id: undefined },
      ...{ onRemove: 'keep', titles: 'enforce', source: nowhere },
      nodes: bySpace.get(spaceAddress(key)) ?? [],
    })),
  };
}

function desiredNode({ address, title, type, shortcut }: PictureNode, parent: Address): DesiredNode {
  const keys = splitAddress(address) ?? [];
  const isShortcut = shortcut !== undefined;
  return {
    ...{ address, parent, key: keys.at(-1) ?? address, title, type },
    kind: isShortcut ? 'shortcut' : 'origin',
    making: isShortcut ? { from: 'shortcut', of: { id: nodeId(shortcut) } } : { from: 'nothing' },
    ...{ id: undefined, movedFrom: undefined, depth: keys.length - 1, source: nowhere },
  };
}

function bindingsOf({ nodes, left }: PlanPicture): BoundForest {
  const bound = new Map<Address, NodeBinding>();
  const bind = (address: Address, number: number): void => {
    const [id, parent] = [pageId(number), parentAddress(address) ?? address];
    bound.set(address, { id, parent, title: '', type: '', kind: 'origin', origin: null, archived: false });
  };
  for (const { former, live } of nodes) if (former !== undefined && live !== undefined) bind(former, live);
  for (const { address, live } of left) bind(address, live);
  return indexBindings({ ...emptyState('feishu', 'user'), nodes: bound });
}
