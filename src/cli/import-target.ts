// Where an import goes: the manifest that is there, whose provider and state it uses, or one that is yet to
// be written, of which the command line says what it needs.

import { dirname, join, relative, resolve, sep } from 'node:path';
import { diagnostic } from '../diagnostic/diagnostic.ts';
import { keptHead } from '../manifest/edit/kept-head.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { manifestText } from '../manifest/write/manifest-text.ts';
import type { VendorKind } from '../tree/capability.ts';
import { chooseIdentity, readCredentials } from './credential.ts';
import { compileManifest } from './manifest.ts';
import { manifestFiles } from './manifest-files.ts';
import { CommandFailure } from './report.ts';
import type { Context } from './settings.ts';
import { knownCapabilities } from './wiring.ts';

export interface TargetOptions {
  readonly provider: VendorKind | undefined;
  readonly baseUrl: string | undefined;
  /** One file for the spaces, to be included. */
  readonly out: string | undefined;
  /** A file for each space, to be included. */
  readonly split: boolean;
  readonly force: boolean;
}

export interface Target {
  /** What is there, or what would be there without any space. */
  readonly manifest: Manifest;
  /** Whether the manifest is there and stays as it is. */
  readonly isKept: boolean;
  /** Written into the manifest where it is not the vendor's own. */
  readonly baseUrl: string | undefined;
  /** What a manifest that is replaced says of other things than spaces. */
  readonly head: string | undefined;
  /** The file that a space goes to, as the user would type it; `undefined` is the manifest itself. */
  fileOf(key: string): string | undefined;
  /** The name by which the manifest includes a file. */
  includeOf(file: string): string;
}

/** @throws {CommandFailure} when something is in the way, or it is not clear which vendor is meant. */
export function importTarget(options: TargetOptions, context: Context): Target {
  const { edge, settings } = context;
  const folder = dirname(settings.file);
  const isThere = manifestFiles(edge.cwd).read(settings.file).kind === 'text';
  const isApart = options.split || options.out !== undefined;
  if (isThere && !isApart && !options.force) throw new CommandFailure([exists(settings.file)]);
  const isKept = isThere && isApart;
  const isMeant = isThere && options.provider === undefined;
  const manifest = isMeant ? present(context) : absent(options, context);
  const { baseUrl, capabilities } = manifest.provider;
  return {
    manifest,
    isKept,
    baseUrl: baseUrl === capabilities.defaultBaseUrl ? undefined : baseUrl,
    head: isMeant ? keptHead(textOf(settings.file, edge)) : undefined,
    fileOf: (key) => (options.split ? join(folder, 'spaces', `${key}.yaml`) : options.out),
    includeOf: (file) => relative(resolve(edge.cwd, folder), resolve(edge.cwd, file)).split(sep).join('/'),
  };
}

/** The text of a file that was just read. */
function textOf(file: string, { cwd }: Context['edge']): string {
  const content = manifestFiles(cwd).read(file);
  return content.kind === 'text' ? new TextDecoder().decode(content.bytes) : '';
}

export function exists(file: string): CommandFailure['diagnostics'][number] {
  return diagnostic('FILE_EXISTS', {
    detail: `${file} is there already, and an import would replace it.`,
    help: 'Name another file with --file, put the spaces beside it with --out FILE or --split, or replace it with --force.',
  });
}

export function present(context: Context): Manifest {
  const { manifest, diagnostics, texts } = compileManifest(context.settings.file, context);
  if (manifest === undefined) throw new CommandFailure(diagnostics, texts);
  return manifest;
}

/** What a manifest without spaces would say. */
export function absent(
  { provider, baseUrl }: Pick<TargetOptions, 'provider' | 'baseUrl'>,
  context: Context,
): Manifest {
  const { settings } = context;
  const kind = provider ?? likelyProvider(context);
  const text = `${manifestText({ provider: kind, baseUrl, include: [], spaces: [] })}spaces: {}\n`;
  const { manifest, diagnostics } = compileManifest(settings.file, context, new Map([[settings.file, text]]));
  if (manifest !== undefined) return manifest;
  // There is no such file yet: its places would lead nowhere.
  throw new CommandFailure(
    diagnostics.map(({ code, detail, help }) => diagnostic(code, { detail, help: help ?? '' })),
  );
}

/** The vendor whose credentials are at hand, where there is only one. */
function likelyProvider({ edge, settings }: Context): VendorKind {
  const kinds = Object.values(knownCapabilities).filter(
    (capabilities) =>
      !('diagnostic' in chooseIdentity(readCredentials(edge.env, capabilities), undefined, capabilities)),
  );
  const [only] = kinds;
  if (settings.emulator) return only?.vendor ?? 'feishu';
  if (only !== undefined && kinds.length === 1) return only.vendor;
  throw new CommandFailure([
    diagnostic('USAGE', {
      detail: `There is no ${settings.file} that says which vendor's wiki is meant, and ${kinds.length === 0 ? 'no credentials are set' : 'the credentials of several are set'}.`,
      help: `Say it with --provider ${Object.keys(knownCapabilities).join('|')}.`,
    }),
  ]);
}
