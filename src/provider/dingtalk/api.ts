// The vendor's calls, typed: one method each, ids and texts in, spaces and nodes out. Whose behalf goes with
// each call, but not in one place: `operatorId` in the query of wiki 2.0 and of the conversion of ids, in the
// body of the call that makes a document, and as `unionId` in the query of the storage calls.

import type { NodeId, SpaceId } from '../../tree/identifier.ts';
import type { LiveNode } from '../../tree/live.ts';
import { type Json, OddFieldError, record, text, textOr } from '../http/json.ts';
import { type Listed, listAll, type Page } from '../http/paging.ts';
import type { Operation } from '../provider.ts';
import { ProviderError } from '../provider-error.ts';
import { convertEndpoint, taskEndpoint } from './capability.ts';
import {
  type Dentry,
  docTypes,
  type RootedSpace,
  type StorageAnswer,
  type Task,
  toDentry,
  toNode,
  toPage,
  toSpace,
  toStorageAnswer,
  toTask,
} from './convert.ts';
import { type DingtalkEndpoint, path } from './endpoint.ts';
import type { Session } from './session.ts';

type Of<Kind extends Operation['kind']> = Extract<Operation, { kind: Kind }>;

/** The documented maximum for listing spaces; nodes have a larger one. */
const spacesPerPage = 30;

/** Without it a clash of names is settled silently, by another name than was asked for. */
const option = { conflictStrategy: 'RETURN_ERROR_IF_EXISTS' };
/**
 * Without it a page that moves loses the rights of its own, and who may read what it comes to lie below may read
 * it. The vendor's own spelling.
 */
const movingOption = { ...option, presevePermissions: true };

const workspaces = (...parts: readonly string[]): string[] => ['v2.0', 'wiki', 'workspaces', ...parts];
const nodes = (...parts: readonly string[]): string[] => ['v2.0', 'wiki', 'nodes', ...parts];
const dentries = ({ space, id }: Dentry, verb: string): string[] => [
  'v1.0',
  'storage',
  'spaces',
  space,
  'dentries',
  id,
  verb,
];

export class DingtalkApi {
  readonly #session: Session;
  readonly #pageSize: number;

  constructor(session: Session, pageSize: number) {
    this.#session = session;
    this.#pageSize = pageSize;
  }

  listSpaces(signal?: AbortSignal): Promise<Listed<RootedSpace>> {
    // By default in the order of latest visits, which changes between two pages of the listing.
    const query = { maxResults: spacesPerPage, orderBy: 'CREATE_TIME_DESC' };
    return this.#list(
      'list-spaces',
      workspaces(),
      query,
      (body) => toPage(body, 'workspaces', toSpace),
      signal,
    );
  }

  getSpace(space: SpaceId, signal?: AbortSignal): Promise<RootedSpace> {
    const where = path(workspaces(space), this.#operator);
    const convert = (body: Json): RootedSpace => toSpace(body.workspace);
    return this.#session.ask({ endpoint: 'get-space', path: where, convert }, signal);
  }

  /** @param above - the node to list below; that of the space for its top level. */
  listNodes(
    space: SpaceId,
    parent: NodeId | null,
    above: NodeId,
    signal?: AbortSignal,
  ): Promise<Listed<LiveNode>> {
    const query = { parentNodeId: above, maxResults: this.#pageSize };
    const where = parent === null ? { space, parent } : { parent };
    const convert = (body: Json): Page<LiveNode> =>
      toPage(body, 'nodes', (item, at) => toNode(item, where, at));
    return this.#list('list-nodes', nodes(), query, convert, signal);
  }

  /** The node with a parent that nobody knows: the answer does not tell it. */
  getNode(node: NodeId, signal?: AbortSignal): Promise<LiveNode> {
    const where = path(nodes(node), this.#operator);
    const convert = (body: Json): LiveNode => toNode(body.node, { parent: aboveOf(node) });
    return this.#session.ask({ endpoint: 'get-node', path: where, convert }, signal);
  }

  createSpace({ name, description }: Of<'create-space'>, signal?: AbortSignal): Promise<RootedSpace> {
    const body = { name, ...(description === undefined ? {} : { option: { description } }) };
    const convert = (answer: Json): RootedSpace => toSpace(answer.workspace);
    const where = path(workspaces(), this.#operator);
    return this.#session.ask({ endpoint: 'create-space', path: where, body, convert }, signal);
  }

  /** `nodeId` of the answer is another id, which no other call takes: `dentryUuid` is the node's. */
  createNode(node: Of<'create-node'>, signal?: AbortSignal): Promise<LiveNode> {
    const { space, parent, title, type } = node;
    const body = {
      name: title,
      docType: docTypes[type],
      operatorId: this.#session.operator,
      ...(parent === null ? {} : { parentNodeId: parent }),
    };
    const convert = (answer: Json): LiveNode => {
      const url = textOr(answer, 'url', 'the answer');
      return {
        id: text(answer, 'dentryUuid', 'the answer') as NodeId,
        space,
        parent,
        title,
        type,
        kind: 'origin',
        origin: null,
        hasChildren: false,
        createdAt: undefined,
        creator: undefined,
        ...(url === '' ? {} : { url }),
      };
    };
    const where = path(['v1.0', 'doc', 'workspaces', space, 'docs']);
    return this.#session.ask({ endpoint: 'create-node', path: where, body, convert }, signal);
  }

  /** By which ids the storage calls know the node. */
  dentryOf(node: NodeId, signal?: AbortSignal): Promise<Dentry> {
    const where = path(['v2.0', 'doc', 'dentries', node, 'queryDentryId'], this.#operator);
    return this.#session.ask({ endpoint: convertEndpoint, path: where, convert: toDentry }, signal);
  }

  copy(dentry: Dentry, target: Dentry, signal?: AbortSignal): Promise<StorageAnswer> {
    return this.#transfer('copy-node', 'copy', dentry, { target, option }, signal);
  }

  move(dentry: Dentry, target: Dentry, signal?: AbortSignal): Promise<StorageAnswer> {
    return this.#transfer('move-node', 'move', dentry, { target, option: movingOption }, signal);
  }

  rename(dentry: Dentry, title: string, signal?: AbortSignal): Promise<void> {
    const where = path(dentries(dentry, 'rename'), this.#union);
    const convert = (): void => undefined;
    const body = { newName: title };
    return this.#session.ask({ endpoint: 'rename-node', path: where, body, convert }, signal);
  }

  getTask(task: string): Promise<Task> {
    const where = path(['v1.0', 'storage', 'tasks', task], this.#union);
    return this.#session.ask({ endpoint: taskEndpoint, path: where, convert: toTask });
  }

  #transfer(
    endpoint: 'copy-node' | 'move-node',
    verb: string,
    dentry: Dentry,
    { target, option: how }: { readonly target: Dentry; readonly option: object },
    signal?: AbortSignal,
  ): Promise<StorageAnswer> {
    const body = { targetSpaceId: target.space, targetFolderId: target.id, option: how };
    const where = path(dentries(dentry, verb), this.#union);
    return this.#session.ask({ endpoint, path: where, body, convert: toStorageAnswer }, signal);
  }

  get #operator(): { readonly operatorId: string } {
    return { operatorId: this.#session.operator };
  }

  get #union(): { readonly unionId: string } {
    return { unionId: this.#session.operator };
  }

  async #list<Item extends { readonly id: string }>(
    endpoint: DingtalkEndpoint,
    parts: readonly string[],
    query: Readonly<Record<string, string | number>>,
    convert: (body: Json) => Page<Item>,
    signal?: AbortSignal,
  ): Promise<Listed<Item>> {
    const fetchPage = (nextToken: string | undefined): Promise<Page<Item>> => {
      const where = path(parts, { ...this.#operator, ...query, nextToken });
      return this.#session.ask(
        { endpoint, path: where, convert: (body) => convert(record(body, 'the answer')) },
        signal,
      );
    };
    try {
      return await listAll(fetchPage);
    } catch (error) {
      if (!(error instanceof OddFieldError)) throw error;
      const message = `${endpoint}: the listing is odd: ${error.message}`;
      throw new ProviderError({ kind: 'malformed', endpoint, sent: 'no', message });
    }
  }
}

/** Stands for the parent that an answer about a node does not tell; no node has it. */
const aboveOf = (node: NodeId): NodeId => `above ${node}` as NodeId;
