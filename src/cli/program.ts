// The program and its commands, in the order in which help lists them. What each is called, takes and does
// stands in `commands/`.

import { Command } from 'commander';
import { declareApply } from './commands/apply.ts';
import { declareCompletion } from './commands/completion.ts';
import { declareDrift } from './commands/drift.ts';
import { declareEmulator } from './commands/emulator.ts';
import { declareExplain } from './commands/explain.ts';
import { declareFmt } from './commands/fmt.ts';
import { declareImport } from './commands/import.ts';
import { declareInit } from './commands/init.ts';
import { declareLogin } from './commands/login.ts';
import { declareLogout } from './commands/logout.ts';
import { declarePlan } from './commands/plan.ts';
import { declareSchema } from './commands/schema.ts';
import { declareShow } from './commands/show.ts';
import { declareSnapshot } from './commands/snapshot.ts';
import { declareState } from './commands/state.ts';
import { declareValidate } from './commands/validate.ts';
import { declareWhoami } from './commands/whoami.ts';
import { type Declaration, declaration, exampleText } from './declaration.ts';
import type { Edge } from './edge.ts';
import type { ExitCode } from './exit-code.ts';
import { version } from './version.ts';

const commands: readonly ((program: Declaration) => void)[] = [
  declareInit,
  declareValidate,
  declarePlan,
  declareApply,
  declareSnapshot,
  declareShow,
  declareExplain,
  declareDrift,
  declareImport,
  declareFmt,
  declareState,
  declareLogin,
  declareLogout,
  declareWhoami,
  declareEmulator,
  declareSchema,
  declareCompletion,
];

const examples = [
  'wikiform init                 # a manifest to begin with',
  'wikiform plan --emulator      # try it: no credentials, no network',
  'wikiform plan --out plan.json && wikiform apply plan.json',
];

const twinWords = 'Every flag has an environment twin: --log-level is also WIKIFORM_LOG_LEVEL.';

/** Builds the program; `onEnd` gets the exit code of the command that ran. */
export function buildProgram(
  edge: Edge,
  onEnd: (exitCode: ExitCode) => void,
  words: readonly string[] = [],
): Command {
  const program = new Command('wikiform')
    .description('Keep the structure of a company wiki in Git: plan and apply for wiki layouts.')
    .version(version, '-V, --version')
    .helpCommand('help [command]', 'show help for a command')
    .configureHelp({ sortSubcommands: false, showGlobalOptions: false })
    .exitOverride()
    .configureOutput({ writeOut: edge.out, writeErr: () => undefined })
    .addHelpText('after', `${exampleText(examples)}\n\n${twinWords}`);
  const declared = declaration(program, edge, onEnd, words);
  for (const declare of commands) declare(declared);
  return program;
}
