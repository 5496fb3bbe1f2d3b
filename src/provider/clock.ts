// Time as the process sees it, handed in from the edge.

export interface Clock {
  /** Milliseconds that never go backwards; only differences mean anything. */
  monotonicMs(): number;
  /** Unix milliseconds; for people and for what outlives the process. */
  wallMs(): number;
  /** Resolves after `ms`, or rejects with the signal's reason once it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /**
   * Calls `ring` after `ms`, unless that is called off by calling what is returned. For deadlines, which are
   * nearly all called off: a sleep and a signal to end it, for each of 8,000 calls, take half a second.
   */
  after(ms: number, ring: () => void): () => void;
}
