// The limits a vendor puts on a tree, as data. They are reasoned about once, in `schedule/`.

/** Counts; each is the largest allowed value, `Infinity` where the vendor is not known to have a limit. */
export interface Limits {
  /** Levels below a space; a top-level node stands on level 1. */
  readonly depth: number;
  /** Children of one parent, the space's top level included. */
  readonly children: number;
  /** Nodes in one space. */
  readonly nodes: number;
  /** Nodes that one move may carry, the moved node included. */
  readonly nodesPerMove: number;
}

/** `count` calls in any window of `windowMs` milliseconds. */
export interface Rate {
  readonly count: number;
  readonly windowMs: number;
}
