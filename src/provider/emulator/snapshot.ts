// A world as plain JSON; `restore.ts` reads it back. Invariant: restoring a snapshot under the same rules gives a world
// that answers every later request as the first would have, ids included.

import type { NodeKind } from '../../tree/desired.ts';
import type { Member, World, WorldDocument, WorldNode, WorldSpace } from './world.ts';

/** Raised when an older wikiform could no longer read what is written. */
export const worldFormatVersion = 1;

interface SpaceSnapshot {
  readonly id: string;
  readonly order: number;
  readonly name: string;
  readonly description: string;
  readonly sharing: 'open' | 'closed';
  readonly visibility: 'public' | 'private';
  readonly members: readonly Member[];
}

interface NodeSnapshot {
  readonly id: string;
  readonly space: string;
  /** `null` at the top of the space. */
  readonly parent: string | null;
  readonly order: number;
  readonly title: string;
  readonly type: string;
  readonly kind: NodeKind;
  readonly document: string;
  readonly origin: string | null;
  readonly createdAtMs: number;
  readonly creator: string;
  readonly hiddenFrom: readonly string[];
}

export interface WorldSnapshot {
  readonly formatVersion: typeof worldFormatVersion;
  readonly seed: number;
  readonly counter: number;
  readonly spaces: readonly SpaceSnapshot[];
  readonly nodes: readonly NodeSnapshot[];
  readonly documents: readonly WorldDocument[];
}

function spaceSnapshot(space: WorldSpace): SpaceSnapshot {
  const { id, order, name, description, sharing, visibility, members } = space;
  return { id, order, name, description, sharing, visibility, members: [...members] };
}

function nodeSnapshot(node: WorldNode): NodeSnapshot {
  const { id, order, title, type, kind, document, origin, createdAtMs, creator, hiddenFrom } = node;
  return {
    id,
    space: node.space.id,
    parent: node.parent?.id ?? null,
    order,
    title,
    type,
    kind,
    document,
    origin,
    createdAtMs,
    creator,
    hiddenFrom,
  };
}

/** The world as it stands; later changes do not show in it. */
export function takeSnapshot(world: World): WorldSnapshot {
  return {
    formatVersion: worldFormatVersion,
    seed: world.seed,
    counter: world.counter,
    spaces: world.spaces.map(spaceSnapshot),
    nodes: [...world.nodes.values()].map(nodeSnapshot),
    documents: [...world.documents.values()].map((document) => ({ ...document })),
  };
}
