// Every call's way through the emulator: path, credentials, rate, quota, fault, lock, effect, delay, answer.
// Invariants: a call over the rate or the quota or with bad credentials has no effect; a write holds its parents
// from its effect until its answer; `onChange` follows every write that succeeded.

import { assertNever } from '../../diagnostic/invariant.ts';
import type { Clock } from '../clock.ts';
import type { Call, Face, Reply, Visit } from './face.ts';
import type { Fault, Faults } from './faults.ts';
import type { Holds } from './hold.ts';
import type { Quota } from './quota.ts';
import type { RateGate } from './rate.ts';

/** No answer: the connection is to be cut. */
export type Ending = Reply | 'cut';

export interface GateParts {
  readonly face: Face;
  readonly clock: Clock;
  readonly rates: RateGate;
  readonly quota: Quota;
  readonly faults: Faults;
  readonly holds: Holds;
  /** How long a write holds its parents before it is answered. */
  readonly lockMs: number;
  readonly onChange: () => void;
  /** Ends every delay when the emulator closes. */
  readonly signal: AbortSignal;
}

/** What the log learns about a call. */
export interface Passage {
  readonly endpoint: string;
  readonly fault: Fault['kind'] | undefined;
  readonly ending: Promise<Ending>;
}

/** Takes a call in. Everything but a delayed answer has happened when this returns. */
export function enter(gate: GateParts, call: Call): Passage {
  const { face, rates, faults, clock } = gate;
  const passed = (endpoint: string, ending: Ending): Passage => ({
    endpoint,
    fault: undefined,
    ending: Promise.resolve(ending),
  });
  const visit = face.visit(call);
  if (visit === undefined) return passed('unknown', face.gatewayPage(404));
  const { endpoint } = visit;
  if (visit.refusal !== undefined) return passed(endpoint, visit.refusal);
  const admission = rates.admit(endpoint, visit.account, clock.monotonicMs());
  if (!admission.admitted) return passed(endpoint, face.overRate(admission.limit, admission.resetSeconds));
  if (visit.counts && !gate.quota(clock.wallMs())) return passed(endpoint, face.overQuota());
  const fault = faults.next(endpoint);
  return { endpoint, fault: fault?.kind, ending: meet(gate, visit, fault) };
}

/** The effect of the call, if the fault lets it have one, and its answer. */
function meet(gate: GateParts, visit: Visit, fault: Fault | undefined): Promise<Ending> {
  const { face } = gate;
  switch (fault?.kind) {
    case undefined:
      return carryOut(gate, visit, { delayMs: 0 });
    case 'slow':
      return carryOut(gate, visit, { delayMs: fault.delayMs });
    case 'late':
      return carryOut(gate, visit, { delayMs: 0, lateMs: fault.delayMs });
    case 'repeat':
    case 'miss':
      return carryOut(gate, visit, { delayMs: 0, slip: fault.kind });
    case 'half-json':
      return carryOut(gate, visit, { delayMs: 0, disguise: halved });
    case 'rpc':
      return after(gate, visit, fault.effect, face.failed());
    case 'server-error':
      return after(gate, visit, fault.effect, face.gatewayPage(fault.status ?? 502));
    case 'cut':
      return after(gate, visit, fault.effect, 'cut');
    case 'rate':
      return Promise.resolve(face.overRate(gate.rates.limitOf(visit.endpoint), fault.resetSeconds ?? 1));
    case 'contention':
      return Promise.resolve(face.contention());
    case 'forbidden':
      return Promise.resolve(face.forbidden());
    case 'expired-token':
      return Promise.resolve(visit.expired());
    default:
      return assertNever(fault);
  }
}

function after(gate: GateParts, visit: Visit, effect: boolean, ending: Ending): Promise<Ending> {
  if (!effect) return Promise.resolve(ending);
  return carryOut(gate, visit, { delayMs: 0, disguise: () => ending });
}

function halved(reply: Reply): Reply {
  return { ...reply, body: reply.body.slice(0, Math.floor(reply.body.length / 2)) };
}

interface Course {
  readonly delayMs: number;
  readonly slip?: 'repeat' | 'miss';
  readonly lateMs?: number;
  /** What the caller sees in place of the true answer. */
  readonly disguise?: (reply: Reply) => Ending;
}

/** Carries the call out at once, and answers when its delay is over. */
async function carryOut(gate: GateParts, visit: Visit, course: Course): Promise<Ending> {
  const release = gate.holds.take(visit.places);
  if (release === undefined) return gate.face.contention();
  try {
    const reply = visit.perform(course.slip, course.lateMs);
    if (visit.writes && reply.status === 200) gate.onChange();
    const delayMs = course.delayMs + (visit.places.length > 0 ? gate.lockMs : 0);
    if (delayMs > 0) await gate.clock.sleep(delayMs, gate.signal);
    return course.disguise === undefined ? reply : course.disguise(reply);
  } finally {
    release();
  }
}
