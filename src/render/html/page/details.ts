// What there is to know about the selected page: every step that touches it, whole.

import type { PageRow, PageStep } from '../page-data.ts';
import { element, part } from './element.ts';
import { pages, signs } from './word.ts';

export function showDetails(
  row: PageRow | undefined,
  steps: readonly PageStep[],
  onFollow: () => void,
): void {
  const panel = part('details');
  panel.hidden = row === undefined;
  panel.replaceChildren();
  if (row === undefined) return;
  const heading = element(
    'h3',
    {},
    element('bdi', {}, row.title),
    element('span', { class: 'detail' }, row.detail ?? ''),
  );
  const button = element('button', { type: 'button' }, 'Go to its other place ');
  button.append(element('kbd', {}, 'Enter'));
  button.addEventListener('click', onFollow);
  panel.replaceChildren(
    element('div', { class: 'heading' }, heading, ...(row.pair === undefined ? [] : [button])),
    ...saidOf(row, steps),
  );
}

function saidOf(row: PageRow, steps: readonly PageStep[]): Node[] {
  const { marks = [] } = row;
  if (marks.length === 0) return [element('p', { class: 'note' }, withoutMark(row))];
  return marks.flatMap((mark) => {
    const own = (mark.steps ?? []).flatMap((at) => steps[at] ?? []);
    if (own.length === 0) return [element('p', {}, sign(mark.kind), mark.note)];
    return own.map((step) => stepElement(step, mark.kind));
  });
}

function withoutMark({ kind, side, pair, unlisted, unplanned }: PageRow): string {
  if (unlisted !== undefined) return 'Unchanged pages, counted and not listed.';
  if (pair !== undefined) return 'Comes along with a page that moves; no step of its own.';
  if (kind === 'undeclared') return 'Not declared in the manifest, and left alone.';
  if (unplanned) return 'Not planned: it was not asked for, or may not be read.';
  return side === undefined ? 'Unchanged.' : 'Part of what is made here.';
}

const sign = (kind: keyof typeof signs): HTMLElement =>
  element('span', { class: `sign ${kind}`, 'aria-hidden': 'true' }, signs[kind]);

function stepElement(step: PageStep, kind: keyof typeof signs): HTMLElement {
  const list = element('dl', {});
  for (const [name, value] of factsOf(step)) {
    list.append(element('div', {}, element('dt', {}, name), element('dd', {}, element('bdi', {}, value))));
  }
  return element('div', { class: 'step' }, sign(kind), element('code', {}, step.id), list);
}

function factsOf(step: PageStep): readonly (readonly [string, string])[] {
  const { from, to, was, of, carried, source, after = [] } = step;
  const isMove = step.kind === 'move-node';
  return [
    ['address', step.address],
    ...fact('from', isMove ? from : undefined),
    ...fact('to', isMove ? to : undefined),
    ...fact('title was', was),
    ...fact(step.kind === 'copy-node' ? 'copy of' : 'shortcut to', of),
    ...fact('blocked', step.blocked),
    ['why', step.reason],
    ...fact('carries', carried === undefined ? undefined : pages(carried)),
    ...fact('origin', originOf(step)),
    ...fact('declared at', source),
    ...fact('waits for', after.length === 0 ? undefined : waited(after)),
  ];
}

const fact = (name: string, value: string | undefined): [string, string][] =>
  value === undefined ? [] : [[name, value]];

function originOf({ origin, inferred, parked }: PageStep): string | undefined {
  const words = [
    ...(origin === 'this-change' ? [] : [origin]),
    ...(inferred ? ['inferred, not written'] : []),
    ...(parked ? ['parked here for a while'] : []),
  ];
  return words.length === 0 ? undefined : words.join(', ');
}

const waited = (after: readonly string[]): string =>
  after.length > 8 ? `${after.slice(0, 8).join(', ')} and ${after.length - 8} more` : after.join(', ');
