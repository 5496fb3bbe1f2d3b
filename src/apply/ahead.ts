// Which steps a store is told ahead, and what. Where making an intent durable is a push to another machine,
// one push tells what fits the next rate window.
//
// Terms. A step is *told* with its intent; its *maker* is the step that makes the page or space above it.
//
// Premise. Whoever looks for what a told step has made has nothing but its intent, and does not know how far
// the run came. So a step is told ahead only if its intent will be as true when the step's turn comes:
//   1. all that it waits for is done, under way or told before it;
//   2. its place is known, or is a page that a told step makes: then the intent names that page's address;
//   3. its place stays in its space: no branch that it lies in has yet to cross to another;
//   4. no other told step makes the same thing in the same place: of two such pages nobody could tell which
//      is which;
//   5. it does not make an undeclared page make way: the journal has to name that page's places by their ids.
// All others are told when their turn comes.

import { present } from '../diagnostic/invariant.ts';
import type { Match } from '../diff/match.ts';
import type { Step } from '../schedule/plan.ts';
import type { Awaited, Intent } from '../state/journal.ts';
import { spaceOfAddress } from '../tree/address.ts';
import { type Address, type NodeId, spaceId } from '../tree/identifier.ts';
import type { Rate } from '../tree/limit.ts';
import { type Place, placeKey } from '../tree/live.ts';
import type { StepStatus } from './event.ts';
import type { Circumstances, Intents } from './intent.ts';
import { operationOf } from './translation.ts';
import type { Whereabouts } from './whereabouts.ts';

export interface AheadInput {
  /** In the plan's order. */
  readonly steps: readonly Step[];
  readonly match: Match;
  readonly where: Whereabouts;
  readonly intents: Intents;
  readonly isStranger: (address: Address) => boolean;
  /** `undefined` until the step has ended. */
  readonly statusOf: (step: string) => StepStatus | undefined;
  readonly pace: Readonly<Record<string, Rate>>;
}

export interface Ahead {
  /** The step is under way. */
  begun(step: Step): void;
  /** Intents of steps that may be begun next, if this one is begun now. */
  after(step: Step, circumstances: Circumstances): readonly Intent[];
}

/** A batch is told for so long at least: many short windows are one. */
const leastWindowMs = 60_000;
/** However fast a server is, so many steps may be in doubt. */
const mostTold = 1000;

export function startAhead(input: AheadInput): Ahead {
  const underWay = new Set<string>();
  return {
    begun: (step) => underWay.add(step.id),
    after: (first, circumstances) => new Telling(input, circumstances, underWay, first).told(),
  };
}

/** Where a step makes something, as far as it is known. */
interface Spot extends Place {
  readonly awaits: Awaited;
}

class Telling {
  readonly #input: AheadInput;
  readonly #circumstances: Circumstances;
  readonly #isOpen: (step: Step) => boolean;
  readonly #room = new Map<string, number>();
  /** What told steps and those under way make, and where. */
  readonly #makers = new Map<Address, Spot>();
  readonly #things = new Set<string>();
  /** Steps that are not told, or have failed. */
  readonly #missing = new Set<string>();
  readonly #crossing: ReadonlySet<NodeId>;

  constructor(input: AheadInput, circumstances: Circumstances, underWay: ReadonlySet<string>, first: Step) {
    this.#input = input;
    this.#circumstances = circumstances;
    this.#isOpen = (step) => step.id === first.id || underWay.has(step.id);
    this.#crossing = crossingPages(input);
    this.#takeRoom(first);
  }

  told(): readonly Intent[] {
    const { steps, statusOf } = this.#input;
    const told: Intent[] = [];
    for (const step of steps) {
      const status = statusOf(step.id);
      if (status === 'done') continue;
      if (status !== undefined || step.after.some((id) => this.#missing.has(id))) this.#missing.add(step.id);
      else if (this.#isOpen(step)) this.#note(step);
      else {
        const intent = told.length < mostTold && this.#hasRoom(step) ? this.#tell(step) : undefined;
        if (intent === undefined) this.#missing.add(step.id);
        else {
          told.push(intent);
          this.#takeRoom(step);
        }
      }
    }
    return told;
  }

  #tell(step: Step): Intent | undefined {
    const { match, where, intents, isStranger } = this.#input;
    const { id, address } = step;
    const told = { step: id, address, atMs: this.#circumstances.atMs, isAhead: true };
    switch (step.kind) {
      case 'create-space':
        this.#note(step);
        return { ...intents.of(step, operationOf(step, match, where), this.#circumstances), isAhead: true };
      case 'move-node':
      case 'rename-node':
        return isStranger(address) ? undefined : { ...told, making: undefined };
      case 'create-node':
      case 'copy-node': {
        const spot = this.#spotOf(step);
        const origin = this.#originOf(step);
        if (spot === undefined || origin === undefined || !this.#note(step)) return undefined;
        const awaits = { ...spot.awaits, ...origin.awaits };
        const making = intents.making(step, spot, origin.id, this.#circumstances);
        return { ...told, making, ...(Object.keys(awaits).length === 0 ? {} : { awaits }) };
      }
    }
  }

  /** Notes what the step makes; whether it can be told from what others make. */
  #note(step: Step): boolean {
    const { address, title, type = '', nodeType = 'origin' } = step;
    if (step.kind === 'create-space')
      this.#makers.set(address, { space: spaceId(''), parent: null, awaits: {} });
    if (step.kind !== 'create-node' && step.kind !== 'copy-node') return true;
    const spot = this.#spotOf(step);
    if (spot === undefined) return false;
    const place =
      spot.awaits.parent ?? (spot.awaits.space === undefined ? placeKey(spot) : spot.awaits.space);
    const thing = JSON.stringify([place, title, type, nodeType]);
    if (this.#things.has(thing)) return false;
    this.#things.add(thing);
    this.#makers.set(address, spot);
    return true;
  }

  #spotOf(step: Step): Spot | undefined {
    const { match, where } = this.#input;
    const above = present(step.parent, `the parent of ${step.address}`);
    const maker = this.#makers.get(above);
    if (match.desired.spaces.has(above)) {
      if (maker !== undefined) return { ...maker, awaits: { space: above } };
      const space = where.findSpace(above);
      return space === undefined ? undefined : { space, parent: null, awaits: {} };
    }
    if (maker !== undefined) {
      const { space } = maker.awaits;
      return { ...maker, awaits: { ...(space === undefined ? {} : { space }), parent: above } };
    }
    const parent = where.findNode(above);
    if (parent === undefined || this.#mayCross(parent)) return undefined;
    return { space: where.placeOf(parent).space, parent, awaits: {} };
  }

  /** The page that a shortcut points to. */
  #originOf({ kind, reference }: Step): { readonly id: NodeId | null; readonly awaits: Awaited } | undefined {
    if (kind === 'copy-node' || reference === undefined) return { id: null, awaits: {} };
    if ('id' in reference) return { id: reference.id, awaits: {} };
    const { address } = reference;
    if (this.#makers.has(address)) return { id: null, awaits: { origin: address } };
    const id = this.#input.where.findNode(address);
    return id === undefined ? undefined : { id, awaits: {} };
  }

  #mayCross(page: NodeId): boolean {
    const { where } = this.#input;
    if (this.#crossing.size === 0) return false;
    for (let at: NodeId | null = page; at !== null; at = where.parentOf(at))
      if (this.#crossing.has(at)) return true;
    return false;
  }

  #hasRoom({ kind }: Step): boolean {
    return (this.#room.get(kind) ?? fitting(this.#input.pace[kind])) > 0;
  }

  #takeRoom({ kind }: Step): void {
    this.#room.set(kind, (this.#room.get(kind) ?? fitting(this.#input.pace[kind])) - 1);
  }
}

/** Calls that fit the next window. */
function fitting(rate: Rate | undefined): number {
  if (rate === undefined) return mostTold;
  return Math.max(1, Math.floor(rate.count * Math.max(1, leastWindowMs / rate.windowMs)));
}

/** Pages that have yet to move to another space. */
function crossingPages({ steps, where, statusOf }: AheadInput): ReadonlySet<NodeId> {
  const crossing = new Set<NodeId>();
  for (const step of steps) {
    if (step.kind !== 'move-node' || step.parent === undefined || statusOf(step.id) === 'done') continue;
    const page = where.findNode(step.address);
    const target = where.findSpace(spaceOfAddress(step.parent));
    if (page !== undefined && where.placeOf(page).space !== target) crossing.add(page);
  }
  return crossing;
}
