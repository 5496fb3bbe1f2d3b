// `wikiform plan`: reads, compares, orders, prints. It writes nothing but the file it is asked for.

import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { diagnostic, hasErrors } from '../../diagnostic/diagnostic.ts';
import { defaultMaxBytes } from '../../render/plan-markdown.ts';
import type { Declaration } from '../declaration.ts';
import { type ExitCode, exitCodeOf, exitCodes } from '../exit-code.ts';
import { byteCount } from '../flag.ts';
import { withInterrupt } from '../interrupt.ts';
import { savedPlan } from '../plan-file.ts';
import { planFormats, printPlan } from '../plan-output.ts';
import { type Planned, type PlanningOptions, type WikiOptions, withPlan } from '../planning.ts';
import { addPlanningFlags, type PlanningFlags, planningOptions } from '../planning-flag.ts';
import { CommandFailure, reportDiagnostics } from '../report.ts';
import type { Context } from '../settings.ts';

export interface PlanOptions extends PlanningOptions, WikiOptions {
  readonly out: string | undefined;
  readonly detailedExitcode: boolean;
  readonly full: boolean;
  /** What Markdown may take. */
  readonly maxBytes: number;
}

interface PlanFlags extends PlanningFlags {
  readonly out?: string;
  readonly live?: string;
  readonly detailedExitcode?: boolean;
  readonly full?: boolean;
  readonly maxBytes: number;
}

export function declarePlan(program: Declaration): void {
  const command = program.add({
    name: 'plan',
    description: 'show what apply would do',
    example: 'wikiform plan --out plan.json',
    formats: planFormats,
  });
  addPlanningFlags(command)
    .option('--out <file>', 'save the plan, to be applied as it is')
    .option('--live <file>', 'plan against a snapshot: no calls, no credentials')
    .option('--detailed-exitcode', 'exit with 2 when there are steps')
    .option('--full', 'fold nothing away, however many steps there are')
    .option('--max-bytes <bytes>', 'what markdown and github may take', byteCount, defaultMaxBytes);
  program.action<[], PlanFlags>(command, (context, flags) =>
    plan(
      {
        ...planningOptions(flags),
        out: flags.out,
        live: flags.live,
        detailedExitcode: flags.detailedExitcode === true,
        full: flags.full === true,
        maxBytes: flags.maxBytes,
      },
      context,
    ),
  );
}

function plan(options: PlanOptions, context: Context): Promise<ExitCode> {
  return withInterrupt(context, (signal) =>
    withPlan(options, context, signal, (planned) => show(planned, options, context)),
  );
}

async function show(planned: Planned, options: PlanOptions, context: Context): Promise<ExitCode> {
  const { plan: made, diagnostics, texts } = planned;
  const exitCode = exitCodeOf(diagnostics);
  // Where identity is in doubt, the steps are guesses: the errors alone are shown.
  if (exitCode === exitCodes.fault) throw new CommandFailure(diagnostics, texts);
  const isSaved = options.out !== undefined && !hasErrors(diagnostics);
  // First, so that a file that cannot be written is all that is told.
  if (isSaved) await save(options.out, planned, options, context);
  printPlan(planned, options, context);
  if (context.settings.format !== 'json') reportDiagnostics(diagnostics, texts, context);
  if (hasErrors(diagnostics)) return exitCode;
  if (isSaved) tellSaved(options.out, context);
  return options.detailedExitcode && made.steps.length > 0 ? exitCodes.steps : exitCodes.done;
}

async function save(file: string, planned: Planned, options: PlanOptions, context: Context): Promise<void> {
  try {
    await writeFile(resolve(context.edge.cwd, file), savedPlan(planned, options));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandFailure([
      diagnostic('PLAN_UNWRITABLE', {
        detail: `${file} cannot be written (${why}).`,
        help: 'Name a file in a folder that exists and may be written to.',
      }),
    ]);
  }
}

function tellSaved(file: string, context: Context): void {
  const { format, emulator } = context.settings;
  if (format === 'json') return;
  const flags = emulator ? '--emulator ' : '';
  const saved = `\nSaved to ${file}. To do exactly this: wikiform apply ${flags}${file}\n`;
  // In the other formats stdout is something that is passed on.
  if (format === 'tree') context.edge.out(saved);
  else context.edge.err(saved);
}
