import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type AccountedStatus,
  parseAccount,
  printAccount,
  type SignedAccount,
} from '../../src/state/account.ts';

const account: SignedAccount = {
  command: 'wikiform apply',
  who: 'Ann on ci-7',
  manifest: '0123abcd',
  isChanged: true,
  plan: 'sha256:feed',
  spaces: ['handbook', 'people\\/places'],
  steps: [
    { status: 'done', kind: 'create-node', address: 'handbook/Say "hi"\n' },
    { status: 'failed', kind: 'move-node', address: 'handbook/X', error: 'code 131003: "full"' },
    { status: 'found', kind: 'create-node', address: 'handbook/Y' },
  ],
};

test('is read back as it was written, and is plain in git log', () => {
  const text = printAccount(account);
  expect(parseAccount(text)).toEqual(account);
  expect(text.split('\n')[0]).toBe('wikiform apply: 1 done, 1 found, 1 failed');
  expect(text).toContain('Manifest: 0123abcd and changes that are not committed\n');
});

test('whatever the addresses and errors hold', () => {
  const step = fc.record({
    status: fc.constantFrom<AccountedStatus>('done', 'failed', 'unknown', 'found'),
    kind: fc.constantFrom('create-node', 'move-node'),
    address: fc.string(),
    error: fc.string(),
  });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const written = { ...account, manifest: undefined, isChanged: false, plan: undefined, steps };
      expect(parseAccount(printAccount(written))).toEqual(written);
    }),
  );
});

test('a commit that wikiform did not make has none', () => {
  expect(parseAccount('Put things back\n\nby hand\n')).toBeUndefined();
  expect(parseAccount('')).toBeUndefined();
});
