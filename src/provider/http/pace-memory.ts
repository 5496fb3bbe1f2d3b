// What outlives a process of its pace: the vendor goes on counting when the process is gone, also when it
// was killed, so every attempt is remembered from before it leaves. Times are Unix milliseconds, because
// monotonic time means nothing to another process.

/** An attempt of an earlier process. */
export interface PastAttempt {
  readonly endpoint: string;
  /** When its answer was complete; at the latest when the memory was loaded, as nobody waits for it now. */
  readonly endedMs: number;
}

/** Says that the attempt is over. */
export type EndAttempt = (wallMs: number) => void;

export interface PaceMemory {
  /** Called once, before the first attempt. */
  load(): readonly PastAttempt[];
  /**
   * Called before the attempt leaves. Synchronous, so that whatever kills the process afterwards finds it
   * remembered. Never throws: a memory that fails is no reason to stop.
   */
  began(endpoint: string, wallMs: number): EndAttempt;
}
