// From a manifest's name to a plan: the pipeline that `plan`, `apply` and `explain` share, so that what
// is shown is what is done (law 8).

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import { DiagnosticError } from '../diagnostic/diagnostic-error.ts';
import { addressMatcher } from '../diff/glob.ts';
import type { Compiled } from '../manifest/compile.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Clock } from '../provider/clock.ts';
import type { Provider } from '../provider/provider.ts';
import { planBelieving } from '../schedule/believing.ts';
import type { Plan } from '../schedule/plan.ts';
import { type Scheduled, schedule } from '../schedule/schedule.ts';
import { beliefsOf, countBelieved, type Refresh } from '../schedule/trust.ts';
import type { Unfinished } from '../state/journal.ts';
import type { HeldLease } from '../state/lease-store.ts';
import type { State } from '../state/state.ts';
import type { Store } from '../state/store.ts';
import { type Recovered, resume } from '../survey/recovery.ts';
import type { Survey, SurveyInput } from '../survey/survey.ts';
import { isLoopback } from '../tree/host.ts';
import type { Share } from '../tree/share.ts';
import { type Base, holdToBase, readBase } from './base.ts';
import { attributeToBase, planBase, rememberAtBase } from './base-use.ts';
import { type LeaseOptions, leasedSpaces, withLease } from './lease.ts';
import { compileManifest } from './manifest.ts';
import { loadMemory, type Memory, openStore } from './memory.ts';
import { withNearPaths } from './near-path.ts';
import { refuseUnshared, shareManifest } from './pace-share.ts';
import { type Progress, startProgress } from './progress.ts';
import { recoveryDiagnostics } from './recovery-notice.ts';
import { CommandFailure, type Texts } from './report.ts';
import { type ScopeOptions, scopeOf } from './scope.ts';
import type { Context } from './settings.ts';
import { openSnapshot } from './snapshot-file.ts';
import { type Connection, connect } from './wiring.ts';

export interface PlanningOptions extends ScopeOptions {
  readonly ignoreGuard: boolean;
  readonly allowWiderAudience: boolean;
  readonly peelUnmanaged: boolean;
  /** `touched`: what nothing is to be done with is believed as the state remembers it. */
  readonly refresh?: Refresh | undefined;
  /** The git ref whose manifest this one is told apart from. */
  readonly base: string | undefined;
  /** This run's part of the vendor's rate. */
  readonly paceShare?: Share | undefined;
}

/** Where the wiki is seen. */
export interface WikiOptions {
  /** A snapshot that stands in for the wiki: no call is made, and no credentials are needed. */
  readonly live?: string | undefined;
}

/** A manifest with what is remembered and the wiki it is about. */
export interface Wiki {
  readonly compiled: Compiled;
  readonly manifest: Manifest;
  /** Endpoints for which this run's share of the rate is less than one call. */
  readonly tooSmall: readonly string[];
  readonly store: Store;
  readonly connection: Connection;
  readonly base: Base | undefined;
  readonly remains: Memory;
  readonly held: HeldLease | undefined;
  /** What was found at the base, and when the lease was taken. */
  readonly notes: readonly Diagnostic[];
}

export interface Planned {
  readonly manifest: Manifest;
  readonly plan: Plan;
  readonly strangers: Scheduled['strangers'];
  readonly survey: Survey;
  readonly state: State;
  readonly store: Store;
  readonly provider: Provider;
  readonly progress: Progress;
  /** The state's lease, where the command asked for it. */
  readonly held: HeldLease | undefined;
  readonly texts: Texts;
  /** What the run before did not finish. */
  readonly unfinished: Unfinished | undefined;
  /** What came of the steps that it left open. */
  readonly findings: readonly Recovered[];
  /** Everything found on the way, the manifest's warnings included. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Plans, hands the result to `use` while the provider is open, and closes it whatever happens. With a
 * `lease` nobody else applies with the same state meanwhile.
 *
 * @throws {CommandFailure} when there can be no plan, or another run has the state.
 * @throws {ProviderError} when the wiki cannot be read.
 */
export function withPlan<T>(
  options: PlanningOptions & WikiOptions,
  context: Context,
  signal: AbortSignal,
  use: (planned: Planned) => Promise<T>,
  lease?: Omit<LeaseOptions, 'signal'>,
): Promise<T> {
  return withWiki(
    options,
    context,
    signal,
    async (wiki) => use(await makePlan(wiki, options, context, signal)),
    lease,
  );
}

/**
 * Hands manifest, memory and the open provider to `use`, and closes it whatever happens.
 *
 * @throws {CommandFailure} when one of them cannot be had, or another run has the state.
 */
export async function withWiki<T>(
  options: WikiOptions & Partial<Pick<PlanningOptions, 'base' | 'paceShare' | keyof ScopeOptions>>,
  context: Context,
  signal: AbortSignal,
  use: (wiki: Wiki) => Promise<T>,
  lease?: Omit<LeaseOptions, 'signal'>,
): Promise<T> {
  const compiled = compileManifest(context.settings.file, context);
  const { texts } = compiled;
  if (compiled.manifest === undefined) throw new CommandFailure(compiled.diagnostics, texts);
  const base = options.base === undefined ? undefined : readBase(options.base, context);
  const { manifest: alone, notes: ofBase } = holdToBase(compiled.manifest, base);
  const { manifest, tooSmall } = shareManifest(alone, options.paceShare);
  const store = await openStore(manifest, context, signal);
  const work = async (held?: HeldLease, ofLease: readonly Diagnostic[] = []): Promise<T> => {
    const connection = await open(manifest, store, options.live, context);
    const mayLack = base?.manifest !== undefined && held === undefined;
    const notes = [...ofBase, ...ofLease];
    try {
      const remains = await loadMemory(manifest, store, connection.provider, mayLack);
      return await use({ compiled, manifest, tooSmall, store, connection, base, remains, held, notes });
    } finally {
      await connection.close();
    }
  };
  try {
    if (lease === undefined) return await work();
    const spaces = leasedSpaces(options, manifest.desired);
    return await withLease(store, { ...lease, spaces, signal }, context, work);
  } catch (error) {
    if (error instanceof CommandFailure) throw new CommandFailure(error.diagnostics, texts);
    if (error instanceof DiagnosticError) throw new CommandFailure([error.diagnostic], texts);
    throw error;
  } finally {
    await store.close();
  }
}

async function open(
  manifest: Manifest,
  store: Store,
  live: string | undefined,
  context: Context,
): Promise<Connection> {
  if (live === undefined) return connect(manifest, store.localPath, context);
  const provider = await openSnapshot(live, manifest, context);
  return { provider, progress: startProgress(context), close: () => provider.close() };
}

/** What a survey of the manifest's wiki is given, but for the state. */
export function surveyInput(
  { manifest, connection }: Pick<Wiki, 'manifest' | 'connection'>,
  { allowWiderAudience }: Pick<PlanningOptions, 'allowWiderAudience'>,
  signal: AbortSignal,
): Omit<SurveyInput, 'state' | 'strays'> {
  return {
    desired: manifest.desired,
    provider: connection.provider,
    protect: manifest.protect.map(({ pattern }) => pattern),
    ignoredBy: addressMatcher(manifest.ignore.map(({ pattern }) => pattern)),
    allowWiderAudience,
    signal,
    onProgress: connection.progress.onRead,
  };
}

const unhurried = (clock: Clock): Clock => ({
  wallMs: () => clock.wallMs(),
  monotonicMs: () => clock.monotonicMs(),
  sleep: () => Promise.resolve(),
  after: (ms, ring) => clock.after(ms, ring),
});

/** What a server on this machine takes to answer. */
const loopbackCallMs = 10;

async function makePlan(
  wiki: Wiki,
  options: PlanningOptions & WikiOptions,
  context: Context,
  signal: AbortSignal,
): Promise<Planned> {
  const { compiled, manifest, store, connection, base, remains, held, notes } = wiki;
  const { provider, progress } = connection;
  const { clock } = context.edge;
  const input = surveyInput(wiki, options, signal);
  const pieced = await rememberAtBase(base, remains, input, store);
  const scope = scopeOf(options, manifest.desired, pieced?.memory.state ?? remains.state);
  const memory = { ...remains, ...pieced?.memory };
  // A memory that was just pieced together from the wiki leaves nothing to believe.
  const beliefs =
    pieced === undefined
      ? beliefsOf({ ...manifest, ...memory, refresh: options.refresh ?? 'all', scope, provider })
      : undefined;

  const attempt = async (asked: Provider) => {
    const resumed = await resume(
      memory,
      { ...input, ...pieced?.memory, provider: asked },
      // A snapshot lags behind nothing, however long one waits.
      options.live === undefined ? clock : unhurried(clock),
      provider,
    );
    const { survey, state } = resumed;
    const strays = remains.unfinished?.strays;
    const scheduled = schedule({
      ...survey,
      difference: attributeToBase(base, survey, { ...input, state, strays }),
      provider: manifest.provider.kind,
      state,
      ways: provider.capabilities,
      limits: manifest.provider.limits,
      pace: manifest.provider.pace,
      guard: manifest.guard,
      ignoreGuard: options.ignoreGuard,
      peelUnmanaged: options.peelUnmanaged,
      readCalls: beliefs?.readCalls() ?? survey.readCalls,
      tokenCalls: provider.capabilities.tokenCalls[provider.identity],
      scope,
      ...(isLoopback(new URL(manifest.provider.baseUrl)) ? { callMs: loopbackCallMs } : {}),
    });
    return { ...resumed, ...scheduled };
  };
  const made = await (beliefs === undefined
    ? attempt(provider)
    : planBelieving(beliefs, () => attempt(beliefs.provider)));
  progress.clear();
  const { survey: surveyed, state, findings, unfinished, strangers } = made;
  const believed = beliefs === undefined ? undefined : countBelieved(made, beliefs);
  const plan = { ...made.plan, base: planBase(base), believed };
  const found = [...(pieced?.notes ?? []), ...recoveryDiagnostics(findings, manifest)];
  return {
    manifest,
    plan,
    strangers,
    survey: surveyed,
    state,
    store,
    provider,
    progress,
    held,
    unfinished,
    findings,
    texts: compiled.texts,
    diagnostics: [
      ...compiled.diagnostics,
      ...withNearPaths([...notes, ...found], context),
      ...plan.diagnostics,
      ...refuseUnshared(wiki.tooSmall, plan.steps),
    ],
  };
}
