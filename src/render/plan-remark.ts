// The steps a reviewer must not miss where an outline alone cannot tell them: those that were inferred,
// undo what people did, are pending, make way, or are blocked.

import type { Plan, Step } from '../schedule/plan.ts';
import { oneLine } from './clip.ts';
import { counted, grouped } from './count.ts';
import { glyphOf, painted } from './glyph.ts';
import { noteOf, tagOf } from './step-note.ts';
import type { Style } from './style.ts';

/** Steps that are named; the others are counted. */
const mostRemarks = 20;

/** `→ handbook/Apollo  was moved by hand to handbook/Planning (drift)`, one line a step; blocked ones first. */
export function planRemarks(plan: Plan, style: Style): readonly string[] {
  const isBlocked = ({ blocked }: Step): boolean => blocked !== undefined;
  const isOdd = (step: Step): boolean => !isBlocked(step) && (step.parks || tagOf(step) !== '');
  const odd = [...plan.steps.filter(isBlocked), ...plan.steps.filter(isOdd)];
  const left = odd.length - mostRemarks;
  return [
    ...odd.slice(0, mostRemarks).map((step) => remark(step, style)),
    ...(left > 0 ? [`… and ${grouped(left)} more like these`] : []),
  ];
}

function remark(step: Step, style: Style): string {
  const glyph = glyphOf(step);
  const tag = tagOf(step);
  const note = [style.dim(noteOf(step)), ...(tag === '' ? [] : [style.yellow(tag)])].join(' ');
  return `${painted(glyph, `${glyph} ${oneLine(step.address)}`, style)}  ${note}`;
}

/** How many steps are not simply what was declared now, in our own words alone. */
export function countRemarks({ steps }: Plan): readonly string[] {
  const remark = (count: number, what: string): string[] =>
    count === 0
      ? []
      : [`${grouped(count)} of ${counted(steps.length, 'step')} ${count === 1 ? 'is' : 'are'} ${what}`];
  const count = (is: (step: Step) => boolean): number => steps.filter(is).length;
  return [
    ...remark(
      count(({ origin }) => origin === 'drift'),
      'drift: the wiki was changed, and is put back as declared',
    ),
    ...remark(
      count(({ origin }) => origin === 'pending'),
      'pending: declared before this change, and not applied yet',
    ),
    ...remark(
      count(({ inferred }) => inferred),
      'inferred: look whether the same page is meant',
    ),
  ];
}
