// Everything the process has that the rest of the program is only handed: the terminal, the environment,
// the clock, chance and signals. Tests run the whole command with an edge of their own.

import type { Clock } from '../provider/clock.ts';
import type { ProcessTable } from '../state/lease.ts';

export interface Edge {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  readonly random: () => number;
  /** What nobody can guess: so many random bytes, as base64url. */
  readonly secret: (bytes: number) => string;
  /** This process among those of its machine. */
  readonly processes: ProcessTable;
  /** Results. */
  readonly out: (text: string) => void;
  /** Everything else: progress, diagnostics, prompts. */
  readonly err: (text: string) => void;
  readonly isInteractive: boolean;
  readonly outHasColors: boolean;
  readonly errHasColors: boolean;
  /** Whether progress lines may be drawn over. */
  readonly errIsTerminal: boolean;
  /** Columns of the terminal that results go to; a pipe has a width too, so that it shows the same tree. */
  readonly width: number;
  /** Asks on the terminal and resolves to the line typed; only where `isInteractive`. */
  readonly ask: (question: string) => Promise<string>;
  /** Opens a page for the person at this machine; false where that cannot be done. Never throws. */
  readonly openPage: (url: string) => Promise<boolean>;
  /** Ends the process at once. */
  readonly exitNow: (exitCode: number) => void;
  /** Called at each Ctrl-C or SIGTERM, until the returned function is called. */
  readonly onInterrupt: (listener: () => void) => () => void;
}
