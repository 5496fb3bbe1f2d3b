// The columns of bindings against a plain map of them.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Bindings } from '../../src/state/bindings.ts';
import type { NodeBinding } from '../../src/state/state.ts';
import { joinAddress, lastSegment, parentAddress } from '../../src/tree/address.ts';
import { type Address, nodeId } from '../../src/tree/identifier.ts';

const keys = fc.array(fc.constantFrom('a', 'b', 'a/b', '\\', 'ä', '/', 'b\\'), {
  minLength: 2,
  maxLength: 4,
});
const binding = fc.record({
  id: fc.nat(30).map((number) => nodeId(`n${number}`)),
  parent: keys.map(joinAddress),
  title: fc.string(),
  type: fc.constantFrom('docx', 'sheet'),
  kind: fc.constantFrom('origin' as const, 'shortcut' as const),
  origin: fc.constantFrom(null, nodeId('o')),
  archived: fc.boolean(),
});
const many = fc.uniqueArray(fc.tuple(keys.map(joinAddress), binding), {
  selector: ([address]) => address,
  maxLength: 30,
});
/** Each page is bound once. */
const sound = many.map((all) =>
  all.map(([address, one], at): [Address, NodeBinding] => [address, { ...one, id: nodeId(`n${at}`) }]),
);

test('says what a plain map says, in its order', () => {
  fc.assert(
    fc.property(sound, (all) => {
      const bindings = Bindings.of(new Map(all));
      expect([...bindings]).toEqual(all);
      expect(bindings.twice).toBeUndefined();
      for (const [number, [address, one]] of all.entries()) {
        expect(bindings.get(address)).toEqual(one);
        expect(bindings.numberOf(address)).toBe(number);
        expect(bindings.pages.of(one.id)).toBe(number);
        const family = bindings.family(parentAddress(address) ?? address);
        expect(family?.numberOf(lastSegment(address))).toBe(number);
        expect(bindings.keyAt(number)).toBe(lastSegment(address));
      }
    }),
  );
});

test('adds no address twice, and keeps the first', () => {
  fc.assert(
    fc.property(sound, binding, (all, other) => {
      const bindings = Bindings.of(new Map(all));
      for (const [address] of all) expect(bindings.add(address, other)).toBe(false);
      expect([...bindings]).toEqual(all);
      for (const [number, [address]] of all.entries()) expect(bindings.numberOf(address)).toBe(number);
    }),
  );
});

test('tells where two addresses bind one page', () => {
  fc.assert(
    fc.property(many, (all) => {
      const ids = all.map(([, { id }]) => id);
      const isTwice = new Set(ids).size < ids.length;
      const bindings = Bindings.of(new Map(all));
      expect(bindings.twice !== undefined).toBe(isTwice);
      for (const id of ids) expect(bindings.pages.of(id)).toBe(ids.indexOf(id));
      expect([...bindings]).toEqual(all);
    }),
  );
});
