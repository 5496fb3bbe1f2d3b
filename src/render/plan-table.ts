// Counts per space and kind, above plans that are too long to be read line by line.

import { assertNever } from '../diagnostic/invariant.ts';
import type { Match } from '../diff/match.ts';
import type { Plan, Step } from '../schedule/plan.ts';
import { spaceOfAddress } from '../tree/address.ts';
import type { Address } from '../tree/identifier.ts';
import { oneLine, paddingFor } from './clip.ts';
import { grouped } from './count.ts';
import type { Style } from './style.ts';
import { textWidth } from './text-width.ts';

const columns = ['create', 'copy', 'move', 'park', 'rename', 'blocked', 'adopt'] as const;
type Column = (typeof columns)[number];

/** What is to be done in each space that the plan touches, in the manifest's order. */
export interface PlanTable {
  /** What occurs in any of them. */
  readonly columns: readonly string[];
  readonly rows: readonly { readonly space: Address; readonly cells: readonly string[] }[];
}

export function planTable(plan: Plan, match: Match): PlanTable {
  const spaces = new Map<Address, Map<Column, number>>();
  for (const space of match.desired.spaces.keys()) spaces.set(space, new Map());
  const used = new Set<Column>();
  const count = (address: Address, column: Column): void => {
    const space = spaceOfAddress(address);
    const counts = spaces.get(space) ?? new Map<Column, number>();
    spaces.set(space, counts.set(column, (counts.get(column) ?? 0) + 1));
    used.add(column);
  };
  for (const step of plan.steps) count(step.address, columnOf(step));
  for (const address of plan.adopted) count(address, 'adopt');
  const shown = columns.filter((column) => used.has(column));
  const touched = [...spaces].filter(([, counts]) => counts.size > 0);
  const rows = touched.map(([space, counts]) => ({
    space,
    cells: shown.map((column) => cell(counts.get(column))),
  }));
  return { columns: shown, rows };
}

/** One line per space; what does not occur has no column. */
export function renderPlanTable(plan: Plan, match: Match, style: Style): readonly string[] {
  const { columns, rows } = planTable(plan, match);
  const body = rows.map(({ space, cells }) => [oneLine(space), ...cells]);
  const [head = '', ...lines] = aligned([['', ...columns], ...body]);
  return [style.dim(head), ...lines];
}

function columnOf({ kind, blocked, parks }: Step): Column {
  if (blocked !== undefined) return 'blocked';
  switch (kind) {
    case 'create-space':
    case 'create-node':
      return 'create';
    case 'copy-node':
      return 'copy';
    case 'move-node':
      return parks ? 'park' : 'move';
    case 'rename-node':
      return 'rename';
    default:
      return assertNever(kind);
  }
}

const cell = (count: number | undefined): string => (count === undefined ? '·' : grouped(count));

/** The first column to the left, the others to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) =>
    rows.reduce((most, row) => Math.max(most, textWidth(row[at] ?? '')), 0),
  );
  return rows.map((row) =>
    row
      .map((text, at) => {
        const padding = paddingFor(text, widths[at] ?? 0);
        return at === 0 ? text + padding : padding + text;
      })
      .join('   ')
      .trimEnd(),
  );
}
