// A saved plan: the plan's JSON document with what is needed to make it again. It holds no ids and no
// secrets; applying it plans anew and goes on only if the digest is still the same.

import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { planToJson } from '../render/plan-json.ts';
import type { Planned, PlanningOptions } from './planning.ts';
import { CommandFailure } from './report.ts';
import type { Context } from './settings.ts';

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

export function savedPlan({ plan, manifest, diagnostics }: Planned, options: PlanningOptions): string {
  const { ignoreGuard, allowWiderAudience, peelUnmanaged, targets, spaces, refresh } = options;
  const flags = { ignoreGuard, allowWiderAudience, peelUnmanaged, targets, spaces, refresh };
  const base = plan.base === undefined ? {} : { base: plan.base.commit };
  const madeFrom = { file: manifest.file, ...flags, ...base };
  return `${JSON.stringify({ ...planToJson({ ...plan, diagnostics }), madeFrom }, null, 2)}\n`;
}

/** @throws {CommandFailure} when the file is no plan of a format this wikiform knows. */
export async function readPlanFile(file: string, { edge }: Context): Promise<SavedPlan> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(resolve(edge.cwd, file), 'utf8'));
  } catch (error) {
    throw unreadable(file, error instanceof Error ? error.message : String(error));
  }
  const plan = isRecord(value) ? value : {};
  const { formatVersion, digest, madeFrom } = plan;
  if (typeof formatVersion !== 'string') throw unreadable(file, 'it is not a plan that wikiform saved');
  if (Number.parseInt(formatVersion, 10) > 1) throw new CommandFailure([newer(file, formatVersion)]);
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
