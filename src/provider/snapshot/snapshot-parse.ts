// Text back to a snapshot. Nothing in the file is trusted: it may be cut off, edited by hand, or another
// tool's. What cannot be a wiki (a page below itself, a shortcut to nothing) is refused as a whole,
// because a plan against half a wiki would make the other half again.

import { present } from '../../diagnostic/invariant.ts';
import type { Identity } from '../../tree/capability.ts';
import { type NodeId, nodeId, type SpaceId, spaceId } from '../../tree/identifier.ts';
import { type Listing, type LiveNode, type LiveSpace, type Place, placeKey } from '../../tree/live.ts';
import { LiveChildren } from '../../tree/live-children.ts';
import { NumberedMap } from '../../tree/numbered-map.ts';
import type { Snapshot } from '../../tree/snapshot.ts';
import { isVendorKind } from '../../tree/vendor.ts';

export type ParsedSnapshot =
  | { readonly kind: 'snapshot'; readonly snapshot: Snapshot }
  | { readonly kind: 'newer'; readonly version: string }
  | { readonly kind: 'broken'; readonly why: string };

export function parseSnapshot(text: string): ParsedSnapshot {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return broken(`it is not JSON (${error instanceof Error ? error.message : String(error)})`);
  }
  if (!isRecord(value)) return broken('it is not a JSON object');
  const version = value.formatVersion;
  if (typeof version !== 'string' || !/^\d+\.\d+$/.test(version)) return broken('it has no formatVersion');
  if (Number(version.split('.')[0]) > 1) return { kind: 'newer', version };
  try {
    return { kind: 'snapshot', snapshot: body(value) };
  } catch (error) {
    if (error instanceof Broken) return broken(error.message);
    throw error;
  }
}

/** Never leaves this file. */
class Broken extends Error {}

function body(value: Record<string, unknown>): Snapshot {
  const { provider, identity, identities, spacePages } = value;
  if (!isVendorKind(provider)) throw new Broken(`its provider is ${JSON.stringify(provider)}`);
  if (!isIdentity(identity)) throw new Broken(`its identity is ${JSON.stringify(identity)}`);
  if (!Array.isArray(identities) || !identities.every(isIdentity))
    throw new Broken('its "identities" are not a list of identities');
  if (spacePages !== undefined && !isCount(spacePages)) throw new Broken('its "spacePages" is no count');
  const listings = new Map<string, Listing>();
  const spaces = spacesOf(value.spaces, listings);
  const nodes = nodesOf(value.nodes, listings);
  const gone = absencesOf(value.gone, 'gone');
  const hidden = absencesOf(value.hidden, 'hidden');
  return {
    provider,
    identity,
    identities,
    spacePages,
    live: {
      spaces,
      nodes,
      listings,
      children: childrenOf(nodes),
      goneSpaces: gone.spaces,
      goneNodes: gone.nodes,
      hiddenSpaces: hidden.spaces,
      hiddenNodes: hidden.nodes,
      allSpacesListed: spacePages !== undefined,
    },
  };
}

function spacesOf(value: unknown, listings: Map<string, Listing>): Map<SpaceId, LiveSpace> {
  const spaces = new Map<SpaceId, LiveSpace>();
  for (const [key, entry] of entriesOf(value, 'spaces')) {
    const id = spaceId(key);
    const { name, description, sharing, visibility } = entry;
    const isSharing = sharing === undefined || sharing === 'open' || sharing === 'closed';
    const isVisibility = visibility === undefined || visibility === 'public' || visibility === 'private';
    if (typeof name !== 'string' || typeof description !== 'string' || !isSharing || !isVisibility)
      throw new Broken(`its space ${key} cannot be read`);
    spaces.set(id, { id, name, description, sharing, visibility });
    noteListing({ space: id, parent: null }, entry, listings);
  }
  return spaces;
}

function nodesOf(value: unknown, listings: Map<string, Listing>): NumberedMap<NodeId, LiveNode> {
  const nodes = new NumberedMap<NodeId, LiveNode>();
  for (const [key, entry] of entriesOf(value, 'nodes')) {
    const node = nodeOf(nodeId(key), entry);
    if (node === undefined) throw new Broken(`its page ${key} cannot be read`);
    nodes.set(node);
    noteListing({ space: node.space, parent: node.id }, entry, listings);
  }
  return nodes;
}

function nodeOf(id: NodeId, entry: Record<string, unknown>): LiveNode | undefined {
  const { space, parent, title, type, nodeType, origin, hasChildren, createdAt, creator, url } = entry;
  if (!isId(space) || typeof title !== 'string' || !isId(type)) return undefined;
  if (!isOptional(isId, parent) || !isOptional(isId, origin) || !isOptional(isBoolean, hasChildren))
    return undefined;
  if (nodeType !== undefined && nodeType !== 'shortcut') return undefined;
  if (!isOptional(isCount, createdAt) || !isOptional(isText, creator) || !isOptional(isText, url))
    return undefined;
  return {
    id,
    space: spaceId(space),
    parent: parent === undefined ? null : nodeId(parent),
    title,
    type,
    kind: nodeType ?? 'origin',
    origin: origin === undefined ? null : nodeId(origin),
    hasChildren: hasChildren === true,
    createdAt,
    creator,
    ...(url === undefined ? {} : { url }),
  };
}

function noteListing(
  { space, parent }: Place,
  { listed, hidden }: Record<string, unknown>,
  listings: Map<string, Listing>,
): void {
  if (!isOptional(isCount, listed) || !isOptional(isBoolean, hidden))
    throw new Broken(`what it says of the children of ${parent ?? space} cannot be read`);
  if (listed === undefined && hidden !== true) return;
  const listing = { space, parent, pages: listed ?? 1, times: 1, hidden: hidden === true };
  listings.set(placeKey(listing), listing);
}

function childrenOf(nodes: NumberedMap<NodeId, LiveNode>): LiveChildren {
  const children = new LiveChildren(nodes);
  for (const node of nodes.values()) children.add(node, present(nodes.numberOf(node.id), node.id));
  refuseCircles(nodes);
  return children;
}

/** Climbs from each page to what is known to end; a page that is met again on the way lies below itself. */
function refuseCircles(nodes: ReadonlyMap<NodeId, LiveNode>): void {
  const sound = new Set<NodeId>();
  for (const start of nodes.keys()) {
    const way = new Set<NodeId>();
    for (let at: NodeId | null = start; at !== null && !sound.has(at); at = nodes.get(at)?.parent ?? null) {
      if (way.has(at)) throw new Broken(`its page ${at} lies below itself`);
      way.add(at);
    }
    for (const id of way) sound.add(id);
  }
}

function absencesOf(
  value: unknown,
  name: string,
): { readonly spaces: Set<SpaceId>; readonly nodes: Set<NodeId> } {
  const { spaces, nodes } = isRecord(value) ? value : {};
  if (!Array.isArray(spaces) || !Array.isArray(nodes) || ![...spaces, ...nodes].every(isId))
    throw new Broken(`its "${name}" is not two lists of ids`);
  return { spaces: new Set(spaces.map(spaceId)), nodes: new Set(nodes.map(nodeId)) };
}

function entriesOf(value: unknown, name: string): [string, Record<string, unknown>][] {
  if (!isRecord(value)) throw new Broken(`its "${name}" is not an object`);
  return Object.entries(value).map(([key, entry]) => {
    if (key === '' || !isRecord(entry)) throw new Broken(`its "${name}" holds ${JSON.stringify(key)}`);
    return [key, entry];
  });
}

const broken = (why: string): ParsedSnapshot => ({ kind: 'broken', why });
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isId = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
const isOptional = <T>(is: (value: unknown) => value is T, value: unknown): value is T | undefined =>
  value === undefined || is(value);
const isIdentity = (value: unknown): value is Identity => value === 'app' || value === 'user';
