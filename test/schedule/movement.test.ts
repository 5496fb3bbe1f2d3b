// What a plan says it moves and renames, where pages make way for one another.

import { expect, test } from 'vitest';
import { movementsIn } from '../../src/schedule/movement.ts';
import type { Step } from '../../src/schedule/plan.ts';
import type { Address } from '../../src/tree/identifier.ts';

let steps = 0;

function step(kind: Step['kind'], address: string, parks: boolean, from: string, to: string): Step {
  steps += 1;
  const isMove = kind === 'move-node';
  return {
    id: `s${steps}`,
    kind,
    address: address as Address,
    title: isMove ? 'Title' : to,
    type: 'docx',
    nodeType: 'origin',
    parent: (isMove ? to : 'h') as Address,
    before: {
      address: address as Address,
      parent: (isMove ? from : 'h') as Address,
      title: isMove ? 'Title' : from,
    },
    reference: undefined,
    reason: '',
    inferred: false,
    origin: 'this-change',
    source: undefined,
    blocked: undefined,
    archives: false,
    after: [],
    carried: 0,
    parks,
  };
}

test('a page that makes way and goes on to its place has moved once', () => {
  const all = [step('move-node', 'h/A', true, 'h/x', 'h/y'), step('move-node', 'h/A', false, 'h/y', 'h/z')];
  expect(movementsIn(all)).toEqual({ moved: 1, renamed: 0, parked: 1 });
});

test('a page that makes way and comes back has not moved', () => {
  const all = [
    step('move-node', 'h/A', true, 'h/x', 'h/y'),
    step('move-node', 'h/B', false, 'h/z', 'h/x'),
    step('move-node', 'h/A', false, 'h/y', 'h/x'),
  ];
  expect(movementsIn(all)).toEqual({ moved: 1, renamed: 0, parked: 2 });
});

test('a title that is lent and given back is no renaming', () => {
  const all = [
    step('rename-node', 'h/A', true, 'One', 'Two'),
    step('rename-node', 'h/B', false, 'Three', 'One'),
    step('rename-node', 'h/A', false, 'Two', 'One'),
    step('rename-node', 'h/C', true, 'Four', 'Five'),
    step('rename-node', 'h/C', false, 'Five', 'Six'),
  ];
  expect(movementsIn(all)).toEqual({ moved: 0, renamed: 2, parked: 3 });
});
