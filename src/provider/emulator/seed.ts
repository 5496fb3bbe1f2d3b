// Worlds to begin with, from literals that read like the wiki they make, or, for large ones, from
// two flat arrays.

import { present } from '../../diagnostic/invariant.ts';
import type { MemberRole, Place, World, WorldNode, WorldRules, WorldSpace } from './world.ts';
import { addMember, addNode, addSpace, createWorld, nodeOf } from './world.ts';

/** A bare string is a page with that title. */
export type SeedNode =
  | string
  | {
      readonly title: string;
      readonly id?: string;
      /** The vendor's default, or the origin's, unless told. */
      readonly type?: string;
      /** The id of a page that stands earlier: makes a shortcut to it. */
      readonly shortcut?: string;
      readonly content?: string;
      /** `app`, `user`, or one actor's key. */
      readonly hiddenFrom?: readonly string[];
      readonly children?: readonly SeedNode[];
    };

/** Pages by index: `parents[i]` is the index of an earlier page, or -1 at the top of the space. */
interface FlatNodes {
  readonly titles: readonly string[];
  readonly parents: readonly number[];
}

interface SeedMember {
  /** The vendor's word: `appid`, `openid` … */
  readonly type: string;
  /** `*` is everybody of this type. */
  readonly id: string;
  readonly role: MemberRole;
}

export interface SeedSpace {
  readonly id?: string;
  readonly name: string;
  readonly description?: string;
  readonly sharing?: 'open' | 'closed';
  readonly visibility?: 'public' | 'private';
  /** Every app and every person is an admin, unless told. */
  readonly members?: readonly SeedMember[];
  readonly nodes?: readonly SeedNode[];
  readonly flat?: FlatNodes;
}

export interface SeedOptions {
  readonly rules: WorldRules;
  readonly seed?: number;
  /** Unix milliseconds: when everything was made. */
  readonly nowMs?: number;
}

const everybody: readonly SeedMember[] = [
  { type: 'appid', id: '*', role: 'admin' },
  { type: 'openid', id: '*', role: 'admin' },
];

const creator = 'ou_somebody';

function plant(world: World, place: Place, seed: SeedNode, nowMs: number): void {
  const parts = typeof seed === 'string' ? { title: seed } : seed;
  const origin = parts.shortcut === undefined ? null : nodeOf(world, parts.shortcut);
  const node = addNode(world, place, {
    id: parts.id,
    title: parts.title,
    type: parts.type ?? origin?.type ?? world.rules.defaultType,
    origin,
    content: parts.content,
    creator,
    nowMs,
  });
  node.hiddenFrom = parts.hiddenFrom ?? [];
  for (const child of parts.children ?? []) plant(world, { space: place.space, parent: node }, child, nowMs);
}

function plantFlat(world: World, space: WorldSpace, flat: FlatNodes, nowMs: number): void {
  const made: WorldNode[] = [];
  flat.titles.forEach((title, index) => {
    const at = flat.parents[index] ?? -1;
    const parent = at === -1 ? null : present(made[at], `earlier page ${at}`);
    made.push(
      addNode(
        world,
        { space, parent },
        { title, type: world.rules.defaultType, origin: null, creator, nowMs },
      ),
    );
  });
}

/** A world with these spaces. Limits are not checked: a seed may go past them, as people do. */
export function seedWorld(spaces: readonly SeedSpace[], options: SeedOptions): World {
  const { rules, seed = 1, nowMs = 0 } = options;
  const world = createWorld(rules, seed);
  for (const parts of spaces) {
    const { id, name, description = '', sharing = 'closed', visibility = 'private' } = parts;
    const space = addSpace(world, { id, name, description, sharing, visibility });
    for (const member of parts.members ?? everybody) addMember(world, space, member);
    for (const node of parts.nodes ?? []) plant(world, { space, parent: null }, node, nowMs);
    if (parts.flat !== undefined) plantFlat(world, space, parts.flat, nowMs);
  }
  return world;
}
