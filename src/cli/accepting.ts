// `drift --accept`: edits the manifest so that it says what the wiki has. Invariant: nothing is written
// unless what will stand in the files compiles, and the plan for it, over what was just read, is empty.
// The manifest is written before the state: cut off between the two, the next run finds by place and title
// what the memory does not know yet. The other way round it would undo what people did.

import { type Diagnostic, diagnostic, hasErrors } from '../diagnostic/diagnostic.ts';
import { type Acceptance, accept } from '../diff/acceptance.ts';
import type { Change } from '../diff/change.ts';
import { addressMatcher } from '../diff/glob.ts';
import { type Editor, openEditor } from '../manifest/edit/editor.ts';
import type { Refusal } from '../manifest/edit/edits.ts';
import { sourceText } from '../schema/source-text.ts';
import { readNewcomers } from '../survey/newcomers.ts';
import type { Address } from '../tree/identifier.ts';
import type { LiveTree } from '../tree/live.ts';
import { exitCodeOf, exitCodes } from './exit-code.ts';
import { compare, type Followed, followedAlready } from './followed.ts';
import { compileManifest } from './manifest.ts';
import type { Planned } from './planning.ts';
import { CommandFailure } from './report.ts';
import type { Context } from './settings.ts';
import { writeTextFile } from './text-file.ts';

export interface AcceptOptions {
  /** Whether pages that people added are declared. */
  readonly takesNew: boolean;
}

export interface Accepted {
  /** The files that were written, as the user would type them. */
  readonly files: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Edits the manifest and the state.
 *
 * @throws {CommandFailure} when an edit cannot be made where it stands, or more is pending than drift;
 *   nothing is written then.
 */
export async function acceptDrift(
  planned: Planned,
  { takesNew }: AcceptOptions,
  context: Context,
  signal: AbortSignal,
): Promise<Accepted> {
  const { manifest, survey, store, provider, texts, progress, unfinished } = planned;
  const { match, state } = soundMatch(planned);
  const live = takesNew
    ? await readNewcomers(survey, { provider, signal, onProgress: progress.onRead })
    : survey.live;
  progress.clear();
  const editor = openEditor(texts);
  const patterns = [...manifest.protect, ...manifest.ignore].map(({ pattern }) => pattern);
  const matches = addressMatcher(patterns);
  const accepted = accept({
    live,
    match,
    state,
    editor,
    capabilities: manifest.provider.capabilities,
    isNamed: (address) =>
      matches(address) !== undefined || patterns.some((pattern) => pattern.startsWith(`${address}/`)),
    takesNew,
  });
  const written = editedTexts(editor, accepted, planned);
  const diagnostics = [...accepted.diagnostics, ...accepted.renamedGlobs.map(leftBehind)];
  checkResult({ written, accepted, live, planned }, context);
  for (const [file, text] of written) await writeTextFile(file, text, context.edge);
  await store.save(accepted.state, unfinished);
  return { files: [...texts.keys()].filter((file) => written.has(file)), diagnostics };
}

/** What the manifest asks for and was not applied would be lost, or taken for drift. */
function soundMatch(planned: Planned): Followed {
  const { survey, state, diagnostics, texts } = planned;
  const faults = diagnostics.filter(
    (found) => found.severity === 'error' && exitCodeOf([found]) === exitCodes.fault,
  );
  const pending = survey.difference.changes.filter(({ origin }) => origin !== 'drift');
  if (faults.length === 0 && pending.length === 0) return { match: survey.match, state };
  const followed = followedAlready(planned);
  if (followed !== undefined) return followed;
  if (faults.length > 0) throw new CommandFailure(faults, texts);
  throw new CommandFailure(pending.slice(0, mostTold).map(notApplied), texts);
}

/** Changes that are told one by one. */
const mostTold = 20;

function notApplied({ address, kind, reason, source }: Change): Diagnostic {
  return diagnostic('CHANGES_PENDING', {
    detail: `${address} is changed in the manifest (${kind}: ${reason}), and that was not applied yet.`,
    help: 'Apply it or take it back first, so that what people changed in the wiki can be told apart from it.',
    source,
  });
}

function editedTexts(
  editor: Editor,
  { edits, relink }: Acceptance,
  { survey, texts }: Planned,
): ReadonlyMap<string, string> {
  const wanted = [...edits.titles.keys(), ...edits.keys.keys(), ...edits.leaves, ...edits.arrivals.keys()];
  const missing = [...new Set(wanted)].filter((address) => !editor.has(address));
  if (missing.length > 0)
    throw new CommandFailure(
      missing.map((address) => brought(address, survey.match)),
      texts,
    );
  const edited = editor.edit(edits, relink);
  if (edited.refusals.length > 0)
    throw new CommandFailure(
      edited.refusals.map((refusal) => refused(refusal, texts)),
      texts,
    );
  return edited.texts;
}

function brought(address: Address, { desired }: Planned['survey']['match']): Diagnostic {
  return diagnostic('EDIT_REFUSED', {
    detail: `${address} is brought by an alias, a merge key or the copy of a branch, so what changed in the wiki has no line of its own to be written in.`,
    help: 'Write the page out where it belongs, or change it back in the wiki.',
    source: desired.nodes.get(address)?.source ?? desired.spaces.get(address)?.source,
  });
}

function refused({ file, offset, address, why }: Refusal, texts: Planned['texts']): Diagnostic {
  return diagnostic('EDIT_REFUSED', {
    detail: `${address} changed in the wiki, and the change cannot be written here: ${why}.`,
    help: 'Write it out in lines of its own, or change it by hand, and run the same command again.',
    source: sourceText(file, texts.get(file) ?? '').sourceAt(offset),
  });
}

function leftBehind({ from, to }: { readonly from: Address; readonly to: Address }): Diagnostic {
  return diagnostic('GLOB_LEFT_BEHIND', {
    severity: 'warning',
    detail: `${from} is named by protect or ignore, and is ${to} now.`,
    help: 'Look at those patterns, and name the page by its new address where it is still meant.',
  });
}

interface Result {
  readonly written: ReadonlyMap<string, string>;
  readonly accepted: Acceptance;
  readonly live: LiveTree;
  readonly planned: Planned;
}

/** Compiles what will stand in the files, and compares it with what was read. */
function checkResult({ written, accepted, live, planned }: Result, context: Context): void {
  const compiled = compileManifest(context.settings.file, context, written);
  const { manifest, texts } = compiled;
  if (manifest === undefined)
    throw new CommandFailure(
      compiled.diagnostics.filter(({ severity }) => severity === 'error').map(spoilt),
      texts,
    );
  const { changes, diagnostics } = compare(manifest, accepted.state, live, planned).difference;
  if (hasErrors(diagnostics))
    throw new CommandFailure(diagnostics.filter(({ severity }) => severity === 'error').map(spoilt), texts);
  if (changes.length > 0) throw new CommandFailure(changes.slice(0, mostTold).map(leftOver), texts);
}

function spoilt({ detail, source }: Diagnostic): Diagnostic {
  return diagnostic('EDIT_REFUSED', {
    detail: `With what changed in the wiki the manifest would be wrong: ${detail}`,
    help: 'Change it back in the wiki, or edit the manifest by hand.',
    source,
  });
}

function leftOver({ address, kind, reason, source }: Change): Diagnostic {
  return diagnostic('EDIT_REFUSED', {
    detail: `With what changed in the wiki written down, the plan would still do something with ${address} (${kind}: ${reason}).`,
    help: 'Change it back in the wiki, or edit the manifest by hand.',
    source,
  });
}
