// `wikiform state …`: the commands that look after what wikiform remembers.

import type { Declaration } from '../declaration.ts';
import { declareStateForget } from './state-forget.ts';
import { declareStateList } from './state-list.ts';
import { declareStateLog } from './state-log.ts';
import { declareStateMigrate } from './state-migrate.ts';
import { declareStateShow } from './state-show.ts';
import { declareUnlock } from './state-unlock.ts';

export function declareState(program: Declaration): void {
  const state = program.group('state', 'look after what wikiform remembers');
  declareStateList(state);
  declareStateShow(state);
  declareStateForget(state);
  declareUnlock(state);
  declareStateLog(state);
  declareStateMigrate(state);
}
