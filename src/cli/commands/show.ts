// `wikiform show [PLAN_FILE]`: a saved plan as it was shown when it was made, or the live tree.

import { diagnostic } from '../../diagnostic/diagnostic.ts';
import { printSnapshot } from '../../provider/snapshot/snapshot-text.ts';
import { renderLiveTree } from '../../render/live-tree.ts';
import { defaultMaxBytes } from '../../render/plan-markdown.ts';
import { takeSnapshot } from '../../survey/snapshot.ts';
import { spaceOfAddress } from '../../tree/address.ts';
import { resultStyle } from '../color.ts';
import type { Declaration, GlobalFlags } from '../declaration.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { byteCount } from '../flag.ts';
import { withInterrupt } from '../interrupt.ts';
import { readShownPlan } from '../plan-file.ts';
import { planFormats, printPlan } from '../plan-output.ts';
import { surveyInput, type Wiki, withWiki } from '../planning.ts';
import { CommandFailure, reportDiagnostics } from '../report.ts';
import { scopeOf } from '../scope.ts';
import type { Context } from '../settings.ts';

interface ShowFlags extends GlobalFlags {
  readonly full?: boolean;
  readonly maxBytes: number;
  readonly space?: readonly string[];
  readonly live?: string;
}

export function declareShow(program: Declaration): void {
  const command = program
    .add({
      name: 'show',
      description: 'show a saved plan, or the live tree',
      example: 'wikiform show plan.json --format markdown',
      formats: planFormats,
    })
    .argument('[plan-file]', 'a plan saved with plan --out; without it the live tree, as tree or json')
    .option('--full', 'fold nothing away, however many steps there are')
    .option('--max-bytes <bytes>', 'what markdown and github may take', byteCount, defaultMaxBytes)
    .option('--space <key...>', 'of the live tree these spaces alone')
    .option('--live <file>', 'show a snapshot: no calls, no credentials');
  program.action<[string | undefined], ShowFlags>(command, (context, flags, planFile) =>
    planFile === undefined ? showWiki(flags, context) : showPlan(planFile, flags, context),
  );
}

async function showPlan(file: string, { full, maxBytes }: ShowFlags, context: Context): Promise<ExitCode> {
  const shown = { ...(await readShownPlan(file, context)), texts: new Map<string, string>() };
  printPlan(shown, { full: full === true, maxBytes }, context);
  if (context.settings.format !== 'json') reportDiagnostics(shown.plan.diagnostics, shown.texts, context);
  return exitCodes.done;
}

function showWiki(flags: ShowFlags, context: Context): Promise<ExitCode> {
  const { format } = context.settings;
  if (format !== 'tree' && format !== 'json') throw new CommandFailure([onlyOfPlans(format)]);
  return withInterrupt(context, (signal) =>
    withWiki({ live: flags.live }, context, signal, async (wiki) => {
      const { manifest, connection } = wiki;
      const input = { ...surveyInput(wiki, { allowWiderAudience: true }, signal), ...chosen(wiki, flags) };
      const seen = await takeSnapshot(input, manifest.provider.kind, { listsSpaces: false });
      connection.progress.clear();
      const { snapshot, match, spaces, readCalls } = seen;
      const { defaultType } = manifest.provider.capabilities;
      const { edge } = context;
      const options = { style: resultStyle(context), width: edge.width, defaultType, readCalls };
      const text =
        format === 'json'
          ? printSnapshot(snapshot)
          : `${renderLiveTree({ ...options, live: snapshot.live, match, spaces })}\n`;
      edge.out(text);
      return exitCodes.done;
    }),
  );
}

/** Manifest and state as far as they are about the chosen spaces. */
function chosen({ manifest, remains }: Wiki, { space }: ShowFlags) {
  const { desired } = manifest;
  const { state } = remains;
  const scope = scopeOf({ spaces: space }, desired, state);
  if (scope === undefined) return { desired, state };
  return {
    desired: { spaces: desired.spaces.filter(({ address }) => scope.includes(address)) },
    state: {
      ...state,
      spaces: new Map([...state.spaces].filter(([address]) => scope.includes(address))),
      nodes: new Map([...state.nodes].filter(([address]) => scope.includes(spaceOfAddress(address)))),
    },
  };
}

function onlyOfPlans(format: string) {
  return diagnostic('USAGE', {
    detail: `The live tree cannot be written as ${format}.`,
    help: 'Write --format tree or --format json, or name a saved plan.',
  });
}
