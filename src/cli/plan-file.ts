// A saved plan: the plan's JSON document with what is needed to make it again. It holds no ids and no
// secrets; applying it plans anew and goes on only if the digest is still the same.

import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { type PlanDocument, planToJson } from '../render/plan-json.ts';
import { type PlanPicture, pictureOf } from '../render/plan-picture.ts';
import { type RestoredPlan, restorePlan } from '../render/plan-restore.ts';
import { savedPlanError } from '../schema/saved-plan-check.ts';
import type { Planned, PlanningOptions } from './planning.ts';
import { CommandFailure } from './report.ts';
import type { Context } from './settings.ts';
import { packageRoot } from './version.ts';

export interface SavedPlan extends PlanningOptions {
  /** The manifest it was made from, as the user named it. */
  readonly file: string;
  readonly digest: string;
  readonly steps: readonly SavedStep[];
}

/** As much of a step as tells whether a later plan goes on with it. */
export interface SavedStep {
  readonly kind: string;
  readonly address: string;
  readonly parent: string | undefined;
  readonly title: string;
  readonly before: { readonly parent: string; readonly title: string } | undefined;
  readonly parked: boolean;
}

/** The picture stands in one line: it is for `wikiform show`, not for people. */
export function savedPlan(planned: Planned, options: PlanningOptions): string {
  const { plan, manifest, diagnostics, survey, strangers } = planned;
  const { ignoreGuard, allowWiderAudience, peelUnmanaged, targets, spaces, refresh } = options;
  const flags = { ignoreGuard, allowWiderAudience, peelUnmanaged, targets, spaces, refresh };
  const base = plan.base === undefined ? {} : { base: plan.base.commit };
  const madeFrom = { file: manifest.file, ...flags, ...base };
  const { label: vendor, defaultType } = manifest.provider.capabilities;
  const picture = pictureOf({ plan, ...survey, strangers, vendor, defaultType });
  const text = JSON.stringify({ ...planToJson({ ...plan, diagnostics }), madeFrom }, null, 2);
  return `${text.slice(0, -2)},\n  "picture": ${JSON.stringify(picture)}\n}\n`;
}

/** @throws {CommandFailure} when the file is no plan of a format this wikiform knows. */
export async function readPlanFile(file: string, context: Context): Promise<SavedPlan> {
  const plan = await readDocument(file, context);
  const { digest, madeFrom } = plan;
  if (typeof digest !== 'string' || !isRecord(madeFrom) || typeof madeFrom.file !== 'string') {
    throw unreadable(file, 'it is not a plan that was saved with --out');
  }
  const { ignoreGuard, allowWiderAudience, peelUnmanaged, base, targets, spaces, refresh } = madeFrom;
  return {
    file: madeFrom.file,
    digest,
    steps: Array.isArray(plan.steps) ? plan.steps.flatMap(readStep) : [],
    ignoreGuard: ignoreGuard === true,
    allowWiderAudience: allowWiderAudience === true,
    peelUnmanaged: peelUnmanaged === true,
    base: typeof base === 'string' ? base : undefined,
    targets: textsIn(targets),
    spaces: textsIn(spaces),
    refresh: refresh === 'touched' ? refresh : 'all',
  };
}

/** @throws {CommandFailure} when the file is no plan of a format this wikiform knows. */
export async function readShownPlan(file: string, context: Context): Promise<RestoredPlan & Vendor> {
  const { madeFrom: _, picture, ...document } = await readDocument(file, context);
  const schema: unknown = JSON.parse(readFileSync(`${packageRoot}schemas/plan.schema.json`, 'utf8'));
  const wrong = savedPlanError(isRecord(schema) ? schema : {}, document, picture);
  if (wrong !== undefined) throw unreadable(file, `it is not a plan that was saved with --out (${wrong})`);
  const seen = picture as PlanPicture;
  const { vendor: label, defaultType } = seen;
  return { ...restorePlan(document as unknown as PlanDocument, seen), label, defaultType };
}

interface Vendor {
  readonly label: string;
  readonly defaultType: string;
}

async function readDocument(file: string, { edge }: Context): Promise<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(resolve(edge.cwd, file), 'utf8'));
  } catch (error) {
    throw unreadable(file, error instanceof Error ? error.message : String(error));
  }
  const plan = isRecord(value) ? value : {};
  const { formatVersion } = plan;
  if (typeof formatVersion !== 'string') throw unreadable(file, 'it is not a plan that wikiform saved');
  if (Number.parseInt(formatVersion, 10) > 1) throw new CommandFailure([newer(file, formatVersion)]);
  return plan;
}

const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((text) => typeof text === 'string') : [];

/** None where it is no step: then nothing goes on with it. */
function readStep(step: unknown): SavedStep[] {
  if (!isRecord(step)) return [];
  const { kind, address, parent, title, before, parked } = step;
  if (typeof kind !== 'string' || typeof address !== 'string' || typeof title !== 'string') return [];
  const had = isRecord(before) ? { parent: String(before.parent), title: String(before.title) } : undefined;
  return [
    {
      kind,
      address,
      parent: typeof parent === 'string' ? parent : undefined,
      title,
      before: had,
      parked: parked === true,
    },
  ];
}

function unreadable(file: string, why: string): CommandFailure {
  return new CommandFailure([
    diagnostic('PLAN_UNREADABLE', {
      detail: `${file}: ${why}.`,
      help: 'Save a plan with wikiform plan --out FILE, and name that file.',
    }),
  ]);
}

function newer(file: string, version: string): Diagnostic {
  return diagnostic('VERSION_UNSUPPORTED', {
    detail: `${file} has plan format ${version}; this wikiform knows formats up to 1.0.`,
    help: 'Use the wikiform version that saved it, or a newer one.',
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
