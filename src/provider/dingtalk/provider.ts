// DingTalk behind the provider's contract.
//
// Moving, copying and renaming go through the storage calls, which know nodes by other ids
// (`dentry-book.ts`) and may answer with a task that goes on after the answer: an operation is over when its
// task is. A copy has its source's title and brings along what lies below the source; the capabilities say
// so, and the plan renames by a step of its own.

import { assertNever } from '../../diagnostic/invariant.ts';
import type { Capabilities, Identity } from '../../tree/capability.ts';
import type { NodeId, SpaceId } from '../../tree/identifier.ts';
import type { Rate } from '../../tree/limit.ts';
import type { LiveNode, LiveSpace } from '../../tree/live.ts';
import { Caller } from '../http/caller.ts';
import { HttpClient } from '../http/client.ts';
import { Pace } from '../http/pace.ts';
import { Redactor } from '../http/redactor.ts';
import type {
  Aliases,
  CallCounts,
  OnTicket,
  Operation,
  Outcome,
  Provider,
  ProviderOptions,
  ReadRequest,
  Sighting,
} from '../provider.ts';
import { DingtalkApi } from './api.ts';
import { plainSpace, type RootedSpace } from './convert.ts';
import { DentryBook } from './dentry-book.ts';
import { tokenEndpoint } from './endpoint.ts';
import { requestIdHeader } from './error.ts';
import { credentialsOf, Session } from './session.ts';
import { findSpace } from './space-search.ts';
import { Storage } from './storage.ts';
import { requireCreatable } from './type-check.ts';

export interface DingtalkOptions extends ProviderOptions {
  readonly capabilities: Capabilities;
}

const defaultCallTimeoutMs = 120_000;

/** The vendor publishes no cap for tokens; as many as for the wiki's calls. */
const tokenRate: Rate = { count: 20, windowMs: 1000 };

/** @throws {ProviderError} `invalid` when the base URL or the proxy's address cannot be used. */
export function createDingtalkProvider(options: DingtalkOptions): Provider {
  return new DingtalkProvider(options);
}

class DingtalkProvider implements Provider {
  readonly capabilities: Capabilities;
  readonly identity: Identity;
  readonly identities: ReadonlySet<Identity>;
  readonly #client: HttpClient;
  readonly #caller: Caller;
  readonly #session: Session;
  readonly #api: DingtalkApi;
  readonly #book: DentryBook;
  readonly #storage: Storage;
  /** The node whose children are a space's top level; it never changes. */
  readonly #roots = new Map<SpaceId, NodeId>();

  constructor(options: DingtalkOptions) {
    const { capabilities, clock, random, proxy, onEvent } = options;
    const credentials = credentialsOf(options.credentials);
    const callTimeoutMs = options.callTimeoutMs ?? defaultCallTimeoutMs;
    const rates = { ...capabilities.pace, [tokenEndpoint]: tokenRate, ...options.pace };
    const redactor = new Redactor([credentials?.appSecret]);
    const pace = new Pace({ rates, clock, onEvent, memory: options.paceMemory });
    const baseUrl = options.baseUrl ?? capabilities.defaultBaseUrl;
    const client = new HttpClient({ baseUrl, clock, redactor, proxy });
    const http = { client, pace, clock, random, redactor, callTimeoutMs, requestIdHeader, onEvent };
    const caller = new Caller(http);
    this.capabilities = capabilities;
    this.identity = options.identity;
    this.identities = new Set<Identity>(credentials === undefined ? [] : ['app']);
    this.#client = client;
    this.#caller = caller;
    this.#session = new Session({ capabilities, caller, clock, redactor, credentials });
    this.#api = new DingtalkApi(this.#session, capabilities.pageSize);
    this.#book = new DentryBook(this.#api, (space, signal) => this.#rootOf(space, signal));
    this.#storage = new Storage({
      api: this.#api,
      book: this.#book,
      list: (space, parent) => this.#listNodes(space, parent),
      clock,
      callTimeoutMs,
      onEvent,
    });
  }

  get aliases(): Aliases {
    return this.#book;
  }

  async read(request: ReadRequest, signal?: AbortSignal): Promise<Sighting> {
    switch (request.kind) {
      case 'list-spaces': {
        const { items, pages } = await this.#api.listSpaces(signal);
        return { spaces: items.map((space) => this.#noted(space)), nodes: [], pages };
      }
      case 'get-space': {
        const { space, calls } = await findSpace(request.space, this.#api, signal);
        return { spaces: [this.#noted(space)], nodes: [], pages: calls };
      }
      case 'list-nodes':
        return this.#listNodes(request.space, request.parent, signal);
      case 'get-node':
        return { spaces: [], nodes: [await this.#api.getNode(request.node, signal)], pages: 1 };
      default:
        return assertNever(request);
    }
  }

  async perform(operation: Operation, signal?: AbortSignal, onTicket?: OnTicket): Promise<Outcome> {
    switch (operation.kind) {
      case 'create-space':
        return { kind: 'space', space: this.#noted(await this.#api.createSpace(operation, signal)) };
      case 'create-node':
        return { kind: 'node', node: await this.#createNode(operation, signal) };
      case 'copy-node':
        return { kind: 'node', node: await this.#storage.copy(operation, signal, onTicket) };
      case 'move-node':
        return { kind: 'node', node: await this.#storage.move(operation, signal, onTicket) };
      case 'rename-node':
        await this.#storage.rename(operation, signal);
        return { kind: 'renamed' };
      default:
        return assertNever(operation);
    }
  }

  settle(ticket: string, signal?: AbortSignal): Promise<void> {
    return this.#storage.settle(ticket, signal);
  }

  calls(): CallCounts {
    return this.#caller.counts();
  }

  close(): Promise<void> {
    this.#session.close();
    return this.#client.close();
  }

  #noted(space: RootedSpace): LiveSpace {
    this.#roots.set(space.id, space.root);
    return plainSpace(space);
  }

  async #listNodes(space: SpaceId, parent: NodeId | null, signal?: AbortSignal): Promise<Sighting> {
    const isKnown = parent !== null || this.#roots.has(space);
    const above = parent ?? (await this.#rootOf(space, signal));
    const { items, pages } = await this.#api.listNodes(space, parent, above, signal);
    return { spaces: [], nodes: items, pages: isKnown ? pages : pages + 1 };
  }

  async #rootOf(space: SpaceId, signal?: AbortSignal): Promise<NodeId> {
    const known = this.#roots.get(space);
    if (known !== undefined) return known;
    const { space: found } = await findSpace(space, this.#api, signal);
    this.#noted(found);
    return found.root;
  }

  #createNode(operation: Operation & { kind: 'create-node' }, signal?: AbortSignal): Promise<LiveNode> {
    requireCreatable(operation, this.capabilities);
    return this.#api.createNode(operation, signal);
  }
}
