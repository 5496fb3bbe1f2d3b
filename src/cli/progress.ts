// What a person watching sees while work goes on, on stderr. A terminal gets one line that is drawn over;
// a log gets a line now and then, and one for every step that went wrong.

import type { ApplyEvent } from '../apply/event.ts';
import type { OnProviderEvent, ProviderEvent } from '../provider/http/event.ts';
import { callLine, readingLine, stepLine, timeLeft, waitingLine } from '../render/progress.ts';
import { errorStyle } from './color.ts';
import type { Context } from './settings.ts';

export interface Progress {
  readonly onProviderEvent: OnProviderEvent;
  readonly onRead: (requests: number, nodes: number, open: number) => void;
  readonly onApply: (event: ApplyEvent) => void;
  /** Notes that the steps begin now, and how long they are expected to take. */
  begin(estimatedSeconds: number): void;
  /** Takes the line that is drawn over away. */
  clear(): void;
}

/** Waits shorter than this are nobody's business. */
const worthTellingMs = 2000;
/** How often a log hears of steps that went well. */
const logEveryMs = 5000;

export function startProgress(context: Context): Progress {
  const { edge, settings } = context;
  const isQuiet = settings.logLevel === 'error' || settings.logLevel === 'warn';
  const isVerbose = settings.logLevel === 'debug' || settings.logLevel === 'trace';
  const canDraw = edge.errIsTerminal && !isQuiet && !isVerbose;
  const style = errorStyle(context);
  let isDrawn = false;
  let beganMs = 0;
  let readingSinceMs: number | undefined;
  let estimatedSeconds = 0;
  let saidMs = Number.NEGATIVE_INFINITY;
  let lastStep = '';

  const clear = (): void => {
    if (isDrawn) edge.err('\r\u001b[2K');
    isDrawn = false;
  };
  const draw = (text: string): void => {
    if (!canDraw) return;
    edge.err(`\r\u001b[2K${text}`);
    isDrawn = true;
  };
  const say = (text: string): void => {
    clear();
    saidMs = edge.clock.monotonicMs();
    edge.err(`${text}\n`);
  };

  function onProviderEvent(event: ProviderEvent): void {
    if (isVerbose && (event.kind !== 'attempt' || settings.logLevel === 'trace'))
      say(style.dim(callLine(event)));
    else if (event.kind === 'waiting' && event.waitMs >= worthTellingMs && !isQuiet) {
      if (canDraw) draw([lastStep, waitingLine(event)].filter((part) => part !== '').join(' · '));
      else if (edge.clock.monotonicMs() - saidMs >= logEveryMs) say(waitingLine(event));
    }
  }

  function onApply(event: ApplyEvent): void {
    if (event.kind !== 'ended' || isQuiet) return;
    const elapsedSeconds = (edge.clock.monotonicMs() - beganMs) / 1000;
    const left = timeLeft({ ...event, elapsedSeconds, estimatedSeconds });
    const line =
      left === undefined ? stepLine(event, style) : `${stepLine(event, style)}  ${style.dim(left)}`;
    lastStep = line;
    const isNews = event.result.status !== 'done' || event.ended === event.total;
    const isTime = edge.clock.monotonicMs() - saidMs >= logEveryMs;
    if (event.result.status !== 'done' || (!canDraw && (isNews || isTime))) say(line);
    else draw(line);
  }

  /** A log hears of reading that takes long. */
  function onRead(calls: number, pages: number, open: number): void {
    const nowMs = edge.clock.monotonicMs();
    readingSinceMs ??= nowMs;
    const line = readingLine({ calls, pages, open, elapsedSeconds: (nowMs - readingSinceMs) / 1000 });
    if (canDraw) draw(line);
    else if (!isQuiet && nowMs - Math.max(saidMs, readingSinceMs) >= logEveryMs) say(line);
  }

  return {
    onProviderEvent,
    onRead,
    onApply,
    begin(seconds) {
      beganMs = edge.clock.monotonicMs();
      estimatedSeconds = seconds;
    },
    clear,
  };
}
