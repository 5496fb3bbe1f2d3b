// A wiki on real HTTP, a folder with a state in it, and processes that plan and apply, one after the other.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ApplyResult, apply } from '../../src/apply/apply.ts';
import { hasErrors } from '../../src/diagnostic/diagnostic.ts';
import { addressMatcher } from '../../src/diff/glob.ts';
import type { FaultPlan } from '../../src/provider/emulator/faults.ts';
import { restoreWorld } from '../../src/provider/emulator/restore.ts';
import { seedWorld } from '../../src/provider/emulator/seed.ts';
import { type Emulator, startEmulator } from '../../src/provider/emulator/server.ts';
import { takeSnapshot, type WorldSnapshot } from '../../src/provider/emulator/snapshot.ts';
import type { World } from '../../src/provider/emulator/world.ts';
import type { Provider } from '../../src/provider/provider.ts';
import { openProvider } from '../../src/provider/registry.ts';
import type { Plan } from '../../src/schedule/plan.ts';
import { schedule } from '../../src/schedule/schedule.ts';
import type { Remains } from '../../src/state/journal.ts';
import type { State } from '../../src/state/state.ts';
import { notSeen, type Recovered, resume } from '../../src/survey/recovery.ts';
import type { DesiredTree } from '../../src/tree/desired.ts';
import { PauseFreeClock } from '../clock.ts';
import { type Death, type Mortal, mortal } from './mortal.ts';
import type { Scene } from './scene.ts';

/** What a process came to before it ended. */
export interface Run {
  readonly plan: Plan;
  readonly findings: readonly Recovered[];
  /** `undefined` where the plan had errors, and nothing was tried. */
  readonly result: ApplyResult | undefined;
}

export interface Theatre {
  readonly scene: Scene;
  readonly world: World;
  readonly path: string;
  /** What was there when the curtain rose. */
  readonly before: WorldSnapshot;
  readonly stateBefore: State;
  /** Writes that reached the server so far. */
  writes(): number;
  /** A process from its beginning to its end. @throws {CrashError} where it died. */
  run(process?: Mortal, desired?: DesiredTree): Promise<Run>;
  /** What is remembered on the disk. */
  remains(): Promise<Remains>;
  /** From now on nothing goes wrong by chance. */
  calm(): void;
  /** The clock that everybody lives by. */
  readonly nowMs: () => number;
}

const writeEndpoints: ReadonlySet<string> = new Set([
  'create-space',
  'create-node',
  'copy-node',
  'move-node',
  'rename-node',
]);

interface Rehearsed {
  readonly snapshot: WorldSnapshot;
  readonly state: string | undefined;
}

const rehearsals = new Map<Scene, Promise<Rehearsed>>();

/** Opens a scene after what was applied before, plays, and closes it whatever happens. */
export async function play<T>(
  scene: Scene,
  use: (theatre: Theatre) => Promise<T>,
  faults?: FaultPlan,
): Promise<T> {
  const rehearsed = rehearsals.get(scene) ?? rehearse(scene);
  rehearsals.set(scene, rehearsed);
  return open(scene, await rehearsed, use, faults);
}

/** A death for the process of this theatre. */
export const doomed = ({ path }: Theatre, death: Death): Mortal => mortal(path, death);

async function rehearse(scene: Scene): Promise<Rehearsed> {
  const world = seedWorld(scene.spaces, { rules: rulesOf(scene) });
  const { first } = scene;
  if (first === undefined) return { snapshot: takeSnapshot(world), state: undefined };
  return open(scene, { snapshot: takeSnapshot(world), state: undefined }, async (theatre) => {
    const { plan, result } = await theatre.run(undefined, first);
    const bad = result?.steps.find(({ status }) => status !== 'done');
    if (result === undefined || bad !== undefined)
      throw new Error(`no rehearsal: ${JSON.stringify(plan.diagnostics)}`);
    return { snapshot: takeSnapshot(theatre.world), state: readFileSync(theatre.path, 'utf8') };
  });
}

async function open<T>(
  scene: Scene,
  { snapshot, state }: Rehearsed,
  use: (theatre: Theatre) => Promise<T>,
  faults?: FaultPlan,
): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'wikiform-simulation-'));
  const path = join(folder, 'state.json');
  if (state !== undefined) writeFileSync(path, state);
  const clock = new PauseFreeClock();
  const restored = restoreWorld(snapshot, rulesOf(scene));
  if (!restored.ok) throw new Error(restored.diagnostic.detail);
  const weather = { seed: 1, ...faults, chances: [...(faults?.chances ?? [])] };
  const emulator = await startEmulator({
    clock,
    vendor: scene.vendor.emulation,
    world: restored.world,
    pace: false,
    faults: weather,
  });
  const stage = { scene, emulator, clock, path };
  try {
    return await use({
      scene,
      world: emulator.world,
      path,
      before: snapshot,
      stateBefore: (await remainsOf(mortal(path), scene)).state,
      writes: () => emulator.requests().filter(({ endpoint }) => writeEndpoints.has(endpoint)).length,
      run: (process = mortal(path), desired = scene.next) => run(process, desired, stage),
      remains: () => remainsOf(mortal(path), scene),
      calm: () => {
        weather.chances = [];
      },
      nowMs: () => clock.wallMs(),
    });
  } finally {
    await emulator.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Stage {
  readonly scene: Scene;
  readonly emulator: Emulator;
  readonly clock: PauseFreeClock;
}

async function run(process: Mortal, desired: DesiredTree, { scene, emulator, clock }: Stage): Promise<Run> {
  const provider = providerFor(scene, emulator, clock, process);
  const { capabilities } = scene.vendor;
  const bound = process.bind(provider);
  const { store } = process;
  const limits = { ...capabilities.limits, ...scene.limits };
  try {
    const resumed = await resume(await remainsOf(process, scene), inputFor(desired, bound), clock);
    const { plan, strangers } = schedule({
      ...resumed.survey,
      provider: capabilities.vendor,
      ways: capabilities,
      state: resumed.state,
      limits,
      pace: capabilities.pace,
      guard: { maxChanges: undefined, maxAffectedPercent: 100 },
      ignoreGuard: true,
      peelUnmanaged: scene.peelUnmanaged,
    });
    const { findings, state, unfinished, survey } = resumed;
    const isUnclear = findings.some(({ finding }) => finding.kind === 'unclear');
    if (isUnclear || hasErrors(plan.diagnostics)) return { plan, findings, result: undefined };
    const { match, live } = survey;
    const { signal } = new AbortController();
    const result = await apply({
      plan,
      strangers,
      match,
      live,
      state,
      store,
      notSeen: notSeen(findings),
      unfinished: { open: [], strays: [], ...unfinished, plan: plan.digest },
      provider: bound,
      clock,
      signal,
    });
    return { plan, findings, result };
  } finally {
    await process.bury();
    await provider.close();
  }
}

async function remainsOf({ store }: Mortal, scene: Scene): Promise<Remains> {
  const loaded = await store.load();
  switch (loaded.kind) {
    case 'state':
      return loaded;
    case 'none':
      return { state: scene.vendor.nothing, unfinished: undefined };
    case 'failed':
    case 'unreachable':
      throw new Error(loaded.diagnostic.detail);
  }
}

function inputFor(desired: DesiredTree, provider: Provider): Parameters<typeof resume>[1] {
  return { desired, provider, protect: [], ignoredBy: addressMatcher([]), allowWiderAudience: false };
}

const rulesOf = ({ vendor, limits }: Scene) => vendor.emulation.rules(limits);

function providerFor(scene: Scene, emulator: Emulator, clock: PauseFreeClock, process: Mortal): Provider {
  const { kind, capabilities, identity, credentials } = scene.vendor;
  const unhurried = Object.keys(capabilities.pace).map((endpoint) => [
    endpoint,
    { count: 1_000_000, windowMs: 1 },
  ]);
  return openProvider(kind, {
    // Few in one answer of a listing, so that listings have pages.
    capabilities: { ...capabilities, pageSize: 4, pace: Object.fromEntries(unhurried) },
    baseUrl: emulator.url,
    identity,
    credentials,
    clock,
    random: () => 0,
    onEvent: (event) => {
      if (event.kind !== 'waiting') return;
      if (event.reason === 'task') process.wait();
      void clock.advance(event.waitMs);
    },
  });
}
