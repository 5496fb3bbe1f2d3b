// Taking live spaces over: reads them whole, and writes the manifest and the state that make the next plan
// empty. Invariant: files are written in an order in which a run that is cut off leaves nothing that lies:
// included files, then the manifest, then the state, which may be missing. A state that belongs to another
// manifest goes before all of them.

import { isAbsolute, relative } from 'node:path';
import { type Diagnostic, diagnostic, hasErrors } from '../diagnostic/diagnostic.ts';
import { type TakenSpace, type Takeover, takeOver } from '../diff/takeover.ts';
import { isFaultless } from '../manifest/faultless.ts';
import { manifestText, spacesText } from '../manifest/write/manifest-text.ts';
import type { SpaceOutline } from '../manifest/write/outline.ts';
import type { Provider } from '../provider/provider.ts';
import type { Unfinished } from '../state/journal.ts';
import { emptyState, type State } from '../state/state.ts';
import { type StateStore, StateWriteError } from '../state/state-store.ts';
import type { Store } from '../state/store.ts';
import { readWhole, type Whole } from '../survey/whole.ts';
import type { Address, NodeId, SpaceId } from '../tree/identifier.ts';
import { exists, importTarget, type Target, type TargetOptions } from './import-target.ts';
import { withLease } from './lease.ts';
import { compileManifest } from './manifest.ts';
import { manifestFiles } from './manifest-files.ts';
import { loadMemory, openStore } from './memory.ts';
import { CommandFailure } from './report.ts';
import type { Context } from './settings.ts';
import { type ChoiceOptions, chooseSpaces } from './space-choice.ts';
import { writeTextFile } from './text-file.ts';
import { type Connection, connect } from './wiring.ts';

export interface ImportOptions extends TargetOptions, ChoiceOptions {
  /** Levels to be declared; all where it is not given. */
  readonly depth: number | undefined;
}

export interface Imported extends Takeover {
  /** The files that were written, as the user would type them. */
  readonly files: readonly string[];
  /** What people call the place of the state. */
  readonly state: string;
  readonly readCalls: number;
}

/**
 * Imports, and says what was written.
 *
 * @throws {CommandFailure} when something is in the way; nothing is written then.
 * @throws {ProviderError} when the wiki cannot be read.
 */
export async function importSpaces(
  options: ImportOptions,
  context: Context,
  signal: AbortSignal,
): Promise<Imported> {
  const target = importTarget(options, context);
  const store = await openStore(target.manifest, context);
  try {
    await checkState(target, store, options);
    return await importInto(target, store, options, context, signal);
  } finally {
    await store.close();
  }
}

async function importInto(
  target: Target,
  store: Store,
  options: ImportOptions,
  context: Context,
  signal: AbortSignal,
): Promise<Imported> {
  const connection = await connect(target.manifest, store.localPath, context);
  try {
    const spaces = await chooseSpaces(options, connection.provider, context, signal);
    checkUnmanaged(spaces, target);
    const whole = await readSpaces(spaces, options, connection, signal);
    return await withLease(store, { command: 'wikiform import', waitMs: 0, signal }, context, () =>
      write({ target, store, whole, spaces, options, context, provider: connection.provider }),
    );
  } finally {
    await connection.close();
  }
}

/** A new manifest begins a new state: one that is there belongs to something else. */
async function checkState({ isKept }: Target, store: StateStore, { force }: TargetOptions): Promise<void> {
  if (isKept || force) return;
  const loaded = await store.load();
  if (loaded.kind === 'unreachable') throw new CommandFailure([loaded.diagnostic]);
  if (loaded.kind !== 'none') throw new CommandFailure([stateExists(store)]);
}

function stateExists({ name }: StateStore): Diagnostic {
  return diagnostic('FILE_EXISTS', {
    detail: `${name} is there already, without the manifest that it belongs to.`,
    help: 'Name the manifest with --file, keep this state elsewhere with --state FILE, or replace what is there with --force.',
  });
}

function checkUnmanaged(spaces: readonly SpaceId[], { manifest, isKept }: Target): void {
  if (!isKept) return;
  const found = manifest.desired.spaces.filter(({ id }) => id !== undefined && spaces.includes(id));
  if (found.length > 0) throw new CommandFailure(found.map(({ id, address }) => managed(id ?? '', address)));
}

function managed(id: string, address: Address): Diagnostic {
  return diagnostic('SPACE_MANAGED', {
    detail: `The space ${id} is in the manifest already, as ${address}.`,
    help: 'Leave it out. To bring what people changed in it into the manifest: wikiform drift --accept.',
  });
}

async function readSpaces(
  spaces: readonly SpaceId[],
  { depth }: ImportOptions,
  { provider, progress }: Connection,
  signal: AbortSignal,
): Promise<Whole> {
  const whole = await readWhole({ spaces, depth, provider, signal, onProgress: progress.onRead });
  progress.clear();
  const { live } = whole;
  const problems = spaces.flatMap((id) =>
    live.spaces.has(id) ? [] : [missing(id, live.hiddenSpaces.has(id))],
  );
  if (problems.length > 0) throw new CommandFailure(problems);
  return whole;
}

function missing(id: SpaceId, isHidden: boolean): Diagnostic {
  if (isHidden) {
    return diagnostic('SPACE_HIDDEN', {
      detail: `The space ${id} may not be read.`,
      help: 'Make the app or user a member of the space with the right to edit, then run the same command again.',
    });
  }
  return diagnostic('SPACE_NOT_FOUND', {
    detail: `The vendor knows no space ${id}.`,
    help: 'Check the id; without one, wikiform import lists the spaces that are visible.',
  });
}

interface Writing {
  readonly target: Target;
  readonly store: Store;
  readonly whole: Whole;
  readonly spaces: readonly SpaceId[];
  readonly options: ImportOptions;
  readonly context: Context;
  readonly provider: Provider;
}

async function write(writing: Writing): Promise<Imported> {
  const { target, store, whole, spaces, context, provider } = writing;
  const { manifest, isKept } = target;
  const remains = isKept ? await loadMemory(manifest, store, provider, false) : undefined;
  const before = remains?.state ?? emptyState(manifest.provider.kind, provider.identity);
  for (const [address, { id }] of before.spaces) {
    if (spaces.includes(id)) throw new CommandFailure([managed(id, address)]);
  }
  const taken = takeOver({
    live: whole.live,
    spaces,
    capabilities: manifest.provider.capabilities,
    takenKeys: new Set(isKept ? manifest.desired.spaces.map(({ key }) => key) : []),
    known: new Map<NodeId, Address>([...before.nodes].map(([address, { id }]) => [id, address])),
  });
  const texts = textsOf(taken.spaces, writing);
  checkFree([...texts.keys()], writing);
  const findings = isKept ? [] : findingsOf(taken, texts, writing);
  if (hasErrors(findings)) throw new CommandFailure([...taken.diagnostics, ...findings], texts);
  if (!isKept) await forgetOther(before, writing);
  for (const [file, text] of texts) await writeTextFile(file, text, context.edge);
  await saveState(stateOf(before, taken), remains?.unfinished, store);
  const included = isKept ? notIncluded(texts, context) : [];
  return {
    ...taken,
    files: [...texts.keys()],
    state: shownPath(store.name, context),
    readCalls: whole.readCalls,
    diagnostics: [...taken.diagnostics, ...findings, ...included],
  };
}

/** A state of the manifest that is replaced: with the new one, pages of its spaces would be taken for pages of these. */
async function forgetOther(none: State, { store }: Writing): Promise<void> {
  const { kind } = await store.load();
  if (kind === 'state' || kind === 'failed') await store.save(none);
}

async function saveState(state: State, unfinished: Unfinished | undefined, store: Store): Promise<void> {
  try {
    await store.save(state, unfinished, { command: 'wikiform import', steps: [] });
  } catch (error) {
    if (!(error instanceof StateWriteError)) throw error;
    const { code, detail } = error.diagnostic;
    const help =
      'Make room or give write permission to that folder. The manifest is written: the next wikiform apply binds every page in it by its place and title.';
    throw new CommandFailure([diagnostic(code, { detail, help })]);
  }
}

/** As the user would type it. */
function shownPath(path: string, { edge }: Context): string {
  const near = relative(edge.cwd, path);
  return isAbsolute(path) && !near.startsWith('..') ? near : path;
}

function stateOf(before: State, { spaceBindings, nodeBindings }: Takeover): State {
  const spaces = new Map(before.spaces);
  for (const [address, binding] of spaceBindings) spaces.set(address, binding);
  if (before.nodes.size === 0) return { ...before, spaces, nodes: nodeBindings };
  const nodes = new Map(before.nodes);
  for (const [address, binding] of nodeBindings) nodes.set(address, binding);
  return { ...before, spaces, nodes };
}

/** What is to be written, by file, the manifest last. */
function textsOf(
  spaces: readonly Pick<TakenSpace, 'outline'>[],
  { target, context }: Writing,
): ReadonlyMap<string, string> {
  const apart = new Map<string, SpaceOutline[]>();
  const own: SpaceOutline[] = [];
  for (const { outline } of spaces) {
    const file = target.fileOf(outline.key);
    if (file === undefined) own.push(outline);
    else apart.set(file, [...(apart.get(file) ?? []), outline]);
  }
  const texts = new Map([...apart].map(([file, outlines]) => [file, spacesText(outlines)]));
  if (target.isKept) return texts;
  const { baseUrl, head, manifest } = target;
  const include = [...apart.keys()].map(target.includeOf);
  const outline = { provider: manifest.provider.kind, baseUrl, head, include, spaces: own };
  return texts.set(context.settings.file, manifestText(outline));
}

function checkFree(names: readonly string[], { options, context }: Writing): void {
  if (options.force) return;
  const files = manifestFiles(context.edge.cwd);
  const taken = names.filter((file) => files.read(file).kind === 'text');
  if (taken.length > 0) throw new CommandFailure(taken.map(exists));
}

/** What `validate` will say: a wiki may be beyond what the manifest can hold. */
function findingsOf(
  { spaces }: Takeover,
  texts: ReadonlyMap<string, string>,
  writing: Writing,
): readonly Diagnostic[] {
  const { context, target } = writing;
  const { file } = context.settings;
  const { provider } = target.manifest;
  if (spaces.every(({ outline }) => isFaultless(outline, provider))) {
    // Then nothing but what stands around the pages can be wrong.
    const empty = spaces.map(({ outline }) => ({ outline: { ...outline, pages: [] } }));
    const found = compileManifest(file, context, textsOf(empty, writing)).diagnostics;
    if (found.length === 0) return found;
  }
  return compileManifest(file, context, texts).diagnostics;
}

/** Files that the manifest that was there does not lead to. */
function notIncluded(texts: ReadonlyMap<string, string>, context: Context): readonly Diagnostic[] {
  const known = compileManifest(context.settings.file, context);
  const files = [...texts.keys()].filter((file) => !known.texts.has(file));
  return [...known.diagnostics, ...files.map((file) => unreached(file, context))];
}

function unreached(file: string, { settings }: Context): Diagnostic {
  return diagnostic('FILE_NOT_INCLUDED', {
    severity: 'warning',
    detail: `${settings.file} does not include ${file}, so what stands in it is not declared yet.`,
    help: `Add it to the list below include: in ${settings.file}, relative to that file.`,
  });
}
