// Where the state lives. Invariant: a state file lies inside the repository and is not the manifest.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { anchorOf, sourceOf } from '../schema/located.ts';
import { quote } from '../schema/wording.ts';
import type { ManifestFiles } from './files.ts';
import type { StateSettings } from './manifest.ts';
import type { Field, WrittenState } from './written.ts';

const defaultPath = '.wikiform/state.json';
const defaultRemote = 'origin';
const defaultRef = 'refs/wikiform/state';

interface ResolvedState {
  readonly settings: StateSettings;
  readonly diagnostics: readonly Diagnostic[];
}

export function resolveState(
  written: WrittenState | undefined,
  manifestFile: string,
  files: ManifestFiles,
): ResolvedState {
  const source = written && sourceOf(written.at);
  const path = written?.path;
  if (written !== undefined && (path === undefined || path.value === 'git')) {
    const remote = written.remote?.value ?? defaultRemote;
    const ref = written.ref?.value ?? defaultRef;
    const settings: StateSettings = { kind: 'git', remote, ref, source };
    return { settings, diagnostics: [...checkRemote(written.remote), ...checkRef(written.ref)] };
  }
  const settings: StateSettings = { kind: 'file', path: path?.value ?? defaultPath, source };
  return { settings, diagnostics: path === undefined ? [] : checkPath(path, manifestFile, files) };
}

/** A name of the checkout's own, never an address: a pull request can edit the manifest, and not the checkout. */
function checkRemote(remote: Field<string> | undefined): Diagnostic[] {
  if (remote === undefined || /^\w[\w.-]*(\/[\w.-]+)*$/.test(remote.value)) return [];
  return [
    diagnostic('FIELD_INVALID', {
      detail: `\`remote\` is ${quote(remote.value)}, and that is no name of a remote.`,
      help: `Write the name that git remote prints, such as \`${defaultRemote}\`, and no address.`,
      source: sourceOf(remote.at),
      related: anchorOf(remote.at),
    }),
  ];
}

/** What branches, tags and pull requests are called. */
const seen = /^refs\/(heads|tags|remotes|pull|merge-requests|changes)(\/|$)/;
/** See git-check-ref-format(1). */
const malformed = /\.\.|@\{|\/\/|\/\.|\/$|\.$|\.lock(\/|$)|\p{Cc}/u;

function checkRef(ref: Field<string> | undefined): Diagnostic[] {
  if (ref === undefined) return [];
  const problem = seen.test(ref.value)
    ? 'the state does not belong on a branch or a tag that people see'
    : malformed.test(ref.value)
      ? 'Git takes no ref of that name'
      : undefined;
  if (problem === undefined) return [];
  return [
    diagnostic('FIELD_INVALID', {
      detail: `\`ref\` is ${quote(ref.value)}, and ${problem}.`,
      help: `Write a name like \`${defaultRef}\`.`,
      source: sourceOf(ref.at),
      related: anchorOf(ref.at),
    }),
  ];
}

function checkPath(path: Field<string>, manifestFile: string, files: ManifestFiles): Diagnostic[] {
  const problem = objection(path.value, manifestFile, files);
  if (problem === undefined) return [];
  return [
    diagnostic('FIELD_INVALID', {
      detail: `\`state\` is ${quote(path.value)}, and ${problem}.`,
      help: `Write a path like \`${defaultPath}\`, relative to the manifest, or \`git\`.`,
      source: sourceOf(path.at),
      related: anchorOf(path.at),
    }),
  ];
}

function objection(path: string, manifestFile: string, files: ManifestFiles): string | undefined {
  if (path.trim() === '' || /[\\/]\.{0,2}$/.test(path) || /^\.{1,2}$/.test(path)) return 'that names no file';
  if (/^([\\/]|[A-Za-z]:)/.test(path)) return 'the path has to be relative to the manifest';
  if (!files.contains(manifestFile, path)) return 'that leads outside the repository';
  const manifestName = manifestFile.split(/[\\/]/).at(-1);
  if (path.replace(/^(\.\/)+/, '') === manifestName) return 'that is the manifest itself';
  return undefined;
}
