// The store for commands that look after what is remembered, without the wiki.

import { DiagnosticError } from '../diagnostic/diagnostic-error.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { type LoadedState, StateWriteError } from '../state/state-store.ts';
import type { Store } from '../state/store.ts';
import { openStore } from './memory.ts';
import { compileManifest } from './planning.ts';
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
