// The vendor's calls, typed: one method each, ids and texts in, spaces and nodes out.
// Sources: the vendor's pages for wiki v2. A parent is left out at the top level of a space.

import type { Endpoint } from '../../tree/capability.ts';
import type { NodeId, SpaceId } from '../../tree/identifier.ts';
import type { LiveNode, LiveSpace } from '../../tree/live.ts';
import { type Json, OddFieldError } from '../http/json.ts';
import { type Listed, listAll, type Page } from '../http/paging.ts';
import type { Operation } from '../provider.ts';
import { ProviderError } from '../provider-error.ts';
import { type ConvertItem, dataField, toNode, toPage, toSpace } from './convert.ts';
import { path } from './endpoint.ts';
import type { Session } from './session.ts';

type Of<Kind extends Operation['kind']> = Extract<Operation, { kind: Kind }>;

const toNodeAnswer = (body: Json): LiveNode => toNode(dataField(body, 'node'));
const toSpaceAnswer = (body: Json): LiveSpace => toSpace(dataField(body, 'space'));

export class FeishuApi {
  readonly #session: Session;
  readonly #pageSize: number;

  constructor(session: Session, pageSize: number) {
    this.#session = session;
    this.#pageSize = pageSize;
  }

  listSpaces(signal?: AbortSignal): Promise<Listed<LiveSpace>> {
    return this.#list('list-spaces', wiki(), {}, toSpace, signal);
  }

  getSpace(space: SpaceId, signal?: AbortSignal): Promise<LiveSpace> {
    const ask = { endpoint: 'get-space', path: path(wiki(space)), convert: toSpaceAnswer } as const;
    return this.#session.ask(ask, signal);
  }

  /** `parent_node_token` goes with every page: without it a later page is refused. */
  listNodes(space: SpaceId, parent: NodeId | null, signal?: AbortSignal): Promise<Listed<LiveNode>> {
    const query = { parent_node_token: parent ?? undefined };
    return this.#list('list-nodes', wiki(space, 'nodes'), query, toNode, signal);
  }

  /** A page that has left the wiki may be answered with another id than was asked for. */
  getNode(node: NodeId, signal?: AbortSignal): Promise<LiveNode> {
    const where = path(wiki('get_node'), { token: node });
    return this.#session.ask({ endpoint: 'get-node', path: where, convert: toNodeAnswer }, signal);
  }

  createSpace({ name, description, sharing }: Of<'create-space'>, signal?: AbortSignal): Promise<LiveSpace> {
    const body = { name, description, open_sharing: sharing };
    return this.#session.ask(
      { endpoint: 'create-space', path: path(wiki()), body, convert: toSpaceAnswer },
      signal,
    );
  }

  createNode(node: Of<'create-node'>, signal?: AbortSignal): Promise<LiveNode> {
    const body = {
      obj_type: node.type,
      node_type: node.origin === null ? 'origin' : 'shortcut',
      parent_node_token: node.parent ?? undefined,
      origin_node_token: node.origin ?? undefined,
      title: node.title,
    };
    return this.#writeNode('create-node', wiki(node.space, 'nodes'), body, signal);
  }

  /** The title always goes along: without it the copy would keep its source's. */
  copyNode({ node, space, title, ...target }: Of<'copy-node'>, signal?: AbortSignal): Promise<LiveNode> {
    const body = { ...targetOf(target), title };
    return this.#writeNode('copy-node', wiki(space, 'nodes', node, 'copy'), body, signal);
  }

  moveNode({ node, space, ...target }: Of<'move-node'>, signal?: AbortSignal): Promise<LiveNode> {
    return this.#writeNode('move-node', wiki(space, 'nodes', node, 'move'), targetOf(target), signal);
  }

  /** Takes docx, doc and shortcuts only. */
  renameNode({ node, space, title }: Of<'rename-node'>, signal?: AbortSignal): Promise<void> {
    const where = path(wiki(space, 'nodes', node, 'update_title'));
    const convert = (): void => undefined;
    return this.#session.ask({ endpoint: 'rename-node', path: where, body: { title }, convert }, signal);
  }

  #writeNode(
    endpoint: Endpoint,
    parts: readonly string[],
    body: unknown,
    signal?: AbortSignal,
  ): Promise<LiveNode> {
    return this.#session.ask({ endpoint, path: path(parts), body, convert: toNodeAnswer }, signal);
  }

  async #list<Item extends { readonly id: string }>(
    endpoint: Endpoint,
    parts: readonly string[],
    query: Readonly<Record<string, string | undefined>>,
    convert: ConvertItem<Item>,
    signal?: AbortSignal,
  ): Promise<Listed<Item>> {
    const toItems = (body: Json): Page<Item> => toPage(body.data, convert);
    const fetchPage = (pageToken: string | undefined): Promise<Page<Item>> => {
      const where = path(parts, { ...query, page_size: this.#pageSize, page_token: pageToken });
      return this.#session.ask({ endpoint, path: where, convert: toItems }, signal);
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

const wiki = (...parts: readonly string[]): string[] => ['wiki', 'v2', 'spaces', ...parts];

function targetOf(target: { targetSpace: SpaceId; targetParent: NodeId | null }) {
  return {
    target_space_id: target.targetSpace,
    target_parent_token: target.targetParent ?? undefined,
  };
}
