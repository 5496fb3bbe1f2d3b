// A world as people see it: an outline to compare and to print, and pages found by their titles.

import type { World, WorldNode } from './world.ts';
import { spaceOf } from './world.ts';

function line(node: WorldNode, usual: string): string {
  const type = node.type === usual ? '' : ` (${node.type})`;
  return `${node.title}${type}${node.kind === 'shortcut' ? ` -> ${node.origin}` : ''}`;
}

function* lines(nodes: readonly WorldNode[], indent: string, usual: string): Generator<string> {
  for (const node of nodes) {
    yield indent + line(node, usual);
    yield* lines(node.children, `${indent}  `, usual);
  }
}

/** The space's pages, one a line, children indented by two; types other than the default and origins are told. */
export function outlineOf(world: World, space: string): string[] {
  return [...lines(spaceOf(world, space).roots, '', world.rules.defaultType)];
}

/** The token of the first page with these titles from the top of the space down; `undefined` where there is none. */
export function findPage(world: World, space: string, ...titles: readonly string[]): string | undefined {
  let siblings: readonly WorldNode[] = spaceOf(world, space).roots;
  let found: WorldNode | undefined;
  for (const title of titles) {
    found = siblings.find((node) => node.title === title);
    siblings = found?.children ?? [];
  }
  return found?.id;
}
