// Names with numbers against a plain map of them, and against names that are hard to tell apart.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Numbering } from '../../src/tree/numbering.ts';

/** The one thing that both know: a group and a name as one text. */
const labelOf = (name: string, group: number): string => `${group} ${name}`;

const names = fc.array(
  fc.tuple(fc.string({ maxLength: 3, unit: fc.constantFrom('a', 'b', '文') }), fc.nat(3)),
  {
    maxLength: 300,
  },
);

test('numbers names in the order in which they came, group by group', () => {
  fc.assert(
    fc.property(names, (all) => {
      const numbering = new Numbering<string>();
      const plain = new Map<string, number>();
      for (const [name, group] of all) {
        const label = labelOf(name, group);
        expect(numbering.of(name, group)).toBe(plain.get(label));
        const number = plain.get(label) ?? plain.size;
        plain.set(label, number);
        expect(numbering.add(name, group)).toBe(number);
        expect(numbering.at(number)).toBe(name);
      }
      expect(numbering.size).toBe(plain.size);
      for (const [name, group] of all)
        expect(numbering.of(name, group)).toBe(plain.get(labelOf(name, group)));
    }),
  );
});

test('repeats a name under another number, and goes on to find it by the first', () => {
  const numbering = new Numbering<string>();
  numbering.add('a');
  numbering.repeat('a');
  expect(numbering.add('b')).toBe(2);
  expect(numbering.at(1)).toBe('a');
  expect(numbering.add('')).toBe(3);
  expect(['a', 'b', '', 'c'].map((name) => numbering.of(name))).toEqual([0, 2, 3, undefined]);
});

test('takes pieces of a text for the names they are', () => {
  fc.assert(
    fc.property(names, (all) => {
      const text = all.map(([name]) => name).join('');
      const window = { text, units: Uint16Array.from(text, (unit) => unit.charCodeAt(0)), begin: 0 };
      const [pieces, plain] = [new Numbering<string>(text), new Numbering<string>()];
      let start = 0;
      for (const [number, [name, group]] of all.entries()) {
        const end = start + name.length;
        const isPiece = number % 3 !== 0;
        const found = isPiece ? pieces.addPiece(window, start, end, group) : pieces.add(name, group);
        expect(found).toBe(plain.add(name, group));
        start = end;
      }
      for (const [name, group] of all) expect(pieces.of(name, group)).toBe(plain.of(name, group));
      for (let number = 0; number < plain.size; number += 1) expect(pieces.at(number)).toBe(plain.at(number));
    }),
  );
});

test('tells apart names whose hashes are one', () => {
  // Found by trying; each pair has one FNV-1a hash.
  const twins = ['rjlizpsq', 'ekaweyun', 'bmjahejx', 'jpttgwdo', 'ndbiuehf', 'ljwkogcn'];
  const numbering = new Numbering<string>();
  for (const [number, name] of twins.entries()) expect(numbering.add(name)).toBe(number);
  for (const [number, name] of twins.entries()) expect(numbering.of(name)).toBe(number);
});
