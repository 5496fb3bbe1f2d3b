// What a person watching sees while work goes on, on stderr. A terminal gets one line that is drawn over;
// a log gets a line only where something was done, or where it would otherwise be silent for long.

import type { ApplyEvent } from '../apply/event.ts';
import type { OnProviderEvent, ProviderEvent } from '../provider/http/event.ts';
import { callLine, readingLine, stepLine, waitingLine } from '../render/progress.ts';
import { errorStyle } from './color.ts';
import type { Context } from './settings.ts';

export interface Progress {
  readonly onProviderEvent: OnProviderEvent;
  readonly onRead: (requests: number, nodes: number) => void;
  readonly onApply: (event: ApplyEvent) => void;
  /** Takes the line that is drawn over away. */
  clear(): void;
}

/** Waits shorter than this are nobody's business. */
const worthTellingMs = 2000;

export function startProgress(context: Context): Progress {
  const { edge, settings } = context;
  const isQuiet = settings.logLevel === 'error' || settings.logLevel === 'warn';
  const isVerbose = settings.logLevel === 'debug' || settings.logLevel === 'trace';
  const canDraw = edge.errIsTerminal && !isQuiet && !isVerbose;
  const style = errorStyle(context);
  let isDrawn = false;

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
    edge.err(`${text}\n`);
  };

  function onProviderEvent(event: ProviderEvent): void {
    if (isVerbose && (event.kind !== 'attempt' || settings.logLevel === 'trace'))
      say(style.dim(callLine(event)));
    else if (event.kind === 'waiting' && event.waitMs >= worthTellingMs && !isQuiet) {
      if (canDraw) draw(waitingLine(event));
      else say(waitingLine(event));
    }
  }

  return {
    onProviderEvent,
    onRead: (requests, nodes) => draw(readingLine(requests, nodes)),
    onApply: (event) => {
      if (isQuiet) return;
      if (event.kind === 'ended') say(stepLine(event, style));
    },
    clear,
  };
}
