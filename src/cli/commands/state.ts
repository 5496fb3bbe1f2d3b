// `wikiform state …`: the commands that look after what wikiform remembers.

import type { Declaration } from '../declaration.ts';
import { declareUnlock } from './state-unlock.ts';

export function declareState(program: Declaration): void {
  const state = program.group('state', 'look after what wikiform remembers');
  declareUnlock(state);
}
