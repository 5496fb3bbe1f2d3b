// Ends of an apply, made of a plan and of what became of some of its steps.

import type { ApplyResult } from '../../src/apply/apply.ts';
import type { StepError, StepResult, StepStatus } from '../../src/apply/event.ts';
import type { ApplyEnd } from '../../src/render/apply-json.ts';
import type { Plan } from '../../src/schedule/plan.ts';

export const refusal: StepError = {
  message: 'The vendor refuses to create a page below handbook: no permission.',
  help: 'Make the app a member of the space with the right to edit.',
  vendorCode: 131006,
  requestId: '2026010112000001',
};

/** Every step is done, but for those named by their id. */
export function endOf(
  plan: Plan,
  others: Readonly<Record<string, { status: StepStatus; error?: StepError }>> = {},
  stopped?: ApplyResult['stopped'],
): ApplyEnd {
  const steps = plan.steps.map((step): StepResult => {
    const { status, error } = others[step.id] ?? { status: step.blocked === undefined ? 'done' : 'blocked' };
    return { step, status, error };
  });
  return {
    plan,
    result: { steps, stopped },
    calls: { total: 27, byEndpoint: { 'list-nodes': 9, 'create-node': 18 } },
    seconds: 13.4,
    diagnostics: plan.diagnostics,
  };
}
