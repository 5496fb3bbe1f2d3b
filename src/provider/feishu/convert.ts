// The vendor's JSON becomes spaces and nodes. What is required is checked and named when it is missing
// or odd; what the vendor may leave out (its servers drop empty values) has its empty value.
// Invariant: ids stay strings. A number has already lost digits when it is seen here.

import { type NodeId, nodeId, spaceId } from '../../tree/identifier.ts';
import type { LiveNode, LiveSpace } from '../../tree/live.ts';
import { flag, type Json, OddFieldError, oneOf, record, text, textOr } from '../http/json.ts';
import type { Page } from '../http/paging.ts';

/** @param like - the item before. */
export type ConvertItem<Item> = (item: unknown, path: string, like: Item | undefined) => Item;

export function toSpace(value: unknown, path = 'space'): LiveSpace {
  const space = record(value, path);
  return {
    id: spaceId(text(space, 'space_id', path)),
    name: textOr(space, 'name', path),
    description: textOr(space, 'description', path),
    sharing: oneOf(space.open_sharing, ['open', 'closed']),
    visibility: oneOf(space.visibility, ['public', 'private']),
  };
}

/** @param like - a node of the same answer: what they have in common they share, for many stay in memory. */
export function toNode(value: unknown, path = 'node', like?: LiveNode): LiveNode {
  const node = record(value, path);
  const written = text(node, 'node_type', path);
  const kind = oneOf(written, ['origin', 'shortcut']);
  if (kind === undefined) throw new OddFieldError(`${path}.node_type is neither origin nor shortcut`);
  const found: LiveNode = {
    id: nodeId(text(node, 'node_token', path)),
    space: shared(spaceId(text(node, 'space_id', path)), like?.space),
    parent: shared(idOrNull(node, 'parent_node_token', path), like?.parent),
    title: textOr(node, 'title', path),
    type: text(node, 'obj_type', path),
    kind,
    // A copy names the page it was made from here; only a shortcut points to it.
    origin: kind === 'shortcut' ? idOrNull(node, 'origin_node_token', path) : null,
    hasChildren: flag(node, 'has_child', path),
    createdAt: unixSeconds(node, 'node_create_time', path),
    creator: shared(creatorOf(node, path), like?.creator),
  };
  // Spread only where there is something: for 400,000 pages spreading nothing takes a quarter second.
  return typeof node.url === 'string' && node.url !== '' ? { ...found, url: node.url } : found;
}

function creatorOf(node: Json, path: string): string | undefined {
  return textOr(node, 'node_creator', path) || textOr(node, 'creator', path) || undefined;
}

/** The one or the other where they are equal: two texts of one content take room twice. */
function shared<T>(value: T, like: T | undefined): T {
  return like !== undefined && value === like ? like : value;
}

/** `items` is absent on an empty page, which may still have a next one (the vendor filters late). */
export function toPage<Item>(value: unknown, convert: ConvertItem<Item>): Page<Item> {
  const data = record(value, 'data');
  const items = data.items ?? [];
  if (!Array.isArray(items)) throw new OddFieldError('data.items is not a list');
  const converted: Item[] = [];
  for (const [at, item] of items.entries())
    converted.push(convert(item, `data.items[${at}]`, converted.at(-1)));
  return {
    items: converted,
    next: flag(data, 'has_more', 'data') ? text(data, 'page_token', 'data') : undefined,
  };
}

/** The object under this name of the envelope's data. */
export function dataField(body: unknown, name: string): unknown {
  return record(record(body, 'the answer').data, 'data')[name];
}

function idOrNull(from: Json, field: string, path: string): NodeId | null {
  const value = textOr(from, field, path);
  return value === '' ? null : nodeId(value);
}

/** Seconds in a text, as the vendor writes them; "0" and "" mean that it does not tell. */
function unixSeconds(from: Json, field: string, path: string): number | undefined {
  const value = textOr(from, field, path);
  if (!/^\d{0,12}$/.test(value)) throw new OddFieldError(`${path}.${field} is not a time in seconds`);
  return Number(value) || undefined;
}
