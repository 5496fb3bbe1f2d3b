// What people do in the vendor's own pages, behind the back of any client: no permission is asked,
// no limit is met and no rate is counted. Ids are trusted to exist.

import { assert, present } from '../../diagnostic/invariant.ts';
import { liesBelow, retitle } from './node-operation.ts';
import {
  addNode,
  documentOf,
  nodeOf,
  relocate,
  type SpaceParts,
  spaceOf,
  uproot,
  type World,
  type WorldNode,
  type WorldSpace,
} from './world.ts';

/** Below a node, or at the top of a space. */
export type PersonPlace = { readonly parent: string } | { readonly space: string };

export interface AddedPage {
  readonly title: string;
  /** The vendor's default unless told. */
  readonly type?: string;
  /** The page to point to: makes a shortcut. */
  readonly origin?: string;
  readonly content?: string;
}

const somebody = 'ou_somebody';

function placeOf(world: World, place: PersonPlace): { space: WorldSpace; parent: WorldNode | null } {
  if ('space' in place) return { space: spaceOf(world, place.space), parent: null };
  const parent = nodeOf(world, place.parent);
  return { space: parent.space, parent };
}

/** Makes a page or a shortcut, and gives its node token. */
export function addPage(world: World, place: PersonPlace, page: AddedPage, nowMs = 0): string {
  const origin = page.origin === undefined ? null : nodeOf(world, page.origin);
  const type = page.type ?? origin?.type ?? world.rules.defaultType;
  const { title, content } = page;
  return addNode(world, placeOf(world, place), { title, type, origin, content, creator: somebody, nowMs }).id;
}

/** Drags the node, and all below it, elsewhere. @throws {InvariantError} for a place below itself. */
export function dragNode(world: World, id: string, to: PersonPlace): void {
  const node = nodeOf(world, id);
  const place = placeOf(world, to);
  assert(!liesBelow(place.parent, node), 'a node cannot be dragged below itself');
  relocate(world, node, place);
}

export function renamePage(world: World, id: string, title: string, nowMs = 0): void {
  retitle(world, nodeOf(world, id), title, nowMs);
}

/** Deletes the node and all below it; shortcuts to them elsewhere stay, and lead nowhere. */
export function deleteSubtree(world: World, id: string): void {
  uproot(world, nodeOf(world, id));
}

/** Hides the node and all below it from `app`, `user` or one actor (`app:cli_…`, `user:ou_…`); from nobody: `[]`. */
export function hideNode(world: World, id: string, from: readonly string[]): void {
  nodeOf(world, id).hiddenFrom = from;
}

export function changeSpace(
  world: World,
  id: string,
  change: Partial<Pick<SpaceParts, 'name' | 'description' | 'sharing' | 'visibility'>>,
): void {
  Object.assign(spaceOf(world, id), change);
}

export function contentOf(world: World, id: string): string {
  return present(documentOf(world, nodeOf(world, id)), `document of ${id}`).content;
}

export function writeContent(world: World, id: string, content: string, nowMs = 0): void {
  const document = present(documentOf(world, nodeOf(world, id)), `document of ${id}`);
  document.content = content;
  document.editedAtMs = nowMs;
}
