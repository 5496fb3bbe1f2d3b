// What goes first where calls are in doubt.

import { describe, expect, test } from 'vitest';
import { feishuCapabilities } from '../../src/provider/feishu/capability.ts';
import type { Ways } from '../../src/schedule/task.ts';
import type { Trial } from '../../src/schedule/trial.ts';
import { openBook } from '../../src/state/state.ts';
import type { Endpoint } from '../../src/tree/capability.ts';
import { type DesiredPage, desiredTree, liveOf, planOf, stateOf } from '../fixture.ts';

type Pages = readonly (string | DesiredPage)[];

const doubting: Ways = {
  ...feishuCapabilities,
  siblingNames: 'distinct-within-type',
  unconfirmed: ['move-node', 'rename-node'],
};

interface Circumstances {
  readonly confirmed?: readonly Endpoint[];
  readonly nodesPerMove?: number;
}

/** The trials, their steps by what they do to which page. */
function trials(before: Pages, after: Pages, { confirmed = [], nodesPerMove = 100 }: Circumstances = {}) {
  const was = desiredTree({ h: [...before] });
  const book = openBook(stateOf(was));
  for (const call of confirmed) book.record({ kind: 'confirm', call });
  const { plan } = planOf({
    desired: desiredTree({ h: [...after] }),
    state: book.state,
    live: liveOf(was),
    ways: doubting,
    limits: { nodesPerMove },
  });
  const nameOf = (id: string): string => {
    const step = plan.steps.find((each) => each.id === id);
    return `${step?.kind} ${step?.address}`;
  };
  return (plan.trials ?? []).map(({ step, asks }: Trial) => ({
    step: nameOf(step),
    ...(asks === undefined ? {} : { asks }),
  }));
}

const intoNew = { title: 'New', type: 'sheet', children: ['A'] };

describe('a call in doubt', () => {
  test('is tried by a step that waits for nothing, each kind by one', () => {
    expect(
      trials(
        ['A', 'B', { title: 'C', key: 'c' }, 'D'],
        [
          { title: 'B', children: ['A', 'D'] },
          { title: 'E', key: 'c' },
        ],
      ),
    ).toEqual([{ step: 'move-node h/B/A' }, { step: 'rename-node h/c' }]);
  });

  test('is asked about where every step of its kind waits for another', () => {
    expect(trials(['A', 'B'], ['B', intoNew])).toEqual([{ step: 'move-node h/New/A', asks: 'h/New/A' }]);
  });

  test('is asked about for renaming as well, where the title has to come free first', () => {
    expect(trials(['A', { title: 'B', key: 'b' }], [intoNew, { title: 'A', key: 'b' }])).toEqual([
      { step: 'move-node h/New/A', asks: 'h/New/A' },
      { step: 'rename-node h/b', asks: 'h/b' },
    ]);
  });

  test('may wait for the trial of another', () => {
    expect(
      trials(
        ['A', { title: 'B', key: 'b' }, 'C'],
        [
          { title: 'C', children: ['A', 'More'] },
          { title: 'A', key: 'b' },
        ],
      ),
    ).toEqual([{ step: 'move-node h/C/A' }, { step: 'rename-node h/b' }]);
  });

  test('that has worked is not tried again', () => {
    expect(trials(['A', 'B'], ['B', intoNew], { confirmed: ['move-node'] })).toEqual([]);
  });

  test('is not tried where nothing else could be spared', () => {
    expect(trials(['A', 'B'], [{ title: 'B', children: ['A'] }])).toEqual([]);
  });
});

describe('the page that is asked about', () => {
  const before: Pages = [{ title: 'A', children: ['Below'] }, 'B'];
  const after: Pages = [
    { title: 'New', type: 'sheet', children: [{ title: 'A', children: ['Below'] }, 'B'] },
  ];

  test('has none below it, if there is such a one', () => {
    expect(trials(before, after)).toMatchObject([{ asks: 'h/New/B' }]);
  });

  test('may have, as long as a move may carry any number', () => {
    const alone: Pages = [
      { title: 'New', type: 'sheet', children: [{ title: 'A', children: ['Below'] }] },
      'B',
    ];
    expect(trials(before, alone, { nodesPerMove: Number.POSITIVE_INFINITY })).toMatchObject([
      { asks: 'h/New/A' },
    ]);
    expect(trials(before, alone)).toEqual([{ step: 'move-node h/New/A' }]);
  });
});
