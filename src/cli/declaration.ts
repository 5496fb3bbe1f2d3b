// How a command says what it is called, which flags it takes and what it runs. Invariant: whatever a
// command is, its global flags, their environment twins and its exit code are handled here, once.

import type { Command } from 'commander';
import type { Edge } from './edge.ts';
import type { ExitCode } from './exit-code.ts';
import { addGlobalFlags, readTwins } from './flag.ts';
import type { Context, LogLevel } from './settings.ts';

/** What commander makes of the global flags. */
export interface GlobalFlags {
  readonly file: string;
  readonly state?: string;
  readonly format: string;
  readonly emulator?: boolean;
  readonly color: boolean;
  readonly logLevel: LogLevel;
  readonly callTimeout: number;
  readonly input: boolean;
}

export interface CommandWords {
  readonly name: string;
  /** One line, for the list of commands. */
  readonly description: string;
  /** What works when it is pasted, one or several; behind a `#` is what it is for. */
  readonly example: string | readonly string[];
  /** What `--format` may be, the default first. */
  readonly formats?: readonly string[];
}

const textFormats = ['text', 'json'];

/** A command, or a group of them, to which commands are added. */
export interface Declaration {
  /** Adds a command with the global flags. Its own are added to what is returned. */
  add(words: CommandWords): Command;
  /** Adds a word in front of several commands. */
  group(name: string, description: string): Declaration;
  /** Says what runs: flags are read, their environment twins too, and `run` gives the exit code. */
  action<Arguments extends unknown[], Flags extends GlobalFlags>(
    command: Command,
    run: (context: Context, flags: Flags, ...values: Arguments) => Promise<ExitCode>,
  ): void;
}

/** @param words what was typed, to be told what to type again. */
export function declaration(
  parent: Command,
  edge: Edge,
  onEnd: (exitCode: ExitCode) => void,
  words: readonly string[],
): Declaration {
  return {
    add({ name, description, example, formats = textFormats }) {
      const command = parent.command(name).description(description);
      command.addHelpText('after', exampleText([example].flat()));
      return addGlobalFlags(command, formats);
    },
    group(name, description) {
      return declaration(parent.command(name).description(description), edge, onEnd, words);
    },
    action<Arguments extends unknown[], Flags extends GlobalFlags>(
      command: Command,
      run: (context: Context, flags: Flags, ...values: Arguments) => Promise<ExitCode>,
    ): void {
      command.action(async (...all: unknown[]) => {
        readTwins(command, edge.env);
        const flags = command.opts<Flags>();
        const values = all.slice(0, command.registeredArguments.length) as Arguments;
        onEnd(await run(contextOf(flags, edge, words), flags, ...values));
      });
    },
  };
}

/** One line each, for the end of a help text. */
export function exampleText(examples: readonly string[]): string {
  const title = examples.length === 1 ? 'Example' : 'Examples';
  return `\n${title}:\n${examples.map((example) => `  $ ${example}`).join('\n')}`;
}

function contextOf(flags: GlobalFlags, edge: Edge, words: readonly string[]): Context {
  const { file, state, format, color, logLevel, input } = flags;
  const settings = { file, state, format, color, logLevel, input, emulator: flags.emulator === true };
  return { edge, words, settings: { ...settings, callTimeoutMs: flags.callTimeout } };
}
