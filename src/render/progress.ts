// Lines that tell what is going on while it goes on. Whoever shows them decides when, and whether one
// line overwrites the last.

import type { ApplyEvent, StepResult } from '../apply/event.ts';
import { assertNever } from '../diagnostic/invariant.ts';
import type { ProviderEvent } from '../provider/http/event.ts';
import { oneLine } from './clip.ts';
import { counted, duration, grouped } from './count.ts';
import { glyphOf, painted } from './glyph.ts';
import type { Style } from './style.ts';

export interface Reading {
  readonly calls: number;
  readonly pages: number;
  /** Calls that are known to be left; what they show may need more. */
  readonly open: number;
  readonly elapsedSeconds: number;
}

/** Below this many calls nothing is said of the time that is left: they are soon done. */
const fewestCalls = 20;

/** `reading the wiki: 1,240 pages, 310 calls, at least 110 to come, about 66 s left` */
export function readingLine({ calls, pages, open, elapsedSeconds }: Reading): string {
  const line = `reading the wiki: ${counted(pages, 'page')}, ${counted(calls, 'call')}`;
  if (calls < fewestCalls || open < fewestCalls) return line;
  const left = (elapsedSeconds / calls) * open;
  const time = left < 1 ? '' : `, about ${duration(left)} left`;
  return `${line}, at least ${grouped(open)} to come${time}`;
}

/** `[12/27] + handbook/Onboarding`, with what went wrong where something did. */
export function stepLine({ result, ended, total }: ApplyEvent & { kind: 'ended' }, style: Style): string {
  const count = `[${String(ended).padStart(String(total).length)}/${total}]`;
  const glyph = glyphOf(result.step);
  const address = oneLine(result.step.address);
  return `${style.dim(count)} ${painted(glyph, glyph, style)} ${address}${failure(result, style)}`;
}

function failure({ status, error }: StepResult, style: Style): string {
  if (status === 'done') return '';
  return `  ${style.red(error === undefined ? status : `${status}: ${oneLine(error.message)}`)}`;
}

/** `waiting 38 s for the create-node rate` */
export function waitingLine({ endpoint, reason, waitMs }: ProviderEvent & { kind: 'waiting' }): string {
  const wait = `waiting ${duration(waitMs / 1000)}`;
  switch (reason) {
    case 'rate':
      return `${wait} for the ${endpoint} rate`;
    case 'slowed-down':
      return `${wait}, as the vendor asks (${endpoint})`;
    case 'contention':
      return `${wait} for another write below the same parent (${endpoint})`;
    case 'retry':
      return `${wait} to try ${endpoint} again`;
    case 'task':
      return `${wait} for the vendor to finish what it has taken on`;
    default:
      return assertNever(reason);
  }
}

/** One call as a log tells it: `create-node: 200, code 0, request 2026…`. */
export function callLine(event: ProviderEvent): string {
  switch (event.kind) {
    case 'attempt':
      return oneLine(`${event.endpoint}: ${event.method} ${event.path}${attempt(event.attempt)}`);
    case 'answer':
      return oneLine(`${event.endpoint}: ${answer(event)}${attempt(event.attempt)}`);
    case 'waiting':
      return waitingLine(event);
    default:
      return assertNever(event);
  }
}

const attempt = (count: number): string => (count === 1 ? '' : `, attempt ${count}`);

function answer({ httpStatus, vendorCode, requestId }: ProviderEvent & { kind: 'answer' }): string {
  const code = vendorCode === undefined ? '' : `, code ${vendorCode}`;
  return `${httpStatus}${code}${requestId === undefined ? '' : `, request ${requestId}`}`;
}

export interface Pace {
  readonly ended: number;
  readonly total: number;
  readonly elapsedSeconds: number;
  /** The plan's own estimate of the whole. */
  readonly estimatedSeconds: number;
}

/** Steps that have to end before their speed says more than the plan's estimate. */
const fewestSteps = 10;

/** `about 3 min left`; `undefined` at the end. */
export function timeLeft({ ended, total, elapsedSeconds, estimatedSeconds }: Pace): string | undefined {
  if (ended >= total) return undefined;
  const left =
    ended < fewestSteps ? estimatedSeconds - elapsedSeconds : (elapsedSeconds / ended) * (total - ended);
  return left < 1 ? 'almost done' : `about ${duration(left)} left`;
}
