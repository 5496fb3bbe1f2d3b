// From a manifest's name to a plan: the pipeline that `plan`, `apply` and `explain` share, so that what
// is shown is what is done (law 8).

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { addressMatcher } from '../diff/glob.ts';
import { type Compiled, compile } from '../manifest/compile.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Provider } from '../provider/provider.ts';
import type { Plan } from '../schedule/plan.ts';
import { type Scheduled, schedule } from '../schedule/schedule.ts';
import type { State } from '../state/state.ts';
import type { StateStore } from '../state/state-store.ts';
import { recoverElsewhere, recoverRun } from '../survey/recovery.ts';
import { type Survey, survey } from '../survey/survey.ts';
import { isLoopback } from '../tree/host.ts';
import { trustedHosts } from './credential.ts';
import { manifestFiles } from './manifest-files.ts';
import { loadMemory, openStore, recoveryDiagnostics } from './memory.ts';
import type { Progress } from './progress.ts';
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
  readonly progress: Progress;
  readonly texts: Texts;
  /** Digest of the plan that an earlier run did not finish. */
  readonly unfinished: string | undefined;
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

/** What a server on this machine takes to answer. */
const loopbackCallMs = 10;

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
  const { compiled, manifest, store, connection, options, context, signal } = input;
  const { provider, progress } = connection;
  const remains = await loadMemory(manifest, store, provider);
  const recovered = await recoverRun(remains, provider, context.edge.clock, signal);
  const first = await surveyWith(recovered.state, input);
  // What an interrupted run made may have been moved since; only the whole picture shows that.
  const wider = recoverElsewhere(recovered, first.live);
  const isMore = wider.state.nodes.size > recovered.state.nodes.size;
  const surveyed = isMore ? await surveyWith(wider.state, input) : first;
  const { state } = wider;
  progress.clear();
  const { plan, strangers } = schedule({
    ...surveyed,
    provider: manifest.provider.kind,
    state,
    limits: manifest.provider.limits,
    pace: manifest.provider.pace,
    guard: manifest.guard,
    ignoreGuard: options.ignoreGuard,
    peelUnmanaged: options.peelUnmanaged,
    ...(isLoopback(new URL(manifest.provider.baseUrl)) ? { callMs: loopbackCallMs } : {}),
  });
  const found = recoveryDiagnostics(wider.findings, manifest);
  const diagnostics = [...compiled.diagnostics, ...found, ...plan.diagnostics];
  const { texts } = compiled;
  const unfinished = remains.plan;
  return {
    manifest,
    plan,
    strangers,
    survey: surveyed,
    state,
    store,
    provider,
    progress,
    unfinished,
    texts,
    diagnostics,
  };
}

function surveyWith(state: State, { manifest, connection, options, signal }: MakePlanInput): Promise<Survey> {
  return survey({
    desired: manifest.desired,
    state,
    provider: connection.provider,
    protect: manifest.protect.map(({ pattern }) => pattern),
    ignoredBy: addressMatcher(manifest.ignore.map(({ pattern }) => pattern)),
    allowWiderAudience: options.allowWiderAudience,
    signal,
    onProgress: connection.progress.onRead,
  });
}
