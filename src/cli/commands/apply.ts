// `wikiform apply [PLAN_FILE]`: plans, asks, applies. A saved plan is the approval; one that is no longer
// true is refused.

import { type ApplyResult, apply as applyPlan } from '../../apply/apply.ts';
import { type Diagnostic, diagnostic } from '../../diagnostic/diagnostic.ts';
import { type ApplyEnd, applyStatus, applyToJson } from '../../render/apply-json.ts';
import { renderApplyReport } from '../../render/apply-report.ts';
import { runnableSteps } from '../../schedule/plan.ts';
import { StateWriteError } from '../../state/state-store.ts';
import { notSeen } from '../../survey/recovery.ts';
import { spaceOfAddress } from '../../tree/address.ts';
import type { Address } from '../../tree/identifier.ts';
import { accountOfApply } from '../account.ts';
import { resultStyle } from '../color.ts';
import { standingOf } from '../continuation.ts';
import type { Declaration } from '../declaration.ts';
import { openEventLog } from '../event-log.ts';
import { type ExitCode, exitCodeOf, exitCodes } from '../exit-code.ts';
import { duration, durationOrNone } from '../flag.ts';
import { withInterrupt } from '../interrupt.ts';
import { withNearPaths } from '../near-path.ts';
import { readPlanFile, type SavedPlan } from '../plan-file.ts';
import { printPlan, shownOf } from '../plan-output.ts';
import { type Planned, type PlanningOptions, withPlan } from '../planning.ts';
import { addPlanningFlags, type PlanningFlags, planningOptions } from '../planning-flag.ts';
import { CommandFailure, printJson, reportDiagnostics } from '../report.ts';
import { type Context, commandLine } from '../settings.ts';

export interface ApplyOptions extends PlanningOptions {
  readonly planFile: string | undefined;
  readonly autoApprove: boolean;
  /** How long to wait for another run with the same state. */
  readonly lockTimeoutMs: number;
  /** Nothing new is begun after so many milliseconds. */
  readonly maxDurationMs: number | undefined;
  /** A file that gets what happens, one JSON object a line. */
  readonly events: string | undefined;
}

interface ApplyFlags extends PlanningFlags {
  readonly autoApprove?: boolean;
  readonly maxDuration?: number;
  readonly lockTimeout: number;
  readonly events?: string;
}

export function declareApply(program: Declaration): void {
  const command = program.add({
    name: 'apply',
    description: 'plan, ask, and make the wiki as declared',
    example: [
      'wikiform apply                                              # asks first',
      'wikiform plan --out plan.json && wikiform apply plan.json   # does not ask',
      'wikiform apply --auto-approve --max-duration 5h             # in a pipeline',
    ],
  });
  addPlanningFlags(command)
    .argument('[plan-file]', 'a saved plan; applying it does not ask')
    .option('--auto-approve', 'do not ask')
    .option(
      '--lock-timeout <duration>',
      'how long to wait for another run with the same state',
      durationOrNone,
      0,
    )
    .option('--max-duration <duration>', 'begin nothing new after this time', duration)
    .option('--events <file>', 'append what happens to a file, one JSON object a line');
  program.action<[string | undefined], ApplyFlags>(command, (context, flags, planFile) =>
    apply(
      {
        ...planningOptions(flags),
        planFile,
        autoApprove: flags.autoApprove === true,
        maxDurationMs: flags.maxDuration,
        lockTimeoutMs: flags.lockTimeout,
        events: flags.events,
      },
      context,
    ),
  );
}

async function apply(options: ApplyOptions, context: Context): Promise<ExitCode> {
  const saved = options.planFile === undefined ? undefined : await readPlanFile(options.planFile, context);
  const settings = saved === undefined ? context.settings : { ...context.settings, file: saved.file };
  const beganMs = context.edge.clock.monotonicMs();
  return withInterrupt(context, (signal) =>
    withPlan(
      { ...options, ...saved },
      { ...context, settings },
      signal,
      (planned) => decide({ planned, saved, options, context, beganMs }),
      { command: 'wikiform apply', waitMs: options.lockTimeoutMs },
    ),
  );
}

interface Decision {
  readonly planned: Planned;
  readonly saved: SavedPlan | undefined;
  readonly options: ApplyOptions;
  readonly context: Context;
  readonly beganMs: number;
}

async function decide(decision: Decision): Promise<ExitCode> {
  const { planned, saved, options, context } = decision;
  const refusals = exitCodeOf(planned.diagnostics);
  if (refusals === exitCodes.fault) throw new CommandFailure(planned.diagnostics, planned.texts);
  const standing = saved === undefined ? 'approved' : standingOf(saved, planned);
  const stale = standing === 'stale' ? [staleness(options)] : [];
  const applied = standing === 'applied' ? [alreadyApplied(options)] : [];
  const isText = context.settings.format !== 'json';
  if (isText) printPlan(shownOf(planned), {}, context);
  if (refusals !== exitCodes.done || stale.length > 0) return end(decision, undefined, stale);
  if (isText) reportDiagnostics([...planned.diagnostics, ...applied], planned.texts, context);
  await coverPlan(planned);
  const isWork = runnableSteps(planned.plan).length > 0;
  if (isWork && saved === undefined && !options.autoApprove) await approve(context);
  return end(decision, await run(decision), applied);
}

/** A plan for chosen spaces may also take pages out of others. @throws {CommandFailure} */
async function coverPlan({ plan, held }: Planned): Promise<void> {
  const places = runnableSteps(plan).flatMap(({ address, parent, before }) => [
    address,
    parent,
    before?.parent,
  ]);
  const spaces = new Set(
    places.flatMap((place) => (place === undefined ? [] : [spaceOfAddress(place as Address)])),
  );
  const wrong = await held?.cover([...spaces]);
  if (wrong !== undefined) throw new CommandFailure([wrong]);
}

function staleness({ planFile }: ApplyOptions): Diagnostic {
  return diagnostic('PLAN_STALE', {
    detail: `What ${planFile} relies on has changed since it was made: a page it touches, a parent it writes under, or the manifest. The plan as it would be now is shown above.`,
    help: 'Review the new plan, save it with wikiform plan --out, and apply that.',
  });
}

function alreadyApplied({ planFile }: ApplyOptions): Diagnostic {
  return diagnostic('PLAN_APPLIED', {
    severity: 'info',
    detail: `All that ${planFile} was to do is done, so far as it can be.`,
    help: 'Nothing to do.',
  });
}

/** @throws {CommandFailure} unless somebody types yes. */
async function approve({ edge, settings }: Context): Promise<void> {
  if (!edge.isInteractive || !settings.input || settings.format === 'json') {
    throw new CommandFailure([
      diagnostic('APPROVAL_MISSING', {
        detail: 'There is nobody to ask: the input is not a terminal, or asking was switched off.',
        help: 'Run again with --auto-approve, or save a plan with wikiform plan --out FILE and apply that file.',
      }),
    ]);
  }
  const answer = await edge.ask('\nApply these steps? Only "yes" goes on: ');
  if (answer.trim() === 'yes') return;
  throw new CommandFailure([
    diagnostic('APPROVAL_MISSING', {
      detail: 'The plan was not approved, and nothing was written.',
      help: 'Run the command again and type yes to apply it.',
    }),
  ]);
}

/** The first interrupt lets what is under way finish; the second ends the process. */
async function run({ planned, saved, options, context }: Decision): Promise<ApplyResult> {
  const { edge } = context;
  const stop = new AbortController();
  const { progress } = planned;
  const events = openEventLog(options.events, context);
  const release = edge.onInterrupt(() => {
    if (stop.signal.aborted) edge.exitNow(exitCodes.interrupted);
    stop.abort();
    edge.err('\nFinishing the calls under way; interrupt again to stop at once.\n');
  });
  try {
    const { plan, strangers, survey, state, store, provider, held, unfinished } = planned;
    const { match, live } = survey;
    progress.begin(plan.estimate.seconds);
    events.runStarted(plan);
    const result = await applyPlan({
      plan,
      strangers,
      match,
      live,
      state,
      store,
      notSeen: notSeen(planned.findings),
      unfinished: { open: [], strays: [], ...unfinished, plan: saved?.digest ?? plan.digest },
      provider,
      clock: edge.clock,
      signal: stop.signal,
      maxDurationMs: options.maxDurationMs,
      ...(held === undefined ? {} : { mayWrite: () => held.isHeld() }),
      pace: planned.manifest.provider.pace,
      accountOf: (results) => accountOfApply(planned, results),
      onEvent(event) {
        progress.onApply(event);
        events.onApply(event);
      },
    });
    events.runEnded(applyStatus({ result }));
    return result;
  } catch (error) {
    if (error instanceof StateWriteError) throw new CommandFailure([error.diagnostic]);
    throw error;
  } finally {
    progress.clear();
    release();
  }
}

function end(decision: Decision, result: ApplyResult | undefined, found: readonly Diagnostic[]): ExitCode {
  const { planned, context, beganMs } = decision;
  const stopped = result?.stopped instanceof StateWriteError ? [result.stopped.diagnostic] : [];
  const diagnostics = [...planned.diagnostics, ...found, ...withNearPaths(stopped, context)];
  const seconds = Math.round((context.edge.clock.monotonicMs() - beganMs) / 100) / 10;
  const report: ApplyEnd = {
    plan: planned.plan,
    result,
    calls: planned.provider.calls(),
    seconds,
    command: commandLine(context),
    diagnostics,
  };
  if (context.settings.format === 'json') printJson(applyToJson(report), context);
  else {
    if (result === undefined) reportDiagnostics(diagnostics, planned.texts, context);
    else reportDiagnostics(stopped, planned.texts, context);
    context.edge.out(
      `\n${renderApplyReport(report, { style: resultStyle(context), width: context.edge.width })}\n`,
    );
  }
  if (result === undefined) return exitCodeOf(diagnostics);
  return exitCodeOfResult(result);
}

function exitCodeOfResult({ steps, stopped }: ApplyResult): ExitCode {
  if (stopped === 'interrupted') return exitCodes.interrupted;
  const isDone = stopped === undefined && steps.every(({ status }) => status === 'done');
  return isDone ? exitCodes.done : exitCodes.incomplete;
}
