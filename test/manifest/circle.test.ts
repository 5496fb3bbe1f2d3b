import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findCircles } from '../../src/manifest/circle.ts';

test('finds every circle once and nothing else', () => {
  const graph = fc.array(fc.option(fc.nat({ max: 11 }), { nil: undefined }), {
    minLength: 12,
    maxLength: 12,
  });
  fc.assert(
    fc.property(graph, (next) => {
      const onCircle = next.map((_, start) => {
        let at: number | undefined = next[start];
        for (let steps = 0; steps < next.length && at !== undefined && at !== start; steps += 1)
          at = next[at];
        return at === start;
      });
      const circles = findCircles(next.keys(), (node) => next[node]);
      const members = circles.flat();
      expect(members.toSorted((a, b) => a - b)).toEqual([...next.keys()].filter((node) => onCircle[node]));
      for (const circle of circles) {
        for (const [at, node] of circle.entries()) expect(next[node]).toBe(circle[(at + 1) % circle.length]);
      }
    }),
  );
});
