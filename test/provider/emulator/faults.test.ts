import { describe, expect, test } from 'vitest';
import { createFaults, type FaultPlan } from '../../../src/provider/emulator/faults.ts';

const plan: FaultPlan = {
  seed: 7,
  chances: [
    { probability: 0.2, fault: { kind: 'contention' }, endpoints: ['create-node'] },
    { probability: 0.1, fault: { kind: 'cut', effect: true } },
  ],
};

/** The kinds of fault that so many calls to one endpoint meet. */
function met(of: FaultPlan, endpoint: string, calls: number): (string | undefined)[] {
  const faults = createFaults(of);
  return Array.from({ length: calls }, () => faults.next(endpoint)?.kind);
}

describe('chance', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(met(plan, 'create-node', 200)).toEqual(met(plan, 'create-node', 200));
    expect(met(plan, 'create-node', 200)).not.toEqual(met({ ...plan, seed: 8 }, 'create-node', 200));
  });

  test('does not depend on calls to other endpoints', () => {
    const faults = createFaults(plan);
    const mixed = Array.from({ length: 200 }, () => {
      faults.next('list-nodes');
      return faults.next('create-node')?.kind;
    });
    expect(mixed).toEqual(met(plan, 'create-node', 200));
  });

  test('keeps to its probabilities and endpoints', () => {
    const creating = met(plan, 'create-node', 10_000);
    const share = (kinds: (string | undefined)[], kind: string) =>
      kinds.filter((other) => other === kind).length / kinds.length;
    expect(share(creating, 'contention')).toBeCloseTo(0.2, 1);
    expect(share(creating, 'cut')).toBeCloseTo(0.1, 1);
    expect(share(met(plan, 'list-nodes', 10_000), 'contention')).toBe(0);
  });

  test('always strikes at 1 and never at 0', () => {
    const always: FaultPlan = { seed: 1, chances: [{ probability: 1, fault: { kind: 'rate' } }] };
    expect(new Set(met(always, 'get-node', 100))).toEqual(new Set(['rate']));
    const never: FaultPlan = { seed: 1, chances: [{ probability: 0, fault: { kind: 'rate' } }] };
    expect(new Set(met(never, 'get-node', 100))).toEqual(new Set([undefined]));
  });
});

test('a script names single calls, and goes before chance', () => {
  const scripted: FaultPlan = {
    seed: 1,
    chances: [{ probability: 1, fault: { kind: 'contention' }, endpoints: ['copy-node'] }],
    script: [
      { endpoint: 'create-node', nth: 2, fault: { kind: 'half-json' } },
      { endpoint: 'copy-node', nth: 1, fault: { kind: 'expired-token' } },
    ],
  };
  expect(met(scripted, 'create-node', 3)).toEqual([undefined, 'half-json', undefined]);
  expect(met(scripted, 'copy-node', 2)).toEqual(['expired-token', 'contention']);
});
