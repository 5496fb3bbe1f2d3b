// One run of the command, from its words to its exit code. Invariant: whatever happens, what is said is
// said in words or, where JSON was asked for, as one document; a stack trace is never the answer.

import { type Command, CommanderError, InvalidArgumentError } from 'commander';
import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { DiagnosticError } from '../diagnostic/diagnostic-error.ts';
import { InvariantError } from '../diagnostic/invariant.ts';
import { ProviderError } from '../provider/provider-error.ts';
import { applyToJson } from '../render/apply-json.ts';
import { driftErrorToJson } from '../render/drift-json.ts';
import { formatToJson } from '../render/format-json.ts';
import { importErrorToJson } from '../render/import-report.ts';
import { errorToJson, validateToJson } from '../render/plan-json.ts';
import { StateWriteError } from '../state/state-store.ts';
import type { Edge } from './edge.ts';
import { exitCodeOf, exitCodes } from './exit-code.ts';
import { isOn } from './flag.ts';
import { withNearPaths } from './near-path.ts';
import { printErrors } from './plan-output.ts';
import { buildProgram } from './program.ts';
import { CommandFailure, printJson, reportDiagnostics, type Texts } from './report.ts';
import type { Context } from './settings.ts';
import { version } from './version.ts';

/** Runs the command with these words (without `node` and the script) and resolves to the exit code. */
export async function run(words: readonly string[], edge: Edge): Promise<number> {
  const end: { exitCode: number } = { exitCode: exitCodes.done };
  const program = await buildProgram(
    edge,
    (exitCode) => {
      end.exitCode = exitCode;
    },
    words,
  );
  try {
    await program.parseAsync([...words], { from: 'user' });
    return end.exitCode;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
    return fail(error, program, words, edge);
  }
}

function fail(error: unknown, program: Command, words: readonly string[], edge: Edge): number {
  const { diagnostics: found, texts } = findingsOf(error);
  const context = fallbackContext(program, words, edge);
  const diagnostics = withNearPaths(found, context);
  if (context.settings.format === 'json') printJson(documentFor(words[0], diagnostics), context);
  else {
    printErrors(diagnostics, texts, Number(wordOf('--max-bytes', words, edge)) || undefined, context);
    reportDiagnostics(diagnostics, texts, context);
  }
  return exitCodeOf(diagnostics);
}

/** The document that the command would have ended with. */
function documentFor(command: string | undefined, diagnostics: readonly Diagnostic[]): unknown {
  if (command === 'validate') return validateToJson(diagnostics);
  if (command === 'drift') return driftErrorToJson(diagnostics);
  if (command === 'import') return importErrorToJson(diagnostics);
  if (command === 'fmt') return formatToJson([], [], diagnostics);
  if (command !== 'apply') return errorToJson(diagnostics);
  const calls = { total: 0, byEndpoint: {} };
  return applyToJson({ plan: undefined, result: undefined, calls, seconds: 0, diagnostics });
}

interface Findings {
  readonly diagnostics: readonly Diagnostic[];
  readonly texts: Texts;
}

function findingsOf(error: unknown): Findings {
  const texts: Texts = new Map();
  if (error instanceof CommandFailure) return error;
  if (error instanceof DiagnosticError || error instanceof StateWriteError)
    return { diagnostics: [error.diagnostic], texts };
  if (error instanceof CommanderError || error instanceof InvalidArgumentError) {
    return { diagnostics: [usage(wordsOf(error))], texts };
  }
  if (error instanceof ProviderError) return { diagnostics: [providerFailed(error)], texts };
  return { diagnostics: [internal(error)], texts };
}

/** Where only help could be shown, commander has no message of its own. */
function wordsOf({ code, message }: CommanderError): string {
  if (code === 'commander.help') return 'No command is named, or none that wikiform has.';
  return message.replace(/^error: /, '').replace(/\n/g, ' ');
}

function usage(detail: string): Diagnostic {
  return diagnostic('USAGE', {
    detail,
    help: 'Flags come after the command; see wikiform --help, or wikiform COMMAND --help.',
  });
}

function providerFailed(error: ProviderError): Diagnostic {
  const known = [
    error.vendorCode === undefined ? undefined : `code ${error.vendorCode}`,
    error.requestId === undefined ? undefined : `request ${error.requestId}`,
  ].filter((part) => part !== undefined && !error.message.includes(part.split(' ')[1] ?? part));
  return diagnostic('PROVIDER_FAILED', {
    detail: known.length === 0 ? error.message : `${error.message} (${known.join(', ')})`,
    help: error.help ?? 'Run the same command again; if it stays, ask the vendor with the request id.',
  });
}

function internal(error: unknown): Diagnostic {
  const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const kind =
    error instanceof InvariantError ? 'wikiform contradicted itself' : 'something unexpected happened';
  const where = error instanceof Error ? error.stack?.split('\n')[1]?.trim() : undefined;
  return diagnostic('INTERNAL', {
    detail: `${kind}: ${what}${where === undefined ? '' : ` (${where})`}. This is wikiform ${version} on Node ${process.versions.node}.`,
    help: 'Nothing in the wiki is lost. Please report this text with what you ran.',
  });
}

/** What the words say about the output even where they cannot be parsed. */
function fallbackContext(program: Command, words: readonly string[], edge: Edge): Context {
  return {
    edge,
    words,
    settings: {
      file: 'wikiform.yaml',
      state: undefined,
      format: formatOf(program, words, edge),
      emulator: false,
      color: !words.includes('--no-color') && !isOn(edge.env.WIKIFORM_NO_COLOR ?? ''),
      logLevel: 'info',
      callTimeoutMs: 0,
      input: false,
    },
  };
}

/** The format that was asked for, as far as the command has it. */
function formatOf(program: Command, words: readonly string[], edge: Edge): string {
  const written = wordOf('--format', words, edge) ?? 'text';
  const command = program.commands.find((one) => one.name() === words[0]);
  const choices = command?.options.find(({ long }) => long === '--format')?.argChoices;
  return written === 'json' || choices?.includes(written) === true ? written : 'text';
}

/** A flag's value as it is written, on the command line or in its environment twin. */
function wordOf(flag: string, words: readonly string[], { env }: Edge): string | undefined {
  const at = words.findIndex((word) => word === flag || word.startsWith(`${flag}=`));
  if (at !== -1) return words[at]?.split('=')[1] ?? words[at + 1];
  return env[`WIKIFORM_${flag.slice(2).replaceAll('-', '_').toUpperCase()}`];
}
