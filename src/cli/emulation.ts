// `--emulator`: the manifest as it stands, against an emulator inside this process, as the user. Its
// world is a file beside its own state, so that a dry run never touches what the real wiki is bound to.

import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { diagnostic } from '../diagnostic/diagnostic.ts';
import type { Clock } from '../provider/clock.ts';
import type { Emulation as VendorEmulation } from '../provider/emulator/emulation.ts';
import { restoreWorld } from '../provider/emulator/restore.ts';
import type { Emulator } from '../provider/emulator/server.ts';
import { startEmulator } from '../provider/emulator/server.ts';
import type { WorldSnapshot } from '../provider/emulator/snapshot.ts';
import { createWorld, type World, type WorldRules } from '../provider/emulator/world.ts';
import type { Limits } from '../tree/limit.ts';
import { CommandFailure } from './report.ts';

/** The world that belongs to a state. */
export function worldPath(statePath: string): string {
  return `${statePath.replace(/\.json$/, '')}.world.json`;
}

export interface Emulation {
  readonly emulator: Emulator;
  /** Writes the world back, and stops serving. */
  close(): Promise<void>;
}

export interface EmulationOptions {
  readonly clock: Clock;
  /** Whose API to speak. */
  readonly vendor: VendorEmulation;
  /** Created where it does not exist; without one the world lives as long as the process. */
  readonly worldFile: string | undefined;
  readonly port: number;
  /** Whether calls over the vendor's rate are refused. */
  readonly keepsRates: boolean;
  readonly limits?: Limits | undefined;
  /** Calls in a month; no limit unless told. */
  readonly quota?: number | undefined;
}

/** @throws {CommandFailure} when the world file cannot be read. */
export async function startEmulation(options: EmulationOptions): Promise<Emulation> {
  const { worldFile, clock, port, vendor } = options;
  const rules = vendor.rules(options.limits);
  const world = worldFile === undefined ? undefined : readWorld(worldFile, rules);
  const keeper =
    worldFile === undefined ? undefined : worldKeeper(worldFile, clock, () => emulator.snapshot());
  const emulator = await startEmulator({
    clock,
    vendor,
    port,
    world: world ?? createWorld(rules),
    ...(options.keepsRates ? {} : { pace: false }),
    quota: options.quota,
    onChange: () => keeper?.note(),
  });
  return {
    emulator,
    async close() {
      await emulator.close();
      keeper?.flush();
    },
  };
}

interface WorldKeeper {
  note(): void;
  flush(): void;
}

/** A write may take this share of the time; a large world is written less often than it changes. */
const restPerWrite = 20;
/** A write faster than this is not worth putting off. */
const quickMs = 25;

/**
 * Writes the world whenever it changes, before the change is answered: a run that is killed must not
 * remember pages that its world has forgotten. Only a world too large for that is written at intervals.
 */
function worldKeeper(path: string, clock: Clock, snapshot: () => WorldSnapshot): WorldKeeper {
  let isDirty = false;
  let nextMs = Number.NEGATIVE_INFINITY;
  const write = (): void => {
    const begunMs = clock.monotonicMs();
    mkdirSync(dirname(path), { recursive: true });
    const temporary = `${path}.${process.pid}.tmp`;
    writeFileSync(temporary, `${JSON.stringify(snapshot())}\n`);
    renameSync(temporary, path);
    isDirty = false;
    const endedMs = clock.monotonicMs();
    const tookMs = endedMs - begunMs;
    nextMs = tookMs <= quickMs ? Number.NEGATIVE_INFINITY : endedMs + tookMs * restPerWrite;
  };
  return {
    note() {
      isDirty = true;
      if (clock.monotonicMs() >= nextMs) write();
    },
    flush() {
      if (isDirty) write();
    },
  };
}

function readWorld(path: string, rules: WorldRules): World | undefined {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw unreadable(`${path}: ${error instanceof Error ? error.message : String(error)}.`);
  }
  const restored = restoreWorld(parse(text, path), rules);
  if (!restored.ok) throw new CommandFailure([restored.diagnostic]);
  return restored.world;
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw unreadable(`${path} is not JSON (${error instanceof Error ? error.message : String(error)}).`);
  }
}

function unreadable(detail: string): CommandFailure {
  const help = 'Delete the file to begin with an empty wiki, and the state beside it with it.';
  return new CommandFailure([diagnostic('EMULATOR_WORLD_UNREADABLE', { detail, help })]);
}
