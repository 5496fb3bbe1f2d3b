// The real pipeline over real HTTP against an emulated wiki: what a property plays on.

import { type ApplyResult, apply } from '../../src/apply/apply.ts';
import type { ApplyEvent } from '../../src/apply/event.ts';
import { hasErrors } from '../../src/diagnostic/diagnostic.ts';
import { addressMatcher } from '../../src/diff/glob.ts';
import type { FaultPlan } from '../../src/provider/emulator/faults.ts';
import type { RequestRecord } from '../../src/provider/emulator/request-log.ts';
import { restoreWorld } from '../../src/provider/emulator/restore.ts';
import { type SeedSpace, seedWorld } from '../../src/provider/emulator/seed.ts';
import { startEmulator } from '../../src/provider/emulator/server.ts';
import type { WorldSnapshot } from '../../src/provider/emulator/snapshot.ts';
import type { World } from '../../src/provider/emulator/world.ts';
import type { Provider } from '../../src/provider/provider.ts';
import { openProvider } from '../../src/provider/registry.ts';
import { planBelieving } from '../../src/schedule/believing.ts';
import { type Scheduled, schedule } from '../../src/schedule/schedule.ts';
import type { Scope } from '../../src/schedule/scope.ts';
import { beliefsOf } from '../../src/schedule/trust.ts';
import type { State } from '../../src/state/state.ts';
import type { StateStore } from '../../src/state/state-store.ts';
import { type Survey, type SurveyInput, survey } from '../../src/survey/survey.ts';
import type { Capabilities } from '../../src/tree/capability.ts';
import type { DesiredTree } from '../../src/tree/desired.ts';
import { PauseFreeClock } from '../clock.ts';
import { underTest, type VendorUnderTest } from '../vendor.ts';

export interface StageOptions {
  /** Whose wiki; Feishu's unless told. */
  readonly vendor?: VendorUnderTest;
  readonly spaces?: readonly SeedSpace[];
  readonly snapshot?: WorldSnapshot;
  readonly siblingOrder?: 'insertion' | 'shuffled';
  readonly faults?: FaultPlan;
  /** Children in one answer of a listing; few, so that listings have pages. */
  readonly pageSize?: number;
  readonly protect?: readonly string[];
  readonly ignore?: readonly string[];
}

export interface Planned extends Scheduled {
  readonly strangers: Scheduled['strangers'];
  readonly survey: Survey;
  readonly state: State;
}

export interface Stage {
  readonly vendor: VendorUnderTest;
  readonly world: World;
  readonly store: MemoryStore;
  readonly provider: Provider;
  /** What a survey is given. */
  inputFor(desired: DesiredTree): SurveyInput;
  plan(
    desired: DesiredTree,
    other?: Partial<SurveyInput>,
    scope?: Scope,
    refresh?: 'all' | 'touched',
  ): Promise<Planned>;
  apply(planned: Planned): Promise<ApplyResult>;
  /** Applies, and stops cleanly after so many steps. */
  applySome(planned: Planned, steps: number): Promise<ApplyResult>;
  /** Plans and applies, and takes nothing but success. */
  converge(desired: DesiredTree): Promise<Planned>;
  /** What a process has in its head is gone; the wiki and the store stay. */
  restart(): Promise<void>;
  /** Requests since the last time this was asked. */
  asked(): readonly RequestRecord[];
  snapshot(): WorldSnapshot;
}

export interface MemoryStore extends StateStore {
  state: State;
  saves: number;
}

function memoryStore({ nothing }: VendorUnderTest): MemoryStore {
  const store: MemoryStore = {
    name: 'memory',
    state: nothing,
    saves: 0,
    load: () => Promise.resolve({ kind: 'state', state: store.state, unfinished: undefined }),
    save: async (state) => {
      store.saves += 1;
      store.state = { ...state, spaces: new Map(state.spaces), nodes: new Map(state.nodes) };
    },
    begin: async (unfinished, state) => {
      if (state !== undefined) await store.save(state, unfinished);
      return { append: async () => undefined, close: async () => undefined };
    },
  };
  return store;
}

const feishu = underTest('feishu');

/** Opens a wiki, plays, and closes it whatever happens. */
export async function onStage<T>(options: StageOptions, play: (stage: Stage) => Promise<T>): Promise<T> {
  const vendor = options.vendor ?? feishu;
  const { capabilities } = vendor;
  const clock = new PauseFreeClock();
  const emulator = await startEmulator({
    clock,
    vendor: vendor.emulation,
    world: worldOf(options, vendor),
    pace: false,
    faults: options.faults,
  });
  const open = (): Provider =>
    openProvider(vendor.kind, {
      capabilities: { ...capabilities, pageSize: options.pageSize ?? 3, pace: unhurried(capabilities) },
      baseUrl: emulator.url,
      identity: vendor.identity,
      credentials: vendor.credentials,
      clock,
      random: () => 0,
      onEvent: (event) => {
        if (event.kind === 'waiting') void clock.advance(event.waitMs);
      },
    });
  let provider = open();
  const store = memoryStore(vendor);
  let heard = 0;

  const inputFor = (desired: DesiredTree): SurveyInput => ({
    desired,
    state: store.state,
    provider,
    protect: options.protect ?? [],
    ignoredBy: addressMatcher(options.ignore ?? []),
    allowWiderAudience: false,
  });

  async function plan(
    desired: DesiredTree,
    other: Partial<SurveyInput> = {},
    scope?: Scope,
    refresh: 'all' | 'touched' = 'all',
  ): Promise<Planned> {
    const { state } = store;
    const beliefs = beliefsOf({ refresh, scope, desired, state, provider });
    const attempt = async (asked: Partial<SurveyInput>): Promise<Planned> => {
      const surveyed = await survey({ ...inputFor(desired), ...other, ...asked });
      const { plan: made, strangers } = schedule({
        ...surveyed,
        provider: vendor.kind,
        ways: capabilities,
        state,
        limits: capabilities.limits,
        pace: capabilities.pace,
        guard: { maxChanges: undefined, maxAffectedPercent: 100 },
        ignoreGuard: true,
        peelUnmanaged: false,
        readCalls: beliefs?.readCalls() ?? surveyed.readCalls,
        tokenCalls: capabilities.tokenCalls[vendor.identity],
        scope,
      });
      return { plan: made, strangers, survey: surveyed, state };
    };
    if (beliefs === undefined || other.provider !== undefined) return attempt({});
    return planBelieving(beliefs, () => attempt({ provider: beliefs.provider }));
  }

  function applySome({ survey: { match, live }, ...planned }: Planned, steps: number): Promise<ApplyResult> {
    const stop = new AbortController();
    if (steps === 0) stop.abort();
    const onEvent = (event: ApplyEvent): void => {
      if (event.kind === 'ended' && event.ended >= steps) stop.abort();
    };
    return apply({ ...planned, match, live, store, provider, clock, signal: stop.signal, onEvent });
  }
  const run = (planned: Planned): Promise<ApplyResult> => applySome(planned, Number.POSITIVE_INFINITY);

  const stage: Stage = {
    vendor,
    world: emulator.world,
    store,
    get provider() {
      return provider;
    },
    inputFor,
    plan,
    apply: run,
    applySome,
    async converge(desired) {
      const planned = await plan(desired);
      if (hasErrors(planned.plan.diagnostics))
        throw new Error(planned.plan.diagnostics.map(({ detail }) => detail).join('\n'));
      const result = await run(planned);
      const bad = result.steps.find(({ status }) => status !== 'done');
      if (bad !== undefined)
        throw new Error(
          `${bad.step.kind} ${bad.step.address}: ${bad.status}: ${bad.error?.message ?? bad.step.blocked}`,
        );
      return planned;
    },
    async restart() {
      await provider.close();
      provider = open();
    },
    asked() {
      const all = emulator.requests();
      const fresh = all.slice(heard);
      heard = all.length;
      return fresh;
    },
    snapshot: emulator.snapshot,
  };
  try {
    return await play(stage);
  } finally {
    await provider.close();
    await emulator.close();
  }
}

const unhurried = ({ pace }: Capabilities): Capabilities['pace'] =>
  Object.fromEntries(
    Object.keys(pace).map((endpoint) => [endpoint, { count: 1_000_000, windowMs: 1 }]),
  ) as Capabilities['pace'];

function worldOf(
  { spaces = [], snapshot, siblingOrder }: StageOptions,
  { emulation }: VendorUnderTest,
): World {
  const rules = emulation.rules({}, siblingOrder);
  if (snapshot === undefined) return seedWorld(spaces, { rules });
  const restored = restoreWorld(snapshot, rules);
  if (!restored.ok) throw new Error(restored.diagnostic.detail);
  return restored.world;
}

const writeEndpoints: ReadonlySet<string> = new Set([
  'create-space',
  'create-node',
  'copy-node',
  'move-node',
  'rename-node',
]);

export const isWrite = ({ endpoint }: RequestRecord): boolean => writeEndpoints.has(endpoint);

/** How often each endpoint was asked. */
export function tally(requests: readonly RequestRecord[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { endpoint } of requests) counts[endpoint] = (counts[endpoint] ?? 0) + 1;
  return counts;
}
