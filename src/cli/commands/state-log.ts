// `wikiform state log`: who applied what, with which manifest, and what came of it.

import { logToJson } from '../../render/state-json.ts';
import { renderLog } from '../../render/state-text.ts';
import { resultStyle } from '../color.ts';
import type { Declaration, GlobalFlags } from '../declaration.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { positiveNumber } from '../flag.ts';
import { printJson } from '../report.ts';
import type { Context } from '../settings.ts';
import { historyOf, withStore } from '../state-access.ts';

interface LogFlags extends GlobalFlags {
  readonly max: number;
}

export function declareStateLog(state: Declaration): void {
  const command = state
    .add({
      name: 'log',
      description: 'say who applied what (state on a Git ref)',
      example: 'wikiform state log --max 5',
    })
    .option('--max <count>', 'how many, the latest first', positiveNumber, 20);
  state.action<[], LogFlags>(command, (context, { max }) => log(max, context));
}

function log(most: number, context: Context): Promise<ExitCode> {
  return withStore(context, async (store) => {
    const runs = await historyOf(store).log(most);
    if (context.settings.format === 'json') printJson(logToJson(store.name, runs), context);
    else if (runs.length === 0) context.edge.err(`Nothing was applied yet with ${store.name}.\n`);
    else context.edge.out(renderLog(runs, resultStyle(context)));
    return exitCodes.done;
  });
}
