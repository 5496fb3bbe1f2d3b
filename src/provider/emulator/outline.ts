// A world as people see it: an outline to compare and to print, and pages found by their titles.

import type { World, WorldNode } from './world.ts';
import { spaceOf } from './world.ts';

function line(node: WorldNode): string {
  const type = node.type === 'docx' ? '' : ` (${node.type})`;
  return `${node.title}${type}${node.kind === 'shortcut' ? ` -> ${node.origin}` : ''}`;
}

function* lines(nodes: readonly WorldNode[], indent: string): Generator<string> {
  for (const node of nodes) {
    yield indent + line(node);
    yield* lines(node.children, `${indent}  `);
  }
}

/** The space's pages, one a line, children indented by two; types other than `docx` and origins are told. */
export function outlineOf(world: World, space: string): string[] {
  return [...lines(spaceOf(world, space).roots, '')];
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
