// `wikiform state forget ADDRESS…`: lets a binding go. The page stays where it is; the next plan looks for
// it by its place and title, as if it had never been bound. A step that an interrupted run left open at that
// address is forgotten too.

import { diagnostic } from '../../diagnostic/diagnostic.ts';
import { counted } from '../../render/count.ts';
import { formatVersion } from '../../render/document.ts';
import type { Unfinished } from '../../state/journal.ts';
import { openBook, type State } from '../../state/state.ts';
import type { Store } from '../../state/store.ts';
import { parseAddress, spaceOfAddress } from '../../tree/address.ts';
import type { Address } from '../../tree/identifier.ts';
import type { Declaration, GlobalFlags } from '../declaration.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { withInterrupt } from '../interrupt.ts';
import { withLease } from '../lease.ts';
import { CommandFailure, printJson } from '../report.ts';
import type { Context } from '../settings.ts';
import { stateOf, withStore } from '../state-access.ts';

export function declareStateForget(state: Declaration): void {
  const command = state
    .add({
      name: 'forget',
      description: 'let bindings go; the pages stay',
      example: "wikiform state forget 'handbook/Onboarding'",
    })
    .argument('<addresses...>', 'exactly these');
  state.action<[string[]], GlobalFlags>(command, (context, _flags, addresses) => forget(addresses, context));
}

function forget(texts: readonly string[], context: Context): Promise<ExitCode> {
  return withInterrupt(context, (signal) =>
    withStore(context, (store) => {
      const asked = texts.map((text) => parseAddress(text) ?? unknown(text, store));
      const spaces = { addresses: [...new Set(asked.map(spaceOfAddress))], andAllKnown: false };
      const request = { command: 'wikiform state forget', waitMs: 0, spaces, signal };
      return withLease(store, request, context, async () => {
        await forgetIn(store, asked);
        report(asked, store, context);
        return exitCodes.done;
      });
    }),
  );
}

async function forgetIn(store: Store, asked: readonly Address[]): Promise<void> {
  const loaded = stateOf(await store.load());
  const known = loaded === undefined ? new Set<Address>() : knownIn(loaded.state, loaded.unfinished);
  for (const address of asked) if (!known.has(address)) unknown(address, store);
  if (loaded === undefined) return;
  const book = openBook(loaded.state);
  for (const address of asked) book.record({ kind: 'forget', address });
  await store.save(book.state, without(asked, loaded.unfinished), {
    command: `wikiform state forget ${asked.join(' ')}`,
    steps: [],
  });
}

function knownIn({ spaces, nodes }: State, unfinished: Unfinished | undefined): ReadonlySet<Address> {
  const open = unfinished?.open.map(({ address }) => address) ?? [];
  return new Set([...spaces.keys(), ...nodes.keys(), ...open]);
}

function without(asked: readonly Address[], unfinished: Unfinished | undefined): Unfinished | undefined {
  if (unfinished === undefined) return undefined;
  return { ...unfinished, open: unfinished.open.filter(({ address }) => !asked.includes(address)) };
}

function report(asked: readonly Address[], { name }: Store, context: Context): void {
  if (context.settings.format === 'json')
    printJson({ formatVersion, errored: false, state: name, forgotten: asked }, context);
  else context.edge.out(`Forgotten: ${counted(asked.length, 'binding')}. The pages stay.\n`);
}

function unknown(text: string, { name }: Store): never {
  throw new CommandFailure([
    diagnostic('ADDRESS_UNKNOWN', {
      detail: `${text} is not bound in ${name}; nothing was forgotten.`,
      help: 'wikiform state list prints the addresses that are.',
    }),
  ]);
}
