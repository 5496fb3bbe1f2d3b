// What an apply is about to do, and what came of it, one entry at a time. The state is the sum of what
// was saved and of the journal that was begun on it.
//
// Invariant: a step's intent is durable before the step is tried, and its outcome before anything that
// depends on it is. So after a kill at any instant, whatever may have happened without being known is
// an intent without an outcome, and there are no more of these than calls were under way.

import type { NodeKind } from '../tree/desired.ts';
import type { Address, NodeId, SpaceId } from '../tree/identifier.ts';
import { openBook, type State, type StateEvent } from './state.ts';

/** Something that a call will make, told so that it can be found again without its answer. */
export type Making =
  | {
      readonly kind: 'space';
      readonly name: string;
      readonly description: string;
      /** Spaces that were visible before. */
      readonly known: readonly SpaceId[];
    }
  | {
      readonly kind: 'node';
      readonly space: SpaceId;
      /** `null` at the top level of the space. */
      readonly parent: NodeId | null;
      readonly title: string;
      readonly type: string;
      readonly nodeKind: NodeKind;
      /** The page a shortcut points to. */
      readonly origin: NodeId | null;
      /** Children of that parent that looked the same before. */
      readonly known: readonly NodeId[];
      /** Who makes it, in the vendor's ids, where an earlier answer told. */
      readonly creator: string | undefined;
      /** Unix seconds by the vendor's clock: the youngest page that was seen before. */
      readonly since: number | undefined;
    };

export interface Intent {
  /** The step's id in its plan. */
  readonly step: string;
  readonly address: Address;
  /** Unix milliseconds. */
  readonly atMs: number;
  /** `undefined` for a move or a rename: the live tree tells by itself whether it happened. */
  readonly making: Making | undefined;
}

export type JournalEntry =
  | {
      readonly entry: 'run';
      /** Fingerprint of the saved state that the journal was begun on. */
      readonly onto: string;
      /** Digest of the plan that is being applied. */
      readonly plan: string;
    }
  | { readonly entry: 'intent'; readonly intent: Intent }
  | { readonly entry: 'done'; readonly step: string; readonly events: readonly StateEvent[] }
  /** The call is known to have had no effect. */
  | { readonly entry: 'failed'; readonly step: string };

/** What an unfinished run left behind. */
export interface Remains {
  readonly state: State;
  /** Steps that were begun and whose end nobody knows. */
  readonly open: readonly Intent[];
  /** The plan that was not finished. */
  readonly plan: string | undefined;
}

/**
 * The state with what the journal adds. A journal that was begun on another state than the one saved now
 * is older than it; then it only adds pages and addresses that the state knows nothing of.
 */
export function foldJournal(state: State, fingerprint: string, entries: readonly JournalEntry[]): Remains {
  const book = openBook(state);
  const bound = new Set([...state.nodes.values()].map((binding) => binding.id));
  const open = new Map<string, Intent>();
  let plan: string | undefined;
  let isOwn = true;
  for (const entry of entries) {
    switch (entry.entry) {
      case 'run':
        isOwn = entry.onto === fingerprint;
        plan = entry.plan;
        break;
      case 'intent':
        open.set(entry.intent.step, entry.intent);
        break;
      case 'failed':
        open.delete(entry.step);
        break;
      case 'done':
        open.delete(entry.step);
        for (const event of entry.events) if (isOwn || isNew(event)) book.record(event);
        break;
    }
  }
  return { state: book.state, open: [...open.values()].filter(isUnknown), plan };

  function isNew(event: StateEvent): boolean {
    switch (event.kind) {
      case 'bind-space':
        return !state.spaces.has(event.address);
      case 'bind-node':
        return !state.nodes.has(event.address) && !bound.has(event.binding.id);
      case 'forget':
        return false;
    }
  }

  /** An address that was bound since needs no looking for. */
  function isUnknown({ making, address }: Intent): boolean {
    if (making === undefined) return false;
    return making.kind === 'space' ? !book.state.spaces.has(address) : isOwn || !state.nodes.has(address);
  }
}
