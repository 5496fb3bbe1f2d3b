// Counts per space and kind, above plans that are too long to be read line by line.

import type { Step } from '../schedule/plan.ts';
import { spaceOfAddress } from '../tree/address.ts';
import type { Address } from '../tree/identifier.ts';
import { oneLine, paddingFor } from './clip.ts';
import { grouped } from './count.ts';
import type { Style } from './style.ts';
import { textWidth } from './text-width.ts';

const columns = [
  { name: 'create', holds: (step: Step) => isTried(step) && step.kind.startsWith('create') },
  { name: 'copy', holds: (step: Step) => isTried(step) && step.kind === 'copy-node' },
  { name: 'move', holds: (step: Step) => isTried(step) && step.kind === 'move-node' },
  { name: 'rename', holds: (step: Step) => isTried(step) && step.kind === 'rename-node' },
  { name: 'blocked', holds: (step: Step) => !isTried(step) },
];

const isTried = (step: Step): boolean => step.blocked === undefined;

/** One line per space that has steps, in the plan's order; kinds that do not occur have no column. */
export function renderStepTable(steps: readonly Step[], style: Style): readonly string[] {
  const used = columns.filter(({ holds }) => steps.some(holds));
  const spaces = new Map<Address, number[]>();
  for (const step of steps) {
    const space = spaceOfAddress(step.address);
    const counts = spaces.get(space) ?? used.map(() => 0);
    used.forEach(({ holds }, index) => {
      if (holds(step)) counts[index] = (counts[index] ?? 0) + 1;
    });
    spaces.set(space, counts);
  }
  const head = ['', ...used.map(({ name }) => name)];
  const body = [...spaces].map(([space, counts]) => [oneLine(space), ...counts.map(cell)]);
  const [header = '', ...lines] = aligned([head, ...body]);
  return [style.dim(header), ...lines];
}

const cell = (count: number): string => (count === 0 ? '·' : grouped(count));

/** The first column to the left, the others to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => textWidth(row[at] ?? ''))));
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
