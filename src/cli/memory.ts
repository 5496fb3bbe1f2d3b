// What a run remembers: where the state is kept, and whose it is.

import { basename, dirname, join, resolve } from 'node:path';
import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import type { Manifest, StateSettings } from '../manifest/manifest.ts';
import type { Provider } from '../provider/provider.ts';
import { fileStore } from '../state/file-store.ts';
import type { Remains } from '../state/journal.ts';
import { emptyState, type State } from '../state/state.ts';
import type { StateStore } from '../state/state-store.ts';
import type { Store } from '../state/store.ts';
import { CommandFailure } from './report.ts';
import type { Context } from './settings.ts';
import { version } from './version.ts';

/**
 * The store that the manifest or `--state` names; an emulated run has one of its own, in a file. To be closed.
 *
 * @throws {DiagnosticError} when the checkout cannot be used.
 */
export async function openStore(manifest: Manifest, context: Context, signal?: AbortSignal): Promise<Store> {
  const { edge, settings } = context;
  if (settings.state !== undefined) return openFile(resolve(edge.cwd, settings.state), context);
  const folder = dirname(resolve(edge.cwd, manifest.file));
  if (settings.emulator) return openFile(emulatedStatePath(join(folder, pathIn(manifest.state))), context);
  return openStoreOf(manifest.state, folder, context, signal);
}

/** The store of these settings, for a manifest in this folder. */
export async function openStoreOf(
  settings: StateSettings,
  folder: string,
  context: Context,
  signal?: AbortSignal,
): Promise<Store> {
  if (settings.kind === 'file') return openFile(join(folder, settings.path), context);
  const { edge } = context;
  const { openGitStore } = await import('../state/git/git-store.ts');
  return openGitStore({
    remote: settings.remote,
    ref: settings.ref,
    folder,
    env: edge.env,
    clock: edge.clock,
    random: edge.random,
    processes: edge.processes,
    timeoutMs: context.settings.callTimeoutMs,
    version,
    signal,
    actor: edge.env.GITHUB_ACTOR ?? edge.env.GITLAB_USER_LOGIN,
  });
}

/** Where the emulated run keeps its state, given where the real one would. */
function emulatedStatePath(statePath: string): string {
  return join(dirname(statePath), 'emulator', basename(statePath));
}

/** Where a state in a file would be. */
const pathIn = (settings: StateSettings): string =>
  settings.kind === 'file' ? settings.path : '.wikiform/state.json';

function openFile(statePath: string, { edge: { clock, processes } }: Context): Store {
  return fileStore({ statePath, clock, processes });
}

export interface Memory extends Remains {
  /** Why nothing is remembered, so that a base may stand in; `undefined` where something is. */
  readonly lack: 'absent' | 'unreachable' | undefined;
}

/**
 * What is remembered, an interrupted run's journal included.
 *
 * @param mayLack - whether the run can do without a memory that cannot be had from here.
 * @throws {CommandFailure} when it cannot be read, or is another provider's or identity's.
 */
export async function loadMemory(
  manifest: Manifest,
  store: StateStore,
  provider: Provider,
  mayLack: boolean,
): Promise<Memory> {
  const { kind, identity } = manifest.provider;
  const blank = { state: emptyState(kind, provider.identity), unfinished: undefined };
  const loaded = await store.load();
  switch (loaded.kind) {
    case 'failed':
      throw new CommandFailure([loaded.diagnostic]);
    case 'unreachable':
      if (!mayLack) throw new CommandFailure([loaded.diagnostic]);
      return { ...blank, lack: 'unreachable' };
    case 'none':
      return { ...blank, lack: 'absent' };
    case 'state': {
      const { state } = loaded;
      if (state.provider !== kind) throw new CommandFailure([foreign(state, kind, store.name)]);
      if (state.identity !== provider.identity && identity === undefined) {
        throw new CommandFailure([identityChanged(state, provider, manifest)]);
      }
      return { ...loaded, state: { ...state, identity: provider.identity }, lack: undefined };
    }
  }
}

function foreign(state: State, kind: string, name: string): Diagnostic {
  return diagnostic('STATE_FOREIGN', {
    detail: `The state in ${name} was made with ${state.provider}, and the manifest says ${kind}.`,
    help: 'Give each provider a state of its own: state: .wikiform/NAME.json.',
  });
}

function identityChanged(state: State, provider: Provider, manifest: Manifest): Diagnostic {
  return diagnostic('IDENTITY_CHANGED', {
    detail: `The state was applied as the ${state.identity}, and this run works as the ${provider.identity}, who may see another tree.`,
    help: `Use the ${state.identity}'s credentials, or say outright who is meant, in the long form of the provider: {kind: ${manifest.provider.kind}, identity: ${provider.identity}}.`,
    source: manifest.provider.source,
  });
}
