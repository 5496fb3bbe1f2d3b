// A process that a test makes up: the whole command runs in it, without one of its own.

import { randomBytes } from 'node:crypto';
import type { Edge } from '../src/cli/edge.ts';
import { systemProcesses } from '../src/cli/process-table.ts';
import { PauseFreeClock } from './clock.ts';

export interface TestEdge extends Edge {
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** What Ctrl-C does. */
  readonly interrupt: () => void;
  readonly exits: readonly number[];
}

/** No terminal, no colours, and a clock that stands still but for pauses, unless told otherwise. */
export function testEdge(parts: Pick<Edge, 'cwd'> & Partial<Edge>): TestEdge {
  const written = { out: '', err: '' };
  const listeners = new Set<() => void>();
  const exits: number[] = [];
  return {
    env: {},
    clock: new PauseFreeClock(),
    random: () => 0,
    secret: (bytes) => randomBytes(bytes).toString('base64url'),
    openPage: async () => false,
    processes: systemProcesses(),
    out: (text) => {
      written.out += text;
    },
    err: (text) => {
      written.err += text;
    },
    isInteractive: false,
    outHasColors: false,
    errHasColors: false,
    errIsTerminal: false,
    width: 100,
    ask: () => Promise.reject(new Error('nobody is there to be asked')),
    exitNow: (exitCode) => exits.push(exitCode),
    onInterrupt: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stdout: () => written.out,
    stderr: () => written.err,
    interrupt: () => {
      for (const listener of [...listeners]) listener();
    },
    exits,
    ...parts,
  };
}
