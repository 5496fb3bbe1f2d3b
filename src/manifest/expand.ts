// `copy: {from: ADDRESS, children: true}` declares the source's whole subtree at the copy, now and
// later. This file works that out.
//
// Terms: the *copier* is the page with the `copy`; a *clone* is a page that only a copier declares.
// Premise: the address of a source may lead through clones, and a source's subtree may hold further
//   copiers; so a copier waits for every copier on the way to its source and for every one at or
//   below it. Waiting for oneself, directly or through others, is a circle.
// Rules: copiers are finished in the order of that waiting, each exactly once. A copier that is in a
//   circle, finds no source or would make its space too large brings nothing and is marked `partial`.
// Why not recursion: chains of copiers are as long as the manifest, and the call stack is not.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { sourceOf } from '../schema/located.ts';
import { counted, quote, verbatim } from '../schema/wording.ts';
import { childAddress, splitAddress } from '../tree/address.ts';
import type { Limits } from '../tree/limit.ts';
import { type Draft, draftsBelow, type Forest, hang, noChildren, type SpaceDraft } from './draft.ts';
import { deepestLevel } from './nesting.ts';

/** What all clones together may weigh: some bytes each, and their addresses. Bounds the memory. */
const mostWeight = 2 ** 28;
const cloneWeight = 200;

interface Expanding {
  readonly forest: Forest;
  readonly limits: Pick<Limits, 'depth' | 'nodes'>;
  readonly diagnostics: Diagnostic[];
  /** Spaces that are full; said once, and nothing is added to them any more. */
  readonly full: Set<SpaceDraft>;
  weight: number;
}

/** Adds to the forest what copies of subtrees declare. */
export function expand(forest: Forest, limits: Limits | undefined): Diagnostic[] {
  const bounds = {
    depth: Math.min(limits?.depth ?? deepestLevel, deepestLevel),
    nodes: limits?.nodes ?? Number.POSITIVE_INFINITY,
  };
  const expanding: Expanding = { forest, limits: bounds, diagnostics: [], full: new Set(), weight: 0 };
  for (const copier of forest.copiers) finish(expanding, copier);
  return expanding.diagnostics;
}

/** Finishes a copier, after all those that it waits for. */
function finish(expanding: Expanding, first: Draft): void {
  const path = [first];
  for (let copier = path.at(-1); copier !== undefined; copier = path.at(-1)) {
    if (copier.expansion === 'done') {
      path.pop();
      continue;
    }
    copier.expansion = 'visiting';
    const source = findSource(expanding.forest, copier);
    const circle = source.waitsFor.find((other) => other.expansion === 'visiting');
    if (circle !== undefined) refuseCircle(expanding, copier, circle);
    else if (source.waitsFor.length > 0) {
      for (const other of source.waitsFor) path.push(other);
      continue;
    } else if (source.draft === undefined) copier.partial = true;
    else bring(expanding, copier, source.draft);
    copier.expansion = 'done';
  }
}

interface FoundSource {
  readonly draft: Draft | undefined;
  /** Copiers that have to be finished before the source is known in full. */
  readonly waitsFor: readonly Draft[];
}

function findSource(forest: Forest, copier: Draft): FoundSource {
  const [spaceKey = '', ...keys] = splitAddress(copier.written?.copy?.value.address?.value ?? '') ?? [];
  let branch: Draft | SpaceDraft | undefined = forest.spaces.get(spaceKey);
  for (const key of keys) {
    const child: Draft | undefined = branch?.children.get(key);
    if (child === undefined && branch !== undefined && isUnfinished(branch)) {
      return { draft: undefined, waitsFor: [branch] };
    }
    branch = child;
  }
  if (branch === undefined || branch.kind === 'space') return { draft: undefined, waitsFor: [] };
  const waitsFor = isUnfinished(branch) ? [branch] : [];
  for (const below of draftsBelow(branch)) if (isUnfinished(below)) waitsFor.push(below);
  return { draft: branch, waitsFor };
}

function isUnfinished(branch: Draft | SpaceDraft): branch is Draft {
  return branch.kind !== 'space' && (branch.expansion === 'waiting' || branch.expansion === 'visiting');
}

function refuseCircle(expanding: Expanding, copier: Draft, other: Draft): void {
  copier.partial = true;
  copier.broken = true;
  const itself = other === copier;
  const address = copier.written?.copy?.value.address?.value ?? '';
  expanding.diagnostics.push(
    diagnostic('COPY_CIRCULAR', {
      detail: itself
        ? `${verbatim(address)} holds this page itself, so the copy would have no end.`
        : `This copy needs the pages that another copy brings, and that one needs those of this copy.`,
      help: 'Copy a page that does not lie above this one, or write the children out.',
      source: copyPlace(copier),
      ...(itself
        ? {}
        : { related: [{ message: `the copy at ${verbatim(other.address)}`, source: copyPlace(other) }] }),
    }),
  );
}

function copyPlace(copier: Draft) {
  const copy = copier.written?.copy;
  return copy === undefined ? copier.source : sourceOf(copy.at);
}

/** Declares below the copier what stands below the source. */
function bring(expanding: Expanding, copier: Draft, source: Draft): void {
  copier.liveSubtree = source.liveSubtree;
  const { space } = copier;
  const refusal = expanding.full.has(space) ? undefined : refuseSize(expanding, copier, source);
  if (refusal !== undefined) {
    expanding.full.add(space);
    expanding.diagnostics.push(...refusal);
  }
  if (expanding.full.has(space)) {
    copier.partial = true;
    return;
  }
  const pending = [{ from: source, to: copier }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const child of next.from.children.values()) {
      if (next.to.depth > expanding.limits.depth) next.to.partial = true;
      else if (next.to.children.has(child.key))
        expanding.diagnostics.push(duplicateKey(next.to, child, copier));
      else pending.push({ from: child, to: clone(expanding, child, next.to, copier) });
    }
  }
}

/** What is wrong with the size that the subtree would give its space; `undefined` where it fits. */
function refuseSize(expanding: Expanding, copier: Draft, source: Draft): Diagnostic[] | undefined {
  const { nodes } = expanding.limits;
  let count = copier.space.count;
  let weight = expanding.weight;
  // The space is full without this copy, and `tree-limits.ts` says so.
  if (count > nodes) return [];
  const longer = Math.max(0, copier.address.length - source.address.length);
  for (const draft of draftsBelow(source)) {
    count += 1;
    weight += cloneWeight + draft.address.length + longer;
    if (count > nodes) return [tooMany(copier, `more than ${counted(nodes, 'page')}`)];
    if (weight > mostWeight) return [tooMany(copier, 'more pages than fit into memory')];
  }
  return undefined;
}

function tooMany(copier: Draft, many: string): Diagnostic {
  return diagnostic('NODES_EXCEEDED', {
    detail: `With the pages that this copy brings the space ${quote(copier.space.key)} holds ${many}.`,
    help: 'Copy a smaller part, or split the space.',
    source: copyPlace(copier),
  });
}

function clone(expanding: Expanding, copied: Draft, parent: Draft, copier: Draft): Draft {
  const draft: Draft = {
    kind: copied.kind,
    address: childAddress(parent.address, copied.key),
    depth: parent.depth + 1,
    children: noChildren,
    partial: copied.partial,
    parent,
    space: parent.space,
    key: copied.key,
    title: copied.title,
    source: copyPlace(copier),
    alias: undefined,
    written: undefined,
    copied,
    repeats: copied.kind === 'shortcut' ? (copied.repeats ?? copied) : undefined,
    liveSubtree: copied.liveSubtree,
    expansion: 'none',
    broken: false,
  };
  hang(draft);
  expanding.weight += cloneWeight + draft.address.length;
  return draft;
}

function duplicateKey(parent: Draft, copied: Draft, copier: Draft): Diagnostic {
  const written = parent.children.get(copied.key);
  return diagnostic('DUPLICATE_KEY', {
    detail: `${verbatim(parent.address)} has a child ${quote(copied.key)} of its own and gets another by the copy of ${verbatim(copied.parent.address)}.`,
    help: 'Give the written child another `key`, or take it away.',
    source: written?.source ?? copyPlace(copier),
    related: [
      { message: 'the copy', source: copyPlace(copier) },
      { message: 'the child that is copied', source: copied.source },
    ],
  });
}
