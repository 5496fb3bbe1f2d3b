// Snapshots on disk: written for `--out`, and opened in the vendor's place for `--live`.

import { readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Provider } from '../provider/provider.ts';
import { parseSnapshot } from '../provider/snapshot/snapshot-parse.ts';
import { snapshotProvider } from '../provider/snapshot/snapshot-provider.ts';
import { printSnapshot } from '../provider/snapshot/snapshot-text.ts';
import type { Snapshot } from '../tree/snapshot.ts';
import { CommandFailure } from './report.ts';
import type { Context } from './settings.ts';

/** @throws {CommandFailure} when the file cannot be written. */
export async function writeSnapshot(file: string, snapshot: Snapshot, { edge }: Context): Promise<void> {
  try {
    await writeFile(resolve(edge.cwd, file), printSnapshot(snapshot));
  } catch (error) {
    throw new CommandFailure([
      diagnostic('SNAPSHOT_UNWRITABLE', {
        detail: `${file} cannot be written (${messageOf(error)}).`,
        help: 'Name a file in a folder that exists and may be written to.',
      }),
    ]);
  }
}

/**
 * The snapshot as a provider that makes no call and needs no credentials.
 *
 * @throws {CommandFailure} when it cannot be read, or is another provider's.
 */
export async function openSnapshot(file: string, manifest: Manifest, context: Context): Promise<Provider> {
  const snapshot = await readSnapshot(file, context);
  const { kind, capabilities, source } = manifest.provider;
  if (snapshot.provider === kind) return snapshotProvider(snapshot, file, capabilities);
  throw new CommandFailure([
    diagnostic('SNAPSHOT_FOREIGN', {
      detail: `${file} was taken of ${snapshot.provider}, and the manifest says ${kind}.`,
      help: 'Name a snapshot that was taken with this manifest.',
      source,
    }),
  ]);
}

async function readSnapshot(file: string, { edge }: Context): Promise<Snapshot> {
  let text: string;
  try {
    text = await readFile(resolve(edge.cwd, file), 'utf8');
  } catch (error) {
    throw new CommandFailure([unreadable(file, messageOf(error))]);
  }
  const parsed = parseSnapshot(text);
  switch (parsed.kind) {
    case 'snapshot':
      return parsed.snapshot;
    case 'broken':
      throw new CommandFailure([unreadable(file, parsed.why)]);
    case 'newer':
      throw new CommandFailure([newer(file, parsed.version)]);
  }
}

function unreadable(file: string, why: string): Diagnostic {
  return diagnostic('SNAPSHOT_UNREADABLE', {
    detail: `${file}: ${why}.`,
    help: 'Take a snapshot with wikiform snapshot --out FILE, and name that file.',
  });
}

function newer(file: string, version: string): Diagnostic {
  return diagnostic('VERSION_UNSUPPORTED', {
    detail: `${file} has snapshot format ${version}; this wikiform knows formats up to 1.0.`,
    help: 'Use the wikiform version that took it, or a newer one.',
  });
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
