// Copying, moving and renaming: a storage call, and, where it answers with a task, that task polled to its
// end. Whatever goes wrong after the call was accepted leaves the operation in doubt, for it may be done.
//
// That the storage calls work on the nodes of a wiki is documented for their ids only. A refusal therefore
// says what the vendor answered, and what is left to do.

import type { NodeId, SpaceId } from '../../tree/identifier.ts';
import type { LiveNode } from '../../tree/live.ts';
import type { Clock } from '../clock.ts';
import type { OnProviderEvent } from '../http/event.ts';
import type { Named, OnTicket, Operation, Sighting } from '../provider.ts';
import { ProviderError } from '../provider-error.ts';
import type { DingtalkApi } from './api.ts';
import { taskEndpoint } from './capability.ts';
import type { StorageAnswer, Task } from './convert.ts';
import type { DentryBook } from './dentry-book.ts';

type Of<Kind extends Operation['kind']> = Extract<Operation, { kind: Kind }>;

export interface StorageParts {
  readonly api: DingtalkApi;
  readonly book: DentryBook;
  readonly list: (space: SpaceId, parent: NodeId | null) => Promise<Sighting>;
  readonly clock: Clock;
  /** How long a task may go on. */
  readonly callTimeoutMs: number;
  readonly onEvent: OnProviderEvent | undefined;
}

/**
 * Before a task is looked at, and between two looks, doubled up to the longest. Each look is a call that counts
 * for the month's quota, and a task of a few pages is over by the first.
 */
const firstPauseMs = 500;
const longestPauseMs = 8000;

export class Storage {
  readonly #parts: StorageParts;

  constructor(parts: StorageParts) {
    this.#parts = parts;
  }

  async copy(operation: Of<'copy-node'>, signal?: AbortSignal, onTicket?: OnTicket): Promise<LiveNode> {
    const { api, book } = this.#parts;
    const source = page(operation.node);
    const answer = await this.#transferred(operation, source, api.copy.bind(api), signal, onTicket);
    const { node, type } =
      answer.node === undefined ? await this.#lookFor(operation) : { ...answer, node: answer.node };
    book.note(node, answer.dentry);
    return this.#placed(operation, node, type ?? (await api.getNode(node)).type, operation.title);
  }

  async move(operation: Of<'move-node'>, signal?: AbortSignal, onTicket?: OnTicket): Promise<LiveNode> {
    const { api, book } = this.#parts;
    const { node } = operation;
    const answer = await this.#transferred(operation, page(node), api.move.bind(api), signal, onTicket);
    book.note(node, answer.dentry);
    return this.#placed(
      operation,
      node,
      operation.type ?? answer.type ?? '',
      operation.title ?? answer.title,
    );
  }

  async rename({ node, title }: Of<'rename-node'>, signal?: AbortSignal): Promise<void> {
    const { api, book } = this.#parts;
    const dentry = await book.dentryOf(page(node), signal);
    await api.rename(dentry, title, signal).catch((error: unknown) => {
      throw this.#refusal(error, [page(node)]);
    });
  }

  async #transferred(
    operation: Of<'copy-node' | 'move-node'>,
    subject: Named,
    transfer: DingtalkApi['copy'],
    signal?: AbortSignal,
    onTicket?: OnTicket,
  ): Promise<StorageAnswer> {
    const { book } = this.#parts;
    const target = placeOf(operation);
    const [dentry, folder] = await Promise.all([
      book.dentryOf(subject, signal),
      book.dentryOf(target, signal),
    ]);
    const answer = await transfer(dentry, folder, signal).catch((error: unknown) => {
      throw this.#refusal(error, [subject, target]);
    });
    if (answer.task === undefined) return answer;
    await onTicket?.(answer.task);
    const { status, why, succeeded } = await this.#end(answer.task, operation.kind, (error) =>
      inDoubt(error, operation.kind),
    );
    if (status === 'failed') throw failed(operation.kind, why, succeeded);
    return answer;
  }

  /** Waits for the end of a task that an earlier run began; one that the vendor has forgotten is long over. */
  async settle(task: string, signal?: AbortSignal): Promise<void> {
    try {
      await this.#end(task, taskEndpoint, (error) => error, signal);
    } catch (error) {
      if (!(error instanceof ProviderError) || error.kind !== 'not-found') throw error;
    }
  }

  /** Once begun it is seen to its end by whoever began it: cutting it short would tell nothing. */
  async #end(
    task: string,
    endpoint: string,
    explain: (error: unknown) => unknown,
    signal?: AbortSignal,
  ): Promise<Task> {
    const { api, clock, callTimeoutMs, onEvent } = this.#parts;
    const beganMs = clock.monotonicMs();
    for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      if (clock.monotonicMs() - beganMs + pauseMs > callTimeoutMs) throw endless(endpoint, callTimeoutMs);
      onEvent?.({ kind: 'waiting', endpoint: taskEndpoint, waitMs: pauseMs, reason: 'task' });
      await clock.sleep(pauseMs, signal);
      const found = await api.getTask(task).catch((error: unknown) => {
        throw explain(error);
      });
      if (found.status !== 'running') return found;
    }
  }

  /** The task of a copy does not tell what it made: siblings of one type differ in their titles. */
  async #lookFor({ targetSpace, targetParent, title, kind }: Of<'copy-node'>): Promise<LiveNodeId> {
    const { nodes } = await this.#parts.list(targetSpace, targetParent).catch((error: unknown) => {
      throw inDoubt(error, kind);
    });
    const found = nodes.filter((node) => node.title === title);
    const [only] = found;
    if (only !== undefined && found.length === 1) return { node: only.id, type: only.type };
    throw new ProviderError({
      kind: 'unavailable',
      endpoint: kind,
      sent: 'yes',
      message: `${kind}: the copy is made, and ${found.length} pages below its parent could be it`,
      help: 'run the same command again: it looks for the copy before it makes another',
    });
  }

  #placed(
    { targetSpace: space, targetParent: parent }: Of<'copy-node' | 'move-node'>,
    id: NodeId,
    type: string,
    title: string,
  ): LiveNode {
    const unknown = { hasChildren: false, createdAt: undefined, creator: undefined };
    return { id, space, parent, title, type, kind: 'origin', origin: null, ...unknown };
  }

  #refusal(error: unknown, named: readonly Named[]): unknown {
    if (!(error instanceof ProviderError) || error.sent !== 'no') return error;
    // An id that was recalled may be out of date.
    if (error.kind === 'not-found') for (const each of named) this.#parts.book.forget(each);
    if (!['not-found', 'invalid', 'forbidden'].includes(error.kind)) return error;
    const { kind, endpoint, sent, vendorCode, httpStatus, requestId, message, help } = error;
    const wayOut =
      'make this change by hand in the wiki, then run the same command again: it finds the page where it is';
    return new ProviderError({
      kind,
      endpoint,
      sent,
      vendorCode,
      httpStatus,
      requestId,
      message,
      help: help === undefined ? wayOut : `${help}; or ${wayOut}`,
    });
  }
}

interface LiveNodeId {
  readonly node: NodeId;
  readonly type: string | undefined;
}

const page = (id: NodeId): Named => ({ kind: 'page', id });

function placeOf({ targetSpace, targetParent }: Of<'copy-node' | 'move-node'>): Named {
  return targetParent === null ? { kind: 'space', id: targetSpace } : page(targetParent);
}

function inDoubt(error: unknown, endpoint: string): unknown {
  if (!(error instanceof ProviderError)) return error;
  const { kind, vendorCode, httpStatus, requestId, help } = error;
  const message = `${endpoint} was accepted, and what came of it could not be asked: ${error.message}`;
  return new ProviderError({
    kind,
    endpoint,
    sent: 'unknown',
    message,
    vendorCode,
    httpStatus,
    requestId,
    help,
  });
}

function failed(endpoint: string, why: string, succeeded: number): ProviderError {
  const reason = why === '' ? 'without a reason' : `: ${why}`;
  return new ProviderError({
    kind: /permission|denied|forbidden/i.test(why) ? 'forbidden' : 'invalid',
    endpoint,
    sent: succeeded === 0 ? 'no' : 'unknown',
    message: `${endpoint}: the vendor's task failed ${reason}`.replace(' :', ':'),
    help: 'check that the operator may manage the page and edit what it is to lie below, then run the same command again',
  });
}

function endless(endpoint: string, callTimeoutMs: number): ProviderError {
  return new ProviderError({
    kind: 'unavailable',
    endpoint,
    sent: 'unknown',
    message: `${endpoint}: the vendor's task was not over after ${callTimeoutMs / 1000} s`,
    help: 'run the same command again later, or give calls more time with --call-timeout',
  });
}
