// What an apply is about to do, and what came of it, one entry at a time. The state is the sum of what
// was saved and of the journal that was begun on it.
//
// Invariant: a step's intent is durable before the step is tried, and its outcome before anything that
// depends on it is. So after a kill at any instant, whatever may have happened without being known is
// an intent without an outcome, and there are no more of these than calls were under way.

import type { NodeKind } from '../tree/desired.ts';
import type { Address, NodeId, SpaceId } from '../tree/identifier.ts';
import { type Place, placeKey } from '../tree/live.ts';
import { informAll, nothing, outcomeIn } from './journal-ahead.ts';
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
      /** `''` where only the source of a copy tells it. */
      readonly type: string;
      readonly nodeKind: NodeKind;
      /** The page a shortcut points to. */
      readonly origin: NodeId | null;
      /** Pages that were there before and could be taken for it. */
      readonly known: readonly NodeId[];
      /** Who makes it, in the vendor's ids, where an earlier answer told. */
      readonly creator: string | undefined;
      /** Unix seconds by the vendor's clock: the youngest page that was seen before. */
      readonly since: number | undefined;
      /** Titles that later steps give a copy, which begins under its source's. */
      readonly later?: readonly string[];
      /** Declared pages that a copy brings along, parents first. */
      readonly brings?: readonly Brought[];
    };

/** A declared page that is made by the copy of what it lies below. */
export interface Brought {
  readonly address: Address;
  readonly parent: Address;
  /** As it comes. */
  readonly title: string;
  /** `''` where only its source tells it. */
  readonly type: string;
}

/** Ids that an intent has yet to learn, as the addresses of what other steps of the run will make. */
export interface Awaited {
  readonly space?: Address | undefined;
  readonly parent?: Address | undefined;
  /** The page a shortcut points to. */
  readonly origin?: Address | undefined;
}

export interface Intent {
  /** The step's id in its plan. */
  readonly step: string;
  readonly address: Address;
  /** Unix milliseconds. */
  readonly atMs: number;
  /** `undefined` for a move or a rename: the live tree tells by itself whether it happened. */
  readonly making: Making | undefined;
  /** Of the move of an undeclared page, which no state remembers: where it belongs. */
  readonly stray?: Stray | undefined;
  /** The vendor's name for what it goes on with after its answer: the next run waits for its end. */
  readonly ticket?: string | undefined;
  /** It was told before its turn had come, and may never have been begun. */
  readonly isAhead?: boolean | undefined;
  /** Only of an intent that was told ahead. */
  readonly awaits?: Awaited | undefined;
}

/** An undeclared page that makes way for others and has to come back. */
export interface Stray {
  readonly node: NodeId;
  readonly home: Place;
  /** Where this program has put it, one after the other; elsewhere it was put by people. */
  readonly places: readonly Place[];
}

/** Whether it was last put where it belongs. */
export function isHome({ home, places }: Stray): boolean {
  const last = places.at(-1);
  return last !== undefined && placeKey(last) === placeKey(home);
}

export type JournalEntry =
  | {
      readonly entry: 'run';
      /** Fingerprint of the saved state that the journal was begun on. */
      readonly onto: string;
      /** Digest of the plan that is being applied. */
      readonly plan: string;
      /** Undeclared pages that an earlier run did not bring back. */
      readonly strays: readonly Stray[];
    }
  | { readonly entry: 'intent'; readonly intent: Intent }
  | {
      readonly entry: 'done';
      readonly step: string;
      readonly events: readonly StateEvent[];
      /** Who makes pages in this run, in the vendor's ids, where the answer told. */
      readonly creator?: string | undefined;
    }
  /** The call is known to have had no effect. */
  | { readonly entry: 'failed'; readonly step: string };

/** What a run did not finish. */
export interface Unfinished {
  /** The plan's digest. */
  readonly plan: string;
  /** Steps that were begun and whose end nobody knows. */
  readonly open: readonly Intent[];
  /** Undeclared pages that may not be where they belong. */
  readonly strays: readonly Stray[];
}

export interface Remains {
  readonly state: State;
  /** `undefined` where the last run ended well, or there was none. */
  readonly unfinished: Unfinished | undefined;
}

/**
 * The state with what the journal adds. A journal that was begun on another state than the one saved now
 * is older than it; then it only adds pages and addresses that the state knows nothing of.
 */
export function foldJournal(state: State, fingerprint: string, entries: readonly JournalEntry[]): Remains {
  if (entries.length === 0) return { state, unfinished: undefined };
  const book = openBook(state);
  const bound = new Set([...state.nodes.values()].map((binding) => binding.id));
  const open = new Map<string, Intent>();
  const strays = new Map<NodeId, Stray>();
  const failed = new Set<Address>();
  let plan: string | undefined;
  let creator: string | undefined;
  let isOwn = true;
  for (const entry of entries) {
    switch (entry.entry) {
      case 'run':
        isOwn = entry.onto === fingerprint;
        plan = entry.plan;
        for (const stray of entry.strays) strays.set(stray.node, stray);
        break;
      case 'intent': {
        const { step, stray, making } = entry.intent;
        open.set(step, entry.intent);
        if (stray !== undefined) strays.set(stray.node, stray);
        if (making?.kind === 'node') creator = making.creator ?? creator;
        break;
      }
      case 'failed': {
        const address = open.get(entry.step)?.address;
        if (address !== undefined) failed.add(address);
        open.delete(entry.step);
        break;
      }
      case 'done':
        settle(entry.step);
        creator = entry.creator ?? creator;
        for (const event of entry.events) if (isOwn || isNew(event)) book.record(event);
        break;
    }
  }
  const unknown = [...open.values()].filter(isUnknown).map((intent) => withCreator(intent, creator));
  const left = informAll(unknown, (address) =>
    failed.has(address) ? nothing : outcomeIn(book.state, address),
  );
  const unfinished = plan === undefined ? undefined : { plan, open: left, strays: [...strays.values()] };
  return { state: book.state, unfinished };

  function settle(step: string): void {
    const stray = open.get(step)?.stray;
    if (stray !== undefined && isHome(stray)) strays.delete(stray.node);
    open.delete(step);
  }

  function isNew(event: StateEvent): boolean {
    switch (event.kind) {
      case 'bind-space':
        return !state.spaces.has(event.address);
      case 'bind-node':
        return !state.nodes.has(event.address) && !bound.has(event.binding.id);
      case 'forget':
        return false;
      case 'confirm':
        return true;
    }
  }

  /** An address that was bound since needs no looking for. */
  function isUnknown({ making, address, ticket }: Intent): boolean {
    if (making === undefined) return ticket !== undefined;
    return making.kind === 'space' ? !book.state.spaces.has(address) : isOwn || !state.nodes.has(address);
  }
}

/** Who makes pages is known only from the first answer on; steps that were begun before learn it from later ones. */
function withCreator(intent: Intent, creator: string | undefined): Intent {
  const { making } = intent;
  if (making?.kind !== 'node' || making.creator !== undefined) return intent;
  return { ...intent, making: { ...making, creator } };
}

/** What an earlier run left, for the journal of the next: its steps get names that the next run's do not have. */
export function leftOver({ plan, open, strays }: Unfinished, onto: string): JournalEntry[] {
  const intents = open.map(
    (intent, index) => ({ entry: 'intent', intent: { ...intent, step: `left${index}` } }) as const,
  );
  return [{ entry: 'run', onto, plan, strays }, ...intents];
}
