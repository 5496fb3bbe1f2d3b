// `--events FILE`: what an apply does, as it does it, one JSON object a line, for whoever watches it by
// machine. The words are part of the contract: `run-started`, `step-started`, `step-ended`, `run-ended`.

import { closeSync, openSync, writeSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ApplyEvent, StepError } from '../apply/event.ts';
import { diagnostic } from '../diagnostic/diagnostic.ts';
import type { Plan } from '../schedule/plan.ts';
import { CommandFailure } from './report.ts';
import type { Context } from './settings.ts';

export interface EventLog {
  runStarted(plan: Plan): void;
  onApply(event: ApplyEvent): void;
  runEnded(status: string): void;
}

const silent: EventLog = { runStarted: () => {}, onApply: () => {}, runEnded: () => {} };

/** @throws {CommandFailure} when the file cannot be opened. */
export function openEventLog(file: string | undefined, { edge }: Context): EventLog {
  if (file === undefined) return silent;
  const descriptor = open(file, edge.cwd);
  const write = (event: string, fields: Record<string, unknown>): void => {
    writeSync(descriptor, `${JSON.stringify({ event, atMs: edge.clock.wallMs(), ...fields })}\n`);
  };
  return {
    runStarted: ({ digest, steps, estimate }) =>
      write('run-started', { plan: digest, steps: steps.length, estimate }),
    onApply(event) {
      if (event.kind === 'started') {
        const { id, kind, address } = event.step;
        write('step-started', { id, kind, address });
        return;
      }
      const { step, status, error } = event.result;
      const { id, kind, address } = step;
      const { ended, total } = event;
      write('step-ended', { id, kind, address, status, ended, total, ...errorField(error) });
    },
    runEnded(status) {
      write('run-ended', { status });
      closeSync(descriptor);
    },
  };
}

function errorField(error: StepError | undefined): { error?: StepError } {
  return error === undefined ? {} : { error };
}

function open(file: string, cwd: string): number {
  try {
    return openSync(resolve(cwd, file), 'a');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandFailure([
      diagnostic('EVENTS_UNWRITABLE', {
        detail: `${file} cannot be written (${why}).`,
        help: 'Name a file in a folder that exists and may be written to.',
      }),
    ]);
  }
}
