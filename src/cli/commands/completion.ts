// `wikiform completion SHELL`: prints what makes a shell complete wikiform's commands, its flags and the
// manifest's addresses. The script it prints calls it again, with what has been typed.

import { Argument, type Command } from 'commander';
import { formatVersion } from '../../render/document.ts';
import { completionsFor } from '../completion.ts';
import { answer, type Shell, scripts, shells } from '../completion-script.ts';
import type { Declaration, GlobalFlags } from '../declaration.ts';
import { declaredIn } from '../declared.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { printJson } from '../report.ts';
import type { Context } from '../settings.ts';
import { shellWords } from '../shell-words.ts';

export function declareCompletion(program: Declaration): void {
  const command = program
    .add({
      name: 'completion',
      description: 'print shell completion',
      example: 'source <(wikiform completion bash)',
    })
    .addArgument(new Argument('<shell>', 'the shell').choices(shells))
    .argument('[words...]', 'behind --: what has been typed; the printed script asks with it');
  program.action<[Shell, string[]], GlobalFlags>(command, async (context, _flags, shell, words) =>
    words.length === 0 ? printScript(shell, context) : complete(command, shell, words, context),
  );
}

function printScript(shell: Shell, context: Context): ExitCode {
  const script = scripts[shell];
  if (context.settings.format === 'json') printJson({ formatVersion, shell, script }, context);
  else context.edge.out(script);
  return exitCodes.done;
}

function complete(command: Command, shell: Shell, words: readonly string[], context: Context): ExitCode {
  const { before, current, raw } = typed(shell, words);
  const file = manifestIn(before) ?? context.settings.file;
  const declared = declaredIn({ ...context, settings: { ...context.settings, file } });
  const found = completionsFor(command.parent ?? command, before, current, declared);
  context.edge.out(answer(shell, found, raw));
  return exitCodes.done;
}

/** Bash hands over the line as it is typed, for it breaks words where no shell does; the others words. */
function typed(shell: Shell, words: readonly string[]): ReturnType<typeof shellWords> {
  if (shell !== 'bash') {
    const current = words.at(-1) ?? '';
    return { before: words.slice(0, -1), current, raw: current };
  }
  const { before, ...rest } = shellWords(words.join(' '));
  return { ...rest, before: before.slice(1) };
}

function manifestIn(words: readonly string[]): string | undefined {
  const at = words.findLastIndex((word) => word === '-f' || word === '--file' || word.startsWith('--file='));
  return at === -1 ? undefined : (words[at]?.split('=')[1] ?? words[at + 1]);
}
