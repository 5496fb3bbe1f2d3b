// `wikiform state unlock`: takes the lock of the state away from a run that will not give it back. A run
// whose process is dead, or whose time ran out, needs none of this: the next apply takes over by itself.

import { diagnostic } from '../../diagnostic/diagnostic.ts';
import { nameHolder } from '../../state/lease-notice.ts';
import type { Declaration, GlobalFlags } from '../declaration.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { leasesOf } from '../lease.ts';
import { openStore } from '../memory.ts';
import { compileManifest } from '../planning.ts';
import { CommandFailure, printJson } from '../report.ts';
import type { Context } from '../settings.ts';

interface UnlockFlags extends GlobalFlags {
  readonly force?: boolean;
}

export function declareUnlock(state: Declaration): void {
  const command = state
    .add({
      name: 'unlock',
      description: 'take the lock of the state away',
      example: 'wikiform state unlock --force',
    })
    .option('--force', 'even though another run holds it');
  state.action<[], UnlockFlags>(command, (context, flags) => unlock(flags.force === true, context));
}

async function unlock(isForced: boolean, context: Context): Promise<ExitCode> {
  const { manifest, diagnostics, texts } = compileManifest(context.settings.file, context);
  if (manifest === undefined) throw new CommandFailure(diagnostics, texts);
  const leases = leasesOf(openStore(manifest, context), context);
  const held = await leases.holder();
  if (held !== undefined && !isForced) throw new CommandFailure([notForced(nameHolder(held.lease))]);
  const broken = held === undefined ? undefined : await leases.break();
  if (context.settings.format === 'json') {
    printJson(
      { formatVersion: '1.0', errored: false, unlocked: broken !== undefined, holder: broken ?? null },
      context,
    );
  } else {
    context.edge.out(
      broken === undefined ? 'Nobody holds the lock.\n' : `Unlocked: it was held by ${nameHolder(broken)}.\n`,
    );
  }
  return exitCodes.done;
}

function notForced(holder: string): ReturnType<typeof diagnostic> {
  return diagnostic('STATE_LOCKED', {
    detail: `The lock is held by ${holder}.`,
    help: 'If you know that this run has ended, take its lock away with --force. Two runs at once would make pages twice.',
  });
}
