// What lies below a folded line, in signs: `+12 →3`. Counted when it is first shown.

import type { MarkKind } from '../page-data.ts';
import type { Outline } from './outline.ts';
import { signs, thousands } from './word.ts';

export function tallies(outline: Outline): (row: number) => string {
  const known = new Map<number, string>();
  return (row) => {
    const said = known.get(row) ?? countBelow(row, outline);
    known.set(row, said);
    return said;
  };
}

function countBelow(top: number, { rows, endOf, changesIn }: Outline): string {
  if (changesIn(top) === 0) return '';
  const counts = new Map<MarkKind, number>();
  for (let row = top + 1; row < endOf(top); row += 1) {
    for (const { kind } of rows[row]?.marks ?? []) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([kind, count]) => `${signs[kind]}${thousands(count)}`).join('  ');
}
