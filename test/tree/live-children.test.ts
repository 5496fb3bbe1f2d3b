// What lies where, against a plain map of it.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type NodeId, nodeId, spaceId } from '../../src/tree/identifier.ts';
import { type LiveNode, type Place, placeKey } from '../../src/tree/live.ts';
import { LiveChildren } from '../../src/tree/live-children.ts';
import { NumberedMap } from '../../src/tree/numbered-map.ts';

const space = spaceId('s');
const places: readonly Place[] = [null, nodeId('a'), nodeId('b'), nodeId('never seen')].map((parent) => ({
  space,
  parent,
}));
const verbs = fc.array(
  fc.record({
    verb: fc.constantFrom('add', 'remove'),
    place: fc.constantFrom(...places),
    page: fc.nat(9),
  }),
  { maxLength: 40 },
);

test('tells what lies at a place, by its name and by the number of the page above', () => {
  fc.assert(
    fc.property(verbs, (all) => {
      const nodes = new NumberedMap<NodeId, LiveNode>();
      const children = new LiveChildren(nodes);
      const plain = new Map<string, number[]>();
      for (const { verb, place, page } of all) {
        const key = placeKey(place);
        if (verb === 'add') {
          children.add(place, page);
          plain.set(key, [...(plain.get(key) ?? []), page]);
        } else {
          children.remove(place, page);
          const list = plain.get(key);
          const at = list?.indexOf(page) ?? -1;
          if (at !== -1) list?.splice(at, 1);
        }
      }
      expect([...children]).toEqual([...plain]);
      for (const place of places) {
        expect(children.get(placeKey(place))).toEqual(plain.get(placeKey(place)));
        if (place.parent === null) continue;
        const below = children.below(nodes.reserve(place.parent));
        expect(below).toEqual(plain.get(place.parent) ?? []);
      }
    }),
  );
});
