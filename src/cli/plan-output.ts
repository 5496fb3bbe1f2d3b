// How a plan comes out: one value, in the format that was asked for, on stdout.

import { renderPlanDiff } from '../render/plan-diff.ts';
import { planToJson } from '../render/plan-json.ts';
import { renderPlanTree } from '../render/plan-tree.ts';
import { resultStyle } from './color.ts';
import type { Planned } from './planning.ts';
import { printJson } from './report.ts';
import type { Context } from './settings.ts';

/** What `--format` may be where the result is a plan. */
export const planFormats: readonly string[] = ['tree', 'json', 'diff'];

export interface OutputOptions {
  /** Folds nothing. */
  readonly full?: boolean;
}

/** Prints the plan; what is no format of a plan is a tree. */
export function printPlan(planned: Planned, options: OutputOptions, context: Context): void {
  const { plan, diagnostics } = planned;
  if (context.settings.format === 'json') printJson(planToJson({ ...plan, diagnostics }), context);
  else context.edge.out(`${planText(planned, options, context)}\n`);
}

function planText(planned: Planned, { full = false }: OutputOptions, context: Context): string {
  const { plan, survey, manifest } = planned;
  const { defaultType } = manifest.provider.capabilities;
  const common = { style: resultStyle(context), defaultType };
  if (context.settings.format === 'diff') return renderPlanDiff(plan, survey.match, common);
  return renderPlanTree(plan, survey.match, { ...common, full, width: context.edge.width });
}
