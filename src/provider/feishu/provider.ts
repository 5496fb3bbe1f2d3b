// Feishu and Lark behind the provider's contract.
//
// A created or copied page is taken to have the title that was asked for, unless the answer shows
// another, non-empty one: the vendor's own sample answers show `"title": ""`, so an empty title says
// nothing, and a look or a rename per page to make sure would double the cost of every apply. Where the
// answer does show another title (servers that name a shortcut after its origin) and the title can be
// written, it is set by a second call at once. Should that call fail, the page still stands: it is
// returned with the title it has, because losing its id would be worse, and the next plan names it.

import { assertNever } from '../../diagnostic/invariant.ts';
import type { Capabilities, Identity } from '../../tree/capability.ts';
import type { LiveNode } from '../../tree/live.ts';
import { Caller } from '../http/caller.ts';
import { HttpClient } from '../http/client.ts';
import { Pace } from '../http/pace.ts';
import { Redactor } from '../http/redactor.ts';
import type {
  CallCounts,
  Operation,
  Outcome,
  Provider,
  ProviderOptions,
  ReadRequest,
  Sighting,
} from '../provider.ts';
import { ProviderError } from '../provider-error.ts';
import { FeishuApi } from './api.ts';
import { tokenRates } from './endpoint.ts';
import { requestIdHeader } from './error.ts';
import { identitiesOf } from './identity.ts';
import { Session } from './session.ts';

export interface FeishuOptions extends ProviderOptions {
  readonly capabilities: Capabilities;
}

const defaultCallTimeoutMs = 120_000;

/** @throws {ProviderError} `invalid` when the base URL or the proxy's address cannot be used. */
export function createFeishuProvider(options: FeishuOptions): Provider {
  return new FeishuProvider(options);
}

class FeishuProvider implements Provider {
  readonly capabilities: Capabilities;
  readonly identity: Identity;
  readonly identities: ReadonlySet<Identity>;
  readonly #client: HttpClient;
  readonly #caller: Caller;
  readonly #session: Session;
  readonly #api: FeishuApi;

  constructor(options: FeishuOptions) {
    const { capabilities, identity, credentials, clock, random, proxy, onEvent } = options;
    const baseUrl = options.baseUrl ?? capabilities.defaultBaseUrl;
    const callTimeoutMs = options.callTimeoutMs ?? defaultCallTimeoutMs;
    const rates = { ...capabilities.pace, ...tokenRates, ...options.pace };
    const redactor = new Redactor([credentials.appSecret, credentials.userAccessToken]);
    const pace = new Pace({ rates, clock, onEvent, memory: options.paceMemory });
    const client = new HttpClient({ baseUrl, clock, redactor, proxy });
    const identities = identitiesOf(credentials, options.keeper !== undefined);
    const caller = new Caller({
      client,
      pace,
      clock,
      random,
      redactor,
      callTimeoutMs,
      requestIdHeader,
      onEvent,
    });
    const shared = { capabilities, clock, redactor, identity, identities };
    this.capabilities = capabilities;
    this.identity = identity;
    this.identities = identities;
    this.#client = client;
    this.#caller = caller;
    this.#session = new Session({ ...shared, caller, credentials, keeper: options.keeper });
    this.#api = new FeishuApi(this.#session, capabilities.pageSize);
  }

  async read(request: ReadRequest, signal?: AbortSignal): Promise<Sighting> {
    switch (request.kind) {
      case 'list-spaces': {
        const { items, pages } = await this.#api.listSpaces(signal);
        return { spaces: items, nodes: [], pages };
      }
      case 'get-space':
        return { spaces: [await this.#api.getSpace(request.space, signal)], nodes: [], pages: 1 };
      case 'list-nodes': {
        const { items, pages } = await this.#api.listNodes(request.space, request.parent, signal);
        return { spaces: [], nodes: items, pages };
      }
      case 'get-node':
        return { spaces: [], nodes: [await this.#api.getNode(request.node, signal)], pages: 1 };
      default:
        return assertNever(request);
    }
  }

  async perform(operation: Operation, signal?: AbortSignal): Promise<Outcome> {
    switch (operation.kind) {
      case 'create-space':
        return { kind: 'space', space: await this.#api.createSpace(operation, signal) };
      case 'create-node':
        return this.#titled(await this.#api.createNode(operation, signal), operation.title, signal);
      case 'copy-node':
        return this.#titled(await this.#api.copyNode(operation, signal), operation.title, signal);
      case 'move-node':
        return { kind: 'node', node: await this.#api.moveNode(operation, signal) };
      case 'rename-node':
        await this.#api.renameNode(operation, signal);
        return { kind: 'renamed' };
      default:
        return assertNever(operation);
    }
  }

  calls(): CallCounts {
    return this.#caller.counts();
  }

  close(): Promise<void> {
    this.#session.close();
    return this.#client.close();
  }

  /** The new page with the title that was asked for, as far as it can have it; see above. */
  async #titled(node: LiveNode, title: string, signal?: AbortSignal): Promise<Outcome> {
    const titled: Outcome = { kind: 'node', node: { ...node, title } };
    if (node.title === '' || node.title === title) return titled;
    if (!this.#canRename(node)) return { kind: 'node', node };
    try {
      await this.#api.renameNode({ kind: 'rename-node', node: node.id, space: node.space, title }, signal);
      return titled;
    } catch (error) {
      if (error instanceof ProviderError) return { kind: 'node', node };
      throw error;
    }
  }

  #canRename({ kind, type }: LiveNode): boolean {
    const { shortcuts, types } = this.capabilities;
    return kind === 'shortcut' ? shortcuts.rename : types[type]?.rename === true;
  }
}
