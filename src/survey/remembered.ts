// The wiki as the state remembers it: every bound page where it was last put, with the title it was last
// given. What lies under an address that is bound no longer is not remembered to be anywhere.

import type { State } from '../state/state.ts';
import { type Address, compareText, type NodeId, type SpaceId } from '../tree/identifier.ts';
import { type LiveNode, placeKey } from '../tree/live.ts';

export interface Remembered {
  readonly nodes: ReadonlyMap<NodeId, LiveNode>;
  /** The pages below a place, by `placeKey`. */
  readonly children: ReadonlyMap<string, readonly NodeId[]>;
  /** The space in which each page is remembered to lie. */
  readonly spaceOf: ReadonlyMap<NodeId, Address>;
  readonly spaces: ReadonlyMap<SpaceId, Address>;
}

export function remember({ spaces: boundSpaces, nodes: bound }: State): Remembered {
  const homes = new Map<Address, Address | undefined>();

  /** The space at the end of the chain of parents; none where the chain is cut off, or a circle. */
  function homeOf(address: Address): Address | undefined {
    const way: Address[] = [];
    let at: Address | undefined = address;
    while (at !== undefined && !homes.has(at) && !boundSpaces.has(at)) {
      homes.set(at, undefined);
      way.push(at);
      at = bound.get(at)?.parent;
    }
    const home = at === undefined ? undefined : boundSpaces.has(at) ? at : homes.get(at);
    for (const each of way) homes.set(each, home);
    return home;
  }

  const placed: LiveNode[] = [];
  const spaceOf = new Map<NodeId, Address>();
  const children = new Map<string, NodeId[]>();
  for (const [address, binding] of [...bound].sort(([a], [b]) => compareText(a, b))) {
    const home = homeOf(address);
    const space = home === undefined ? undefined : boundSpaces.get(home)?.id;
    if (home === undefined || space === undefined) continue;
    const { id, title, type, kind, origin } = binding;
    const parent = bound.get(binding.parent)?.id ?? null;
    placed.push({
      ...{ id, space, parent, title, type, kind, origin },
      ...{ hasChildren: false, createdAt: undefined, creator: undefined },
    });
    spaceOf.set(id, home);
    const place = placeKey({ space, parent });
    const siblings = children.get(place);
    if (siblings === undefined) children.set(place, [id]);
    else siblings.push(id);
  }
  const nodes = new Map(
    placed.map((node) => [node.id, children.has(node.id) ? { ...node, hasChildren: true } : node]),
  );
  const spaces = new Map([...boundSpaces].map(([address, { id }]) => [id, address]));
  return { nodes, children, spaceOf, spaces };
}
