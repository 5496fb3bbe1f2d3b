// `copy: {id: …, children: true}`: the whole live branch below a page that is not declared is declared
// here too, now and later. What lies in it only the wiki knows, so the desired tree is completed from
// what was read, before anything is matched.
//
// Invariant: pages that were themselves made by such a copy are never its source, so a branch copied to a
// place below itself does not grow with every plan.

import { childAddress, isWithin } from '../tree/address.ts';
import type { DesiredNode, DesiredSpace, DesiredTree } from '../tree/desired.ts';
import type { NodeId } from '../tree/identifier.ts';
import { type LiveNode, type LiveTree, nodesAt } from '../tree/live.ts';
import type { BoundForest } from './forest.ts';

export interface Completion {
  readonly tree: DesiredTree;
  /** Sources that were not seen yet. */
  readonly unseen: readonly NodeId[];
  /** Pages in sources whose children were not listed yet. */
  readonly unlisted: readonly LiveNode[];
}

export function completeSubtrees(tree: DesiredTree, bindings: BoundForest, live: LiveTree): Completion {
  const unseen: NodeId[] = [];
  const unlisted: LiveNode[] = [];
  if (!tree.spaces.some((space) => space.nodes.some(isSubtreeCopy))) return { tree, unseen, unlisted };
  const spaces = tree.spaces.map((space): DesiredSpace => {
    if (!space.nodes.some(isSubtreeCopy)) return space;
    return { ...space, nodes: completed(space.nodes) };
  });
  return { tree: { spaces }, unseen, unlisted };

  /** The children that are written come first; parents stay before children either way. */
  function completed(nodes: readonly DesiredNode[]): DesiredNode[] {
    const written = new Map<string, Set<string>>();
    for (const { parent, key } of nodes) {
      const keys = written.get(parent);
      if (keys === undefined) written.set(parent, new Set([key]));
      else keys.add(key);
    }
    const added = nodes.filter(isSubtreeCopy).flatMap((node) => {
      return below(node, node, sourceOf(node), written.get(node.address) ?? new Set());
    });
    return [...nodes, ...added];
  }

  function sourceOf(node: DesiredNode): LiveNode | undefined {
    if (node.making.from !== 'copy' || !('id' in node.making.of)) return undefined;
    const { id } = node.making.of;
    const source = live.nodes.get(id);
    if (source === undefined && !live.goneNodes.has(id) && !live.hiddenNodes.has(id)) unseen.push(id);
    return source;
  }

  /** What the copies of the source's children declare, parents first. */
  function below(
    root: DesiredNode,
    node: DesiredNode,
    source: LiveNode | undefined,
    taken: ReadonlySet<string>,
  ): DesiredNode[] {
    if (source === undefined || !source.hasChildren) return [];
    if (!live.listings.has(source.id)) {
      unlisted.push(source);
      return [];
    }
    const children = sourceChildren(root, source);
    return children.flatMap((child) => {
      const copy = copyOf(child, node, keyOf(child, children, taken));
      return [copy, ...below(root, copy, child, new Set())];
    });
  }

  /** By title, then id: the order of a listing means nothing. */
  function sourceChildren(root: DesiredNode, source: LiveNode): LiveNode[] {
    const pages = nodesAt(live, source.id);
    const foreign = pages.filter((page) => {
      const bound = bindings.ofPage(page.id);
      return bound === undefined || !isWithin(bound.address, root.address);
    });
    return foreign.sort((a, b) => (a.title < b.title ? -1 : a.title > b.title ? 1 : a.id < b.id ? -1 : 1));
  }
}

function isSubtreeCopy(node: DesiredNode): boolean {
  return node.making.from === 'copy' && node.making.subtree;
}

/** The title; where that is empty or not the only one, with the id of the page it is copied from. */
function keyOf(page: LiveNode, siblings: readonly LiveNode[], taken: ReadonlySet<string>): string {
  const isAlone = siblings.every((other) => other.id === page.id || other.title !== page.title);
  if (isAlone && page.title.trim() !== '' && !taken.has(page.title)) return page.title;
  return `${page.title} (${page.id})`.trim();
}

function copyOf(page: LiveNode, parent: DesiredNode, key: string): DesiredNode {
  const isShortcut = page.kind === 'shortcut' && page.origin !== null;
  return {
    address: childAddress(parent.address, key),
    parent: parent.address,
    key,
    title: page.title,
    type: page.type,
    kind: page.kind,
    making:
      isShortcut && page.origin !== null
        ? { from: 'shortcut', of: { id: page.origin } }
        : { from: 'copy', of: { id: page.id }, subtree: false },
    id: undefined,
    movedFrom: undefined,
    depth: parent.depth + 1,
    source: parent.source,
  };
}
