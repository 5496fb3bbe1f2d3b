// What the manifest declares, for completion: read without a network, and quietly, for a manifest with
// mistakes is being written.

import { parentAddress } from '../tree/address.ts';
import type { DesiredSpace } from '../tree/desired.ts';
import type { Address } from '../tree/identifier.ts';
import type { Candidate, Declared } from './completion.ts';
import { compileManifest } from './manifest.ts';
import type { Context } from './settings.ts';

export function declaredIn(context: Context): Declared {
  let known: readonly DesiredSpace[] | undefined;
  const spaces = (): readonly DesiredSpace[] => {
    known ??= compileManifest(context.settings.file, context).manifest?.desired.spaces ?? [];
    return known;
  };
  return {
    spaces: () => spaces().map(({ key }) => key),
    addresses(start) {
      const parents = new Set(spaces().flatMap(({ nodes }) => nodes.map(({ parent }) => parent)));
      const all = spaces().flatMap(({ address, name, nodes }) => [
        { address, title: name },
        ...nodes.map((node) => ({ address: node.address, title: node.title })),
      ]);
      const found = all.filter(({ address }) => isNext(address, start));
      const candidates = found.map(
        ({ address, title }): Candidate => ({ value: address, description: title }),
      );
      const isOpen = found.some(({ address }) => parents.has(address));
      return { kind: isOpen ? 'open' : 'values', candidates };
    },
  };
}

/** It begins like this, and what was typed reaches as far as the page above it. */
function isNext(address: Address, start: string): boolean {
  if (!address.startsWith(start)) return false;
  const above = parentAddress(address);
  return above === undefined || start.startsWith(`${above}/`);
}
