import { test } from 'vitest';
import { renderPlanTree } from '../../src/render/plan-tree.ts';
import { plainStyle } from '../../src/render/style.ts';
import { desiredTree, liveOf, liveTree, planOf, stateOf } from '../fixture.ts';
const show = (input: any, width = 100, full = false) => { const { plan, match } = planOf(input); console.log(renderPlanTree(plan, match, { style: plainStyle, width, full })); for (const d of plan.diagnostics) console.log(d.severity, d.code, d.detail); };
test('x', () => {
  const first = desiredTree({ handbook: { name: 'Engineering handbook', pages: ['Welcome', { title: 'Onboarding', children: ['Day one', { title: 'Equipment list', type: 'sheet' }, { title: 'Checklist for new people', copy: 'handbook/Templates/Checklist' }, { title: 'Security rules', shortcut: 'handbook/policies/Security' }] }, { title: 'Templates', children: ['Checklist'] }, { title: 'Policies', key: 'policies', children: ['Security'] }] } });
  show({ desired: first });
  const before = desiredTree({ handbook: { name: 'Engineering handbook', pages: ['Welcome', { title: 'Onboarding', children: ['Day one', 'Raodmap'] }, { title: 'Planning', children: [{ title: 'Apollo', children: ['Goals', 'Risks'] }, 'Roadmap', 'Budget', 'Old ideas'] }, { title: 'Old', children: ['A', 'B', 'C'] }, 'Archive'] }, other: ['One', 'Two'] });
  const after = desiredTree({ handbook: { name: 'Engineering handbook', onRemove: {archive: 'handbook/Archive' as any}, pages: ['Welcome', { title: 'Onboarding', children: ['Day one', {title: 'Roadmap of all', key: 'Raodmap'}, { title: 'Apollo', children: ['Goals', 'Risks', 'Team'] }] }, { title: 'Planning', children: [{title: 'Roadmap 2027', movedFrom: 'handbook/Planning/Roadmap'}, 'Budget', {title: 'Copy', copy: 'handbook/Welcome'}] }, 'B', 'Archive'] }, other: ['One', 'Two'] });
  for (const width of [100, 60, 40]) show({ desired: after, state: stateOf(before), live: liveOf(before) }, width);
  show({ desired: after, state: stateOf(before), live: liveOf(before) }, 100, true);
  show({ desired: before, state: stateOf(before), live: liveOf(before) });
  show({ desired: before, live: liveTree({handbook: ['Welcome', 'Extra'], other: ['One', 'Two']}) });
  const drift = liveTree({ 'Engineering handbook': [], handbook: ['Welcome', {title:'On-boarding', was: 'handbook/Onboarding', children: ['Raodmap', {title: 'Old', was: 'handbook/Old', children: ['A', 'B', 'C']}]}, {title: 'Planning', children: ['Apollo', 'Roadmap', 'Old ideas', 'Extra']}, 'Archive'], other: ['One','Two'] }, {gone: ['handbook/Onboarding/Day one', 'handbook/Planning/Apollo/Goals', 'handbook/Planning/Apollo/Risks'], hidden: ['handbook/Planning/Budget']});
  show({ desired: before, state: stateOf(before), live: drift, protect: ['handbook/Old/**'] });
});
