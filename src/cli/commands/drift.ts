// `wikiform drift`: what people changed in the wiki since the last apply.

import { Option } from 'commander';
import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts';
import { type Drift, driftOf } from '../../diff/drift.ts';
import { driftToJson } from '../../render/drift-json.ts';
import { renderDrift } from '../../render/drift-tree.ts';
import { scopeTest } from '../../schedule/scope.ts';
import { acceptDrift } from '../accepting.ts';
import { resultStyle } from '../color.ts';
import type { Declaration, GlobalFlags } from '../declaration.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { withInterrupt } from '../interrupt.ts';
import { type Planned, withPlan } from '../planning.ts';
import { lenient } from '../planning-flag.ts';
import { printJson, reportDiagnostics } from '../report.ts';
import type { Context } from '../settings.ts';

interface DriftFlags extends GlobalFlags {
  readonly detailedExitcode?: boolean;
  readonly accept?: boolean;
  readonly new: boolean;
  readonly space?: readonly string[];
}

export function declareDrift(program: Declaration): void {
  const command = program
    .add({
      name: 'drift',
      description: 'show what people changed in the wiki since the last apply',
      example: 'wikiform drift --detailed-exitcode',
      formats: ['tree', 'json'],
    })
    .option('--detailed-exitcode', 'exit with 2 when something changed')
    .addOption(new Option('--space <key...>', 'look at these spaces alone').conflicts('accept'))
    .option('--accept', 'edit the manifest so that it says what the wiki has')
    .option('--no-new', 'leave pages that people added undeclared');
  program.action<[], DriftFlags>(command, (context, flags) => drift(flags, context));
}

function drift(flags: DriftFlags, context: Context): Promise<ExitCode> {
  const lease = flags.accept === true ? { command: 'wikiform drift --accept', waitMs: 0 } : undefined;
  return withInterrupt(context, (signal) =>
    withPlan(
      { ...lenient, spaces: flags.space },
      context,
      signal,
      (planned) => look(planned, flags, context, signal),
      lease,
    ),
  );
}

async function look(
  planned: Planned,
  flags: DriftFlags,
  context: Context,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { state, survey, plan } = planned;
  const isAsked = plan.part === undefined ? undefined : scopeTest(plan.part.scope);
  const found = driftOf(state, survey.match, survey.live, isAsked);
  const isAccepted = flags.accept === true && found.changes.length > 0;
  const accepted = isAccepted
    ? await acceptDrift(planned, { takesNew: flags.new }, context, signal)
    : undefined;
  const notes = [...(state.spaces.size === 0 ? [nothingApplied()] : []), ...(accepted?.diagnostics ?? [])];
  show(found, accepted?.files, notes, context);
  const isDue = flags.detailedExitcode === true && accepted === undefined && found.changes.length > 0;
  return isDue ? exitCodes.steps : exitCodes.done;
}

function show(
  found: Drift,
  files: readonly string[] | undefined,
  notes: readonly Diagnostic[],
  context: Context,
): void {
  const { edge, settings } = context;
  if (settings.format === 'json') {
    printJson(driftToJson(found, files ?? [], notes), context);
    return;
  }
  edge.out(`${renderDrift(found, { style: resultStyle(context), width: edge.width })}\n`);
  if (files !== undefined) edge.out(`\nAccepted. Written: ${[...files, 'the state'].join(', ')}\n`);
  reportDiagnostics(notes, new Map(), context);
}

function nothingApplied(): Diagnostic {
  return diagnostic('NOTHING_APPLIED', {
    severity: 'warning',
    detail: 'Nothing was applied with this state, so there is nothing the wiki could have drifted from.',
    help: 'Apply first, or take a wiki over that is there: wikiform import.',
  });
}
