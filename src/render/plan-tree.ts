// The plan as a tree for people: the manifest's outline with a sign per change and its reason, what is
// unchanged folded, and the sum as the last line.

import type { Match } from '../diff/match.ts';
import type { Plan } from '../schedule/plan.ts';
import type { Address } from '../tree/identifier.ts';
import { clip, oneLine } from './clip.ts';
import { counted, grouped } from './count.ts';
import { foldedRows, isChanged } from './plan-folding.ts';
import { layOut } from './plan-layout.ts';
import { outline } from './plan-outline.ts';
import { renderSummary } from './plan-summary.ts';
import { renderPlanTable } from './plan-table.ts';
import type { Style } from './style.ts';

export interface TreeOptions {
  readonly style: Style;
  /** Columns of the reader's screen. */
  readonly width: number;
  /** Folds nothing. */
  readonly full?: boolean | undefined;
  /** The type that goes without saying; the vendor's default, `docx` unless given. */
  readonly defaultType?: string | undefined;
}

/** Lines without a line break at the end. Takes time in proportion to the plan and the manifest. */
export function renderPlanTree(plan: Plan, match: Match, options: TreeOptions): string {
  const { style, width, full = false } = options;
  // The outline of 400,000 pages takes most of a second, and where nothing is marked no line of it is shown.
  const roots = full || hasMarks(plan) ? outline(plan, match, options.defaultType ?? 'docx') : [];
  const { rows, isHuge } = foldedRows(roots, full);
  const blocks = [
    isHuge ? renderPlanTable(plan, match, style) : [],
    full || rows.some(isChanged) ? layOut(rows, width, style) : [],
    remarks(plan, width).map((line) => style.dim(line)),
    [style.bold(renderSummary(plan))],
  ];
  const isShort = blocks.slice(0, 2).every((block) => block.length === 0);
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join(isShort ? '\n' : '\n\n');
}

const hasMarks = ({ steps, adopted }: Plan): boolean => steps.length > 0 || adopted.length > 0;

/** What the plan leaves alone, and a reviewer may wonder about. */
function remarks({ forgotten, summary: { unmanaged } }: Plan, width: number): string[] {
  const alone = unmanaged === 1 ? 'is not declared; it is' : 'are not declared; they are';
  return [
    ...(forgotten.length === 0
      ? []
      : [clip(`To forget, left in the wiki as they are: ${someOf(forgotten)}`, width)]),
    ...(unmanaged === 0 ? [] : [`${counted(unmanaged, 'page')} in the wiki ${alone} left alone.`]),
  ];
}

function someOf(addresses: readonly Address[]): string {
  const names = addresses.slice(0, 5).map(oneLine);
  const left = addresses.length - names.length;
  return left === 0 ? names.join(', ') : `${names.join(', ')} and ${grouped(left)} more`;
}
