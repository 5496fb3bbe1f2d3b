// `wikiform state migrate --to git|file`: copies what is remembered, an interrupted run's journal included,
// from a file to the Git ref or back. Where it came from stays as it is; the manifest says which one counts.

import { dirname, resolve } from 'node:path';
import { Option } from 'commander';
import { diagnostic } from '../../diagnostic/diagnostic.ts';
import type { Manifest, StateSettings } from '../../manifest/manifest.ts';
import { counted } from '../../render/count.ts';
import { formatVersion } from '../../render/document.ts';
import type { Store } from '../../state/store.ts';
import type { Declaration, GlobalFlags } from '../declaration.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { withInterrupt } from '../interrupt.ts';
import { withLease } from '../lease.ts';
import { openStoreOf } from '../memory.ts';
import { CommandFailure, printJson } from '../report.ts';
import type { Context } from '../settings.ts';
import { stateOf, withStore } from '../state-access.ts';

interface MigrateFlags extends GlobalFlags {
  readonly to?: StateSettings['kind'];
  readonly force?: boolean;
}

export function declareStateMigrate(state: Declaration): void {
  const command = state
    .add({
      name: 'migrate',
      description: 'copy the state to another store',
      example: 'wikiform state migrate --to git',
    })
    .addOption(new Option('--to <store>', 'a ref on the remote, or a file').choices(['git', 'file']))
    .option('--force', 'replace a state that is there');
  state.action<[], MigrateFlags>(command, (context, flags) => migrate(flags, context));
}

const defaults = {
  git: { kind: 'git', remote: 'origin', ref: 'refs/wikiform/state', source: undefined },
  file: { kind: 'file', path: '.wikiform/state.json', source: undefined },
} as const satisfies Record<StateSettings['kind'], StateSettings>;

async function migrate({ to, force }: MigrateFlags, context: Context): Promise<ExitCode> {
  if (to === undefined) throw new CommandFailure([noTarget()]);
  return withInterrupt(context, (signal) =>
    withStore(context, async (own, manifest) => {
      const isThere = (own.history === undefined ? 'file' : 'git') === to;
      const other = await openOther(manifest, isThere ? elsewhere[to] : to, context);
      const [from, target] = isThere ? [other, own] : [own, other];
      try {
        await copy(from, target, { isForced: force === true, signal, isThere }, context);
        return exitCodes.done;
      } finally {
        await other.close();
      }
    }),
  );
}

const elsewhere = { git: 'file', file: 'git' } as const;

/** The store that the run does not use: as the manifest has it, or the usual one. */
function openOther(manifest: Manifest, kind: StateSettings['kind'], context: Context): Promise<Store> {
  const settings = manifest.state.kind === kind ? manifest.state : defaults[kind];
  return openStoreOf(settings, dirname(resolve(context.edge.cwd, manifest.file)), context);
}

interface CopyOptions {
  readonly isForced: boolean;
  readonly signal: AbortSignal;
  /** The manifest names the target already. */
  readonly isThere: boolean;
}

async function copy(from: Store, target: Store, options: CopyOptions, context: Context): Promise<void> {
  const lease = { command: 'wikiform state migrate', waitMs: 0, signal: options.signal };
  const copied = await withLease(from, lease, context, async () => {
    const loaded = stateOf(await from.load());
    if (loaded === undefined) throw new CommandFailure([nothingToCopy(from)]);
    return withLease(target, lease, context, async () => {
      const before = stateOf(await target.load());
      if (before !== undefined && !options.isForced) throw new CommandFailure([isTaken(target)]);
      const account = { command: `wikiform state migrate from ${from.name}`, steps: [] };
      await target.save(loaded.state, loaded.unfinished, account);
      return loaded.state;
    });
  });
  const { spaces, nodes } = copied;
  const counts = { spaces: spaces.size, nodes: nodes.size };
  if (context.settings.format === 'json') {
    printJson({ formatVersion, errored: false, from: from.name, to: target.name, ...counts }, context);
    return;
  }
  const next = options.isThere
    ? 'The manifest names it already.'
    : `Now write \`state: ${target.history === undefined ? '.wikiform/state.json' : 'git'}\` in the manifest.`;
  context.edge.out(
    `Copied ${counted(spaces.size, 'space')} and ${counted(nodes.size, 'page')} from ${from.name} to ${target.name}. ${next} ${from.name} stays as it is, and is read no more then.\n`,
  );
}

function noTarget(): ReturnType<typeof diagnostic> {
  return diagnostic('USAGE', {
    detail: 'It is not said where the state is to go.',
    help: 'Add --to git or --to file.',
  });
}

function nothingToCopy({ name }: Store): ReturnType<typeof diagnostic> {
  return diagnostic('STATE_MISSING', {
    detail: `There is no state in ${name}, so there is nothing to copy.`,
    help: 'Run it where the manifest and its state are; where there never was a state, only change the manifest.',
  });
}

function isTaken({ name }: Store): ReturnType<typeof diagnostic> {
  return diagnostic('FILE_EXISTS', {
    detail: `There is a state in ${name} already.`,
    help: 'Look at it with wikiform state list; to replace it, add --force.',
  });
}
