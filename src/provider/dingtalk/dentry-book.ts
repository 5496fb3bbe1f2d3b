// By which ids the storage calls know nodes. Each costs a call to learn, so none is learnt twice: what an
// earlier run has learnt is recalled from the state. The top level of a space is known by the dentry of the
// space's root node; never by "0", which is the root of the one storage space that all spaces share.
//
// It is not documented that every node has such ids. So whoever is about to move, copy or rename learns them
// first, and hears in plain words where the vendor does not tell them.

import type { NodeId, SpaceId } from '../../tree/identifier.ts';
import type { Aliases, Named } from '../provider.ts';
import { ProviderError } from '../provider-error.ts';
import type { DingtalkApi } from './api.ts';
import { type Dentry, parseDentry, printDentry } from './convert.ts';

export class DentryBook implements Aliases {
  readonly #api: DingtalkApi;
  readonly #rootOf: (space: SpaceId, signal?: AbortSignal) => Promise<NodeId>;
  readonly #known = new Map<string, Dentry>();
  /** Being asked for: whoever needs it meanwhile waits for the same answer. */
  readonly #asked = new Map<string, Promise<Dentry>>();

  constructor(api: DingtalkApi, rootOf: (space: SpaceId, signal?: AbortSignal) => Promise<NodeId>) {
    this.#api = api;
    this.#rootOf = rootOf;
  }

  recall(id: NodeId | SpaceId, alias: string): void {
    const dentry = parseDentry(alias);
    if (dentry !== undefined) this.#known.set(id, dentry);
  }

  of(id: NodeId | SpaceId): string | undefined {
    const dentry = this.#known.get(id);
    return dentry === undefined ? undefined : printDentry(dentry);
  }

  async learn(all: readonly Named[], signal?: AbortSignal): Promise<void> {
    await Promise.all(all.map((named) => this.dentryOf(named, signal)));
  }

  note(id: NodeId, dentry: Dentry | undefined): void {
    if (dentry !== undefined) this.#known.set(id, dentry);
  }

  /** What was recalled may be of no use any more: it is learnt again. */
  forget({ id }: Named): void {
    this.#known.delete(id);
  }

  async dentryOf(named: Named, signal?: AbortSignal): Promise<Dentry> {
    const known = this.#known.get(named.id) ?? this.#asked.get(named.id);
    if (known !== undefined) return known;
    const asked = this.#ask(named, signal).finally(() => this.#asked.delete(named.id));
    this.#asked.set(named.id, asked);
    return asked;
  }

  async #ask(named: Named, signal?: AbortSignal): Promise<Dentry> {
    const node = named.kind === 'space' ? await this.#rootOf(named.id, signal) : named.id;
    const dentry = await this.#api.dentryOf(node, signal).catch((error: unknown) => {
      throw error instanceof ProviderError ? explained(error, named) : error;
    });
    this.#known.set(named.id, dentry);
    return dentry;
  }
}

const refusals: ReadonlySet<string> = new Set(['not-found', 'forbidden', 'invalid']);

function explained(error: ProviderError, { kind, id }: Named): ProviderError {
  if (!refusals.has(error.kind)) return error;
  const { endpoint, vendorCode, httpStatus, requestId } = error;
  const what = kind === 'space' ? `the top level of the space ${id}` : `the page ${id}`;
  return new ProviderError({
    kind: 'invalid',
    endpoint,
    sent: 'no',
    vendorCode,
    httpStatus,
    requestId,
    message: `the vendor does not tell under which id its storage calls know ${what}, and without it nothing can be moved, copied or renamed there: ${error.message}`,
    help:
      kind === 'space'
        ? 'move pages to the top of this space by hand, or let the manifest put them below a page of it; new pages can be made there all the same'
        : 'make this change by hand in the wiki, or take it out of the manifest; then run the same command again',
  });
}
