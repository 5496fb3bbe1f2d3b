// `wikiform state list [ADDRESS…]`: which page is which address.

import { stateToJson } from '../../render/state-json.ts';
import { renderStateList } from '../../render/state-text.ts';
import type { Declaration, GlobalFlags } from '../declaration.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { printJson } from '../report.ts';
import type { Context } from '../settings.ts';
import { boundBelow, stateOf, withStore } from '../state-access.ts';

export function declareStateList(state: Declaration): void {
  const command = state
    .add({
      name: 'list',
      description: 'list what is bound: addresses and ids',
      example: 'wikiform state list',
    })
    .argument('[addresses...]', 'only these, and what lies below them');
  state.action<[string[]], GlobalFlags>(command, (context, _flags, addresses) => list(addresses, context));
}

function list(addresses: readonly string[], context: Context): Promise<ExitCode> {
  return withStore(context, async (store) => {
    const state = stateOf(await store.load())?.state;
    const isShown = boundBelow(addresses, state);
    if (context.settings.format === 'json') printJson(stateToJson(store.name, state, isShown), context);
    else if (state === undefined) context.edge.err(`There is no state yet in ${store.name}.\n`);
    else context.edge.out(renderStateList(state, isShown));
    return exitCodes.done;
  });
}
