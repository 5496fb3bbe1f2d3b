import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Queue } from '../../../src/provider/http/queue.ts';

test('behaves like an array that is pushed and shifted', () => {
  const operation = fc.option(fc.integer());
  const property = fc.property(fc.array(operation, { maxLength: 100 }), (operations) => {
    const queue = new Queue<number>();
    const model: number[] = [];
    for (const item of operations) {
      if (item === null) expect(queue.shift()).toBe(model.shift());
      else {
        queue.push(item);
        model.push(item);
      }
      expect(queue.size).toBe(model.length);
      expect(queue.peek()).toBe(model[0]);
    }
    for (const item of model) expect(queue.shift()).toBe(item);
    expect(queue.shift()).toBe(undefined);
  });
  fc.assert(property);
});
