// The end of an apply in words: what was done, what was not and why, and what to do next.

import type { StepError, StepResult, StepStatus } from '../apply/event.ts';
import { assertNever } from '../diagnostic/invariant.ts';
import type { ChangeKind } from '../diff/change.ts';
import { movementsIn } from '../schedule/movement.ts';
import { StateWriteError } from '../state/state-store.ts';
import { type ApplyEnd, applyStatus, stepResults } from './apply-json.ts';
import { clip, oneLine } from './clip.ts';
import { counted, duration, grouped } from './count.ts';
import { glyphOf, painted } from './glyph.ts';
import type { Style } from './style.ts';

export interface ReportOptions {
  readonly style: Style;
  readonly width: number;
}

/** Steps of one list that are named; the others are counted. */
const longestList = 10;

/** Lines without a line break at the end. Diagnostics are not part of it. */
export function renderApplyReport(end: ApplyEnd, options: ReportOptions): string {
  const status = applyStatus(end);
  switch (status) {
    case 'applied':
      return `${options.style.green(`Applied: ${doneParts(end)}`)} · ${cost(end)}`;
    case 'no-changes':
      return `Nothing to do${remembered(end)} · ${cost(end)}`;
    case 'refused':
      return options.style.red('Nothing was written.');
    case 'incomplete':
      return incomplete(end, options);
    default:
      return assertNever(status);
  }
}

/** `1 space and 12 pages created, 3 copied, 4 moved, 1 renamed` */
function doneParts({ result }: ApplyEnd): string {
  const done = (result?.steps ?? []).filter(({ status }) => status === 'done');
  const count = (kind: ChangeKind): number => done.filter(({ step }) => step.kind === kind).length;
  const made = [
    ...(count('create-space') === 0 ? [] : [counted(count('create-space'), 'space')]),
    ...(count('create-node') === 0 ? [] : [counted(count('create-node'), 'page')]),
  ];
  const { moved, renamed, parked } = movementsIn(done.map(({ step }) => step));
  const others = [
    ...did(count('copy-node'), 'copied'),
    ...did(moved, 'moved'),
    ...did(parked, 'parked'),
    ...did(renamed, 'renamed'),
  ];
  return [...(made.length === 0 ? [] : [`${made.join(' and ')} created`]), ...others].join(', ');
}

const did = (count: number, verb: string): string[] => (count === 0 ? [] : [`${grouped(count)} ${verb}`]);

const cost = ({ calls, seconds }: ApplyEnd): string =>
  `${counted(calls.total, 'call')} in ${duration(seconds)}`;

function remembered({ plan }: ApplyEnd): string {
  const { adopt = 0, forget = 0 } = plan?.summary ?? {};
  const parts = [...did(adopt, 'adopted'), ...did(forget, 'forgotten')];
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`;
}

function incomplete(end: ApplyEnd, options: ReportOptions): string {
  const { style } = options;
  const results = stepResults(end);
  const total = counted(results.length, 'step');
  const done = results.filter(({ status }) => status === 'done').length;
  const parts = doneParts(end);
  const head = `Not finished: ${grouped(done)} of ${total} done${parts === '' ? '' : ` (${parts})`}`;
  const blocks = [
    `${style.yellow(head)} · ${cost(end)}`,
    ...stopLine(end),
    ...lists.flatMap(({ status, title }) => listOf(status, title, results, options)),
    nextLine(results, end.command),
  ];
  return blocks.join('\n\n');
}

function stopLine({ result }: ApplyEnd): string[] {
  const stopped = result?.stopped;
  if (stopped === undefined) return [];
  if (typeof stopped === 'string') return [stopWords[stopped]];
  if (stopped instanceof StateWriteError) return [oneLine(`Stopped: ${stopped.message}`)];
  return ['Stopped: every further step would have met the same error.'];
}

const stopWords = {
  interrupted: 'Interrupted: what was under way was waited for, and nothing new was begun.',
  'out-of-time':
    'Out of time (--max-duration): what was under way was waited for, and nothing new was begun.',
  'lease-lost': 'Stopped: another run has taken over the state; nothing new was begun.',
} as const;

const lists: readonly { readonly status: StepStatus; readonly title: string }[] = [
  { status: 'failed', title: 'Failed' },
  { status: 'unknown', title: 'Unknown: the vendor may or may not have done it; the next run looks first' },
  { status: 'blocked', title: 'Blocked' },
  { status: 'not-started', title: 'Not started' },
  { status: 'done', title: 'Done' },
];

function listOf(
  status: StepStatus,
  title: string,
  results: readonly StepResult[],
  options: ReportOptions,
): string[] {
  const found = results.filter((result) => result.status === status);
  if (found.length === 0) return [];
  const left = found.length - longestList;
  const lines = [
    `${options.style.bold(title)} (${grouped(found.length)})`,
    ...found.slice(0, longestList).flatMap((result) => entry(result, options)),
    ...(left > 0 ? [`  … and ${grouped(left)} more`] : []),
  ];
  return [lines.join('\n')];
}

function entry({ step, error }: StepResult, { style, width }: ReportOptions): string[] {
  const glyph = glyphOf(step);
  const reason = step.blocked === undefined ? [] : [clip(oneLine(step.blocked), width - 6)];
  const lines = [...reason, ...(error === undefined ? [] : errorLines(error, style))];
  return [
    `  ${painted(glyph, glyph, style)} ${oneLine(step.address)}`,
    ...lines.map((line) => `      ${line}`),
  ];
}

function errorLines({ message, help, vendorCode, requestId }: StepError, style: Style): string[] {
  const marks = [
    ...(vendorCode === undefined ? [] : [`code ${vendorCode}`]),
    ...(requestId === undefined ? [] : [`request ${requestId}`]),
  ];
  return [
    style.red(oneLine(message)),
    ...(marks.length === 0 ? [] : [style.dim(oneLine(marks.join(', ')))]),
    ...(help === undefined ? [] : [`${style.bold('help:')} ${oneLine(help)}`]),
  ];
}

/** What only blocked steps are left of does not get better by running again alone. */
function nextLine(results: readonly StepResult[], command: string | undefined): string {
  const isOnlyBlocked = results.every(({ status }) => status === 'done' || status === 'blocked');
  const again = command === undefined ? '' : `:\n\n  ${oneLine(command)}`;
  return isOnlyBlocked && results.some(({ status }) => status === 'blocked')
    ? `Once what blocks them is out of the way, run the same command again${again || '.'}`
    : `Run the same command again to go on${again || '.'}`;
}
