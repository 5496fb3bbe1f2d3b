import { describe, expect, test } from 'vitest';
import type { Operation } from '../../../src/provider/provider.ts';
import { nodeId, spaceId } from '../../../src/tree/identifier.ts';
import { inTurn, type Reply } from '../stand-in.ts';
import { app, node, ok, open, refuse, space, tenantToken, user, userToken } from './open.ts';

const s1 = spaceId('s1');
const s2 = spaceId('s2');
const create: Operation = {
  kind: 'create-node',
  space: s1,
  parent: null,
  title: 'Day one',
  type: 'docx',
  origin: null,
};
const copy: Operation = {
  kind: 'copy-node',
  node: nodeId('n'),
  space: s1,
  targetSpace: s2,
  targetParent: nodeId('p'),
  title: '',
};
const move: Operation = {
  kind: 'move-node',
  node: nodeId('n'),
  space: s1,
  targetSpace: s2,
  targetParent: null,
};

describe('what is sent', () => {
  const cases: [Operation, string, unknown][] = [
    [create, '/s1/nodes', { obj_type: 'docx', node_type: 'origin', title: 'Day one' }],
    [
      { ...create, parent: nodeId('p'), origin: nodeId('o') },
      '/s1/nodes',
      {
        obj_type: 'docx',
        node_type: 'shortcut',
        parent_node_token: 'p',
        origin_node_token: 'o',
        title: 'Day one',
      },
    ],
    [copy, '/s1/nodes/n/copy', { target_space_id: 's2', target_parent_token: 'p', title: '' }],
    [move, '/s1/nodes/n/move', { target_space_id: 's2' }],
    [
      { ...move, targetParent: nodeId('p') },
      '/s1/nodes/n/move',
      { target_space_id: 's2', target_parent_token: 'p' },
    ],
  ];

  test.each(cases)('%j', async (operation, path, body) => {
    const { provider, wikiCalls } = await open(() => ok({ node: node('new', { title: '' }) }));
    const outcome = await provider.perform(operation);
    expect(outcome).toMatchObject({ kind: 'node', node: { id: 'new' } });
    expect(wikiCalls()).toMatchObject([{ method: 'POST', path: `/open-apis/wiki/v2/spaces${path}`, body }]);
    expect(wikiCalls()[0]?.headers.authorization).toBe(`Bearer ${tenantToken}`);
  });

  test('a new name', async () => {
    const { provider, wikiCalls } = await open(() => ok({}));
    const outcome = await provider.perform({
      kind: 'rename-node',
      node: nodeId('n'),
      space: s1,
      title: 'B/C',
    });
    expect(outcome).toEqual({ kind: 'renamed' });
    expect(wikiCalls()).toMatchObject([
      { path: '/open-apis/wiki/v2/spaces/s1/nodes/n/update_title', body: { title: 'B/C' } },
    ]);
  });

  test('a new space, as the user, whatever the run is', async () => {
    const { provider, asked } = await open(() => ok({ space: space('9') }));
    const outcome = await provider.perform({
      kind: 'create-space',
      name: 'N',
      description: undefined,
      sharing: 'closed',
    });
    expect(outcome).toMatchObject({ kind: 'space', space: { id: '9' } });
    expect(asked).toMatchObject([
      { path: '/open-apis/wiki/v2/spaces', body: { name: 'N', open_sharing: 'closed' } },
    ]);
    expect(asked[0]?.headers.authorization).toBe(`Bearer ${userToken}`);
  });
});

describe('the title of a new page', () => {
  const shortcut = { node_type: 'shortcut', origin_node_token: 'o' };

  test('is taken as asked for where the answer does not show one', async () => {
    const { provider, wikiCalls } = await open(() => ok({ node: node('new', { title: '' }) }));
    expect(await provider.perform(create)).toMatchObject({ node: { title: 'Day one' } });
    expect(wikiCalls()).toHaveLength(1);
  });

  test('is set where the answer shows another that can be written', async () => {
    const made = node('new', { title: 'Origin', ...shortcut, obj_type: 'sheet' });
    const { provider, wikiCalls } = await open(inTurn(ok({ node: made }), ok({})));
    const outcome = await provider.perform({ ...create, origin: nodeId('o') });
    expect(outcome).toMatchObject({ node: { id: 'new', title: 'Day one' } });
    expect(wikiCalls()[1]).toMatchObject({
      path: '/open-apis/wiki/v2/spaces/s1/nodes/new/update_title',
      body: { title: 'Day one' },
    });
  });

  test('stays where no call can write it', async () => {
    const made = node('new', { title: 'Sheet 1', obj_type: 'sheet' });
    const { provider, wikiCalls } = await open(() => ok({ node: made }));
    expect(await provider.perform({ ...create, type: 'sheet' })).toMatchObject({
      node: { title: 'Sheet 1' },
    });
    expect(wikiCalls()).toHaveLength(1);
  });

  test('that cannot be set does not lose the page', async () => {
    const made = ok({ node: node('new', { title: 'Other' }) });
    const { provider } = await open(inTurn(made, refuse(131006)));
    expect(await provider.perform(create)).toMatchObject({ node: { id: 'new', title: 'Other' } });
  });
});

describe('a write that failed', () => {
  const troubles: [string, Reply, object][] = [
    ['lost connection', { cut: 'before' }, { kind: 'unavailable', sent: 'unknown' }],
    ['half an answer', { cut: 'middle' }, { kind: 'unavailable', sent: 'unknown' }],
    ['HTML', { text: '<html>' }, { kind: 'malformed', sent: 'unknown', httpStatus: 200 }],
    ['rpc failure', refuse(131001), { kind: 'unavailable', sent: 'unknown' }],
    ['gateway', { status: 504, text: '' }, { kind: 'unavailable', sent: 'unknown' }],
    ['internal error', refuse(131007, { status: 500 }), { kind: 'unavailable', sent: 'unknown' }],
    ['unknown code', refuse(987654), { kind: 'invalid', sent: 'unknown', vendorCode: 987654 }],
    ['limit', refuse(131003), { kind: 'limit', sent: 'no' }],
    ['quota', refuse(99991403, { status: 429 }), { kind: 'quota', sent: 'no' }],
    ['stranger', { status: 403, text: 'go away' }, { kind: 'malformed', sent: 'no' }],
    ['odd answer', ok({ node: { node_token: 7 } }), { kind: 'malformed', sent: 'yes' }],
    ['no data', { json: { code: 0 } }, { kind: 'malformed', sent: 'yes' }],
  ];

  test.each(troubles)('%s: is sent once, and says what is known', async (_, trouble, expected) => {
    const { provider, wikiCalls } = await open(() => trouble);
    await expect(provider.perform(create)).rejects.toMatchObject({ endpoint: 'create-node', ...expected });
    expect(wikiCalls()).toHaveLength(1);
  });

  test('names the odd field', async () => {
    const { provider } = await open(() => ok({ node: node('x', { space_id: 70345 }) }));
    await expect(provider.perform(create)).rejects.toThrow(
      'create-node: the answer is odd: node.space_id is not a text but of type number',
    );
  });

  test('is cut when it hangs, and is in doubt', async () => {
    let heard = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      heard = resolve;
    });
    const { provider, clock } = await open(() => {
      heard();
      return { silence: true };
    });
    const performed = expect(provider.perform(create)).rejects.toMatchObject({
      kind: 'unavailable',
      sent: 'unknown',
      message: expect.stringContaining('did not answer within 120 s'),
    });
    await asked;
    await clock.advance(120_000);
    await performed;
  });
});

describe('a write that is known not to have happened is sent again', () => {
  test('after contention, backing off', async () => {
    const busy = refuse(131009);
    const { provider, events } = await open(
      inTurn(busy, busy, busy, busy, busy, ok({ node: node('n', { title: '' }) })),
    );
    await provider.perform(create);
    const waiting = events.filter((event) => event.kind === 'waiting');
    expect(waiting.map(({ waitMs, reason }) => [waitMs, reason])).toEqual([
      [250, 'contention'],
      [500, 'contention'],
      [1000, 'contention'],
      [2000, 'contention'],
      [2000, 'contention'],
    ]);
  });

  const slow: [string, Reply, number][] = [
    ['x-ogw-ratelimit-reset', { ...refuse(99991400), headers: { 'x-ogw-ratelimit-reset': '7' } }, 7000],
    ['Retry-After', { status: 429, headers: { 'retry-after': '9' }, text: 'slow down' }, 9000],
    ['nothing', { status: 429, text: '' }, 1000],
  ];

  test.each(slow)('over the rate, as %s says', async (_, trouble, waitMs) => {
    const { provider, events, clock } = await open(inTurn(trouble, ok({ node: node('n', { title: '' }) })));
    await provider.perform(create);
    expect(events).toContainEqual({
      kind: 'waiting',
      endpoint: 'create-node',
      waitMs,
      reason: 'slowed-down',
    });
    expect(clock.monotonicMs()).toBe(waitMs);
    expect(provider.calls().byEndpoint['create-node']).toBe(2);
  });

  test('but a wait beyond all patience ends it', async () => {
    const trouble = { ...refuse(99991400), headers: { 'x-ogw-ratelimit-reset': '500' } };
    const { provider, wikiCalls } = await open(() => trouble);
    await expect(provider.perform(create)).rejects.toMatchObject({
      kind: 'rate',
      sent: 'no',
      retryAfterMs: 500_000,
    });
    expect(wikiCalls()).toHaveLength(1);
  });
});

describe('identity', () => {
  test('missing for a call that only the user may make is refused before anything is sent', async () => {
    const { provider, asked } = await open(() => ok({}), { credentials: app });
    const operation: Operation = {
      kind: 'create-space',
      name: 'N',
      description: undefined,
      sharing: undefined,
    };
    await expect(provider.perform(operation)).rejects.toMatchObject({
      kind: 'forbidden',
      sent: 'no',
      help: 'run wikiform login, or set FEISHU_USER_ACCESS_TOKEN',
    });
    expect(asked).toEqual([]);
    expect([...provider.identities]).toEqual(['app']);
  });

  test('whose credentials are missing is not exchanged for another', async () => {
    const { provider, asked } = await open(() => ok({}), { credentials: user });
    await expect(provider.perform(create)).rejects.toMatchObject({
      kind: 'unauthenticated',
      help: 'set FEISHU_APP_ID and FEISHU_APP_SECRET',
    });
    expect(asked).toEqual([]);
  });

  test('of the user asks for no tenant token', async () => {
    const { provider, asked } = await open(() => ok({ node: node('n', { title: '' }) }), {
      identity: 'user',
    });
    await provider.perform(create);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.headers.authorization).toBe(`Bearer ${userToken}`);
    expect([...provider.identities]).toEqual(['app', 'user']);
  });

  test('of a user whose token has ended says to log in', async () => {
    for (const code of [99991668, 99991677]) {
      const { provider, asked } = await open(() => refuse(code), { identity: 'user' });
      await expect(provider.perform(create)).rejects.toMatchObject({
        kind: 'unauthenticated',
        sent: 'no',
        help: expect.stringContaining('FEISHU_USER_ACCESS_TOKEN'),
      });
      expect(asked).toHaveLength(1);
    }
  });
});
