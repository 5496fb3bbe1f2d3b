// From a manifest's name to a plan: the pipeline that `plan`, `apply` and `explain` share, so that what
// is shown is what is done (law 8).

import { dirname, join, relative, resolve } from 'node:path';
import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { addressMatcher } from '../diff/glob.ts';
import { type Compiled, compile } from '../manifest/compile.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Provider } from '../provider/provider.ts';
import type { Plan } from '../schedule/plan.ts';
import { type Scheduled, schedule } from '../schedule/schedule.ts';
import { emptyState, type State } from '../state/state.ts';
import { stateFile } from '../state/state-file.ts';
import type { StateStore } from '../state/state-store.ts';
import { type Survey, survey } from '../survey/survey.ts';
import { trustedHosts } from './credential.ts';
import { emulatedStatePath } from './emulation.ts';
import { manifestFiles } from './manifest-files.ts';
import { CommandFailure, type Texts } from './report.ts';
import type { Context } from './settings.ts';
import { type Connection, connect, knownCapabilities } from './wiring.ts';

export interface PlanningOptions {
  readonly ignoreGuard: boolean;
  readonly allowWiderAudience: boolean;
  readonly peelUnmanaged: boolean;
}

export interface Planned {
  readonly manifest: Manifest;
  readonly plan: Plan;
  readonly strangers: Scheduled['strangers'];
  readonly survey: Survey;
  readonly state: State;
  readonly store: StateStore;
  readonly provider: Provider;
  readonly texts: Texts;
  /** Everything found on the way, the manifest's warnings included. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads and checks the manifest and all it includes. */
export function compileManifest(file: string, { edge }: Context): Compiled {
  return compile({
    file,
    files: manifestFiles(edge.cwd),
    capabilities: knownCapabilities,
    trustedHosts: trustedHosts(edge.env),
  });
}

/**
 * Plans, hands the result to `use` while the provider is open, and closes it whatever happens.
 *
 * @throws {CommandFailure} when there can be no plan.
 * @throws {ProviderError} when the wiki cannot be read.
 */
export async function withPlan<T>(
  options: PlanningOptions,
  context: Context,
  signal: AbortSignal,
  use: (planned: Planned) => Promise<T>,
): Promise<T> {
  const compiled = compileManifest(context.settings.file, context);
  const { manifest, texts } = compiled;
  if (manifest === undefined) throw new CommandFailure(compiled.diagnostics, texts);
  const store = openStore(manifest, context);
  const connection = await connect(manifest, store.name, context);
  try {
    const planned = await makePlan({ compiled, manifest, store, connection, options, context, signal });
    return await use(planned);
  } catch (error) {
    if (error instanceof CommandFailure) throw new CommandFailure(error.diagnostics, texts);
    throw error;
  } finally {
    await connection.close();
  }
}

interface MakePlanInput {
  readonly compiled: Compiled;
  readonly manifest: Manifest;
  readonly store: StateStore;
  readonly connection: Connection;
  readonly options: PlanningOptions;
  readonly context: Context;
  readonly signal: AbortSignal;
}

async function makePlan(input: MakePlanInput): Promise<Planned> {
  const { compiled, manifest, store, connection, options, signal } = input;
  const { provider } = connection;
  const state = await loadState(manifest, store, provider);
  const surveyed = await survey({
    desired: manifest.desired,
    state,
    provider,
    protect: manifest.protect.map(({ pattern }) => pattern),
    ignoredBy: addressMatcher(manifest.ignore.map(({ pattern }) => pattern)),
    allowWiderAudience: options.allowWiderAudience,
    signal,
    onProgress: connection.onRead,
  });
  const { plan, strangers } = schedule({
    ...surveyed,
    provider: manifest.provider.kind,
    state,
    limits: manifest.provider.limits,
    pace: manifest.provider.pace,
    guard: manifest.guard,
    ignoreGuard: options.ignoreGuard,
    peelUnmanaged: options.peelUnmanaged,
  });
  const diagnostics = [...compiled.diagnostics, ...plan.diagnostics];
  const { texts } = compiled;
  return { manifest, plan, strangers, survey: surveyed, state, store, provider, texts, diagnostics };
}

/** The store that the manifest or `--state` names; an emulated run has one of its own. */
function openStore(manifest: Manifest, { edge, settings }: Context): StateStore {
  if (settings.state !== undefined) return stateFile(resolve(edge.cwd, settings.state));
  if (manifest.state.kind === 'git') {
    throw new CommandFailure([
      diagnostic('STATE_UNSUPPORTED', {
        detail: 'This wikiform cannot keep its state in a Git ref yet.',
        help: 'Write the path of a file instead, such as state: .wikiform/state.json.',
        source: manifest.state.source,
      }),
    ]);
  }
  const path = join(dirname(resolve(edge.cwd, manifest.file)), manifest.state.path);
  return stateFile(settings.emulator ? emulatedStatePath(path) : path);
}

async function loadState(manifest: Manifest, store: StateStore, provider: Provider): Promise<State> {
  const { kind, identity } = manifest.provider;
  const loaded = await store.load();
  switch (loaded.kind) {
    case 'failed':
      throw new CommandFailure([loaded.diagnostic]);
    case 'none':
      return emptyState(kind, provider.identity);
    case 'state': {
      const { state } = loaded;
      if (state.provider !== kind) throw new CommandFailure([foreign(state, kind, store.name)]);
      if (state.identity === provider.identity || identity !== undefined) {
        return { ...state, identity: provider.identity };
      }
      throw new CommandFailure([identityChanged(state, provider, manifest)]);
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

/** A path as the user would type it. */
export function shownPath(path: string, { edge }: Context): string {
  return relative(edge.cwd, path) || path;
}
