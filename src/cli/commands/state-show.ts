// `wikiform state show [ADDRESS…]`: all that is remembered of each, now or after an earlier apply.

import { diagnostic } from '../../diagnostic/diagnostic.ts';
import { stateToJson } from '../../render/state-json.ts';
import { renderBindings } from '../../render/state-text.ts';
import type { State } from '../../state/state.ts';
import type { Store } from '../../state/store.ts';
import { resultStyle } from '../color.ts';
import type { Declaration, GlobalFlags } from '../declaration.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { CommandFailure, printJson } from '../report.ts';
import type { Context } from '../settings.ts';
import { boundBelow, historyOf, stateOf, withStore } from '../state-access.ts';

interface ShowFlags extends GlobalFlags {
  readonly at?: string;
}

export function declareStateShow(state: Declaration): void {
  const command = state
    .add({
      name: 'show',
      description: 'show all that is remembered of what is bound',
      example: 'wikiform state show',
    })
    .argument('[addresses...]', 'only these, and what lies below them')
    .option('--at <commit>', 'after the apply of this commit, as state log names it');
  state.action<[string[]], ShowFlags>(command, (context, { at }, addresses) => show(addresses, at, context));
}

function show(addresses: readonly string[], at: string | undefined, context: Context): Promise<ExitCode> {
  return withStore(context, async (store) => {
    const state = at === undefined ? stateOf(await store.load())?.state : await stateAt(at, store);
    const isShown = boundBelow(addresses, state);
    if (context.settings.format === 'json') printJson(stateToJson(store.name, state, isShown), context);
    else if (state === undefined) context.edge.err(`There is no state yet in ${store.name}.\n`);
    else context.edge.out(renderBindings(state, isShown, resultStyle(context)));
    return exitCodes.done;
  });
}

/** @throws {CommandFailure} when there is no such commit, or the store remembers only the present. */
async function stateAt(commit: string, store: Store): Promise<State> {
  const found = /^[0-9a-f]{4,64}$/i.test(commit) ? stateOf(await historyOf(store).at(commit)) : undefined;
  if (found !== undefined) return found.state;
  throw new CommandFailure([
    diagnostic('COMMIT_UNKNOWN', {
      detail: `${store.name} has no commit ${JSON.stringify(commit)}.`,
      help: 'Name one that wikiform state log prints.',
    }),
  ]);
}
