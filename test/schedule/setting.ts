// The vendors and limits that the properties are tried with: small limits, so that they bind.

import type { Limits } from '../../src/tree/limit.ts';
import { underTest, type VendorUnderTest } from '../vendor.ts';

const feishu = underTest('feishu');
const dingtalk = underTest('dingtalk');

/** The vendor's limits, with some of them smaller. */
export const limitedTo = (smaller: Partial<Limits>, { capabilities } = feishu): Limits => ({
  ...capabilities.limits,
  ...smaller,
});

export interface Setting {
  readonly name: string;
  readonly vendor: VendorUnderTest;
  readonly limits: Limits;
  /** Steps beyond the fewest, on average, by the fewest. */
  readonly mostExtra: number;
  /** Of all plans, those that are refused though there is a way: the search for one knows places and no titles. */
  readonly mostLazy: number;
  /** Of the plans for a part, those that are not to be had without the rest: its pages are in the way. */
  readonly mostRefused: number;
  /** Of all random cases. */
  readonly share: number;
}

const tight = { depth: 5, children: 4, nodesPerMove: 6 };

export const settings: readonly Setting[] = [
  {
    name: 'the vendor’s limits',
    vendor: feishu,
    limits: limitedTo({}),
    mostExtra: 0,
    mostLazy: 0,
    mostRefused: 0.05,
    share: 0.12,
  },
  {
    name: 'five levels',
    vendor: feishu,
    limits: limitedTo({ depth: 5 }),
    mostExtra: 0.01,
    mostLazy: 0,
    mostRefused: 0.05,
    share: 0.12,
  },
  {
    name: 'four children',
    vendor: feishu,
    limits: limitedTo({ children: 4 }),
    mostExtra: 0.02,
    mostLazy: 0,
    mostRefused: 0.05,
    share: 0.12,
  },
  {
    name: 'six pages a move',
    vendor: feishu,
    limits: limitedTo({ nodesPerMove: 6 }),
    mostExtra: 0.1,
    mostLazy: 0,
    mostRefused: 0.05,
    share: 0.12,
  },
  {
    name: 'five levels, four children, six pages a move',
    vendor: feishu,
    limits: limitedTo(tight),
    mostExtra: 0.25,
    mostLazy: 0,
    mostRefused: 0.05,
    share: 0.22,
  },
  {
    name: 'siblings of different titles',
    vendor: dingtalk,
    limits: limitedTo({}, dingtalk),
    mostExtra: 0.02,
    mostLazy: 0,
    mostRefused: 0.3,
    share: 0.06,
  },
  {
    name: 'siblings of different titles, five levels, four children, six pages a move',
    vendor: dingtalk,
    limits: limitedTo(tight, dingtalk),
    mostExtra: 0.35,
    mostLazy: 0.03,
    mostRefused: 0.3,
    share: 0.06,
  },
];
