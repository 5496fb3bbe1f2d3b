import { expect, test } from 'vitest';
import { renderStepList } from '../../src/render/step-list.ts';
import { plainStyle } from '../../src/render/style.ts';
import { desiredTree, liveOf, type PlanningInput, planOf, stateOf } from '../fixture.ts';

const list = (input: PlanningInput, width = 100): string =>
  renderStepList(planOf(input).plan, { style: plainStyle, width });

const before = desiredTree({ handbook: ['Rules', { title: 'Planning', children: ['Apollo', '阿波罗'] }] });
const desired = desiredTree({
  handbook: [
    { title: 'Rules!', key: 'Rules' },
    { title: 'Onboarding', children: ['Apollo', { title: 'Rules for all', shortcut: 'handbook/Rules' }] },
    { title: 'Planning', children: ['阿波罗', { title: 'Copied', copy: 'handbook/Onboarding' }] },
  ],
});
const input = { desired, state: stateOf(before), live: liveOf(before) };

test('steps stand in order, with what they wait for', () => {
  expect(list(input)).toMatchInlineSnapshot(`
    "s0  ~ handbook/Rules                     title was "Rules"
    s1  + handbook/Onboarding                declared
    s2  → handbook/Onboarding/Apollo         moved from handbook/Planning  (inferred)  after s1
    s3  + handbook/Onboarding/Rules for all  declared  after s1
    s4  ⧉ handbook/Planning/Copied           copy of handbook/Onboarding  after s1"
  `);
});

test('where room is short, reasons give way', () => {
  expect(list(input, 60)).toMatchInlineSnapshot(`
    "s0  ~ handbook/Rules                  title was "Rules"
    s1  + handbook/Onboarding             declared
    s2  → handbook/Onboarding/Apollo      (inferred)  after s1
    s3  + handbook/Onboarding/Rules for all  declared  after s1
    s4  ⧉ handbook/Planning/Copied        copy of han…  after s1"
  `);
});

test('no steps, no lines', () => {
  expect(list({ desired: before, state: stateOf(before), live: liveOf(before) })).toBe('');
});
