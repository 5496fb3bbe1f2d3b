// The wiki as it was seen at one time, to be planned against later without a call.

import type { Identity, VendorKind } from './capability.ts';
import type { LiveTree } from './live.ts';

export interface Snapshot {
  readonly provider: VendorKind;
  /** As whom it was taken: another identity sees another tree. */
  readonly identity: Identity;
  /** Whose credentials were at hand. */
  readonly identities: readonly Identity[];
  /** Calls that listing all spaces took; `undefined` where they were not listed. */
  readonly spacePages: number | undefined;
  readonly live: LiveTree;
}
