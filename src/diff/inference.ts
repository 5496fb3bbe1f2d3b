// Rule 5: what the manifest no longer declares and what it newly declares may be one page.
//
// Terms. A binding has *vanished* when its address is no longer declared and nothing has claimed its
// page; archived pages have not vanished, they were put away. An address is *new* when it has no
// binding, no page yet, and no `movedFrom` that says where its page is or that there is none.
//
// A move: a vanished and a new address of one kind, type and last key, each the only candidate of the
// other, wherever they lie. A rename: below one parent, a vanished and a new address of one kind and
// type, again each the only one. The key is stronger evidence than the place: where either of the two
// has a candidate by key, it is no rename.
//
// Order. Parents before children: a dragged branch is matched at its root, and rule 4 takes what lies
// below along before the branch's pages are compared with anything. This is why two branches that each
// hold an "Overview" can be dragged at once. Every claim may leave others as the only candidates, so
// the pass is repeated until nothing changes; claims only shrink both sides, so it ends, and what is
// mutual once stays mutual, so the result does not depend on the order within a pass.
//
// What remains with candidates is doubtful, and rule 7 refuses it: rebinding would be a guess, and a
// new page might be a twin.

import type { DesiredNode } from '../tree/desired.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import type { Claims } from './claims.ts';
import { type Bound, type BoundForest, type DesiredForest, saidOrigin, segmentOf } from './forest.ts';
import { type KeyOf, type Rivals, startRivals } from './rivals.ts';
import type { Sights } from './sight.ts';

export interface Inference {
  /** The vanished bindings that a new address could be, where it is not clear which. */
  candidatesOf(node: DesiredNode): readonly Bound[];
}

export interface InferenceInput {
  readonly desired: DesiredForest;
  readonly bindings: BoundForest;
  readonly claims: Claims;
  readonly seen: Sights;
  /** In the manifest's order, the nodes that nothing bound and that name no page. */
  readonly fresh: readonly DesiredNode[];
}

/** Claims every unambiguous move and rename, and tells what stayed ambiguous. */
export function inferMoves(input: InferenceInput): Inference {
  const fresh = newNodes(input);
  claimRoots(input, fresh);
  let evidence = gather(input, fresh, fresh);
  while (claimAll(input, fresh, evidence)) evidence = gather(input, fresh, fresh);
  return { candidatesOf: (node) => candidates(node, input, evidence) };
}

/**
 * The beginning of the first pass, with evidence for the roots of new branches alone: mostly what lies below
 * comes along, and nothing more need be gathered. Where the key does not tell, whether the page was renamed
 * hangs on the keys of all that is new; so it ends there.
 */
function claimRoots(input: InferenceInput, fresh: readonly DesiredNode[]): void {
  const { claims } = input;
  const evidence = gather(input, fresh, rootsOf(fresh));
  for (const node of fresh) {
    if (claims.others.has(node.address)) continue;
    const found = onlyMove(node, evidence);
    if (found === undefined) return;
    claims.claim(node.address, found.id, 'inferred', found.address);
    claims.carry();
  }
}

/** One pass; tells whether it claimed anything. */
function claimAll({ claims }: InferenceInput, fresh: readonly DesiredNode[], evidence: Evidence): boolean {
  if (evidence.vanished === 0) return false;
  let changed = false;
  for (const node of fresh) {
    if (claims.others.has(node.address)) continue;
    const found = onlyMove(node, evidence) ?? onlyRename(node, evidence);
    if (found === undefined) continue;
    claims.claim(node.address, found.id, 'inferred', found.address);
    claims.carry();
    changed = true;
  }
  return changed;
}

/** Shallow first, then in the manifest's order, so that a branch is met at its root. */
function newNodes({ desired, bindings, claims, fresh }: InferenceInput): DesiredNode[] {
  if (bindings.size === 0) return [];
  const open = fresh.filter(
    (node) =>
      node.movedFrom !== 'none' &&
      saidOrigin(node, desired, bindings) === undefined &&
      !claims.others.has(node.address),
  );
  return open.sort((a, b) => a.depth - b.depth);
}

/** Those whose parent is not new itself. */
function rootsOf(fresh: readonly DesiredNode[]): DesiredNode[] {
  const addresses = new Set(fresh.map(({ address }) => address));
  return fresh.filter(({ parent }) => !addresses.has(parent));
}

/** Both sides of the comparison, under three keys; each `Rivals` follows the claims made since. */
interface Evidence {
  readonly byKey: Rivals;
  /**
   * Gathered when it is first asked for: mostly the key tells, and nobody asks. After a claim it is too
   * late in this pass, for what is known by then was not known when `byKey` was gathered; the next pass
   * sees it all. (A rename has no candidates by key, so it takes none away, and can wait.)
   */
  siblings(): Siblings | undefined;
  readonly vanished: number;
}

interface Siblings {
  readonly bySibling: Rivals;
  readonly byTitle: Rivals;
}

/** @param asked - those of the new nodes for which the evidence has to serve. */
function gather(
  input: InferenceInput,
  fresh: readonly DesiredNode[],
  asked: readonly DesiredNode[],
): Evidence {
  const { claims } = input;
  const isOpen = (node: DesiredNode): boolean => !claims.others.has(node.address);
  const open = fresh.filter(isOpen);
  const askedOpen = asked === fresh ? open : asked.filter(isOpen);
  const nature = (node: DesiredNode): string | undefined => natureOf(node, claims);
  const keyOf = joined(nature, segmentOf);
  const siblingKeyOf = joined(nature, (node: DesiredNode) => node.parent);
  const titleKeyOf = joined(siblingKeyOf, (node: DesiredNode) => node.title);
  const vanished = vanishedBindings(input, askedOpen, keyOf);
  const siblingKeyOfBound = joined<Bound>(natureOfBound, (bound) => declaredParent(bound, input));
  const titleKeyOfBound = joined(siblingKeyOfBound, (bound: Bound) => bound.title);
  const before = claims.others.size;
  let gathered: Siblings | undefined;
  const rivals = (ofNode: KeyOf<DesiredNode>, ofBound: KeyOf<Bound>): Rivals =>
    startRivals(claims, { asked: askedOpen, nodes: open, ofNode, bounds: vanished, ofBound });
  const siblings = (): Siblings => {
    gathered ??= {
      bySibling: rivals(siblingKeyOf, siblingKeyOfBound),
      byTitle: rivals(titleKeyOf, titleKeyOfBound),
    };
    return gathered;
  };
  return {
    byKey: rivals(keyOf, joined<Bound>(natureOfBound, segmentOf)),
    siblings: () => (claims.others.size === before ? siblings() : gathered),
    vanished: vanished.length,
  };
}

function onlyMove(node: DesiredNode, { byKey }: Evidence): Bound | undefined {
  return byKey.onlyBound(node);
}

/** Below one parent, the same title under another key is the plainest case; else the only pair. */
function onlyRename(node: DesiredNode, { byKey, siblings }: Evidence): Bound | undefined {
  const gathered = siblings();
  const found = gathered?.byTitle.onlyBound(node) ?? gathered?.bySibling.onlyBound(node);
  if (found === undefined) return undefined;
  return byKey.boundsFor(node) > 0 || byKey.nodesFor(found) > 0 ? undefined : found;
}

/** What could be meant where nothing was clear: by key, or several vanished siblings. */
function candidates(node: DesiredNode, input: InferenceInput, evidence: Evidence): readonly Bound[] {
  if (input.claims.byAddress.has(node.address)) return [];
  const byKey = evidence.byKey.freeBounds(node);
  if (byKey.length > 0) return byKey;
  const siblings = evidence.siblings()?.bySibling.freeBounds(node) ?? [];
  return siblings.length > 1 ? siblings : [];
}

/** Vanished, seen, and of interest to some new address; others are not even asked for. */
function vanishedBindings(
  { bindings, claims, seen }: InferenceInput,
  asked: readonly DesiredNode[],
  keyOf: KeyOf<DesiredNode>,
): Bound[] {
  if (asked.length === 0) return [];
  const wanted = new Set(asked.map(keyOf));
  const formerParents = new Set<Address>();
  for (const { parent } of asked) formerParents.add(claims.others.get(parent)?.former ?? parent);
  const keyOfBound = joined<Bound>(natureOfBound, segmentOf);
  const vanished: Bound[] = [];
  for (const number of claims.matched.left()) {
    const bound = bindings.withNumber(number);
    if (bound.archived) continue;
    const matters = wanted.has(keyOfBound(bound)) || formerParents.has(bound.parent);
    if (matters && seen.of(bound) === 'seen') vanished.push(bound);
  }
  return vanished;
}

/** Kind and type; a shortcut is told by what it points to. `undefined`: not known yet. */
export function natureOf(node: DesiredNode, claims: Claims): string | undefined {
  if (node.making.from !== 'shortcut') return node.type;
  const { of } = node.making;
  const target = 'id' in of ? of.id : claims.byAddress.get(of.address)?.id;
  return target === undefined ? undefined : shortcutNature(target);
}

export function natureOfBound(bound: Pick<Bound, 'kind' | 'type' | 'origin'>): string | undefined {
  if (bound.kind === 'origin') return bound.type;
  return bound.origin === null ? undefined : shortcutNature(bound.origin);
}

const shortcutNature = (target: NodeId): string => `shortcut of ${target}`;

/** The address at which the parent's page is declared now, wherever the parent was before. */
function declaredParent(bound: Bound, { desired, bindings, claims }: InferenceInput): string | undefined {
  const parent = bindings.byAddress.get(bound.parent);
  if (parent !== undefined) return claims.byNode.get(parent.id);
  return desired.spaces.has(bound.parent) ? bound.parent : undefined;
}

/** A key of two parts, none where either part is missing. */
function joined<T>(
  first: (item: T) => string | undefined,
  second: (item: T) => string | undefined,
): (item: T) => string | undefined {
  return (item) => {
    const start = first(item);
    const end = start === undefined ? undefined : second(item);
    return end === undefined ? undefined : `${start}\n${end}`;
  };
}
