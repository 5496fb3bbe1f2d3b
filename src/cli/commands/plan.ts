// `wikiform plan`: reads, compares, orders, prints. It writes nothing but the file it is asked for.

import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InvalidArgumentError } from 'commander';
import { type Diagnostic, diagnostic, hasErrors } from '../../diagnostic/diagnostic.ts';
import { defaultMaxBytes } from '../../render/plan-markdown.ts';
import type { Plan } from '../../schedule/plan.ts';
import type { Declaration } from '../declaration.ts';
import { type ExitCode, exitCodeOf, exitCodes } from '../exit-code.ts';
import { byteCount } from '../flag.ts';
import { withInterrupt } from '../interrupt.ts';
import { savedPlan } from '../plan-file.ts';
import { planFormats, printPlan, shownOf } from '../plan-output.ts';
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
  /** The digest of the plan that was reviewed. */
  readonly expect: string | undefined;
}

interface PlanFlags extends PlanningFlags {
  readonly out?: string;
  readonly live?: string;
  readonly detailedExitcode?: boolean;
  readonly full?: boolean;
  readonly maxBytes: number;
  readonly expect?: string;
}

export function declarePlan(program: Declaration): void {
  const command = program.add({
    name: 'plan',
    description: 'show what apply would do',
    example: [
      'wikiform plan --emulator                    # no credentials, no network',
      'wikiform plan --out plan.json               # to apply just this later',
      'wikiform plan --format markdown > plan.md   # for a comment',
    ],
    formats: planFormats,
  });
  addPlanningFlags(command)
    .option('--out <file>', 'save the plan, to be applied as it is')
    .option('--live <file>', 'plan against a snapshot: no calls, no credentials')
    .option('--detailed-exitcode', 'exit with 2 when there are steps')
    .option('--expect <digest>', 'refuse (exit 4) unless the plan is the one with this digest', digest)
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
        expect: flags.expect,
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
  const { plan: made, texts } = planned;
  // Where identity is in doubt, the steps are guesses: the errors alone are shown.
  if (exitCodeOf(planned.diagnostics) === exitCodes.fault)
    throw new CommandFailure(planned.diagnostics, texts);
  const reviewed = [...planned.diagnostics, ...unexpected(made, options.expect)];
  const isSaved = options.out !== undefined && !hasErrors(reviewed);
  const unsaved = isSaved ? await save(options.out, planned, options, context) : [];
  const diagnostics = [...reviewed, ...unsaved];
  printPlan(shownOf({ ...planned, diagnostics }), options, context);
  if (context.settings.format !== 'json') reportDiagnostics(diagnostics, texts, context);
  if (hasErrors(diagnostics)) return exitCodeOf(diagnostics);
  if (isSaved) tellSaved(options.out, context);
  return options.detailedExitcode && made.steps.length > 0 ? exitCodes.steps : exitCodes.done;
}

function unexpected({ digest: now, steps }: Plan, expected: string | undefined): readonly Diagnostic[] {
  if (expected === undefined || expected === now) return [];
  const left = steps.length === 0 ? ' Nothing is left to be done: it may have been applied already.' : '';
  return [
    diagnostic('PLAN_STALE', {
      detail: `The plan that was reviewed is ${expected}, and the plan is ${now} now: a page it touches, a parent it writes under, or the manifest has changed since.${left}`,
      help: 'Review the plan as it is now, and expect the digest of that one.',
    }),
  ];
}

/** As `plan --format json` prints it. */
function digest(text: string): string {
  if (/^sha256:[0-9a-f]{64}$/.test(text)) return text;
  throw new InvalidArgumentError(
    'Write the digest that plan --format json prints: sha256: and 64 hexadecimal digits.',
  );
}

/** What went wrong, if anything did. */
async function save(
  file: string,
  planned: Planned,
  options: PlanOptions,
  { edge }: Context,
): Promise<readonly Diagnostic[]> {
  try {
    await writeFile(resolve(edge.cwd, file), savedPlan(planned, options));
    return [];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const detail = `${file} cannot be written (${why}).`;
    const help = 'Name a file in a folder that exists and may be written to.';
    return [diagnostic('PLAN_UNWRITABLE', { detail, help })];
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
