// Drift as a tree for people: the places where something changed, with a sign per change.

import { assertNever } from '../diagnostic/invariant.ts';
import { type Drift, type DriftChange, driftSummary } from '../diff/drift.ts';
import { childAddress, lastSegment, parentAddress, splitAddress } from '../tree/address.ts';
import { type Address, compareText } from '../tree/identifier.ts';
import { oneLine } from './clip.ts';
import { counted, grouped } from './count.ts';
import type { Glyph } from './glyph.ts';
import { layOut } from './plan-layout.ts';
import type { Branch } from './plan-outline.ts';
import { planRows } from './plan-row.ts';
import type { Style } from './style.ts';

interface Growing extends Branch {
  readonly marks: { glyph: Glyph; note: string; tag: string; steps: number }[];
  readonly children: Growing[];
}

export interface DriftTreeOptions {
  readonly style: Style;
  /** Columns of the reader's screen. */
  readonly width: number;
}

/** Lines without a line break at the end. */
export function renderDrift(drift: Drift, { style, width }: DriftTreeOptions): string {
  const rows = planRows(branches(drift.changes), { runs: false, unchanged: false });
  const lines = layOut(rows, width, style);
  const hidden =
    drift.hidden === 0 ? [] : ['', style.dim(`${counted(drift.hidden, 'page')} may not be read.`)];
  return [...lines, ...hidden, ...(lines.length > 0 ? [''] : []), style.bold(sumOf(drift))].join('\n');
}

function sumOf(drift: Drift): string {
  if (drift.changes.length === 0) return 'No drift. The wiki is as the last apply left it.';
  const { moved, renamed, gone, new: added } = driftSummary(drift);
  const parts = [
    [moved, 'moved'],
    [renamed, 'renamed'],
    [gone, 'gone'],
    [added, 'new'],
  ].flatMap(([count, what]) => (count === 0 ? [] : [`${grouped(Number(count))} ${what}`]));
  return `Drift: ${parts.join(', ')}`;
}

function branches(changes: readonly DriftChange[]): readonly Branch[] {
  const roots: Growing[] = [];
  const known = new Map<Address, Growing>();

  function at(address: Address): Growing {
    const found = known.get(address);
    if (found !== undefined) return found;
    const parent = parentAddress(address);
    const branch: Growing = {
      kind: parent === undefined ? 'space' : 'page',
      title: oneLine(titleIn(address)),
      detail: '',
      compared: false,
      marks: [],
      children: [],
    };
    known.set(address, branch);
    (parent === undefined ? roots : at(parent).children).push(branch);
    return branch;
  }
  const mark = (address: Address, glyph: Glyph, note: string): void => {
    at(address).marks.push({ glyph, note, tag: '', steps: 0 });
  };
  for (const change of changes) markChange(change, mark);
  for (const { children } of known.values()) children.sort((a, b) => compareText(a.title, b.title));
  return roots;
}

/** The key as people write it, without the escapes of an address. */
const titleIn = (address: Address): string => splitAddress(lastSegment(address))?.[0] ?? address;

function markChange(
  { kind, address, before, after, below }: DriftChange,
  mark: (address: Address, glyph: Glyph, note: string) => void,
): void {
  const along = below === 0 ? '' : `, with ${counted(below, 'page')}`;
  switch (kind) {
    case 'moved': {
      const parent = after?.parent ?? address;
      mark(address, '←', `moved to ${oneLine(parent)}${along}`);
      const arrived = childAddress(parent, titleIn(address));
      if (arrived !== address) mark(arrived, '→', `from ${oneLine(before?.parent ?? '')}`);
      break;
    }
    case 'renamed':
      mark(address, '~', `title is now ${JSON.stringify(oneLine(after?.title ?? ''))}`);
      break;
    case 'gone':
      mark(address, '−', `gone${along}`);
      break;
    case 'new':
      mark(address, '+', 'new');
      break;
    default:
      assertNever(kind);
  }
}
