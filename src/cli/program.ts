// The program and its commands, in the order in which help lists them. What each is called, takes and does
// stands in `commands/`.

import { Command } from 'commander';
import { type Declaration, declaration, exampleText } from './declaration.ts';
import type { Edge } from './edge.ts';
import type { ExitCode } from './exit-code.ts';
import { version } from './version.ts';

/** Loaded when they are asked for: what one of them needs is a third of the program at most. */
const commands: Readonly<Record<string, () => Promise<(program: Declaration) => void>>> = {
  init: async () => (await import('./commands/init.ts')).declareInit,
  validate: async () => (await import('./commands/validate.ts')).declareValidate,
  plan: async () => (await import('./commands/plan.ts')).declarePlan,
  apply: async () => (await import('./commands/apply.ts')).declareApply,
  snapshot: async () => (await import('./commands/snapshot.ts')).declareSnapshot,
  show: async () => (await import('./commands/show.ts')).declareShow,
  explain: async () => (await import('./commands/explain.ts')).declareExplain,
  drift: async () => (await import('./commands/drift.ts')).declareDrift,
  import: async () => (await import('./commands/import.ts')).declareImport,
  fmt: async () => (await import('./commands/fmt.ts')).declareFmt,
  state: async () => (await import('./commands/state.ts')).declareState,
  login: async () => (await import('./commands/login.ts')).declareLogin,
  logout: async () => (await import('./commands/logout.ts')).declareLogout,
  whoami: async () => (await import('./commands/whoami.ts')).declareWhoami,
  emulator: async () => (await import('./commands/emulator.ts')).declareEmulator,
  schema: async () => (await import('./commands/schema.ts')).declareSchema,
  completion: async () => (await import('./commands/completion.ts')).declareCompletion,
};

const examples = [
  'wikiform init                 # a manifest to begin with',
  'wikiform plan --emulator      # try it: no credentials, no network',
  'wikiform plan --out plan.json && wikiform apply plan.json',
];

const twinWords = 'Every flag has an environment twin: --log-level is also WIKIFORM_LOG_LEVEL.';

/**
 * Builds the program; `onEnd` gets the exit code of the command that ran.
 *
 * @param words - what was typed: where that is one command, the others are left out.
 */
export async function buildProgram(
  edge: Edge,
  onEnd: (exitCode: ExitCode) => void,
  words: readonly string[] = [],
): Promise<Command> {
  const program = new Command('wikiform')
    .description('Keep the structure of a company wiki in Git: plan and apply for wiki layouts.')
    .version(version, '-V, --version')
    .helpCommand('help [command]', 'show help for a command')
    .configureHelp({ sortSubcommands: false, showGlobalOptions: false })
    .exitOverride()
    .configureOutput({ writeOut: edge.out, writeErr: () => undefined })
    .addHelpText('after', `${exampleText(examples)}\n\n${twinWords}`);
  const declared = declaration(program, edge, onEnd, words);
  for (const name of namedIn(words, edge)) (await commands[name]?.())?.(declared);
  return program;
}

/**
 * The command that is called, or none for the version; all where help or completion may speak of any, or the environment may mean
 * another one with the twin of a flag.
 */
function namedIn([first]: readonly string[], { env }: Edge): readonly string[] {
  if (first === '-V' || first === '--version') return [];
  const names = Object.keys(commands);
  const isAlone = first !== undefined && first !== 'completion' && names.includes(first);
  return isAlone && !Object.keys(env).some((name) => name.startsWith('WIKIFORM_')) ? [first] : names;
}
