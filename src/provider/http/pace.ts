// The pace of every endpoint, each in its own lane: a full window of one never holds up another. Slots
// that an earlier process took in the same minute are still taken.

import { present } from '../../diagnostic/invariant.ts';
import type { Rate } from '../../tree/limit.ts';
import type { Clock } from '../clock.ts';
import type { OnProviderEvent } from './event.ts';
import { Lane, type Slot } from './lane.ts';
import type { PaceMemory, PastAttempt } from './pace-memory.ts';

export interface PaceOptions {
  readonly rates: Readonly<Record<string, Rate>>;
  readonly clock: Clock;
  readonly onEvent?: OnProviderEvent | undefined;
  /** What processes tell those after them; none by default. */
  readonly memory?: PaceMemory | undefined;
}

/** What rests for less has rested before another process can have started, and is not worth remembering. */
const shortestStartMs = 10;

export class Pace {
  readonly #clock: Clock;
  readonly #rates: PaceOptions['rates'];
  readonly #memory: PaceMemory | undefined;
  readonly #lanes: ReadonlyMap<string, Lane>;

  constructor(options: PaceOptions) {
    const past = options.memory?.load() ?? [];
    this.#clock = options.clock;
    this.#rates = options.rates;
    this.#memory = options.memory;
    this.#lanes = new Map(
      Object.entries(options.rates).map(([endpoint, rate]) => [
        endpoint,
        openLane(endpoint, rate, options, past),
      ]),
    );
  }

  /**
   * Leave for one HTTP attempt; release it when the answer is complete or the socket is dead.
   * Rejects with the signal's reason once it is aborted.
   */
  acquire(endpoint: string, signal?: AbortSignal): Promise<Slot> {
    const slot = this.#lane(endpoint).acquire(signal);
    const isRemembered = (this.#rates[endpoint]?.windowMs ?? 0) >= shortestStartMs;
    if (this.#memory === undefined || !isRemembered) return slot;
    return slot.then((taken) => this.#remembered(endpoint, taken));
  }

  /** Holds the endpoint still, as the vendor asked for. */
  slowDown(endpoint: string, waitMs: number): void {
    this.#lane(endpoint).slowDown(waitMs);
  }

  #remembered(endpoint: string, slot: Slot): Slot {
    let end = this.#memory?.began(endpoint, this.#clock.wallMs());
    if (end === undefined) return slot;
    return {
      release: () => {
        // Wall clocks cut off what is below a millisecond; the next process must not begin too early.
        end?.(this.#clock.wallMs() + 1);
        end = undefined;
        slot.release();
      },
    };
  }

  #lane(endpoint: string): Lane {
    return present(this.#lanes.get(endpoint), `pace for ${endpoint}`);
  }
}

function openLane(
  endpoint: string,
  rate: Rate,
  { clock, onEvent }: PaceOptions,
  past: readonly PastAttempt[],
): Lane {
  // A wall clock may have been set back: nothing rests longer than one window from now.
  const leftMs = ({ endedMs }: PastAttempt): number => Math.min(endedMs - clock.wallMs(), 0) + rate.windowMs;
  const restingMs = past
    .filter((attempt) => attempt.endpoint === endpoint)
    .map(leftMs)
    .filter((left) => left > 0)
    .map((left) => clock.monotonicMs() + left);
  return new Lane(
    rate,
    clock,
    (waitMs, reason) => onEvent?.({ kind: 'waiting', endpoint, waitMs, reason }),
    restingMs,
  );
}
