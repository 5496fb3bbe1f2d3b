// The plan as Markdown for a comment on a pull request: what it comes to above the fold, the tree below
// it, and never more bytes than allowed. Hosts cut comments that are too long anywhere; here whole blocks
// go first, and a list is cut between two of its lines, with the count of what is missing.

import type { Match } from '../diff/match.ts';
import type { Plan } from '../schedule/plan.ts';
import { counted, grouped } from './count.ts';
import { errorBlocks, noticeBlocks, type Texts } from './diagnostics-markdown.ts';
import { code, renderList } from './markdown.ts';
import { type Block, clipBytes, fitBlocks, wholeBlock } from './markdown-block.ts';
import { fenceRows } from './plan-fence.ts';
import { foldedRows, isChanged } from './plan-folding.ts';
import { outline } from './plan-outline.ts';
import { countRemarks } from './plan-remark.ts';
import type { Row } from './plan-row.ts';
import { summaryParts } from './plan-summary.ts';
import { planTable } from './plan-table.ts';

export interface MarkdownOptions {
  /** Bytes of UTF-8 that the text with one line break at its end may have. */
  readonly maxBytes: number;
  /** Folds nothing. */
  readonly full?: boolean | undefined;
  /** The type that goes without saying; the vendor's default, `docx` unless given. */
  readonly defaultType?: string | undefined;
  /** The files' texts by name; a file that is not there gets no code frame. */
  readonly texts?: Texts | undefined;
}

/** What hosts take, with room for what a pipeline adds. */
export const defaultMaxBytes = 60_000;

/** Lines without a line break at the end. Takes time in proportion to the plan and the manifest. */
export function renderPlanMarkdown(plan: Plan, match: Match, options: MarkdownOptions): string {
  const { full = false, defaultType = 'docx', texts = new Map() } = options;
  const { rows } = foldedRows(outline(plan, match, defaultType), full);
  const [what = '', ...cost] = summaryParts(plan);
  const blocks = [
    { rank: 0, share: 1, render: (room: number) => clipBytes(`### ${what}`, room) },
    ...wholeBlock(2, cost.join(' · ')),
    ...wholeBlock(
      2,
      countRemarks(plan)
        .map((line) => `- ${line}`)
        .join('\n'),
    ),
    ...errorBlocks(plan.diagnostics, texts),
    ...tableBlock(plan, match),
    ...(rows.some(isChanged) ? [treeBlock(rows, plan.steps.length)] : []),
    ...wholeBlock(5, leftAlone(plan)),
    ...noticeBlocks(plan.diagnostics, texts),
    ...wholeBlock(2, plan.steps.length === 0 ? '' : `Digest: ${code(plan.digest)}`),
  ];
  return fitBlocks(blocks, options.maxBytes - 1);
}

/** A space needs no table: the heading has its numbers. */
function tableBlock(plan: Plan, match: Match): readonly Block[] {
  const { columns, rows } = planTable(plan, match);
  if (rows.length < 2) return [];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const lines = rows.map(({ space, cells }) => line([code(space), ...cells]));
  const left = lines.length - mostSpaces;
  const more = left > 0 ? [line([`… and ${counted(left, 'more space')}`, ...columns.map(() => '')])] : [];
  const head = [line(['space', ...columns]), line([':--', ...columns.map(() => '--:')])];
  return wholeBlock(3, [...head, ...lines.slice(0, mostSpaces), ...more].join('\n'));
}

/** Spaces of the table that are named; the others are counted. */
const mostSpaces = 50;

function treeBlock(rows: readonly Row[], total: number): Block {
  const items = fenceRows(rows);
  const from = leftFrom(rows);
  const summary = (leftRows: number): string => {
    const left = from[rows.length - leftRows] ?? 0;
    if (leftRows === 0 || left === 0) return counted(total, 'step');
    return `${counted(total, 'step')}; the last ${grouped(left)} of them left out for want of room`;
  };
  const render = (maxBytes: number): string | undefined =>
    renderList({ summary, language: 'diff', items, folds: true }, maxBytes);
  return { rank: 5, share: 1, render };
}

/** Per row, how many steps it and all rows below it tell of. */
function leftFrom(rows: readonly Row[]): readonly number[] {
  const left: number[] = [];
  let steps = 0;
  for (const row of rows.toReversed()) {
    steps += row.steps;
    left.push(steps);
  }
  return left.reverse();
}

function leftAlone({ forgotten, summary: { unmanaged } }: Plan): string {
  const names = forgotten.slice(0, 5).map(code);
  const more = forgotten.length - names.length;
  const list = more === 0 ? names.join(', ') : `${names.join(', ')} and ${grouped(more)} more`;
  const are = unmanaged === 1 ? 'is not declared and is' : 'are not declared and are';
  return [
    ...(forgotten.length === 0 ? [] : [`To forget, left in the wiki as they are: ${list}`]),
    ...(unmanaged === 0 ? [] : [`${counted(unmanaged, 'page')} in the wiki ${are} left alone.`]),
  ].join('\n');
}
