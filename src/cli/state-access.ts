// The store for commands that look after what is remembered, without the wiki.

import { diagnostic } from '../diagnostic/diagnostic.ts';
import { DiagnosticError } from '../diagnostic/diagnostic-error.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { didYouMean } from '../schema/nearest.ts';
import type { State } from '../state/state.ts';
import { type LoadedState, StateWriteError } from '../state/state-store.ts';
import type { History, Store } from '../state/store.ts';
import { isWithin, parseAddress } from '../tree/address.ts';
import type { Address } from '../tree/identifier.ts';
import { compileManifest } from './manifest.ts';
import { openStore } from './memory.ts';
import { CommandFailure } from './report.ts';
import type { Context } from './settings.ts';

/**
 * Opens the store of the manifest, and closes it whatever happens.
 *
 * @throws {CommandFailure} when the manifest has errors, or the store cannot be used.
 */
export async function withStore<T>(
  context: Context,
  use: (store: Store, manifest: Manifest) => Promise<T>,
): Promise<T> {
  const { manifest, diagnostics, texts } = compileManifest(context.settings.file, context);
  if (manifest === undefined) throw new CommandFailure(diagnostics, texts);
  let store: Store | undefined;
  try {
    store = await openStore(manifest, context);
    return await use(store, manifest);
  } catch (error) {
    if (error instanceof DiagnosticError || error instanceof StateWriteError)
      throw new CommandFailure([error.diagnostic], texts);
    throw error;
  } finally {
    await store?.close();
  }
}

/** The state that was loaded, or `undefined` where there is none. @throws {CommandFailure} */
export function stateOf(loaded: LoadedState): Extract<LoadedState, { kind: 'state' }> | undefined {
  switch (loaded.kind) {
    case 'state':
      return loaded;
    case 'none':
      return undefined;
    case 'failed':
    case 'unreachable':
      throw new CommandFailure([loaded.diagnostic]);
  }
}

/** @throws {CommandFailure} where the store remembers only the present. */
export function historyOf({ history, name }: Store): History {
  if (history !== undefined) return history;
  throw new CommandFailure([
    diagnostic('HISTORY_MISSING', {
      detail: `${name} is a file, which holds the present state and no account of who applied what.`,
      help: 'Where it is committed, git log shows its changes. A state on a Git ref keeps an account: wikiform state migrate --to git.',
    }),
  ]);
}

/**
 * Whether an address is one of these, or lies below one.
 *
 * @throws {CommandFailure} when nothing is bound there.
 */
export function boundBelow(
  texts: readonly string[],
  state: State | undefined,
): (address: Address) => boolean {
  if (texts.length === 0) return () => true;
  const bound = [...(state?.spaces.keys() ?? []), ...(state?.nodes.keys() ?? [])];
  const asked = texts.map((text) => {
    const address = parseAddress(text);
    if (address !== undefined && bound.some((known) => isWithin(known, address))) return address;
    throw new CommandFailure([
      diagnostic('ADDRESS_UNKNOWN', {
        detail: `Nothing is bound at ${text}.`,
        help: `wikiform state list prints the addresses that are.${didYouMean(text, bound)}`,
      }),
    ]);
  });
  return (address) => asked.some((above) => isWithin(address, above));
}
