// A numbered map against a plain one, and the numbers beside it.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { NumberedMap } from '../../src/tree/numbered-map.ts';
import { Numbering } from '../../src/tree/numbering.ts';

interface Entry {
  readonly id: string;
  readonly text: number;
}

const verbs = fc.array(
  fc.record({
    verb: fc.constantFrom('set', 'delete'),
    key: fc.nat(12),
    text: fc.nat(),
  }),
  { maxLength: 40 },
);

test('holds what a plain map holds, in its order, and an entry keeps its number', () => {
  fc.assert(
    fc.property(verbs, fc.nat(6), (all, known) => {
      const numbering = new Numbering<string>();
      for (let number = 0; number < known; number += 1) numbering.add(`k${number}`);
      const numbered = new NumberedMap<string, Entry>(numbering);
      const plain = new Map<string, Entry>();
      for (const { verb, key, text } of all) {
        const entry = { id: `k${key}`, text };
        if (verb === 'delete') {
          numbered.delete(entry.id);
          plain.delete(entry.id);
          continue;
        }
        const number = numbered.reserve(entry.id);
        expect(numbered.at(number)).toBe(plain.get(entry.id));
        numbered.put(number, entry);
        plain.set(entry.id, entry);
      }
      expect([...numbered]).toEqual([...plain]);
      expect(numbered.size).toBe(plain.size);
      for (let key = 0; key <= 12; key += 1) {
        const id = `k${key}`;
        const number = numbered.numberOf(id);
        expect(numbered.get(id)).toBe(plain.get(id));
        expect(number === undefined ? undefined : numbered.at(number)).toBe(plain.get(id));
        if (number !== undefined) expect(number).toBe(numbering.of(id));
        if (number !== undefined && key < known) expect(number).toBe(key);
        if (number !== undefined) expect(number).toBeLessThan(numbered.numbers);
      }
    }),
  );
});
