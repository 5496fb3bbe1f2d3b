// The plan as one JSON document, and what stands in its place on error. `schemas/plan.schema.json`
// describes it; a reader may rely on every name here.

import { type Diagnostic, hasErrors } from '../diagnostic/diagnostic.ts';
import type { Source } from '../diagnostic/source.ts';
import type { Before, ChangeKind, Origin } from '../diff/change.ts';
import type { BroughtPage, Estimate, Plan, PlanBase, Step, Summary } from '../schedule/plan.ts';
import type { Trial } from '../schedule/trial.ts';
import { spaceOfAddress, splitAddress } from '../tree/address.ts';
import type { VendorKind } from '../tree/capability.ts';
import type { NodeKind, Reference } from '../tree/desired.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import { type DiagnosticJson, diagnosticsToJson } from './diagnostics.ts';
import { formatVersion, noEstimate, noSummary } from './document.ts';

/** An address, or a page that is not declared. */
type ReferenceDocument = Address | { readonly id: NodeId };

export interface StepDocument {
  readonly id: string;
  readonly kind: ChangeKind;
  readonly address: Address;
  readonly title: string;
  readonly type?: string;
  readonly nodeType?: NodeKind;
  readonly before?: Before;
  readonly parent?: Address;
  readonly after: readonly string[];
  readonly reason: string;
  readonly inferred: boolean;
  readonly origin: Origin;
  readonly source?: Source;
  /** Why the step is shown and not tried. */
  readonly blocked?: string;
  /** Pages a move takes along; moves alone have it. */
  readonly carried?: number;
  /** A detour: the page makes way for another step and goes on by one of its own. */
  readonly parked?: true;
  readonly copyOf?: ReferenceDocument;
  readonly shortcutTo?: ReferenceDocument;
  /** Declared pages that a copy makes along with its own, where the vendor copies branches; copies alone have it. */
  readonly brings?: readonly BroughtPage[];
  /** How many undeclared pages it makes, as far as its source was read. */
  readonly extras?: number;
}

interface SpaceDocument {
  readonly key: string;
  readonly steps: number;
}

export interface PlanDocument {
  readonly formatVersion: string;
  readonly errored: boolean;
  readonly provider?: VendorKind;
  readonly digest?: string;
  /** What the origins of the steps are told from, where there is one. */
  readonly base?: PlanBase;
  readonly summary: Summary;
  readonly estimate: Estimate;
  /** Where not everything is planned: what is, and how many changes were left out. */
  readonly scope?: readonly Address[];
  readonly leftOut?: number;
  /** Where not everything was read: pages of which only the state says that they are as declared. */
  readonly believed?: number;
  /** The spaces that have steps, in the order of the steps. */
  readonly spaces: readonly SpaceDocument[];
  readonly steps: readonly StepDocument[];
  /** Calls that are tried before anything rests on them, and how. */
  readonly trials?: readonly Trial[];
  readonly adopted: readonly Address[];
  readonly forgotten: readonly Address[];
  readonly diagnostics: readonly DiagnosticJson[];
}

export interface ValidationDocument {
  readonly formatVersion: string;
  readonly valid: boolean;
  readonly diagnostics: readonly DiagnosticJson[];
}

export function planToJson(plan: Plan): PlanDocument {
  return {
    formatVersion,
    errored: hasErrors(plan.diagnostics),
    provider: plan.provider,
    digest: plan.digest,
    ...(plan.base === undefined ? {} : { base: plan.base }),
    summary: plan.summary,
    estimate: plan.estimate,
    ...partToJson(plan),
    ...(plan.believed === undefined ? {} : { believed: plan.believed }),
    spaces: spacesOf(plan.steps),
    steps: plan.steps.map(stepToJson),
    ...(plan.trials === undefined ? {} : { trials: plan.trials }),
    adopted: plan.adopted,
    forgotten: plan.forgotten,
    diagnostics: diagnosticsToJson(plan.diagnostics),
  };
}

/** The document where there is no plan to show: the same shape, without provider and digest. */
export function errorToJson(diagnostics: readonly Diagnostic[]): PlanDocument {
  return {
    formatVersion,
    errored: true,
    summary: noSummary,
    estimate: noEstimate,
    spaces: [],
    steps: [],
    adopted: [],
    forgotten: [],
    diagnostics: diagnosticsToJson(diagnostics),
  };
}

export function validateToJson(diagnostics: readonly Diagnostic[]): ValidationDocument {
  return { formatVersion, valid: !hasErrors(diagnostics), diagnostics: diagnosticsToJson(diagnostics) };
}

function partToJson({ part }: Plan): Pick<PlanDocument, 'scope' | 'leftOut'> {
  return part === undefined ? {} : { scope: part.scope, leftOut: part.leftOut.length };
}

/** The matrix of a pipeline that gives each space a job of its own. */
function spacesOf(steps: readonly Step[]): readonly SpaceDocument[] {
  const counts = new Map<Address, number>();
  for (const step of steps) {
    const space = spaceOfAddress(step.address);
    counts.set(space, (counts.get(space) ?? 0) + 1);
  }
  return [...counts].map(([space, count]) => ({ key: splitAddress(space)?.[0] ?? space, steps: count }));
}

function stepToJson(step: Step): StepDocument {
  const { type, nodeType, before, parent, source, blocked } = step;
  return {
    id: step.id,
    kind: step.kind,
    address: step.address,
    title: step.title,
    ...(type === undefined ? {} : { type }),
    ...(nodeType === undefined ? {} : { nodeType }),
    ...(before === undefined ? {} : { before }),
    ...(parent === undefined ? {} : { parent }),
    after: step.after,
    reason: step.reason,
    inferred: step.inferred,
    origin: step.origin,
    ...(source === undefined ? {} : { source }),
    ...(blocked === undefined ? {} : { blocked }),
    ...(step.kind === 'move-node' ? { carried: step.carried } : {}),
    ...(step.parks ? { parked: true as const } : {}),
    ...referenceField(step),
    ...(step.brings === undefined ? {} : { brings: step.brings }),
    ...(step.extras === undefined ? {} : { extras: step.extras }),
  };
}

function referenceField(step: Step): Pick<StepDocument, 'copyOf' | 'shortcutTo'> {
  if (step.reference === undefined) return {};
  const reference = referenceToJson(step.reference);
  return step.kind === 'copy-node' ? { copyOf: reference } : { shortcutTo: reference };
}

function referenceToJson(reference: Reference): ReferenceDocument {
  return 'id' in reference ? { id: reference.id } : reference.address;
}
