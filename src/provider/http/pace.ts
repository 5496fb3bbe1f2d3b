// The pace of every endpoint, each in its own lane: a full window of one never holds up another.
// Slots can be taken over from, and handed on to, another process that shares the minute: then they
// are wall times, because monotonic time means nothing outside a process.

import { present } from '../../diagnostic/invariant.ts';
import type { Rate } from '../../tree/limit.ts';
import type { Clock } from '../clock.ts';
import type { OnProviderEvent } from './event.ts';
import { Lane, type Slot } from './lane.ts';

/** Per endpoint, the Unix milliseconds at which each taken slot comes free. */
export type PaceSnapshot = Readonly<Record<string, readonly number[]>>;

export interface PaceOptions {
  readonly rates: Readonly<Record<string, Rate>>;
  readonly clock: Clock;
  readonly onEvent?: OnProviderEvent | undefined;
  /** Slots that an earlier process left taken. */
  readonly occupied?: PaceSnapshot | undefined;
}

export class Pace {
  readonly #clock: Clock;
  readonly #lanes: ReadonlyMap<string, Lane>;

  constructor(options: PaceOptions) {
    this.#clock = options.clock;
    this.#lanes = new Map(
      Object.entries(options.rates).map(([endpoint, rate]) => [endpoint, openLane(endpoint, rate, options)]),
    );
  }

  /**
   * Leave for one HTTP attempt; release it when the answer is complete or the socket is dead.
   * Rejects with the signal's reason once it is aborted.
   */
  acquire(endpoint: string, signal?: AbortSignal): Promise<Slot> {
    return this.#lane(endpoint).acquire(signal);
  }

  /** Holds the endpoint still, as the vendor asked for. */
  slowDown(endpoint: string, waitMs: number): void {
    this.#lane(endpoint).slowDown(waitMs);
  }

  /** The taken slots, for the next process. */
  snapshot(): PaceSnapshot {
    const toWallMs = this.#clock.wallMs() - this.#clock.monotonicMs();
    return Object.fromEntries(
      [...this.#lanes].map(([endpoint, lane]) => [
        endpoint,
        lane.occupiedMs().map((freeAtMs) => Math.ceil(freeAtMs + toWallMs)),
      ]),
    );
  }

  #lane(endpoint: string): Lane {
    return present(this.#lanes.get(endpoint), `pace for ${endpoint}`);
  }
}

function openLane(endpoint: string, rate: Rate, { clock, onEvent, occupied }: PaceOptions): Lane {
  // A wall clock may have been set back: nothing rests longer than one window from now.
  const leftMs = (freeAtMs: number): number => Math.min(freeAtMs - clock.wallMs(), rate.windowMs);
  const occupiedMs = (occupied?.[endpoint] ?? [])
    .map(leftMs)
    .filter((left) => left > 0)
    .map((left) => clock.monotonicMs() + left);
  return new Lane(
    rate,
    clock,
    (waitMs, reason) => onEvent?.({ kind: 'waiting', endpoint, waitMs, reason }),
    occupiedMs,
  );
}
