// What an apply gives account of, for the audit trail: what an earlier run had done without knowing, and how
// each of its own steps ended.

import type { StepResult } from '../apply/event.ts';
import type { Account, AccountedStep } from '../state/account.ts';
import type { Recovered } from '../survey/recovery.ts';
import type { Planned } from './planning.ts';

export function accountOfApply(
  { plan, findings }: Pick<Planned, 'plan' | 'findings'>,
  results: readonly StepResult[],
): Account {
  return {
    command: 'wikiform apply',
    plan: plan.digest,
    steps: [...findings.flatMap(found), ...results.flatMap(ended)],
  };
}

function found({ intent: { address }, finding }: Recovered): readonly AccountedStep[] {
  if (finding.kind !== 'node' && finding.kind !== 'space') return [];
  return [{ status: 'found', kind: finding.kind === 'node' ? 'create-node' : 'create-space', address }];
}

function ended({ step: { kind, address }, status, error }: StepResult): readonly AccountedStep[] {
  if (status !== 'done' && status !== 'failed' && status !== 'unknown') return [];
  return [{ status, kind, address, ...(error === undefined ? {} : { error: error.message }) }];
}
