// The store in files: the state, beside it its journal and its lease. One lease is for all spaces.

import { type LeaseFileOptions, leaseFile } from './lease-file.ts';
import { stateFile } from './state-file.ts';
import type { Store } from './store.ts';

export function fileStore(options: LeaseFileOptions): Store {
  const { statePath } = options;
  return {
    ...stateFile(statePath),
    leases: leaseFile(options),
    localPath: statePath,
    history: undefined,
    close: () => Promise.resolve(),
  };
}
