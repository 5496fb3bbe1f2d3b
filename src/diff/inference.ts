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

import { present } from '../diagnostic/invariant.ts';
import { escapeKey } from '../tree/address.ts';
import type { DesiredNode } from '../tree/desired.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import type { Claims } from './claims.ts';
import { type Bound, type BoundForest, type DesiredForest, saidOrigin } from './forest.ts';
import { type KeyOf, type RivalKey, type Rivals, startRivals } from './rivals.ts';
import type { Sights } from './sight.ts';

export interface Inference {
  /** The vanished bindings that a new address could be, where it is not clear which. */
  candidatesOf(position: number): readonly Bound[];
}

export interface InferenceInput {
  readonly desired: DesiredForest;
  readonly bindings: BoundForest;
  readonly claims: Claims;
  readonly seen: Sights;
  /** The positions of the nodes that nothing bound and that name no page, in the manifest's order. */
  readonly fresh: readonly number[];
}

/** Claims every unambiguous move and rename, and tells what stayed ambiguous. */
export function inferMoves(input: InferenceInput): Inference {
  const fresh = newNodes(input);
  claimRoots(input, fresh);
  let evidence = gather(input, fresh, fresh);
  while (claimAll(input, fresh, evidence)) evidence = gather(input, fresh, fresh);
  return { candidatesOf: (position) => candidates(position, input, evidence) };
}

/**
 * The beginning of the first pass, with evidence for the roots of new branches alone: mostly what lies below
 * comes along, and nothing more need be gathered. Where the key does not tell, whether the page was renamed
 * hangs on the keys of all that is new; so it ends there.
 */
function claimRoots(input: InferenceInput, fresh: readonly number[]): void {
  const evidence = gather(input, fresh, rootsOf(fresh, input.desired));
  for (const position of fresh) {
    if (input.claims.matched.hasOther(position)) continue;
    const found = evidence.byKey.onlyBound(position);
    if (found === undefined) return;
    claim(position, found, input);
  }
}

/** One pass; tells whether it claimed anything. */
function claimAll(input: InferenceInput, fresh: readonly number[], evidence: Evidence): boolean {
  if (evidence.vanished === 0) return false;
  let changed = false;
  for (const position of fresh) {
    if (input.claims.matched.hasOther(position)) continue;
    const found = evidence.byKey.onlyBound(position) ?? onlyRename(position, evidence);
    if (found === undefined) continue;
    claim(position, found, input);
    changed = true;
  }
  return changed;
}

function claim(position: number, binding: number, { bindings, claims }: InferenceInput): void {
  const [id, former] = [bindings.pageAt(binding), bindings.addressAt(binding)];
  claims.claim(position, { id, rule: 'inferred', former });
  claims.carry();
}

/** Shallow first, then in the manifest's order, so that a branch is met at its root. */
function newNodes({ desired, bindings, claims, fresh }: InferenceInput): readonly number[] {
  if (bindings.size === 0) return [];
  const levels: number[][] = [];
  for (const position of fresh) {
    const node = nodeAt(position, desired);
    if (node.movedFrom === 'none' || saidOrigin(node, desired, bindings) !== undefined) continue;
    if (claims.matched.hasOther(position)) continue;
    while (levels.length <= node.depth) levels.push([]);
    levels[node.depth]?.push(position);
  }
  return levels.flat();
}

/** Those whose parent is not new itself. */
function rootsOf(fresh: readonly number[], desired: DesiredForest): readonly number[] {
  const isFresh = new Uint8Array(desired.list.length);
  for (const position of fresh) isFresh[position] = 1;
  return fresh.filter((position) => isFresh[desired.parents[position] ?? -1] !== 1);
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
function gather(input: InferenceInput, fresh: readonly number[], asked: readonly number[]): Evidence {
  const { claims } = input;
  const isOpen = (position: number): boolean => !claims.matched.hasOther(position);
  const open = fresh.filter(isOpen);
  const askedOpen = asked === fresh ? open : asked.filter(isOpen);
  const bounds = vanishedBindings(input, askedOpen);
  const before = claims.others.size;
  const [nodes, bindings] = [nodeKeys(input), boundKeys(input)];
  const rivals = (ofNode: RivalKey, ofBound: RivalKey): Rivals =>
    startRivals(claims, { asked: askedOpen, nodes: open, ofNode, bounds, ofBound });
  let gathered: Siblings | undefined;
  const siblings = (): Siblings => {
    gathered ??= {
      bySibling: rivals(nodes.sibling, bindings.sibling),
      byTitle: rivals(nodes.title, bindings.title),
    };
    return gathered;
  };
  return {
    byKey: rivals(nodes.key, bindings.key),
    siblings: () => (claims.others.size === before ? siblings() : gathered),
    vanished: bounds.length,
  };
}

/** Below one parent, the same title under another key is the plainest case; else the only pair. */
function onlyRename(position: number, { byKey, siblings }: Evidence): number | undefined {
  const gathered = siblings();
  const found = gathered?.byTitle.onlyBound(position) ?? gathered?.bySibling.onlyBound(position);
  if (found === undefined) return undefined;
  return byKey.boundsFor(position) > 0 || byKey.nodesFor(found) > 0 ? undefined : found;
}

/** What could be meant where nothing was clear: by key, or several vanished siblings. */
function candidates(position: number, { claims, bindings }: InferenceInput, evidence: Evidence): Bound[] {
  if (claims.matched.has(position)) return [];
  const byKey = evidence.byKey.freeBounds(position);
  const siblings = byKey.length > 0 ? [] : (evidence.siblings()?.bySibling.freeBounds(position) ?? []);
  const found = siblings.length > 1 ? siblings : byKey;
  return found.map((binding) => bindings.withNumber(binding));
}

/** Vanished, seen, and of interest to some new address; others are not even asked for. */
function vanishedBindings(input: InferenceInput, asked: readonly number[]): readonly number[] {
  if (asked.length === 0) return [];
  const { desired, bindings, claims, seen } = input;
  const { first: keyOf, second: natureOfNode } = nodeKeys(input).key;
  const wanted = new Set(asked.map((position) => `${natureOfNode(position)}\n${keyOf(position)}`));
  const keys = new Set(asked.map(keyOf));
  const parents = new Set(asked.map((position) => nodeAt(position, desired).parent));
  const formerParents = new Set([...parents].map((parent) => claims.byAddress.get(parent)?.former ?? parent));
  const isOfInterest = (binding: number): boolean => {
    if (formerParents.has(bindings.parentAt(binding))) return true;
    const key = bindings.keyAt(binding);
    return keys.has(key) && wanted.has(`${natureOfBound(bindings.withNumber(binding))}\n${key}`);
  };
  return claims.matched.left().filter((binding) => {
    if (!isOfInterest(binding)) return false;
    const bound = bindings.withNumber(binding);
    return !bound.archived && seen.of(bound) === 'seen';
  });
}

/** What makes rivals: the kind and type, and the key, the parent, or the parent and the title. */
interface RivalKeys {
  readonly key: RivalKey;
  readonly sibling: RivalKey;
  readonly title: RivalKey;
}

function nodeKeys({ desired, claims }: InferenceInput): RivalKeys {
  const of =
    (tell: (node: DesiredNode) => string | undefined): KeyOf =>
    (position) =>
      tell(nodeAt(position, desired));
  const nature = of((node) => natureOf(node, claims));
  const parent = of((node) => node.parent);
  const title = of((node) => node.title);
  return {
    key: { first: of((node) => escapeKey(node.key)), second: nature },
    sibling: { first: parent, second: nature },
    title: { first: parent, second: joined(nature, title) },
  };
}

function boundKeys(input: InferenceInput): RivalKeys {
  const { bindings } = input;
  const of =
    (tell: (bound: Bound) => string | undefined): KeyOf =>
    (binding) =>
      tell(bindings.withNumber(binding));
  const nature = of(natureOfBound);
  const parent = of((bound) => declaredParent(bound, input));
  const title = of((bound) => bound.title);
  return {
    key: { first: (binding) => bindings.keyAt(binding), second: nature },
    sibling: { first: parent, second: nature },
    title: { first: parent, second: joined(nature, title) },
  };
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
function declaredParent(bound: Bound, { desired, bindings, claims }: InferenceInput): Address | undefined {
  const parent = bindings.byAddress.get(bound.parent);
  if (parent !== undefined) return claims.byNode.get(parent.id);
  return desired.spaces.has(bound.parent) ? bound.parent : undefined;
}

const nodeAt = (position: number, { list }: DesiredForest): DesiredNode =>
  present(list[position], `node ${position}`);

/** A key of two parts, none where either part is missing. */
const joined =
  (first: KeyOf, second: KeyOf): KeyOf =>
  (item) => {
    const start = first(item);
    const end = start === undefined ? undefined : second(item);
    return end === undefined ? undefined : `${start}\n${end}`;
  };
