// Undeclared pages that made way for others in a run that was cut off, and lie where it had put them.
//
// Rule. Such a page goes back where it was, if that place still stands and nobody has moved the page or
// taken it into the manifest since. This is no touch of an unmanaged page (law 3): it ends one.

import type { Stray } from '../state/journal.ts';
import type { Address, NodeId } from '../tree/identifier.ts';
import { type LiveNode, type Place, placeKey } from '../tree/live.ts';
import type { Change } from './change.ts';
import { type Comparison, pageOf } from './comparison.ts';
import { before } from './node-change.ts';
import { nameOfStranger } from './place.ts';

export interface Returns {
  readonly changes: readonly Change[];
  /** The pages that the changes name, and parents that nobody declared either. */
  readonly strangers: ReadonlyMap<Address, NodeId>;
}

export function bringBack(strays: readonly Stray[], comparison: Comparison): Returns {
  const strangers = new Map<Address, NodeId>();
  const changes = strays.flatMap((stray): Change[] => {
    const page = comparison.live.nodes.get(stray.node);
    if (page === undefined || !isAstray(page, stray, comparison)) return [];
    const parent = nameOfPlace(stray.home, strangers, comparison);
    if (parent === undefined) return [];
    const address = nameOfStranger(page, comparison.live, comparison.match);
    strangers.set(address, page.id);
    return [goingHome(page, address, parent, comparison)];
  });
  return { changes, strangers };
}

function isAstray(page: LiveNode, { home, places }: Stray, { match }: Comparison): boolean {
  if (match.addressOf.has(page.id) || match.bindings.ofPage(page.id) !== undefined) return false;
  const place = placeKey(page);
  return place !== placeKey(home) && places.some((put) => placeKey(put) === place);
}

/** `undefined` where the place is gone, or in a space that is not declared any more. */
function nameOfPlace(
  { space, parent }: Place,
  strangers: Map<Address, NodeId>,
  comparison: Comparison,
): Address | undefined {
  const { live, match } = comparison;
  if (parent === null) {
    return [...match.spaces].find(([, found]) => found.kind === 'live' && found.id === space)?.[0];
  }
  const page = live.nodes.get(parent);
  if (page === undefined) return undefined;
  const declared = match.addressOf.get(parent);
  if (declared !== undefined && pageOf(declared, comparison) !== undefined) return declared;
  const name = match.bindings.ofPage(parent)?.address ?? nameOfStranger(page, live, match);
  strangers.set(name, parent);
  return name;
}

function goingHome(page: LiveNode, address: Address, parent: Address, comparison: Comparison): Change {
  return {
    kind: 'move-node',
    address,
    title: page.title,
    type: page.type,
    nodeType: page.kind,
    parent,
    before: before(page, comparison),
    reference: undefined,
    reason: 'made way in a run that was cut off, and goes back',
    inferred: false,
    origin: 'this-change',
    source: undefined,
    blocked: undefined,
    archives: false,
  };
}
