// A ref that cannot be had from where wikiform runs: outside a checkout, without Git, without the remote.
// A plan may do without it, where a base stands in; all else is told what is missing.

import type { Diagnostic } from '../../diagnostic/diagnostic.ts';
import { DiagnosticError } from '../../diagnostic/diagnostic-error.ts';
import { StateWriteError } from '../state-store.ts';
import type { Store } from '../store.ts';
import { nameOfPlace, type RefPlace } from './trouble.ts';

export function outOfReach(place: RefPlace & { readonly folder: string }, why: Diagnostic): Store {
  const refuse = (): Promise<never> => Promise.reject(new StateWriteError(why, undefined));
  const fail = (): Promise<never> => Promise.reject(new DiagnosticError(why));
  return {
    name: nameOfPlace(place),
    localPath: undefined,
    load: () => Promise.resolve({ kind: 'unreachable', diagnostic: why }),
    save: refuse,
    begin: refuse,
    leases: {
      acquire: () => Promise.resolve({ kind: 'refused', diagnostic: why }),
      holders: fail,
      break: fail,
    },
    history: { log: fail, at: fail },
    close: () => Promise.resolve(),
  };
}
