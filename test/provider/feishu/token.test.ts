import { describe, expect, test } from 'vitest';
import { AppToken, type IssuedToken } from '../../../src/provider/http/app-token.ts';
import { nodeId } from '../../../src/tree/identifier.ts';
import { VirtualClock } from '../../clock.ts';
import { inTurn, type Reply } from '../stand-in.ts';
import { appSecret, issue, isTokenCall, node, ok, open, refuse } from './open.ts';

const getNode = { kind: 'get-node', node: nodeId('n') } as const;

function issuer(lifetimeMs: number) {
  const clock = new VirtualClock();
  let issued = 0;
  const tokens = new AppToken(async (): Promise<IssuedToken> => {
    issued += 1;
    return { token: `t-${issued}`, lifetimeMs };
  }, clock);
  return { clock, tokens };
}

describe('the tenant token', () => {
  test('is fetched once for all who need it', async () => {
    const { tokens } = issuer(7_200_000);
    expect(await Promise.all([tokens.get(), tokens.get(), tokens.get()])).toEqual(['t-1', 't-1', 't-1']);
    expect(await tokens.get()).toBe('t-1');
  });

  test('is renewed three minutes before it ends', async () => {
    const { clock, tokens } = issuer(7_200_000);
    await tokens.get();
    await clock.advance(7_020_000 - 1);
    expect(await tokens.get()).toBe('t-1');
    await clock.advance(1);
    expect(await tokens.get()).toBe('t-2');
  });

  test('of a very short life is still used', async () => {
    const { clock, tokens } = issuer(2000);
    await tokens.get();
    await clock.advance(999);
    expect(await tokens.get()).toBe('t-1');
  });

  test('is discarded only if it is still the current one', async () => {
    const { tokens } = issuer(7_200_000);
    tokens.discard(await tokens.get());
    expect(await tokens.get()).toBe('t-2');
    tokens.discard('t-1');
    expect(await tokens.get()).toBe('t-2');
  });

  test('that could not be fetched is asked for again by the next call', async () => {
    const clock = new VirtualClock();
    let calls = 0;
    const tokens = new AppToken(async () => {
      calls += 1;
      if (calls === 1) throw new Error('down');
      return { token: 't', lifetimeMs: 1000 };
    }, clock);
    await expect(tokens.get()).rejects.toThrow('down');
    expect(await tokens.get()).toBe('t');
  });
});

describe('a call', () => {
  test('asks for the token as the vendor documents it', async () => {
    const { provider, asked } = await open(() => ok({ node: node('n') }));
    await Promise.all([provider.read(getNode), provider.read(getNode)]);
    expect(asked.filter(isTokenCall)).toMatchObject([
      {
        method: 'POST',
        path: '/open-apis/auth/v3/tenant_access_token/internal',
        body: { app_id: 'cli_a', app_secret: appSecret },
      },
    ]);
  });

  test('refused because of its token is made once more with a new one, a write too', async () => {
    let issued = 0;
    const tokens = (): Reply => {
      issued += 1;
      return issue(`t-${issued}`);
    };
    const replies = inTurn(refuse(99991663), ok({ node: node('n') }));
    const { provider, wikiCalls } = await open(replies, { tokens });
    await provider.perform({
      kind: 'move-node',
      node: getNode.node,
      space: node('n').space_id as never,
      targetSpace: 's2' as never,
      targetParent: null,
    });
    expect(wikiCalls().map(({ headers }) => headers.authorization)).toEqual(['Bearer t-1', 'Bearer t-2']);
  });

  test('refused again is not made a third time', async () => {
    const { provider, wikiCalls } = await open(() => refuse(99991663));
    await expect(provider.read(getNode)).rejects.toMatchObject({ kind: 'unauthenticated', sent: 'no' });
    expect(wikiCalls()).toHaveLength(2);
  });

  test.each([10003, 10014, 99991543])('with a wrong app secret (%i) says which variables', async (code) => {
    const tokens = (): Reply => ({ status: 200, json: { code, msg: 'app secret invalid' } });
    const { provider, wikiCalls } = await open(() => ok({}), { tokens });
    await expect(provider.read(getNode)).rejects.toMatchObject({
      kind: 'unauthenticated',
      endpoint: 'tenant-token',
      sent: 'no',
      help: expect.stringContaining('FEISHU_APP_ID and FEISHU_APP_SECRET'),
    });
    expect(wikiCalls()).toEqual([]);
  });

  test.each([
    ['no token', { json: { code: 0, expire: 7200 } }, 'tenant_access_token is missing'],
    ['no end', { json: { code: 0, tenant_access_token: 't' } }, 'expire is not a number of seconds'],
  ] as const)('whose token answer has %s is refused', async (_, reply, message) => {
    const { provider } = await open(() => ok({}), { tokens: () => reply });
    await expect(provider.read(getNode)).rejects.toMatchObject({
      kind: 'malformed',
      message: expect.stringContaining(message),
    });
  });

  test('whose token call is in trouble waits for it', async () => {
    const tokens = inTurn({ cut: 'before' }, { status: 429, text: '' }, issue());
    const { provider } = await open(() => ok({ node: node('n') }), { tokens });
    await provider.read(getNode);
    expect(provider.calls().byEndpoint).toEqual({ 'get-node': 1, 'tenant-token': 3 });
  });

  test('stopped while it waits for a token was not sent', async () => {
    const stop = new AbortController();
    const { provider, wikiCalls } = await open(() => ok({}), {
      tokens: () => {
        stop.abort();
        return { silence: true };
      },
    });
    await expect(provider.read(getNode, stop.signal)).rejects.toMatchObject({ kind: 'aborted', sent: 'no' });
    expect(wikiCalls()).toEqual([]);
  });
});
