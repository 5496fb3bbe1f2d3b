// On paper there is no scrolling: all lines that are unfolded, as one table.

import { element } from './element.ts';
import type { Line, Outline } from './outline.ts';
import { signs } from './word.ts';

export function listenPrint(outline: Outline): void {
  let sheet: HTMLElement | undefined;
  addEventListener('beforeprint', () => {
    sheet?.remove();
    sheet = paper(outline);
    document.body.append(sheet);
  });
  addEventListener('afterprint', () => sheet?.remove());
}

function paper(outline: Outline): HTMLElement {
  const head = ['', 'Before', 'After', 'Why'].map((name) => element('th', { scope: 'col' }, name));
  const rows = outline.lines().map((line) => paperRow(line, outline));
  return element(
    'table',
    { id: 'paper' },
    element('thead', {}, element('tr', {}, ...head)),
    element('tbody', {}, ...rows),
  );
}

function paperRow(line: Line, { rows }: Outline): HTMLElement {
  const row = rows[line.row];
  const marks = row?.marks ?? [];
  const title = row === undefined ? `… ${line.folded.length} unchanged` : `${row.title}${row.detail ?? ''}`;
  const before = row?.side === 'after' ? '' : (row?.was ?? title);
  const after = row?.side === 'before' ? '' : title;
  const why = marks.map(({ note, tag = '' }) => `${note} ${tag}`.trim()).join('; ');
  const cell = (text: string): HTMLElement => {
    const made = element('td', {}, element('bdi', {}, text));
    made.style.setProperty('--depth', String(line.depth));
    return made;
  };
  return element(
    'tr',
    { class: marks[0]?.kind ?? 'quiet' },
    element('td', {}, marks.map(({ kind }) => signs[kind]).join(' ')),
    cell(before),
    cell(after),
    element('td', {}, why),
  );
}
