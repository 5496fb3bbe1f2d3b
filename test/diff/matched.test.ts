// Who has which page, in arrays, against plain maps of it.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { indexBindings, indexDesired } from '../../src/diff/forest.ts';
import type { NodeMatch } from '../../src/diff/match.ts';
import { Matched } from '../../src/diff/matched.ts';
import { Bindings } from '../../src/state/bindings.ts';
import type { Address, NodeId } from '../../src/tree/identifier.ts';
import { desiredTree, liveTree, pageId, stateOf } from '../fixture.ts';

const keys = ['A', 'B', 'C', 'D', 'E', 'F'];
const before = desiredTree({ old: keys });
const after = desiredTree({ new: keys, old: keys });
const former = (key: string): Address => `old/${key}` as Address;

/** By its key, what becomes of the page: kept, carried to `new`, or given there by another rule. */
const verbs = fc.shuffledSubarray(keys).chain((some) =>
  fc.tuple(
    ...some.map((key) =>
      fc.record({
        key: fc.constant(key),
        rule: fc.constantFrom('binding' as const, 'carried' as const, 'inferred' as const),
        isAsked: fc.boolean(),
      }),
    ),
  ),
);

test.each([
  ['numbers of their own', false],
  ['the numbers of the bindings', true],
])('holds what maps hold, where live pages have %s', (_, isAligned) => {
  fc.assert(
    fc.property(verbs, (all) => {
      const nodes = Bindings.of(stateOf(before).nodes);
      const desired = indexDesired(after);
      const bindings = indexBindings({ ...stateOf(before), nodes });
      const live = liveTree({ old: keys }, isAligned ? { numbering: nodes.pages } : {});
      const matched = new Matched(desired, bindings, live.nodes);
      const byAddress = new Map<Address, NodeMatch>();
      for (const { key, rule, isAsked } of all) {
        const binding = bindings.numberOf(former(key)) ?? -1;
        const address = rule === 'binding' ? former(key) : (`new/${key}` as Address);
        const position = desired.list.findIndex((node) => node.address === address);
        const match = { id: pageId(former(key)), rule, former: former(key) };
        if (rule === 'binding') expect(matched.setOwn(position, binding)).toBe(true);
        else if (rule === 'carried') matched.setCarried(position, binding);
        else expect(matched.set(position, match)).toBe(binding);
        byAddress.set(address, match);
        if (isAsked) expect(matched.byAddress.get(address)).toEqual(match);
      }
      expect(new Map(matched.byAddress)).toEqual(byAddress);
      expect(matched.size).toBe(byAddress.size);
      const byNode = new Map([...byAddress].map(([address, { id }]): [NodeId, Address] => [id, address]));
      expect(new Map(matched.byNode)).toEqual(byNode);
      for (const [position, { address }] of desired.list.entries()) {
        const found = byAddress.get(address);
        expect(matched.byAddress.get(address)).toEqual(found);
        expect(matched.has(position)).toBe(found !== undefined);
        expect(matched.hasOther(position)).toBe(found !== undefined && found.rule !== 'binding');
        expect(matched.pageAt(position)?.id).toBe(found?.id);
      }
      for (const key of keys) {
        const binding = bindings.numberOf(former(key)) ?? -1;
        expect(matched.addressOf(pageId(former(key)))).toBe(byNode.get(pageId(former(key))));
        expect(matched.isTaken(binding)).toBe(byNode.has(pageId(former(key))));
        expect(matched.isKept(binding)).toBe(byNode.get(pageId(former(key))) === former(key));
      }
      const free = keys.map(former).filter((address) => !byNode.has(pageId(address)));
      expect(matched.left().map((binding) => bindings.addressAt(binding))).toEqual(free);
    }),
  );
});
