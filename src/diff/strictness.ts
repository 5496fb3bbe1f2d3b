// What a change may do under the safeguards of the manifest that it changes. A change that takes a
// safeguard away and uses the room at once would have nobody's leave for it; so beside a base the stricter
// of the two holds, and each loosening is told, to be merged in a change of its own.
//
// Stricter is: fewer steps, a smaller share, one more pattern that protects, and `onRemove: keep`, under which
// what leaves the manifest is not moved. Between two archives neither is stricter, and the present one holds.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import type { Source } from '../diagnostic/source.ts';
import type { AddressGlob, Guard, Manifest } from '../manifest/manifest.ts';
import type { DesiredSpace, DesiredTree } from '../tree/desired.ts';
import type { Address } from '../tree/identifier.ts';
import { addressMatcher } from './glob.ts';

/** The manifest at an earlier commit, and what people call that commit. */
export interface BaseManifest {
  readonly ref: string;
  readonly manifest: Pick<Manifest, 'guard' | 'protect' | 'desired'>;
}

export interface Strict {
  /** The manifest with the stricter of both safeguards. */
  readonly manifest: Manifest;
  /** A warning for each safeguard that the manifest alone would have loosened. */
  readonly loosened: readonly Diagnostic[];
}

export function strictest(manifest: Manifest, base: BaseManifest): Strict {
  const loosened: Diagnostic[] = [];
  const tell = (what: string, before: Source | undefined, now: Source | undefined): void => {
    const place = before === undefined ? '' : ` (${before.file}:${before.line})`;
    loosened.push(
      diagnostic('SAFEGUARD_LOOSENED', {
        severity: 'warning',
        detail: `${what} at ${base.ref}${place}. With --base the stricter of both holds.`,
        help: 'If it is meant, merge it in a change of its own first, and the rest after it.',
        source: now,
      }),
    );
  };
  const guard = strictestGuard(manifest.guard, base.manifest.guard, tell);
  const protect = strictestProtection(manifest, base, tell);
  const desired = strictestRemoval(manifest.desired, base.manifest.desired, tell);
  return { manifest: { ...manifest, guard, protect, desired }, loosened };
}

/** `what` ends where the name of the base follows; then come the place there and the place here. */
type Tell = (what: string, before: Source | undefined, now: Source | undefined) => void;

function strictestGuard(now: Guard, before: Guard, tell: Tell): Guard {
  const maxChanges = Math.min(now.maxChanges ?? Infinity, before.maxChanges ?? Infinity);
  const maxAffectedPercent = Math.min(now.maxAffectedPercent, before.maxAffectedPercent);
  if (before.maxChanges !== undefined && before.maxChanges < (now.maxChanges ?? Infinity)) {
    const is = now.maxChanges === undefined ? 'not set' : now.maxChanges;
    tell(
      `guard.maxChanges is ${is} here and ${before.maxChanges}`,
      before.sources.maxChanges,
      now.sources.maxChanges,
    );
  }
  if (before.maxAffectedPercent < now.maxAffectedPercent) {
    tell(
      `guard.maxAffectedPercent is ${now.maxAffectedPercent} here and ${before.maxAffectedPercent}`,
      before.sources.maxAffectedPercent,
      now.sources.maxAffectedPercent,
    );
  }
  return {
    maxChanges: maxChanges === Infinity ? undefined : maxChanges,
    maxAffectedPercent,
    // What the base says stands in no file of the checkout.
    sources: {
      maxChanges: maxChanges === now.maxChanges ? now.sources.maxChanges : undefined,
      maxAffectedPercent:
        maxAffectedPercent === now.maxAffectedPercent ? now.sources.maxAffectedPercent : undefined,
    },
  };
}

function strictestProtection(manifest: Manifest, base: BaseManifest, tell: Tell): readonly AddressGlob[] {
  const now = new Set(manifest.protect.map(({ pattern }) => pattern));
  const gone = base.manifest.protect.filter(({ pattern }) => !now.has(pattern));
  const isProtected = addressMatcher([...now]);
  const addresses = [...addressesOf(manifest.desired), ...addressesOf(base.manifest.desired)];
  for (const { pattern, source } of gone) {
    const was = addressMatcher([pattern]);
    // One that another pattern stands in for has not been loosened.
    const isLoose = addresses.some(
      (address) => was(address) !== undefined && isProtected(address) === undefined,
    );
    if (isLoose) tell(`protect lacks "${pattern}", which it has`, source, undefined);
  }
  return [...manifest.protect, ...gone];
}

function* addressesOf({ spaces }: DesiredTree): Iterable<Address> {
  for (const space of spaces) {
    yield space.address;
    for (const { address } of space.nodes) yield address;
  }
}

function strictestRemoval(now: DesiredTree, before: DesiredTree, tell: Tell): DesiredTree {
  const earlier = new Map(before.spaces.map((space) => [space.address, space]));
  const spaces = now.spaces.map((space): DesiredSpace => {
    const was = earlier.get(space.address);
    if (was?.onRemove !== 'keep' || space.onRemove === 'keep') return space;
    tell(
      `onRemove of ${space.address} is {archive: ${space.onRemove.archive}} here and keep`,
      was.source,
      space.source,
    );
    return { ...space, onRemove: 'keep' };
  });
  return spaces.every((space, index) => space === now.spaces[index]) ? now : { ...now, spaces };
}
