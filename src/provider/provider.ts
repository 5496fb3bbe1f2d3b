// The contract between wikiform and a vendor: data (`capabilities`) and two verbs, `read` and
// `perform`. Here the language is the vendor's: tokens, not addresses. A vendor serves one folder,
// one line in the registry and one pass of the conformance suite.

import type { Capabilities, Identity } from '../tree/capability.ts';
import type { NodeId, SpaceId } from '../tree/identifier.ts';
import type { Rate } from '../tree/limit.ts';
import type { LiveNode, LiveSpace } from '../tree/live.ts';
import type { Clock } from './clock.ts';
import type { OnProviderEvent } from './http/event.ts';
import type { PaceMemory } from './http/pace-memory.ts';
import type { ProxySettings } from './http/proxy.ts';
import type { LoginKeeper } from './login.ts';

/** Something to look at. Each is one call, but for the listings, which take one call a page. */
export type ReadRequest =
  | { readonly kind: 'list-spaces' }
  | { readonly kind: 'get-space'; readonly space: SpaceId }
  | { readonly kind: 'list-nodes'; readonly space: SpaceId; readonly parent: NodeId | null }
  | { readonly kind: 'get-node'; readonly node: NodeId };

/** What was seen: listings answer with all their pages joined, each node once. */
export interface Sighting {
  readonly spaces: readonly LiveSpace[];
  readonly nodes: readonly LiveNode[];
  /** Calls' worth of pages that the answer took. */
  readonly pages: number;
}

/** One write, in the vendor's ids. `parent: null` is the top level of the space. */
export type Operation =
  | {
      readonly kind: 'create-space';
      readonly name: string;
      readonly description: string | undefined;
      readonly sharing: 'open' | 'closed' | undefined;
    }
  | {
      readonly kind: 'create-node';
      readonly space: SpaceId;
      readonly parent: NodeId | null;
      readonly title: string;
      readonly type: string;
      /** The page a shortcut points to; `null` makes a page of its own. */
      readonly origin: NodeId | null;
    }
  | {
      readonly kind: 'copy-node';
      readonly node: NodeId;
      /** The space the source lies in. */
      readonly space: SpaceId;
      readonly targetSpace: SpaceId;
      readonly targetParent: NodeId | null;
      readonly title: string;
    }
  | {
      readonly kind: 'move-node';
      readonly node: NodeId;
      /** The space the node lies in before the move. */
      readonly space: SpaceId;
      readonly targetSpace: SpaceId;
      readonly targetParent: NodeId | null;
      /** What the page is, where that is known: not every vendor tells it of what has moved. */
      readonly title?: string;
      readonly type?: string;
    }
  | { readonly kind: 'rename-node'; readonly node: NodeId; readonly space: SpaceId; readonly title: string };

/** What the write made or left behind. */
export type Outcome =
  | { readonly kind: 'space'; readonly space: LiveSpace }
  | { readonly kind: 'node'; readonly node: LiveNode }
  | { readonly kind: 'renamed' };

/** Attempts as the server counts them: retries, pages and token calls included. */
export interface CallCounts {
  readonly total: number;
  readonly byEndpoint: Readonly<Record<string, number>>;
}

/** A page, or the top level of a space. */
export type Named =
  | { readonly kind: 'page'; readonly id: NodeId }
  | { readonly kind: 'space'; readonly id: SpaceId };

/**
 * Other names that a vendor's calls know pages by (`Capabilities.aliases`). They never change, and cost a call
 * each, so the state keeps them: what they look like is the vendor's business alone.
 */
export interface Aliases {
  /** Hands back what an earlier run has learnt. */
  recall(id: NodeId | SpaceId, alias: string): void;
  /** `undefined` where it is not known. */
  of(id: NodeId | SpaceId): string | undefined;
  /**
   * Learns those that are not known.
   *
   * @throws {ProviderError} where the vendor does not tell one, and says what to do about it.
   */
  learn(all: readonly Named[], signal?: AbortSignal): Promise<void>;
}

/** Gets the vendor's name for what it goes on with: to be asked about by whoever comes next, if need be. */
export type OnTicket = (ticket: string) => Promise<void>;

export interface Provider {
  readonly capabilities: Capabilities;
  /** On whose behalf calls are made wherever the endpoint takes it. */
  readonly identity: Identity;
  /** Every identity whose credentials are at hand. */
  readonly identities: ReadonlySet<Identity>;
  /**
   * Looks. Safe to repeat, and repeated on anything passing.
   *
   * @throws {ProviderError} `not-found` or `forbidden` for what is not there or may not be seen.
   */
  read(request: ReadRequest, signal?: AbortSignal): Promise<Sighting>;
  /**
   * Writes once. Never repeated unless the vendor is known not to have done it.
   *
   * @param onTicket - told, and waited for, where the vendor goes on with the operation after its answer.
   * @throws {ProviderError} whose `sent` says whether the write may have happened.
   */
  perform(operation: Operation, signal?: AbortSignal, onTicket?: OnTicket): Promise<Outcome>;
  /**
   * Waits until the vendor is through with what it went on with, however that ended; absent where it never
   * goes on after its answer.
   *
   * @throws {ProviderError} where that cannot be asked, or takes too long.
   */
  settle?(ticket: string, signal?: AbortSignal): Promise<void>;
  calls(): CallCounts;
  close(): Promise<void>;
  /** `undefined` where the vendor knows every page by one name. */
  readonly aliases?: Aliases | undefined;
}

/** What every vendor is opened with. */
export interface ProviderOptions {
  /** Default: the vendor's own. */
  readonly baseUrl?: string | undefined;
  /** On whose behalf calls are made wherever they take it. */
  readonly identity: Identity;
  /** By the names that the capabilities give them. */
  readonly credentials: Credentials;
  /** Keeps the login of the user, where there is one; a token among the credentials goes before it. */
  readonly keeper?: LoginKeeper | undefined;
  /** Replaces the published caps endpoint by endpoint. */
  readonly pace?: Readonly<Record<string, Rate>> | undefined;
  /** What processes that share the caps tell those after them. */
  readonly paceMemory?: PaceMemory | undefined;
  readonly clock: Clock;
  /** From 0 to below 1; spreads retries. */
  readonly random: () => number;
  /** How long one call may go unanswered, retries included; default 120,000. */
  readonly callTimeoutMs?: number | undefined;
  readonly proxy?: ProxySettings | undefined;
  readonly onEvent?: OnProviderEvent | undefined;
}

/** What an identity is known by, under the names of `Capabilities.credentials`. */
export type Credentials = Readonly<Record<string, string | undefined>>;
