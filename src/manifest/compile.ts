// The stage as a whole: files in, a Manifest or everything that is wrong with them out.
//
//   parse     text becomes located values                      parse, plain-yaml, locate, nesting, yaml-error
//   shape     the published schema, piece by piece             shape, schema/
//   read      located values become a WrittenManifest          read-written, read-fields
//   settle    provider, state, guard: short forms, defaults    provider-settings, state-settings
//   plant     written spaces become drafts; expand adds what copies of subtrees declare
//   rules     links, types, claims, spaces, limits, globs
//   desired   drafts become the desired tree
//
// Invariant: there is a manifest exactly where there is no error.

import { type Diagnostic, hasErrors } from '../diagnostic/diagnostic.ts';
import { present } from '../diagnostic/invariant.ts';
import { sourceOf } from '../schema/located.ts';
import type { Capabilities, VendorKind } from '../tree/capability.ts';
import type { DesiredTree } from '../tree/desired.ts';
import { checkClaims } from './claim.ts';
import { toDesired } from './desired.ts';
import { allDrafts, type Forest } from './draft.ts';
import { expand } from './expand.ts';
import type { ManifestFiles } from './files.ts';
import { checkGlobs } from './glob.ts';
import { type Included, type ReadFile, readFile, readIncluded } from './include.ts';
import { link } from './link.ts';
import { checkLinks, checkShortcutSupport } from './link-check.ts';
import type { AddressGlob, Guard, Manifest, ProviderSettings } from './manifest.ts';
import { plant } from './plant.ts';
import { resolveProvider } from './provider-settings.ts';
import { readManifest, readSpaces } from './read-written.ts';
import { report } from './report.ts';
import { checkSpaces } from './space-check.ts';
import { resolveState } from './state-settings.ts';
import { checkTreeLimits, type SetBy } from './tree-limits.ts';
import { resolveTypes, type Types } from './type-check.ts';
import { checkSiblingNames, checkVendorNames } from './vendor-name.ts';
import type { Field, WrittenManifest, WrittenSpace } from './written.ts';

export interface CompileInput {
  /** The manifest, as the user named it. */
  readonly file: string;
  readonly files: ManifestFiles;
  /** Of the vendors that this build speaks to. */
  readonly capabilities: Readonly<Partial<Record<VendorKind, Capabilities>>>;
  /** Hosts that the environment trusts with credentials. */
  readonly trustedHosts: readonly string[];
}

export interface Compiled {
  /** `undefined` where there is any error. */
  readonly manifest: Manifest | undefined;
  /** All that was found in all files, sorted. */
  readonly diagnostics: readonly Diagnostic[];
  /** The files that were read, for code frames. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Reads a manifest and what it includes. Throws nothing that a file could cause. */
export function compile(input: CompileInput): Compiled {
  const main = readFile(input.file, 'manifest', input.files);
  if (main.root === undefined) return finished(undefined, main.diagnostics, [main]);
  const written = readManifest(main.root);
  const included = readIncluded(input.file, written.include, input.files);
  const files = [main, ...included.files];
  const { manifest, diagnostics } = assemble(input, written, included);
  const found = [...files.flatMap((file) => file.diagnostics), ...included.diagnostics, ...diagnostics];
  return finished(manifest, found, files);
}

function finished(
  manifest: (() => Manifest) | undefined,
  found: readonly Diagnostic[],
  files: readonly ReadFile[],
): Compiled {
  const texts = new Map<string, string>();
  for (const { file, text } of files) if (text !== undefined) texts.set(file, text);
  return { manifest: hasErrors(found) ? undefined : manifest?.(), diagnostics: report(found), texts };
}

interface Assembled {
  /** To be called only where there is no error. */
  readonly manifest: () => Manifest;
  readonly diagnostics: readonly Diagnostic[];
}

function assemble(input: CompileInput, written: WrittenManifest, included: Included): Assembled {
  const provider = resolveProvider(written.provider, input.capabilities, input.trustedHosts);
  const state = resolveState(written.state, input.file, input.files);
  const partial = included.diagnostics.length > 0 || included.files.some((file) => file.root === undefined);
  const spaces = [...written.spaces, ...spacesOf(included.files)];
  const keys = partial ? undefined : spaces.map((space) => space.key.value);
  const tree = resolveTree(spaces, partial, provider.settings);
  return {
    manifest: () => ({
      file: input.file,
      provider: present(provider.settings, 'provider'),
      state: state.settings,
      guard: resolveGuard(written),
      protect: written.protect.map(toGlob),
      ignore: written.ignore.map(toGlob),
      desired: tree.desired(),
    }),
    diagnostics: [
      ...provider.diagnostics,
      ...state.diagnostics,
      ...checkGlobs(written.protect, keys),
      ...checkGlobs(written.ignore, keys),
      ...tree.diagnostics,
    ],
  };
}

function spacesOf(files: readonly ReadFile[]): WrittenSpace[] {
  return files.flatMap((file) => (file.root === undefined ? [] : readSpaces(file.root)));
}

interface ResolvedTree {
  /** To be called only where there is no error. */
  readonly desired: () => DesiredTree;
  readonly diagnostics: readonly Diagnostic[];
}

function resolveTree(
  spaces: readonly WrittenSpace[],
  partial: boolean,
  provider: ProviderSettings | undefined,
): ResolvedTree {
  const { forest: planted, diagnostics: planting } = plant(spaces, partial);
  const expansion = expand(planted, provider?.limits);
  const forest: Forest = { ...planted, drafts: allDrafts(planted) };
  const links = link(forest);
  const circles = checkLinks(forest, links.byNode);
  const types = provider && resolveTypes(forest, links.byNode, provider.capabilities);
  const vendorRules =
    provider === undefined || types === undefined ? [] : checkVendorRules(forest, provider, types);
  return {
    desired: () => toDesired(forest, links.byNode, present(types, 'types')),
    diagnostics: [
      ...planting,
      ...expansion,
      ...links.diagnostics,
      ...circles,
      ...(types?.diagnostics ?? []),
      ...checkClaims(forest),
      ...checkSpaces(forest),
      ...vendorRules,
    ],
  };
}

function checkVendorRules(forest: Forest, provider: ProviderSettings, types: Types): Diagnostic[] {
  return [
    ...checkVendorNames(forest, provider.capabilities),
    ...checkSiblingNames(forest, provider.capabilities, types.typeOf),
    ...checkShortcutSupport(forest, provider.capabilities),
    ...checkTreeLimits(forest, provider.limits, setBy(provider)),
  ];
}

/** The vendor, unless the manifest set the limit. */
function setBy({ limits, capabilities }: ProviderSettings): SetBy {
  return (limit) =>
    limits[limit] === capabilities.limits[limit] ? capabilities.label : `\`limits.${limit}\``;
}

const defaultMaxAffectedPercent = 30;

function resolveGuard(written: WrittenManifest): Guard {
  return {
    maxChanges: written.maxChanges?.value,
    maxAffectedPercent: written.maxAffectedPercent?.value ?? defaultMaxAffectedPercent,
    sources: {
      maxChanges: written.maxChanges && sourceOf(written.maxChanges.key),
      maxAffectedPercent: written.maxAffectedPercent && sourceOf(written.maxAffectedPercent.key),
    },
  };
}

function toGlob(glob: Field<string>): AddressGlob {
  return { pattern: glob.value, source: sourceOf(glob.at) };
}
