// The embedded emulator: a world, a vendor's face over it, and the listener. It touches no disk and
// knows no time but the handed clock's; `onChange` tells the caller when there is something to keep.

import { setMaxListeners } from 'node:events';
import type { Clock } from '../clock.ts';
import type { EmulatedCredentials, Emulation } from './emulation.ts';
import type { Call, Reply } from './face.ts';
import { createFaults, type FaultPlan } from './faults.ts';
import { feishuEmulation } from './feishu-emulation.ts';
import { type Ending, enter, type GateParts, type Passage } from './gate.ts';
import { createHolds } from './hold.ts';
import { listen } from './listener.ts';
import { createQuota } from './quota.ts';
import { hash32 } from './random.ts';
import { createRateGate, type Pace } from './rate.ts';
import { createRequestLog, type RequestLog, type RequestRecord } from './request-log.ts';
import { takeSnapshot, type WorldSnapshot } from './snapshot.ts';
import { createWorld, type World } from './world.ts';

export { feishuRules } from './feishu-emulation.ts';

export interface EmulatorOptions {
  readonly clock: Clock;
  /** Whose API to speak; Feishu's and Lark's, unless told. */
  readonly vendor?: Emulation | undefined;
  /** What is there from the start, changed in place; an empty world with the vendor's limits unless given. */
  readonly world?: World | undefined;
  /** On 127.0.0.1; 0, the default, takes any free port. */
  readonly port?: number | undefined;
  /** Which apps and people are known; all, unless told. */
  readonly credentials?: EmulatedCredentials | undefined;
  /** Caps by endpoint that replace the vendor's; `false` switches all rates off. */
  readonly pace?: Pace | false | undefined;
  /** Calls in a month before all others are refused; no limit unless told. Calls for tokens are free. */
  readonly quota?: number | undefined;
  readonly faults?: FaultPlan | undefined;
  /** How long a write holds its parents before it is answered; 0 by default. */
  readonly lockMs?: number | undefined;
  /** Called after every write that succeeded over HTTP. */
  readonly onChange?: (() => void) | undefined;
}

export interface Emulator {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** For what people do in the vendor's own pages: see `person.ts`. */
  readonly world: World;
  snapshot(): WorldSnapshot;
  /** The latest 100,000 requests at least, oldest first. */
  requests(): readonly RequestRecord[];
  /** Ends delayed answers and open connections. */
  close(): Promise<void>;
}

const loggedRequests = 100_000;

function gateOf(options: EmulatorOptions, vendor: Emulation, world: World, signal: AbortSignal): GateParts {
  const { clock, credentials = {}, pace = {}, faults = { seed: 1 }, lockMs = 0 } = options;
  return {
    face: vendor.openFace({ world, clock, credentials }),
    clock,
    rates: createRateGate(pace === false ? {} : { ...vendor.pace, ...pace }),
    quota: createQuota(options.quota),
    faults: createFaults(faults),
    holds: createHolds(),
    lockMs,
    onChange: options.onChange ?? (() => undefined),
    signal,
  };
}

/** The id by which the vendor's support finds a request. */
function logId(wallMs: number, order: number): string {
  const stamp = new Date(wallMs).toISOString().replace(/\D/g, '').slice(0, 14);
  return `${stamp}${hash32('log', order).toString(16).toUpperCase().padStart(8, '0')}`;
}

function passageOf(gate: GateParts, call: Call, tooLong: boolean): Passage {
  if (!tooLong) return enter(gate, call);
  return { endpoint: 'unknown', fault: undefined, ending: Promise.resolve(gate.face.tooLarge()) };
}

/** Lets a call through the gate, and writes it down. */
async function take(
  gate: GateParts,
  { requestIdHeader }: Emulation,
  log: RequestLog,
  call: Call,
  tooLong: boolean,
): Promise<Ending> {
  const atMs = gate.clock.monotonicMs();
  const { endpoint, fault, ending } = passageOf(gate, call, tooLong);
  const entry = log.begin({ endpoint, fault, method: call.method, path: call.path, atMs });
  const reply = await ending;
  if (reply === 'cut') return reply;
  entry.finish(reply.status, reply.code);
  const headers: Reply['headers'] = {
    ...reply.headers,
    [requestIdHeader]: logId(gate.clock.wallMs(), entry.order),
  };
  return { ...reply, headers };
}

/**
 * Serves a vendor's HTTP API on loopback until closed.
 *
 * @throws {Error} where the port cannot be had.
 */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const vendor = options.vendor ?? feishuEmulation;
  const world = options.world ?? createWorld(vendor.rules());
  const closing = new AbortController();
  // Every answer that is held back listens for the end.
  setMaxListeners(0, closing.signal);
  const gate = gateOf(options, vendor, world, closing.signal);
  const log = createRequestLog(loggedRequests);
  const port = options.port ?? 0;
  const listener = await listen(port, (call, tooLong) => take(gate, vendor, log, call, tooLong));
  return {
    url: listener.url,
    world,
    snapshot: () => takeSnapshot(world),
    requests: log.records,
    close: async () => {
      closing.abort();
      await listener.close();
    },
  };
}
