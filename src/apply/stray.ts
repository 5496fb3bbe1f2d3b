// Undeclared pages that make way for others while steps are done. No state remembers them, so the
// journal does: where they belong, and where they were put.

import type { Operation } from '../provider/provider.ts';
import { isHome, type Stray } from '../state/journal.ts';
import type { NodeId } from '../tree/identifier.ts';
import type { Whereabouts } from './whereabouts.ts';

export interface Strays {
  /** What the journal says of this move before it is made; `undefined` where the page is no stranger. */
  about(operation: Operation, where: Whereabouts): Stray | undefined;
  /** The page may be on its way. */
  begun(stray: Stray): void;
  /** It has arrived. */
  done(stray: Stray): void;
  /** Those that may not be where they belong. */
  left(): readonly Stray[];
}

/** @param before - what an earlier run left. */
export function startStrays(strangers: ReadonlySet<NodeId>, before: readonly Stray[]): Strays {
  const away = new Map(before.map((stray) => [stray.node, stray]));
  return {
    about(operation, where) {
      if (operation.kind !== 'move-node' || !strangers.has(operation.node)) return undefined;
      const { node, targetSpace: space, targetParent: parent } = operation;
      const known = away.get(node);
      const { home, places } = known ?? { home: where.placeOf(node), places: [] };
      return { node, home, places: [...places, { space, parent }] };
    },
    begun: (stray) => away.set(stray.node, stray),
    done(stray) {
      if (isHome(stray)) away.delete(stray.node);
    },
    left: () => [...away.values()],
  };
}
