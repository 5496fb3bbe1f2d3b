// The limits that the tree as declared must keep. (That every step on the way keeps them too is for
// the planner.) One finding per branch that is too deep and per parent that has too many children.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import { sourceOf } from '../schema/located.ts';
import { counted, quote, verbatim } from '../schema/wording.ts';
import type { Limits } from '../tree/limit.ts';
import { type Draft, draftsIn, type Forest, nodePlace, type SpaceDraft } from './draft.ts';
import { deepestLevel } from './nesting.ts';

/** Who sets a limit, as in "Feishu allows …". */
export type SetBy = (limit: keyof Limits) => string;

export function checkTreeLimits(forest: Forest, limits: Limits, setBy: SetBy): Diagnostic[] {
  const kept = { ...limits, depth: Math.min(limits.depth, deepestLevel) };
  const checkParent = (parent: Draft | SpaceDraft): Diagnostic[] => [
    ...tooWide(parent, kept, setBy),
    ...tooDeep(parent, kept, setBy),
  ];
  return [...forest.spaces.values()].flatMap((space) => {
    const found = [...tooMany(space, kept, setBy), ...checkParent(space)];
    for (const draft of draftsIn(space)) if (draft.children.size > 0) found.push(...checkParent(draft));
    return found;
  });
}

function tooMany(space: SpaceDraft, limits: Limits, setBy: SetBy): Diagnostic[] {
  if (space.count <= limits.nodes) return [];
  return [
    diagnostic('NODES_EXCEEDED', {
      detail: `The space ${quote(space.key)} has ${counted(space.count, 'page')}, and ${setBy('nodes')} allows ${limits.nodes}.`,
      help: 'Split the space.',
      source: sourceOf(space.written.key.key),
    }),
  ];
}

function tooWide(parent: Draft | SpaceDraft, limits: Limits, setBy: SetBy): Diagnostic[] {
  const count = parent.children.size;
  if (count <= limits.children) return [];
  return [
    diagnostic('CHILDREN_EXCEEDED', {
      detail: `${verbatim(parent.address)} has ${counted(count, 'child', 'children')}, and ${setBy('children')} allows ${limits.children}.`,
      help: 'Put some of them under a page between.',
      source: placeOfParent(parent),
    }),
  ];
}

function placeOfParent(parent: Draft | SpaceDraft) {
  if (parent.kind === 'space') return sourceOf(parent.written.key.key);
  return parent.written === undefined ? parent.source : sourceOf(nodePlace(parent.written));
}

function tooDeep(parent: Draft | SpaceDraft, limits: Limits, setBy: SetBy): Diagnostic[] {
  if (parent.depth !== limits.depth) return [];
  const first = parent.children.values().next().value;
  if (first === undefined) return [];
  return [
    diagnostic('DEPTH_EXCEEDED', {
      detail: `This page stands on level ${first.depth}, and ${setBy('depth')} allows ${limits.depth} levels.`,
      help: 'Move the branch up, or split it.',
      source: placeOfParent(first),
    }),
  ];
}
