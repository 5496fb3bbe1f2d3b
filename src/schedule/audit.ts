// Whether the tree that the plan ends in keeps the vendor's limits, everything that was seen included:
// pages nobody declared take room too. Only what the plan adds to is judged: a wiki that is over a limit
// already is not the plan's doing.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import type { Match } from '../diff/match.ts';
import type { Limits } from '../tree/limit.ts';
import type { Index, Model } from './model.ts';
import { lowestPage, type Task, type Work } from './task.ts';

export function auditFinalTree(work: Work, match: Match, limits: Limits): readonly Diagnostic[] {
  const tasks = work.tasks.filter((task) => task.target !== -1);
  const circles = circlesOf(tasks, work);
  if (circles.length > 0) return circles;
  const model = finalModel(tasks, work.model.copy());
  const judge: Judge = { model, limits, work, match };
  const parents = new Set(tasks.map((task) => task.target));
  const roots = new Set(tasks.map((task) => model.root(task.node)));
  return [
    ...[...parents].flatMap((parent) => tooManyChildren(parent, judge)),
    ...tooDeep(tasks, judge),
    ...[...roots].flatMap((root) => tooManyNodes(root, judge)),
  ];
}

/** Of a part of the manifest: a page goes below one that is to leave its branch, and stays as it was not asked for. */
function circlesOf(tasks: readonly Task[], { model, nameOf }: Work): readonly Diagnostic[] {
  const targets = new Map(tasks.map(({ node, target }) => [node, target]));
  const isSound = new Set<Index>();
  return tasks.flatMap(({ node, target, change }) => {
    const way = new Set<Index>([node]);
    let at = target;
    while (at !== -1 && !isSound.has(at) && !way.has(at)) {
      way.add(at);
      at = targets.get(at) ?? model.parent(at);
    }
    if (at === -1 || isSound.has(at)) {
      for (const each of way) isSound.add(each);
      return [];
    }
    return [
      diagnostic('NO_LEGAL_ORDER', {
        detail: `${nameOf(node)} would come to lie below itself: ${nameOf(target)} lies in its branch, and that it leaves it was not asked for.`,
        help: `Plan for ${nameOf(target)} as well, or for everything.`,
        source: change?.source,
      }),
    ];
  });
}

/** All leave first and arrive afterwards, so that nothing is ever below itself. */
function finalModel(tasks: readonly Task[], model: Model): Model {
  for (const { node } of tasks) model.detach(node);
  for (const { node, target } of tasks) model.attach(node, target);
  return model;
}

interface Judge {
  readonly model: Model;
  readonly limits: Limits;
  readonly work: Work;
  readonly match: Match;
}

function tooManyChildren(parent: Index, { model, limits, work, match }: Judge): Diagnostic[] {
  const count = model.childCount(parent);
  if (count <= limits.children) return [];
  const address = work.nameOf(parent);
  const { nodes, spaces } = match.desired;
  const undeclared = [...model.children(parent)].filter((child) => !work.isManaged(child)).length;
  const others = undeclared === 0 ? '' : `, ${undeclared} of them not in the manifest`;
  return [
    diagnostic('CHILDREN_EXCEEDED', {
      detail: `${address} would have ${count} children${others}; a parent may have ${limits.children}.`,
      help: `Group them below pages of their own, or move ${count - limits.children} of them elsewhere.`,
      source: (nodes.get(address) ?? spaces.get(address))?.source,
    }),
  ];
}

/** A page is named once, not again for what comes with it. */
function tooDeep(tasks: readonly Task[], { model, limits, work, match }: Judge): Diagnostic[] {
  return tasks.flatMap(({ node, target }) => {
    const top = model.depth(target) + 1;
    if (model.isHeightWithin(node, limits.depth - top)) return [];
    if (top > limits.depth + 1) return [];
    const lowest = lowestPage(node, model, work);
    const address = work.nameOf(node);
    const what = lowest === node ? address : `${work.nameOf(lowest)}, which comes with ${address},`;
    return [
      diagnostic('DEPTH_EXCEEDED', {
        detail: `${what} would stand on level ${model.depth(lowest)}; a space may have ${limits.depth} levels.`,
        help: 'Move the branch nearer to the top of its space.',
        source: match.desired.nodes.get(address)?.source,
      }),
    ];
  });
}

function tooManyNodes(root: Index, { model, limits, work, match }: Judge): Diagnostic[] {
  const count = model.size(root) - 1;
  if (count <= limits.nodes) return [];
  const address = work.nameOf(root);
  return [
    diagnostic('NODES_EXCEEDED', {
      detail: `${address} would hold ${count} pages, as far as they were seen; a space may hold ${limits.nodes}.`,
      help: `Move ${count - limits.nodes} of them to another space.`,
      source: match.desired.spaces.get(address)?.source,
    }),
  ];
}
