// `wikiform state unlock`: takes the lock of the state away from a run that will not give it back. A run
// whose process is dead, or whose time ran out, needs none of this: the next apply takes over by itself.

import { diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Lease } from '../../state/lease.ts';
import { nameHolder } from '../../state/lease-notice.ts';
import { spaceAddress } from '../../tree/address.ts';
import type { Declaration, GlobalFlags } from '../declaration.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { CommandFailure, printJson } from '../report.ts';
import type { Context } from '../settings.ts';
import { withStore } from '../state-access.ts';

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
    .argument('[spaces...]', 'keys of spaces, where the state is on a Git ref; default: all')
    .option('--force', 'even though another run holds it');
  state.action<[string[]], UnlockFlags>(command, (context, flags, spaces) =>
    unlock(spaces, flags.force === true, context),
  );
}

async function unlock(keys: readonly string[], isForced: boolean, context: Context): Promise<ExitCode> {
  return withStore(context, async ({ leases }) => {
    const spaces = keys.length === 0 ? undefined : keys.map(spaceAddress);
    const held = await leases.holders(spaces);
    if (held.length > 0 && !isForced)
      throw new CommandFailure([notForced(named(held.map(({ lease }) => lease)))]);
    const broken = held.length === 0 ? [] : await leases.break(spaces);
    if (context.settings.format === 'json') {
      const [holder = null] = broken;
      const unlocked = broken.length > 0;
      printJson({ formatVersion: '1.0', errored: false, unlocked, holder, holders: broken }, context);
    } else {
      context.edge.out(
        broken.length === 0 ? 'Nobody holds the lock.\n' : `Unlocked: it was held by ${named(broken)}.\n`,
      );
    }
    return exitCodes.done;
  });
}

const named = (leases: readonly Lease[]): string => leases.map(nameHolder).join(' and ');

function notForced(holder: string): ReturnType<typeof diagnostic> {
  return diagnostic('STATE_LOCKED', {
    detail: `The lock is held by ${holder}.`,
    help: 'If you know that this run has ended, take its lock away with --force. Two runs at once would make pages twice.',
  });
}
