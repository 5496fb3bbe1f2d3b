import { describe, expect, test } from 'vitest';
import type { ProviderError } from '../../../src/provider/provider-error.ts';
import { nodeId, spaceId } from '../../../src/tree/identifier.ts';
import { errorOf, open, refuse } from './open.ts';

/** Every documented code, what it means, and what is known about a write that met it. */
const codes: [number, ProviderError['kind'], ProviderError['sent']][] = [
  [9499, 'invalid', 'no'],
  [10003, 'unauthenticated', 'no'],
  [10014, 'unauthenticated', 'no'],
  [131001, 'unavailable', 'unknown'],
  [131002, 'invalid', 'no'],
  [131003, 'limit', 'no'],
  [131004, 'unauthenticated', 'no'],
  [131005, 'not-found', 'no'],
  [131006, 'forbidden', 'no'],
  [131007, 'unavailable', 'unknown'],
  [131008, 'invalid', 'no'],
  [131009, 'contention', 'no'],
  [131010, 'invalid', 'no'],
  [131011, 'forbidden', 'no'],
  [131012, 'not-found', 'no'],
  [131013, 'invalid', 'no'],
  [131014, 'invalid', 'no'],
  [131016, 'invalid', 'no'],
  [131101, 'invalid', 'no'],
  [99991400, 'rate', 'no'],
  [99991401, 'unauthenticated', 'no'],
  [99991403, 'quota', 'no'],
  [99991543, 'unauthenticated', 'no'],
  [99991661, 'unauthenticated', 'no'],
  [99991663, 'unauthenticated', 'no'],
  [99991664, 'unauthenticated', 'no'],
  [99991665, 'unauthenticated', 'no'],
  [99991668, 'unauthenticated', 'no'],
  [99991669, 'unauthenticated', 'no'],
  [99991671, 'unauthenticated', 'no'],
  [99991672, 'unauthenticated', 'no'],
  [99991673, 'unauthenticated', 'no'],
  [99991676, 'unauthenticated', 'no'],
  [99991677, 'unauthenticated', 'no'],
  [99991679, 'unauthenticated', 'no'],
  [99992402, 'invalid', 'no'],
  [424242, 'invalid', 'unknown'],
];

const move = {
  kind: 'move-node',
  node: nodeId('n'),
  space: spaceId('s1'),
  targetSpace: spaceId('s1'),
  targetParent: null,
} as const;

test.each(codes)('%i is %s, and a write has happened: %s', async (code, kind, sent) => {
  const { provider } = await open(() => refuse(code));
  const error = await errorOf(provider.perform(move));
  expect(error).toMatchObject({ kind, sent, vendorCode: code, endpoint: 'move-node', requestId: 'log-7' });
  expect(error.message).toContain(`Feishu answered ${code} no ${code} (log id log-7)`);
  expect(JSON.stringify(error)).not.toContain('{PREFIX}');
});

describe('the message', () => {
  test('names the scope that is lacking', async () => {
    const body = {
      code: 99991679,
      msg: 'Unauthorized',
      error: { permission_violations: [{ type: 'action_privilege_required', subject: 'wiki:node:move' }, 7] },
    };
    const { provider } = await open(() => ({ status: 400, json: body }));
    const error = await errorOf(provider.perform(move));
    expect(error.message).toBe('move-node: Feishu answered 99991679 Unauthorized; wiki:node:move');
    expect(error).toMatchObject({
      help: expect.stringContaining('move-node needs one of wiki:node:move, wiki:wiki'),
    });
  });

  test('names the field that is refused', async () => {
    const error = { field_violations: [{ field: 'token', value: '', description: 'is required' }] };
    const { provider } = await open(() => ({ status: 400, json: { code: 99992402, msg: 'bad', error } }));
    expect((await errorOf(provider.perform(move))).message).toBe(
      'move-node: Feishu answered 99992402 bad; token is required',
    );
  });

  test('says what stood in the place of an answer', async () => {
    const { provider } = await open(() => ({ status: 404, text: '<html>' }));
    const error = await errorOf(provider.perform(move));
    expect(error.message).toBe(
      'move-node: answered HTTP 404 with 6 bytes (text/html), which is not what the API answers',
    );
    expect(error).toMatchObject({ help: expect.stringContaining('`baseUrl`') });
  });

  test.each([
    ['a list', []],
    ['null', null],
    ['a text', 'ok'],
    ['no code', { msg: 'ok' }],
    ['a code in text', { code: '0' }],
  ])('takes %s for no answer', async (_, json) => {
    const { provider } = await open(() => ({ json }));
    expect(await errorOf(provider.perform(move))).toMatchObject({ kind: 'malformed', sent: 'unknown' });
  });
});
