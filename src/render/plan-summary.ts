// The line that says what a plan amounts to and what it costs; parts that are zero are left out.

import { type Estimate, originCounts, type Plan, type Summary } from '../schedule/plan.ts';
import { counted, duration, grouped } from './count.ts';

/** `Plan: 1 space, 12 to create · 27 calls, about 20 s`; calls are those of reading and writing. */
export const renderSummary = (plan: Plan): string => summaryParts(plan).join(' · ');

/** What is to be done first; then the cost, and the count of errors. It names nothing of the user's. */
export function summaryParts(plan: Plan): readonly string[] {
  const errors = plan.diagnostics.filter(({ severity }) => severity === 'error').length;
  const wrong = errors === 0 ? [] : [counted(errors, 'error')];
  const memory = memoryParts(plan.summary);
  if (plan.steps.length > 0) {
    const parts = [...stepParts(plan.summary), ...memory, ...leftOut(plan)];
    return [`Plan: ${parts.join(', ')}`, ...originPart(plan), cost(plan.estimate), ...wrong];
  }
  const calls = counted(plan.estimate.readCalls, 'call');
  if (errors > 0) return [`No plan: ${wrong.join('')}`, calls];
  const noted = [...memory, ...leftOut(plan)];
  const notes = noted.length === 0 ? '' : ` ${noted.join(', ')}`;
  return [`No changes. ${verdict(plan)}${notes} (${calls})`];
}

/** What the plan says nothing about, and what it says by memory alone. */
const leftOut = ({ part, believed = 0 }: Plan): string[] => [
  ...(part === undefined || part.leftOut.length === 0 ? [] : [`${grouped(part.leftOut.length)} left out`]),
  ...(believed === 0 ? [] : [`${grouped(believed)} as remembered`]),
];

function stepParts(summary: Summary): string[] {
  const { createSpace, createNode, copyNode, moveNode, renameNode, parked, blocked } = summary;
  const spaces = counted(createSpace, 'space');
  return [
    ...(createSpace === 0 ? [] : [createNode === 0 ? `${spaces} to create` : spaces]),
    ...todo(createNode, 'create'),
    ...todo(copyNode, 'copy'),
    ...(moveNode === 0 ? [] : [`${grouped(moveNode)} to move${moveDetails(summary)}`]),
    ...todo(renameNode, 'rename'),
    ...(moveNode > 0 || parked === 0 ? [] : [`${grouped(parked)} parked`]),
    ...(blocked === 0 ? [] : [`${grouped(blocked)} blocked`]),
  ];
}

/** `2 from this change, 3 pending, 1 drift`, where there is a base to tell them by. */
function originPart(plan: Plan): string[] {
  if (plan.base === undefined) return [];
  const counts = originCounts(plan);
  const parts = origins.flatMap(([origin, what]) =>
    counts[origin] === 0 ? [] : [`${grouped(counts[origin])} ${what}`],
  );
  return [parts.join(', ')];
}

const origins = [
  ['this-change', 'from this change'],
  ['pending', 'pending'],
  ['drift', 'drift'],
] as const;

function moveDetails({ carried, parked }: Summary): string {
  const details = [
    ...(carried === 0 ? [] : [`carrying ${counted(carried, 'page')}`]),
    ...(parked === 0 ? [] : [`${grouped(parked)} parked`]),
  ];
  return details.length === 0 ? '' : ` (${details.join(', ')})`;
}

const memoryParts = ({ adopt, forget }: Summary): string[] => [
  ...todo(adopt, 'adopt'),
  ...todo(forget, 'forget'),
];

const todo = (count: number, verb: string): string[] => (count === 0 ? [] : [`${grouped(count)} to ${verb}`]);

function cost({ readCalls, writeCalls, seconds }: Estimate): string {
  const calls = counted(readCalls + writeCalls, 'call');
  return seconds === 0 ? calls : `${calls}, about ${duration(seconds)}`;
}

/** What may not be read may differ. */
function verdict({ diagnostics, part, believed = 0 }: Plan): string {
  const whole = part === undefined ? 'The wiki' : 'The part of the wiki that was asked for';
  const wiki = believed === 0 ? whole : 'The wiki, as far as it was read or is remembered,';
  const isHidden = diagnostics.some(({ code }) => code === 'NODE_HIDDEN' || code === 'SPACE_HIDDEN');
  return `${isHidden ? 'What may be read of the wiki' : wiki} matches the manifest.`;
}
