// How a plan comes out, or what stands in its place on error: one value, in the format that was asked for,
// on stdout.

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Match } from '../diff/match.ts';
import { renderErrorsMarkdown } from '../render/diagnostics-markdown.ts';
import { renderErrorsPage, renderPlanPage } from '../render/html/plan-page.ts';
import { renderPlanDiff } from '../render/plan-diff.ts';
import { errorAnnotations, planAnnotations } from '../render/plan-github.ts';
import { planToJson } from '../render/plan-json.ts';
import { defaultMaxBytes, renderPlanMarkdown } from '../render/plan-markdown.ts';
import { renderPlanTree } from '../render/plan-tree.ts';
import type { Plan } from '../schedule/plan.ts';
import type { LiveTree } from '../tree/live.ts';
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

/** What the formats are drawn from, wherever it was got. */
export interface Shown {
  readonly plan: Plan;
  readonly match: Match;
  readonly live: LiveTree;
  readonly strangers: Planned['strangers'];
  /** What people call the vendor, and the type that goes without saying there. */
  readonly label: string;
  readonly defaultType: string;
  /** For code frames. */
  readonly texts: Texts;
}

export function shownOf({ plan, survey, manifest, diagnostics, strangers, texts }: Planned): Shown {
  const { match, live } = survey;
  const { label, defaultType } = manifest.provider.capabilities;
  return { plan: { ...plan, diagnostics }, match, live, strangers, label, defaultType, texts };
}

/** Prints the plan; what is no format of a plan is a tree. */
export function printPlan(shown: Shown, options: OutputOptions, context: Context): void {
  const { plan } = shown;
  switch (context.settings.format) {
    case 'json':
      printJson(planToJson(plan), context);
      break;
    case 'github': {
      const annotations = planAnnotations(plan, pathInCheckout(context.edge));
      printWorkflow(annotations, markdown(shown, options), context);
      break;
    }
    case 'html':
      context.edge.out(renderPlanPage({ ...shown, full: options.full }));
      break;
    default:
      context.edge.out(`${planText(shown, options, context)}\n`);
  }
}

function planText(shown: Shown, options: OutputOptions, context: Context): string {
  const { plan, match, defaultType } = shown;
  const common = { style: resultStyle(context), defaultType };
  switch (context.settings.format) {
    case 'diff':
      return renderPlanDiff(plan, match, common);
    case 'markdown':
      return markdown(shown, options);
    default:
      return renderPlanTree(plan, match, { ...common, full: options.full, width: context.edge.width });
  }
}

function markdown(
  { plan, match, defaultType, texts }: Shown,
  { full, maxBytes = defaultMaxBytes }: OutputOptions,
): string {
  return renderPlanMarkdown(plan, match, { full, maxBytes, defaultType, texts });
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
