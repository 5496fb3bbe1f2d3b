// `wikiform drift`: what people changed in the wiki since the last apply.

import { type Diagnostic, diagnostic, hasErrors } from '../../diagnostic/diagnostic.ts';
import { driftOf } from '../../diff/drift.ts';
import { driftToJson } from '../../render/drift-json.ts';
import { renderDrift } from '../../render/drift-tree.ts';
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
}

export function declareDrift(program: Declaration): void {
  const command = program
    .add({
      name: 'drift',
      description: 'show what people changed in the wiki since the last apply',
      example: 'wikiform drift --detailed-exitcode',
      formats: ['tree', 'json'],
    })
    .option('--detailed-exitcode', 'exit with 2 when something changed');
  program.action<[], DriftFlags>(command, (context, flags) =>
    withInterrupt(context, (signal) =>
      withPlan(lenient, context, signal, async (planned) => show(planned, flags, context)),
    ),
  );
}

function show({ state, survey }: Planned, { detailedExitcode }: DriftFlags, context: Context): ExitCode {
  const { edge, settings } = context;
  const drift = driftOf(state, survey.match, survey.live);
  const notes: Diagnostic[] = state.spaces.size === 0 ? [nothingApplied()] : [];
  if (settings.format === 'json') printJson(driftToJson(drift, [], notes), context);
  else {
    edge.out(`${renderDrift(drift, { style: resultStyle(context), width: edge.width })}\n`);
    reportDiagnostics(notes, new Map(), context);
  }
  if (hasErrors(notes)) return exitCodes.fault;
  return detailedExitcode === true && drift.changes.length > 0 ? exitCodes.steps : exitCodes.done;
}

function nothingApplied(): Diagnostic {
  return diagnostic('NOTHING_APPLIED', {
    severity: 'warning',
    detail: 'Nothing was applied with this state, so there is nothing the wiki could have drifted from.',
    help: 'Apply first, or take a wiki over that is there: wikiform import.',
  });
}
