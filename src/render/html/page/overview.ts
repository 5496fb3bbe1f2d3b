// A strip at the window's edge with a tick for every change: where in a long plan something happens.

import { part } from './element.ts';
import type { Outline } from './outline.ts';
import { signs } from './word.ts';

/** Plans that fit on a few screens need none. */
const leastLines = 120;

export function drawOverview(outline: Outline): void {
  const strip = part('overview');
  const lines = outline.lines();
  strip.hidden = lines.length < leastLines;
  if (strip.hidden || !(strip instanceof HTMLCanvasElement)) return;
  const scale = devicePixelRatio;
  strip.width = strip.offsetWidth * scale;
  strip.height = strip.offsetHeight * scale;
  const brush = strip.getContext('2d');
  if (brush === null) return;
  const colourOf = (kind: string): string => {
    strip.style.color = `var(--${kind})`;
    return getComputedStyle(strip).color;
  };
  const colours = new Map(Object.keys(signs).map((kind) => [kind, colourOf(kind)]));
  const tick = Math.max(scale * 2, strip.height / lines.length);
  lines.forEach((line, at) => {
    const mark = outline.rows[line.row]?.marks?.[0];
    if (mark === undefined) return;
    const isBefore = outline.rows[line.row]?.side === 'before';
    brush.fillStyle = colours.get(mark.kind) ?? '';
    brush.fillRect(isBefore ? 0 : strip.width / 2, (at / lines.length) * strip.height, strip.width / 2, tick);
  });
}

/** A click goes to the place. */
export function listenOverview(): void {
  part('overview').addEventListener('click', (event) => {
    const trees = part('trees').getBoundingClientRect();
    const share = event.offsetY / part('overview').offsetHeight;
    scrollTo(0, scrollY + trees.top + share * trees.height - innerHeight / 2);
  });
}
