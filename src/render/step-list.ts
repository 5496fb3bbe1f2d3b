// The steps of a plan one after another, in the order in which they are done.

import type { Plan, Step } from '../schedule/plan.ts';
import { clip, oneLine, paddingFor } from './clip.ts';
import { glyphOf, painted } from './glyph.ts';
import { noteOf, tagOf } from './step-note.ts';
import type { Style } from './style.ts';
import { textWidth } from './text-width.ts';

export interface ListOptions {
  readonly style: Style;
  readonly width: number;
}

const gap = '  ';

/** `s3  → handbook/Onboarding/Apollo  moved from handbook/Planning  after s1`, one line a step. */
export function renderStepList(plan: Plan, options: ListOptions): string {
  const idWidth = plan.steps.reduce((most, { id }) => Math.max(most, id.length), 0);
  const widest = plan.steps.reduce((most, step) => Math.max(most, textWidth(oneLine(step.address))), 0);
  const addressWidth = Math.min(widest, Math.floor(options.width / 2));
  const lines = plan.steps.map((step) => line(step, idWidth, addressWidth, options));
  return lines.join('\n');
}

function line(step: Step, idWidth: number, addressWidth: number, { style, width }: ListOptions): string {
  const glyph = glyphOf(step);
  const id = step.id.padEnd(idWidth);
  const address = oneLine(step.address);
  const padding = paddingFor(address, addressWidth);
  const start = `${id}${gap}${glyph} ${address}${padding}`;
  const ends = [tagOf(step), waitsFor(step)].filter((text) => text !== '');
  const note = clip(noteOf(step), width - textWidth([start, '', ...ends].join(gap)));
  return [
    `${style.dim(id)}${gap}${painted(glyph, `${glyph} ${address}`, style)}${padding}`,
    ...[note, ...ends].filter((text) => text !== '').map((text) => style.dim(text)),
  ]
    .join(gap)
    .trimEnd();
}

/** A step that waits for many names the first few. */
function waitsFor({ after }: Step): string {
  if (after.length === 0) return '';
  const more = after.length > 3 ? ` and ${after.length - 3} more` : '';
  return `after ${after.slice(0, 3).join(', ')}${more}`;
}
