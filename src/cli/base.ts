// `--base GIT_REF`: the manifest as it stood at a commit, read as the one on the disk is. It says whose doing
// each step is, holds its safeguards against the change, and stands in for a memory that is not there.
//
// The ref is taken as it stands, not the point where the branch left it: a checkout that lacks what has come to
// the base since would undo it when applied, and that is what a plan has to show. Such a checkout gets a
// warning that names the commit where they parted, for whoever wants to compare with that.

import { dirname, resolve } from 'node:path';
import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { strictest } from '../diff/strictness.ts';
import { compile } from '../manifest/compile.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { type NoRepository, openRepository, type Repository } from './base-git.ts';
import { commitFiles } from './base-tree.ts';
import { trustedHosts } from './credential.ts';
import { CommandFailure } from './report.ts';
import type { Context } from './settings.ts';
import { knownCapabilities } from './wiring.ts';

export interface Base {
  /** As the user named it. */
  readonly ref: string;
  readonly commit: string;
  /** What is compared with; `undefined` where the manifest there is not valid, and there is nothing to compare. */
  readonly manifest: Pick<Manifest, 'guard' | 'protect' | 'desired'> | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads the manifest at the ref.
 *
 * @throws {CommandFailure} where there is no repository, or no such commit in it.
 */
export function readBase(ref: string, { edge, settings: { file } }: Context): Base {
  const { cwd, env } = edge;
  const repository = openRepository(dirname(resolve(cwd, file)), env);
  if ('why' in repository) throw new CommandFailure([noRepository(file, repository)]);
  const commit = repository.commitOf(ref);
  if (commit === undefined) throw new CommandFailure([unknownRef(ref, repository.isShallow())]);
  const files = commitFiles(repository, commit, file, cwd);
  if (!files.has(file)) return { ref, commit, manifest: noManifest, diagnostics: [absent(ref, file)] };
  const compiled = compile({
    file,
    files,
    capabilities: knownCapabilities,
    trustedHosts: trustedHosts(env),
  });
  const paths = [...compiled.texts.keys()].flatMap((name) => files.pathOf(name) ?? []);
  const behind = behindBase(ref, commit, paths, repository);
  const { manifest } = compiled;
  if (manifest !== undefined) return { ref, commit, manifest, diagnostics: behind };
  return { ref, commit, manifest, diagnostics: [...behind, invalid(ref, compiled.diagnostics)] };
}

/** The manifest under the stricter of both safeguards, and what it would have loosened. */
export function holdToBase(
  manifest: Manifest,
  base: Base | undefined,
): { readonly manifest: Manifest; readonly notes: readonly Diagnostic[] } {
  if (base === undefined) return { manifest, notes: [] };
  if (base.manifest === undefined) return { manifest, notes: base.diagnostics };
  const { manifest: held, loosened } = strictest(manifest, { ref: base.ref, manifest: base.manifest });
  return { manifest: held, notes: [...base.diagnostics, ...loosened] };
}

/** Declares nothing and guards nothing. */
const noManifest: Base['manifest'] = {
  guard: {
    maxChanges: undefined,
    maxAffectedPercent: 100,
    sources: { maxChanges: undefined, maxAffectedPercent: undefined },
  },
  protect: [],
  desired: { spaces: [] },
};

/** Said where the base has gone on since the checkout left it, and its manifest with it. */
function behindBase(
  ref: string,
  commit: string,
  paths: readonly string[],
  repository: Repository,
): Diagnostic[] {
  const parted = repository.partedFrom(commit);
  if (parted === undefined || !repository.differ(parted, commit, paths)) return [];
  return [
    diagnostic('BASE_AHEAD', {
      severity: 'warning',
      detail: `The manifest at ${ref} has changed since this checkout left it, and what changed there shows up here as if this change undid it: that is what applying this checkout would do.`,
      help: `Merge ${ref} or rebase onto it. To compare with the commit where they parted instead: --base ${parted.slice(0, 12)}`,
    }),
  ];
}

function noRepository(file: string, { why, isGitMissing }: NoRepository): Diagnostic {
  return diagnostic('BASE_UNREADABLE', {
    detail: `--base compares ${file} with what it was at a commit, and no commit can be read: ${why}.`,
    help: isGitMissing
      ? 'Install git, or leave --base away.'
      : 'Run the command in a clone of the repository, or leave --base away. In a container that runs as another user, say that the folder is to be trusted: git config --global --add safe.directory FOLDER.',
  });
}

function unknownRef(ref: string, isShallow: boolean): Diagnostic {
  const here = isShallow ? 'This clone was made without its history' : 'The clone may not have fetched it';
  return diagnostic('BASE_UNKNOWN', {
    detail: `${JSON.stringify(ref)} is no commit, branch or tag that this clone knows. ${here}.`,
    help: 'Fetch it first: git fetch --depth=1 origin main:refs/remotes/origin/main, with your branch for main; or clone with the history: fetch-depth: 0 in actions/checkout, GIT_DEPTH: 0 on GitLab.',
  });
}

function absent(ref: string, file: string): Diagnostic {
  return diagnostic('BASE_EMPTY', {
    severity: 'info',
    detail: `There is no ${file} at ${ref}: the base declares nothing, and every step is of this change.`,
    help: 'Nothing to do where the manifest is new. Where it was moved or renamed, do that in a change of its own.',
  });
}

function invalid(ref: string, found: readonly Diagnostic[]): Diagnostic {
  const errors = found.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  const place = first?.source === undefined ? '' : `${first.source.file}:${first.source.line}: `;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return diagnostic('BASE_INVALID', {
    severity: 'warning',
    detail: `The manifest at ${ref} is not valid, so nothing is compared with it: ${place}${first?.detail ?? ''}${more} Steps are told apart by the state alone, and guard, protect and onRemove are those of this checkout.`,
    help: `Mend the manifest at ${ref}; a change that does so is planned as if it stood alone.`,
  });
}
