// Intents that are told before their turn has come. Where each write is dear, those of a whole batch are
// made durable at once, and then one may be told before the page above it is there: it names that page's
// address instead of its id. What becomes of that page tells the id, or that there is nothing to look for.

import type { Address } from '../tree/identifier.ts';
import { nodeId, type SpaceId, spaceId } from '../tree/identifier.ts';
import type { Awaited, Intent, Making } from './journal.ts';
import type { State } from './state.ts';

export type MakingOutcome =
  /** `space`: where a page lies now, if that is known. */
  | { readonly kind: 'made'; readonly id: string; readonly space?: SpaceId | undefined }
  /** It was not made, so that nothing was made below it either. */
  | { readonly kind: 'nothing' };

export const nothing: MakingOutcome = { kind: 'nothing' };

/** What a state knows of it, once no step is open that could make it. */
export function outcomeIn({ nodes, spaces }: State, address: Address): MakingOutcome {
  const bound = nodes.get(address) ?? spaces.get(address);
  return bound === undefined ? nothing : { kind: 'made', id: bound.id };
}

/**
 * The intents with the ids that are known by now, without those that cannot have had an effect. Whatever is
 * open itself among them is still to be waited for.
 */
export function informAll(
  intents: readonly Intent[],
  outcomeOf: (address: Address) => MakingOutcome | undefined,
): readonly Intent[] {
  const open = new Set(intents.flatMap(({ making, address }) => (making === undefined ? [] : [address])));
  const informed = intents.flatMap((intent) => {
    const now = inform(intent, (address) => (open.has(address) ? undefined : outcomeOf(address)));
    return now ?? [];
  });
  // What falls away may be what others wait for.
  return informed.length === intents.length ? informed : informAll(informed, outcomeOf);
}

function inform(
  intent: Intent,
  outcomeOf: (address: Address) => MakingOutcome | undefined,
): Intent | undefined {
  const { making, awaits } = intent;
  if (awaits === undefined || making?.kind !== 'node') return intent;
  const left: Writable<Awaited> = {};
  const learned: Partial<Writable<NodeMaking>> = {};
  for (const key of ['space', 'parent', 'origin'] as const) {
    const address = awaits[key];
    if (address === undefined) continue;
    const outcome = outcomeOf(address);
    if (outcome?.kind === 'nothing') return undefined;
    if (outcome === undefined) left[key] = address;
    else if (key === 'space') learned.space = spaceId(outcome.id);
    else {
      learned[key] = nodeId(outcome.id);
      if (key === 'parent' && outcome.space !== undefined) learned.space = outcome.space;
    }
  }
  const { awaits: _, ...known } = intent;
  const now = { ...known, making: { ...making, ...learned } };
  return Object.keys(left).length === 0 ? now : { ...now, awaits: left };
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
type NodeMaking = Making & { readonly kind: 'node' };
