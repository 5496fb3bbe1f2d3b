// The ids of DingTalk, of which each node has three: 32 characters in the wiki's calls, 16 others that only
// the call which makes a document answers, and a number in the storage calls. All but the first are derived
// from it, so that a world needs to keep nothing of them. The root of a space is a node to the vendor and
// none to the world.

import type { Mint } from './mint.ts';
import { nextNumber } from './mint.ts';
import { digits, letters } from './random.ts';
import type { World } from './world.ts';

export const dingtalkMint: Mint = {
  space: (world) => letters(16, world.seed, 'workspace', nextNumber(world)),
  node: (world) => letters(32, world.seed, 'dentry', nextNumber(world)),
  document: (world) => letters(16, world.seed, 'doc key', nextNumber(world)),
};

/** All spaces of an organisation share one storage space. */
export const storageSpace = '4905550976';

export const rootIdOf = (space: string): string => letters(32, 'root of', space);
export const documentIdOf = (node: string): string => letters(16, 'document of', node);
const numberOf = (node: string): string => `17${digits(10, 'number of', node)}`;

/** From numbers back to nodes and roots; found anew whenever the world has got something that is not in it. */
export interface Numbers {
  numberOf(id: string): string;
  /** The 32-character id; `undefined` for a number that nothing has. */
  idOf(number: string): string | undefined;
  /** The space whose root it is. */
  spaceOfRoot(id: string): string | undefined;
}

export function startNumbers(world: World): Numbers {
  const known = new Map<string, string>();
  const roots = new Map<string, string>();
  const look = (): void => {
    for (const { id } of world.spaces) {
      roots.set(rootIdOf(id), id);
      known.set(numberOf(rootIdOf(id)), rootIdOf(id));
    }
    for (const id of world.nodes.keys()) known.set(numberOf(id), id);
  };
  return {
    numberOf(id) {
      const number = numberOf(id);
      known.set(number, id);
      return number;
    },
    idOf(number) {
      if (!known.has(number)) look();
      return known.get(number);
    },
    spaceOfRoot(id) {
      if (roots.size !== world.spaces.length) look();
      return roots.get(id);
    },
  };
}
