// What is not declared.
//
// Terms. A page is *managed* while it is declared, *bound* while the state remembers it. A bound page
// that is no longer declared has *left* the manifest. An *unmanaged* page is neither.
//
// Rules. An unmanaged page is never renamed or moved by a step of its own (law 3); it may be carried by
// a branch that moves. A page that left is never deleted (law 2): with `keep` it stays where it is and
// its binding is forgotten; with an archive the topmost of a branch that left moves there and the rest
// is carried, and the bindings stay, marked, so that declaring the pages again moves them back.
//
// Why only the topmost: one call for a branch, and the branch is found again as it was. A page that left
// but lies below a declared page is topmost too; one below an unmanaged page below another that left is
// carried with it.

import { spaceOfAddress } from '../tree/address.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import type { LiveNode } from '../tree/live.ts';
import type { Change } from './change.ts';
import { type Comparison, pageOf } from './comparison.ts';
import type { Bound } from './forest.ts';
import type { Match } from './match.ts';
import { before, type Progress } from './node-change.ts';
import { unmanagedPages } from './unmanaged.ts';

export interface Undeclared {
  readonly changes: readonly Change[];
  readonly forgotten: readonly Address[];
  readonly archived: readonly Address[];
  readonly unmanaged: number;
}

export function compareUndeclared(progress: Progress, comparison: Comparison): Undeclared {
  const { match } = comparison;
  const left = leftBindings(match);
  const leaving = new Map<NodeId, Bound>();
  const forgotten: Address[] = [];
  const archived: Address[] = [];
  for (const bound of left) {
    if (archiveOf(bound, comparison) === undefined) forgotten.push(bound.address);
    else if (bound.archived) archived.push(bound.address);
    else leave(bound);
  }
  function leave(bound: Bound): void {
    const sight = match.sightOf(bound);
    if (sight === 'gone') forgotten.push(bound.address);
    if (sight !== 'seen') return; // one that may not be seen stays bound as it is
    leaving.set(bound.id, bound);
    const archive = archiveOf(bound, comparison);
    const isBlocked = archive !== undefined && progress.blockOf(archive) !== undefined;
    if (!isBlocked) archived.push(bound.address);
  }
  const moves = [...leaving.values()].flatMap((bound) => archiveMove(bound, leaving, progress, comparison));
  return { changes: moves, forgotten, archived, unmanaged: countUnmanaged(comparison) };
}

/** Bindings that nothing declares, and whose page is nobody else's. */
function leftBindings(match: Match): readonly Bound[] {
  return [...match.left()].map((number) => match.bindings.withNumber(number));
}

function archiveOf(bound: Bound, { match }: Comparison): Address | undefined {
  const space = match.desired.spaces.get(spaceOfAddress(bound.address));
  return space === undefined || space.onRemove === 'keep' ? undefined : space.onRemove.archive;
}

function archiveMove(
  bound: Bound,
  leaving: ReadonlyMap<NodeId, Bound>,
  progress: Progress,
  comparison: Comparison,
): Change[] {
  const page = comparison.live.nodes.get(bound.id);
  const archive = archiveOf(bound, comparison);
  if (page === undefined || archive === undefined) return [];
  if (isCarriedOrThere(page, archive, leaving, comparison)) return [];
  return [
    {
      kind: 'move-node',
      address: bound.address,
      title: page.title,
      type: page.type,
      nodeType: page.kind,
      parent: archive,
      before: before(page, comparison),
      reference: undefined,
      reason: 'left the manifest',
      inferred: false,
      origin: 'this-change',
      source: comparison.match.desired.spaces.get(spaceOfAddress(bound.address))?.source,
      blocked: progress.blockOf(archive),
      archives: true,
    },
  ];
}

/** Climbs until something decides: another page that leaves, the archive, or a declared page. */
function isCarriedOrThere(
  page: LiveNode,
  archive: Address,
  leaving: ReadonlyMap<NodeId, Bound>,
  comparison: Comparison,
): boolean {
  const { live, match } = comparison;
  const archivePage = pageOf(archive, comparison)?.id;
  for (let at = page.parent; at !== null; at = live.nodes.get(at)?.parent ?? null) {
    if (at === archivePage || leaving.has(at)) return true;
    if (match.addressOf.has(at)) return false;
  }
  return false;
}

function countUnmanaged({ live, match }: Comparison): number {
  let count = 0;
  for (const _page of unmanagedPages(live, match)) count += 1;
  return count;
}
