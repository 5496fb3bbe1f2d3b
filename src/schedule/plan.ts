// The plan: ordered steps in addresses, what they amount to and what they cost. A plain value; it prints
// as JSON, holds no token and no clock, and the same input makes the same bytes (law 9).

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Change, Origin } from '../diff/change.ts';
import type { VendorKind } from '../tree/capability.ts';
import type { Address } from '../tree/identifier.ts';
import type { Trial } from './trial.ts';

export interface Step extends Change {
  /** `s0`, `s1`, … in the plan's order. */
  readonly id: string;
  /** Steps that must be done before this one begins. */
  readonly after: readonly string[];
  /** Pages that a move takes along. */
  readonly carried: number;
  /** A detour: the page makes way for another step, and goes on by one of its own. */
  readonly parks: boolean;
  /** Declared pages that a copy brings along, parents first: no step makes them. */
  readonly brings?: readonly BroughtPage[];
  /** How many undeclared pages it brings. */
  readonly extras?: number;
}

export interface BroughtPage {
  readonly address: Address;
  readonly parent: Address;
  /** As the copy has it. */
  readonly title: string;
}

export interface Summary {
  readonly createSpace: number;
  readonly createNode: number;
  readonly copyNode: number;
  /** Pages that change place; a detour counts in `parked`. */
  readonly moveNode: number;
  readonly renameNode: number;
  readonly parked: number;
  readonly blocked: number;
  readonly carried: number;
  readonly adopt: number;
  readonly forget: number;
  readonly unmanaged: number;
  readonly unchanged: number;
}

export interface Estimate {
  readonly readCalls: number;
  readonly writeCalls: number;
  readonly seconds: number;
}

/** An earlier manifest that origins are told from. */
export interface PlanBase {
  /** As the user named it. */
  readonly ref: string;
  readonly commit: string;
}

/** A plan for a part of the manifest (`scope.ts`). */
export interface Part {
  /** Pages and spaces that are planned, with everything below them. */
  readonly scope: readonly Address[];
  /** Changes that were not asked for: neither done nor forgotten. */
  readonly leftOut: readonly Change[];
}

export interface Plan {
  readonly provider: VendorKind;
  /** Without one, what is not drift is of this change. */
  readonly base?: PlanBase | undefined;
  readonly digest: string;
  readonly summary: Summary;
  readonly estimate: Estimate;
  readonly steps: readonly Step[];
  /** What the vendor is asked, or made to do, before anything rests on it; absent where nothing is in doubt. */
  readonly trials?: readonly Trial[] | undefined;
  readonly adopted: readonly Address[];
  readonly forgotten: readonly Address[];
  readonly archived: readonly Address[];
  /** Where not everything is planned. */
  readonly part?: Part | undefined;
  /** Where not everything was read: pages that are as declared by the state's memory alone. */
  readonly believed?: number | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** How many changes have each origin; detours belong to the change they are made for. */
export function originCounts({ steps }: Plan): Readonly<Record<Origin, number>> {
  const counts = { 'this-change': 0, pending: 0, drift: 0 };
  for (const { origin, parks } of steps) if (!parks) counts[origin] += 1;
  return counts;
}

/** Steps that can be tried; a blocked one is only shown. */
export function runnableSteps(plan: Plan): readonly Step[] {
  return plan.steps.filter((step) => step.blocked === undefined);
}
