// The comparison as a whole: every declared space and node against what matches it, then what is not
// declared. The result speaks in addresses and is complete, whatever the order of the listings.

import type { Diagnostic } from '../diagnostic/diagnostic.ts';
import type { Stray } from '../state/journal.ts';
import type { Capabilities, Identity } from '../tree/capability.ts';
import type { DesiredSpace } from '../tree/desired.ts';
import type { Address } from '../tree/identifier.ts';
import type { LiveTree } from '../tree/live.ts';
import { widenings } from './audience.ts';
import type { Change, Difference } from './change.ts';
import { type Comparison, pageOf, startTargets } from './comparison.ts';
import { addressMatcher } from './glob.ts';
import { compareUndeclared } from './hands-off.ts';
import type { Match } from './match.ts';
import { asDeclared, compareNode, type Progress } from './node-change.ts';
import { protect } from './protection.ts';
import { compareSpace } from './space-change.ts';
import { bringBack } from './stray.ts';

export interface DifferenceInput {
  readonly live: LiveTree;
  readonly match: Match;
  /** Spaces already bound before this run. */
  readonly boundSpaces: ReadonlySet<Address>;
  readonly capabilities: Capabilities;
  readonly identity: Identity;
  readonly identities: ReadonlySet<Identity>;
  readonly protect: readonly string[];
  readonly allowWiderAudience: boolean;
  /** Undeclared pages that a run which was cut off may have left out of their places. */
  readonly strays?: readonly Stray[] | undefined;
}

export function difference(input: DifferenceInput): Difference {
  const { match } = input;
  const comparison: Comparison = {
    ...input,
    protectedBy: addressMatcher(input.protect),
    targetOf: startTargets(input.live, match),
  };
  const declared = compareDeclared(comparison);
  const undeclared = compareUndeclared(declared.progress, comparison);
  const all = [...declared.changes, ...undeclared.changes];
  const guarded = input.protect.length === 0 ? { changes: all, diagnostics: [] } : protect(all, comparison);
  const audience = input.allowWiderAudience ? [] : widenings(guarded.changes, comparison);
  const adopted = adoptions(input);
  const returns = bringBack(input.strays ?? [], comparison);
  return {
    changes: [...guarded.changes, ...returns.changes],
    strangers: returns.strangers,
    adopted,
    forgotten: [...undeclared.forgotten, ...forgottenSpaces(input)],
    archived: undeclared.archived,
    unmanaged: undeclared.unmanaged,
    unchanged: countUnchanged(match, declared.changes, adopted),
    diagnostics: [...match.diagnostics, ...declared.diagnostics, ...guarded.diagnostics, ...audience],
  };
}

interface Declared {
  readonly changes: readonly Change[];
  readonly diagnostics: readonly Diagnostic[];
  readonly progress: Progress;
}

function compareDeclared(comparison: Comparison): Declared {
  const changes: Change[] = [];
  const diagnostics: Diagnostic[] = [];
  const blocks = new Map<string, string>();
  const progress: Progress = { blockOf: (address) => blocks.get(address) };
  const { match } = comparison;
  /** The place in the forest's list of the space's first node. */
  let first = 0;
  for (const space of match.desired.spaces.values()) {
    const at = first;
    first += space.nodes.length;
    const found = compareSpace(space, comparison);
    if (found.change !== undefined) changes.push(found.change);
    diagnostics.push(...found.diagnostics);
    if (found.failed) continue;
    if (found.blocks !== undefined) blocks.set(space.address, found.blocks);
    compareNodes(space, at);
  }
  return { changes, diagnostics, progress };

  function compareNodes(space: DesiredSpace, at: number): void {
    let position = at;
    for (const node of space.nodes) {
      const page = match.pageAt(position) ?? pageOf(node.address, comparison);
      position += 1;
      const found = compareNode(node, page, space, progress, comparison);
      if (found === asDeclared) continue;
      changes.push(...found.changes);
      diagnostics.push(...found.diagnostics);
      if (found.blocks !== undefined) blocks.set(node.address, found.blocks);
    }
  }
}

function adoptions({ match, boundSpaces }: DifferenceInput): Address[] {
  const adopted: Address[] = [];
  for (const [address, space] of match.spaces)
    if (space.kind === 'live' && !boundSpaces.has(address)) adopted.push(address);
  for (const [address, node] of match.others) if (node.former === undefined) adopted.push(address);
  return adopted;
}

/** Spaces that left the manifest; their pages stay, and so do the spaces. */
function forgottenSpaces({ match, boundSpaces }: DifferenceInput): Address[] {
  return [...boundSpaces].filter((address) => !match.desired.spaces.has(address));
}

function countUnchanged(match: Match, changes: readonly Change[], adopted: readonly Address[]): number {
  const touched = new Set<Address>(adopted);
  for (const change of changes) touched.add(change.address);
  let count = match.nodes.size;
  for (const address of touched) if (match.nodes.has(address)) count -= 1;
  return count;
}
