// The vendor's JSON becomes spaces and nodes. Three traps are dealt with here and nowhere else: a listed
// name carries the extension of its file type; a node does not tell what it lies below; and of the ids that
// an answer may hold, only the 32-character one (`nodeId` in wiki 2.0, `dentryUuid` elsewhere) is the node's.

import { type NodeId, nodeId, type SpaceId, spaceId } from '../../tree/identifier.ts';
import type { LiveNode, LiveSpace } from '../../tree/live.ts';
import { flag, isRecord, type Json, OddFieldError, record, text, textOr } from '../http/json.ts';
import type { Page } from '../http/paging.ts';

/** A space, and the node whose children are its top level. */
export interface RootedSpace extends LiveSpace {
  readonly root: NodeId;
}

export function toSpace(value: unknown, path = 'workspace'): RootedSpace {
  const space = record(value, path);
  return {
    id: spaceId(text(space, 'workspaceId', path)),
    name: textOr(space, 'name', path),
    description: textOr(space, 'description', path),
    sharing: undefined,
    visibility: undefined,
    root: nodeId(text(space, 'rootNodeId', path)),
  };
}

/** Without what only this folder knows of it. */
export function plainSpace({ root: _, ...space }: RootedSpace): LiveSpace {
  return space;
}

const extensions: Readonly<Record<string, string>> = { adoc: 'doc', axls: 'workbook', amind: 'mind' };

/** The manifest's word for what the vendor calls `type` and `extension`; its own where there is none. */
function typeOf(kind: string, extension: string): string {
  if (kind === 'FOLDER') return 'folder';
  return extensions[extension] ?? (extension === '' ? 'file' : extension);
}

/** The words for `docType` in the call that makes a node. */
export const docTypes: Readonly<Record<string, string>> = {
  folder: 'FOLDER',
  doc: 'DOC',
  workbook: 'WORKBOOK',
  mind: 'MIND',
};

/** A file is listed as `Title.adoc` though it was made as `Title`. */
export function titleOf(name: string, extension: string): string {
  const ending = `.${extension}`;
  return extension !== '' && name.endsWith(ending) ? name.slice(0, -ending.length) : name;
}

/** What a call knows of a node that the node itself does not tell. */
interface Where {
  readonly space?: SpaceId;
  readonly parent: NodeId | null;
}

export function toNode(value: unknown, where: Where, path = 'node'): LiveNode {
  const node = record(value, path);
  const extension = textOr(node, 'extension', path);
  const kind = text(node, 'type', path);
  const url = textOr(node, 'url', path);
  return {
    id: nodeId(text(node, 'nodeId', path)),
    space: where.space ?? spaceId(text(node, 'workspaceId', path)),
    parent: where.parent,
    title: titleOf(textOr(node, 'name', path), kind === 'FOLDER' ? '' : extension),
    type: typeOf(kind, extension),
    kind: 'origin',
    origin: null,
    hasChildren: flag(node, 'hasChildren', path),
    createdAt: createdAt(node),
    creator: textOr(node, 'creatorId', path) || undefined,
    ...(url === '' ? {} : { url }),
  };
}

/** Unix seconds: from milliseconds where they are told, else from a text such as "2023-05-15T11:29Z". */
function createdAt({ createTimestamp, createTime }: Json): number | undefined {
  if (typeof createTimestamp === 'number') return Math.floor(createTimestamp / 1000) || undefined;
  const parsed = typeof createTime === 'string' ? Date.parse(createTime) : Number.NaN;
  return Number.isNaN(parsed) ? undefined : Math.floor(parsed / 1000);
}

/** `nextToken` is absent or empty on the last page, and is never sent back empty. */
export function toPage<Item>(
  body: Json,
  field: string,
  convert: (item: unknown, path: string) => Item,
): Page<Item> {
  const items = body[field] ?? [];
  if (!Array.isArray(items)) throw new OddFieldError(`${field} is not a list`);
  return {
    items: items.map((item: unknown, at) => convert(item, `${field}[${at}]`)),
    next: textOr(body, 'nextToken', 'the answer') || undefined,
  };
}

/** By which the storage calls know a node: the storage space and its number there. */
export interface Dentry {
  readonly space: string;
  readonly id: string;
}

export function toDentry(body: Json): Dentry {
  return { space: numberText(body, 'spaceId', 'the answer'), id: numberText(body, 'dentryId', 'the answer') };
}

/** Digits, which an answer may hold as a number as long as that loses none of them. */
function numberText(from: Json, field: string, path: string): string {
  const value = from[field];
  return text({ ...from, [field]: Number.isSafeInteger(value) ? String(value) : value }, field, path);
}

export const printDentry = ({ space, id }: Dentry): string => `${space}/${id}`;

/** `undefined` where the text is none. */
export function parseDentry(alias: string): Dentry | undefined {
  const [space, id, ...rest] = alias.split('/');
  if (space === undefined || id === undefined || space === '' || id === '' || rest.length > 0)
    return undefined;
  return { space, id };
}

/** What a call to copy or move answers: the dentry as far as it is told, and the task that finishes it. */
export interface StorageAnswer {
  readonly node: NodeId | undefined;
  readonly dentry: Dentry | undefined;
  readonly type: string | undefined;
  readonly title: string;
  /** `undefined` where all is done. */
  readonly task: string | undefined;
}

export function toStorageAnswer(body: Json): StorageAnswer {
  const found = isRecord(body.dentry) ? body.dentry : {};
  const uuid = textOr(found, 'uuid', 'dentry');
  const has = (field: string): boolean =>
    found[field] !== undefined && found[field] !== null && found[field] !== '';
  const isWhole = has('spaceId') && has('id');
  const dentry = isWhole
    ? { space: numberText(found, 'spaceId', 'dentry'), id: numberText(found, 'id', 'dentry') }
    : undefined;
  const kind = textOr(found, 'type', 'dentry');
  const extension = kind === 'FOLDER' ? '' : textOr(found, 'extension', 'dentry');
  const task = textOr(body, 'taskId', 'the answer');
  return {
    node: uuid === '' ? undefined : nodeId(uuid),
    dentry,
    type: kind === '' ? undefined : typeOf(kind, extension),
    title: titleOf(textOr(found, 'name', 'dentry'), extension),
    task: flag(body, 'async', 'the answer') && task !== '' ? task : undefined,
  };
}

export interface Task {
  readonly status: 'running' | 'done' | 'failed';
  readonly why: string;
  readonly succeeded: number;
}

export function toTask(body: Json): Task {
  const task = record(body.task, 'task');
  const status = text(task, 'status', 'task');
  return {
    status: status === 'SUCCESS' ? 'done' : status === 'FAIL' ? 'failed' : 'running',
    why: textOr(task, 'failMessage', 'task'),
    succeeded: typeof task.successCount === 'number' ? task.successCount : 0,
  };
}
