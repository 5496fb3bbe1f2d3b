// How a plan comes out, or what stands in its place on error: one value, in the format that was asked for,
// on stdout.

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { renderErrorsMarkdown } from '../render/diagnostics-markdown.ts';
import { renderErrorsPage, renderPlanPage } from '../render/html/plan-page.ts';
import { renderPlanDiff } from '../render/plan-diff.ts';
import { errorAnnotations, planAnnotations } from '../render/plan-github.ts';
import { planToJson } from '../render/plan-json.ts';
import { defaultMaxBytes, renderPlanMarkdown } from '../render/plan-markdown.ts';
import { renderPlanTree } from '../render/plan-tree.ts';
import { resultStyle } from './color.ts';
import type { Planned } from './planning.ts';
import { printJson, type Texts } from './report.ts';
import type { Context } from './settings.ts';
import { pathInCheckout, printWorkflow } from './workflow.ts';

/** What `--format` may be where the result is a plan. */
export const planFormats: readonly string[] = ['tree', 'json', 'markdown', 'diff', 'github', 'html'];

export interface OutputOptions {
  /** Folds nothing. */
  readonly full?: boolean;
  /** What Markdown may take, in bytes of UTF-8. */
  readonly maxBytes?: number;
}

/** Prints the plan; what is no format of a plan is a tree. */
export function printPlan(planned: Planned, options: OutputOptions, context: Context): void {
  const { diagnostics } = planned;
  const plan = { ...planned.plan, diagnostics };
  switch (context.settings.format) {
    case 'json':
      printJson(planToJson(plan), context);
      break;
    case 'github': {
      const annotations = planAnnotations(plan, pathInCheckout(context.edge));
      printWorkflow(annotations, markdown(planned, options), context);
      break;
    }
    case 'html':
      context.edge.out(page(planned, options));
      break;
    default:
      context.edge.out(`${planText(planned, options, context)}\n`);
  }
}

function planText(planned: Planned, options: OutputOptions, context: Context): string {
  const { plan, survey, manifest } = planned;
  const { defaultType } = manifest.provider.capabilities;
  const common = { style: resultStyle(context), defaultType };
  switch (context.settings.format) {
    case 'diff':
      return renderPlanDiff(plan, survey.match, common);
    case 'markdown':
      return markdown(planned, options);
    default: {
      const { full } = options;
      return renderPlanTree(plan, survey.match, { ...common, full, width: context.edge.width });
    }
  }
}

function page({ plan, survey, manifest, diagnostics, strangers }: Planned, { full }: OutputOptions): string {
  const { match, live } = survey;
  const { label, defaultType } = manifest.provider.capabilities;
  return renderPlanPage({ plan: { ...plan, diagnostics }, match, live, strangers, label, defaultType, full });
}

function markdown(planned: Planned, { full, maxBytes = defaultMaxBytes }: OutputOptions): string {
  const { plan, survey, manifest, diagnostics, texts } = planned;
  const { defaultType } = manifest.provider.capabilities;
  return renderPlanMarkdown({ ...plan, diagnostics }, survey.match, { full, maxBytes, defaultType, texts });
}

/** Prints on stdout what a format has to say of an error; the others have nothing to say there. */
export function printErrors(
  diagnostics: readonly Diagnostic[],
  texts: Texts,
  maxBytes: number | undefined,
  context: Context,
): void {
  const { format } = context.settings;
  if (format === 'html') context.edge.out(renderErrorsPage(diagnostics));
  if (format !== 'markdown' && format !== 'github') return;
  const text = renderErrorsMarkdown(diagnostics, texts, (maxBytes ?? defaultMaxBytes) - 1);
  if (format === 'markdown') context.edge.out(`${text}\n`);
  else printWorkflow(errorAnnotations(diagnostics, pathInCheckout(context.edge)), text, context);
}
