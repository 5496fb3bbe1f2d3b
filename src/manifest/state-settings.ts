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
    return { settings: { kind: 'git', remote, ref, source }, diagnostics: [] };
  }
  const settings: StateSettings = { kind: 'file', path: path?.value ?? defaultPath, source };
  return { settings, diagnostics: path === undefined ? [] : checkPath(path, manifestFile, files) };
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
