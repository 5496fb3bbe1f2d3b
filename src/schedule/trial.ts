// Calls of which nobody has documented that they work on every page: how the vendor is asked about each
// before anything rests on it.
//
// Premise. Whether such a call works is only known once it was made, and what was written before its refusal
// stays. So the call comes first, in the least harmful form that there is:
//   1. A step of that kind that waits for nothing, or only for other trials, is the trial itself: it goes
//      before all that is not in doubt, and costs no call.
//   2. Where each of them waits, say for the page that it is to move a page below, the vendor is asked to
//      leave a page as it is: to move it to where it lies, to call it what it is called. Either answer tells,
//      and neither changes the wiki; a clash of names is the page itself in its own way, and as good as a yes.
//      The page is one that the plan is to move or rename anyway. What such a call may do unseen, such as to
//      the order of siblings, the step would do a moment later; no other page is touched.
//      A page without others below it is preferred: a branch takes the vendor longer, and may be more than
//      one move may carry.
//   3. Where the plan makes every such page itself, as where a copy is yet to be called otherwise, there is
//      nothing to ask about: what has to be done before the first such step is done, then the step, then the
//      rest. Another page could be asked to keep its name, but nobody knows what a vendor that adds an
//      extension to names makes of a page called anew without it, and that page would be somebody else's.
//
// What has worked is remembered in the state, so that a call is tried once.

import type { Match } from '../diff/match.ts';
import type { Endpoint } from '../tree/capability.ts';
import type { Address } from '../tree/identifier.ts';
import { type LiveNode, type LiveTree, placeKey } from '../tree/live.ts';
import type { Step } from './plan.ts';

export interface Trial {
  readonly call: Endpoint;
  /** The step that is done as early as can be; what it waits for goes before it. */
  readonly step: string;
  /** The page that the vendor is asked about before any step. */
  readonly asks?: Address;
}

export interface TrialInput {
  /** Calls that are in doubt. */
  readonly calls: readonly Endpoint[];
  readonly match: Match;
  readonly live: LiveTree;
  /** How many pages one move may carry, the page itself included. */
  readonly nodesPerMove: number;
}

/** @param steps - those that can be tried, in the plan's order. */
export function trialsIn(steps: readonly Step[], input: TrialInput): readonly Trial[] {
  const { calls } = input;
  // A plan of one step has nothing that could be spared.
  if (steps.length < 2) return [];
  const free = freeSteps(steps, calls);
  const doubted = calls.filter((call) => steps.some(({ kind }) => kind === call));
  const closure = closures(steps);
  return doubted.flatMap((call): Trial[] => {
    const own = steps.filter(({ kind }) => kind === call);
    const step = free.get(call) ?? least(own.slice(0, weighed), (each) => closure(each).size);
    if (step === undefined) return [];
    const asks = free.has(call) ? undefined : pageToAsk(own, input);
    return [{ call, step: step.id, ...(asks === undefined ? {} : { asks }) }];
  });
}

/** Of how many steps it is counted what they wait for: the first few tell enough. */
const weighed = 100;

/** Of each call a step that waits for other trials at most. */
function freeSteps(steps: readonly Step[], calls: readonly Endpoint[]): ReadonlyMap<Endpoint, Step> {
  const free = new Map<Endpoint, Step>();
  const chosen = new Set<string>();
  for (let before = -1; before < free.size; ) {
    before = free.size;
    for (const call of calls) {
      if (free.has(call)) continue;
      const step = steps.find(({ kind, after }) => kind === call && after.every((id) => chosen.has(id)));
      if (step === undefined) continue;
      free.set(call, step);
      chosen.add(step.id);
    }
  }
  return free;
}

/** Of pages that are there: one that has none below it, else the first, where no branch is too large. */
function pageToAsk(own: readonly Step[], { match, live, nodesPerMove }: TrialInput): Address | undefined {
  const there = own.flatMap(({ address }) => {
    const page = livePage(address, match, live);
    return page !== undefined && isPlaced(page, live) ? [{ address, page }] : [];
  });
  const any = Number.isFinite(nodesPerMove) ? undefined : there[0];
  return (there.find(({ page }) => !hasBelow(page, live)) ?? any)?.address;
}

/** The live page that the vendor is asked about. */
export function pageAsked({ asks }: Trial, match: Match, live: LiveTree): LiveNode | undefined {
  return asks === undefined ? undefined : livePage(asks, match, live);
}

function livePage(address: Address, { nodes, bindings }: Match, live: LiveTree): LiveNode | undefined {
  const id = nodes.get(address)?.id ?? bindings.byAddress.get(address)?.id;
  return id === undefined ? undefined : live.nodes.get(id);
}

/** Whether other pages lie below it, as far as is known. */
export function hasBelow({ id, space, hasChildren }: LiveNode, { listings, children }: LiveTree): boolean {
  if (!listings.has(id)) return hasChildren;
  return (children.get(placeKey({ space, parent: id })) ?? []).length > 0;
}

/** Whether it is known where the page lies, and what it is called. */
const isPlaced = ({ parent, title }: LiveNode, { nodes }: LiveTree): boolean =>
  title !== '' && (parent === null || nodes.has(parent));

function least<T>(items: readonly T[], sizeOf: (item: T) => number): T | undefined {
  let found: { readonly item: T; readonly size: number } | undefined;
  for (const item of items) {
    const size = sizeOf(item);
    if (found === undefined || size < found.size) found = { item, size };
  }
  return found?.item;
}

/** By a step: the ids of all that it waits for, directly or not. */
export function closures(steps: readonly Step[]): (step: Step) => ReadonlySet<string> {
  const byId = new Map(steps.map((step) => [step.id, step]));
  return (step) => {
    const found = new Set<string>();
    const open = [...step.after];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (found.has(id)) continue;
      found.add(id);
      open.push(...(byId.get(id)?.after ?? []));
    }
    return found;
  };
}
