// Puts the page together and listens to it.

import type { PageData } from '../page-data.ts';
import { makeBar } from './bar.ts';
import { showDetails } from './details.ts';
import { element, part } from './element.ts';
import { follow, listen } from './keyboard.ts';
import { type Line, startOutline } from './outline.ts';
import { drawOverview, listenOverview } from './overview.ts';
import { listenPrint } from './paper.ts';
import { finder } from './search.ts';
import { frame, startView } from './view.ts';
import { thousands } from './word.ts';

const data: PageData = JSON.parse(part('plan').textContent ?? '');
const outline = startOutline(data.rows, data.full);

const bar = makeBar(data.rows, {
  find(text, kinds) {
    outline.filter(finder({ text, kinds }, data.steps));
    view.seek(text);
    refresh();
    const found = data.rows.filter(finder({ text, kinds }, data.steps) ?? (() => false)).length;
    const isAll = text.trim() === '' && kinds.size === 0;
    bar.tell(isAll ? '' : `${thousands(found)} of ${thousands(data.rows.length)} lines`);
  },
  foldAll: () => refold(outline.foldAll),
  unfoldChanges: () => refold(outline.unfoldChanges),
  unfoldAll: () => refold(outline.unfoldAll),
  repaint: () => drawOverview(outline),
});

part('main').append(
  bar.element,
  frame(),
  element('aside', { id: 'details', hidden: true, 'aria-label': 'The selected page' }),
  element('canvas', { id: 'overview', hidden: true, 'aria-hidden': 'true' }),
);

for (const side of ['before', 'after'] as const) {
  if (data.rows.every((row) => row.side !== undefined && row.side !== side)) {
    part('trees').dataset.empty = side;
  }
}

const view = startView(outline, (line) => {
  showDetails(data.rows[line?.row ?? -1], data.steps, () => follow({ outline, view, refold: toggle }));
});

function refresh(): void {
  view.refresh();
  drawOverview(outline);
}

function refold(change: () => void): void {
  change();
  refresh();
}

/** Folds or unfolds a line and stays there; a line of folded siblings makes way for the first of them. */
function toggle(line: Line): void {
  if (line.state === 'leaf') return;
  const side = view.selection()?.side ?? 'after';
  outline.toggle(line);
  refresh();
  const row = line.row === -1 ? line.folded[0] : line.row;
  const now = outline.lines()[outline.lineOf(row ?? -1)];
  if (now !== undefined) view.select(now, side);
}

function lineAt(target: EventTarget | null): Line | undefined {
  const found = target instanceof Element ? target.closest<HTMLElement>('.line') : null;
  return found === null ? undefined : outline.lines().find(({ key }) => String(key) === found.dataset.key);
}

for (const side of ['before', 'after'] as const) {
  part(side).addEventListener('click', (event) => {
    const line = lineAt(event.target);
    if (line === undefined) return;
    view.select(line, side);
    const isTwist = event.target instanceof Element && event.target.matches('.twist');
    if (isTwist || line.row === -1) toggle(line);
  });
  part(side).addEventListener('dblclick', (event) => {
    const line = lineAt(event.target);
    if (line !== undefined && line.row !== -1) toggle(line);
  });
  part(side).addEventListener('focusin', (event) => {
    const line = lineAt(event.target);
    const now = view.selection();
    if (line !== undefined && (now?.key !== line.key || now.side !== side)) view.select(line, side);
  });
}

part('trees').addEventListener('mouseover', (event) => view.hover(lineAt(event.target)?.row ?? -1));
part('trees').addEventListener('mouseleave', () => view.hover(-1));
/** A click on a curve goes to that end of it which is farther away. */
part('curves').addEventListener('click', ({ target }) => {
  if (!(target instanceof SVGElement)) return;
  const { from, to } = target.dataset;
  if (from === undefined || to === undefined) return;
  const lines = outline.lines();
  const { top, height } = part('trees').getBoundingClientRect();
  const farness = (at: string): number =>
    Math.abs(top + (Number(at) / lines.length) * height - innerHeight / 2);
  const side = farness(from) > farness(to) ? 'before' : 'after';
  const line = lines[Number(side === 'before' ? from : to)];
  if (line !== undefined) view.select(line, side);
});

listen({ outline, view, refold: toggle, focusSearch: bar.focusSearch, toggleHelp: bar.toggleHelp });
listenPrint(outline);
listenOverview();

let isDue = false;
function drawSoon(): void {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => {
    isDue = false;
    view.draw();
  });
}
addEventListener('scroll', drawSoon, { passive: true });
addEventListener('resize', () => {
  refresh();
  drawSoon();
});
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => drawOverview(outline));

refresh();
