// The limits that the properties are tried with: small ones, so that they bind.

import { feishuCapabilities } from '../../src/provider/feishu/capability.ts';
import type { Limits } from '../../src/tree/limit.ts';

const vendor = feishuCapabilities.limits;

/** The vendor's limits, with some of them smaller. */
export const limitedTo = (smaller: Partial<Limits>): Limits => ({ ...vendor, ...smaller });

export interface Setting {
  readonly name: string;
  readonly limits: Limits;
  /** Steps beyond the fewest, on average, by the fewest. */
  readonly mostExtra: number;
  /** Of all random cases. */
  readonly share: number;
}

export const settings: readonly Setting[] = [
  { name: 'the vendor’s limits', limits: vendor, mostExtra: 0, share: 0.12 },
  { name: 'five levels', limits: limitedTo({ depth: 5 }), mostExtra: 0.01, share: 0.12 },
  { name: 'four children', limits: limitedTo({ children: 4 }), mostExtra: 0.02, share: 0.12 },
  { name: 'six pages a move', limits: limitedTo({ nodesPerMove: 6 }), mostExtra: 0.1, share: 0.12 },
  {
    name: 'five levels, four children, six pages a move',
    limits: limitedTo({ depth: 5, children: 4, nodesPerMove: 6 }),
    mostExtra: 0.25,
    share: 0.22,
  },
];
