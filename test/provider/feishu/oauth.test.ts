// A login as the provider uses it: handed out, renewed, renewed once, and never seen.

import { describe, expect, onTestFinished, test } from 'vitest';
import { createOAuth } from '../../../src/provider/emulator/oauth.ts';
import { authorizeUrl } from '../../../src/provider/feishu/oauth.ts';
import type { Login, LoginKeeper } from '../../../src/provider/login.ts';
import { createAuthorizer } from '../../../src/provider/registry.ts';
import { VirtualClock } from '../../clock.ts';
import { type Asked, type Reply, startStandIn } from '../stand-in.ts';
import { app, appSecret, errorOf, ok, open, refuse } from './open.ts';

const readSpaces = { kind: 'list-spaces' } as const;
const noSpaces = ok({ items: [], has_more: false });
const hourMs = 3_600_000;

const isRenewal = ({ path }: Asked): boolean => path.includes('/authen/v2/oauth/token');

const login = (clock: { wallMs(): number }, parts: Partial<Login> = {}): Login => ({
  accessToken: 'eyJ-access-canary',
  accessUntilMs: clock.wallMs() + 2 * hourMs,
  refreshToken: 'eyJ-refresh-canary',
  refreshUntilMs: clock.wallMs() + 100 * hourMs,
  scopes: ['wiki:wiki', 'offline_access'],
  person: undefined,
  ...parts,
});

/** Keeps a login in memory; whoever works alone waits for those before. */
function memory(
  kept: Login | undefined,
): LoginKeeper & { kept: () => Login | undefined; saves: () => number } {
  let current = kept;
  let saves = 0;
  let last: Promise<unknown> = Promise.resolve();
  return {
    kept: () => current,
    saves: () => saves,
    load: async () => current,
    save: async (renewed) => {
      current = renewed;
      saves += 1;
    },
    alone(work) {
      const turn = last.then(work);
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}

const renewed = (token: string, refresh: string): Reply => ({
  json: {
    code: 0,
    access_token: token,
    expires_in: 7200,
    refresh_token: refresh,
    refresh_token_expires_in: 604_800,
    scope: 'wiki:wiki offline_access',
    token_type: 'Bearer',
  },
});

/** A provider that works as whoever is logged in. */
async function openAs(keeper: LoginKeeper, reply: (asked: Asked) => Reply) {
  return open(reply, { identity: 'user', credentials: app, keeper });
}

/** What is kept of a login that ends in so many milliseconds. */
const endingIn = (leftMs: number, parts: Partial<Login> = {}): Login => {
  const clock = new VirtualClock();
  return login(clock, { accessUntilMs: clock.wallMs() + leftMs, ...parts });
};

const tokensOf = (asked: readonly Asked[]): unknown[] =>
  asked.filter((one) => !isRenewal(one)).map(({ headers }) => headers.authorization);

describe('a login', () => {
  test('is used as it is while it is good', async () => {
    const keeper = memory(endingIn(2 * hourMs));
    const { provider, asked } = await openAs(keeper, () => noSpaces);
    expect(provider.identities).toEqual(new Set(['app', 'user']));
    await provider.read(readSpaces);
    expect(tokensOf(asked)).toEqual(['Bearer eyJ-access-canary']);
    expect(asked.filter(isRenewal)).toEqual([]);
  });

  test('is renewed before it ends, once for all who need it, and kept', async () => {
    const keeper = memory(endingIn(2 * 60_000));
    const { provider, asked } = await openAs(keeper, (one) =>
      isRenewal(one) ? renewed('eyJ-second', 'eyJ-next') : noSpaces,
    );
    await Promise.all([provider.read(readSpaces), provider.read(readSpaces), provider.read(readSpaces)]);
    expect(asked.filter(isRenewal).map(({ body }) => body)).toEqual([
      {
        grant_type: 'refresh_token',
        refresh_token: 'eyJ-refresh-canary',
        client_id: 'cli_a',
        client_secret: appSecret,
      },
    ]);
    expect(new Set(tokensOf(asked))).toEqual(new Set(['Bearer eyJ-second']));
    expect(keeper.kept()).toMatchObject({ accessToken: 'eyJ-second', refreshToken: 'eyJ-next' });
  });

  test('that two runs share is renewed by one, and read by the other', async () => {
    const keeper = memory(endingIn(0));
    const reply = (one: Asked): Reply => (isRenewal(one) ? renewed('eyJ-second', 'eyJ-next') : noSpaces);
    const [one, other] = [await openAs(keeper, reply), await openAs(keeper, reply)];
    await Promise.all([one.provider.read(readSpaces), other.provider.read(readSpaces)]);
    expect([...one.asked, ...other.asked].filter(isRenewal)).toHaveLength(1);
    expect(keeper.saves()).toBe(1);
  });

  test.each([99991668, 99991677])(
    'that the vendor refuses with %i is renewed, and the call made again',
    async (code) => {
      const keeper = memory(endingIn(2 * hourMs));
      const { provider, asked } = await openAs(keeper, (one) => {
        if (isRenewal(one)) return renewed('eyJ-second', 'eyJ-next');
        return one.headers.authorization === 'Bearer eyJ-second' ? noSpaces : refuse(code);
      });
      await provider.read(readSpaces);
      expect(tokensOf(asked)).toEqual(['Bearer eyJ-access-canary', 'Bearer eyJ-second']);
    },
  );

  test('that is refused again and again is not renewed for ever', async () => {
    const keeper = memory(endingIn(2 * hourMs));
    const { provider, asked } = await openAs(keeper, (one) =>
      isRenewal(one) ? renewed('eyJ-second', 'eyJ-next') : refuse(99991668),
    );
    expect(await errorOf(provider.read(readSpaces))).toMatchObject({ kind: 'unauthenticated' });
    expect(asked.filter(isRenewal)).toHaveLength(1);
  });

  test.each([
    ['was used by a run that could not keep the answer', 20073],
    ['has expired', 20037],
    ['was taken back', 20064],
    ['is none', 20026],
  ])('whose refresh token %s has to be made again', async (_, code) => {
    const { provider } = await openAs(memory(endingIn(0)), (one) =>
      isRenewal(one)
        ? { status: 400, json: { code, error: 'invalid_grant', error_description: 'No.' } }
        : noSpaces,
    );
    const error = await errorOf(provider.read(readSpaces));
    expect(error).toMatchObject({ kind: 'unauthenticated', vendorCode: code });
    expect(error).toMatchObject({ help: expect.stringContaining('wikiform login') });
    expect(error.message).toContain('No.');
  });

  test.each([
    ['somebody logged out', undefined],
    ['it cannot be renewed', endingIn(-1, { refreshToken: undefined })],
    ['it is too late to renew it', endingIn(-1, { refreshUntilMs: Date.UTC(2025, 0, 1) })],
  ])('is over where %s: nothing is sent', async (_, kept) => {
    const { provider, asked } = await openAs(memory(kept), () => noSpaces);
    expect(await errorOf(provider.read(readSpaces))).toMatchObject({
      kind: 'unauthenticated',
      help: 'run wikiform login',
    });
    expect(asked).toEqual([]);
  });

  test('of which nobody knows whether it was renewed is not renewed again by itself', async () => {
    const { provider, asked } = await openAs(memory(endingIn(0)), (one) =>
      isRenewal(one) ? { status: 500, json: { code: 20050, error: 'server_error' } } : noSpaces,
    );
    expect(await errorOf(provider.read(readSpaces))).toMatchObject({ sent: 'unknown' });
    expect(asked.filter(isRenewal)).toHaveLength(1);
  });

  test('shows up in no message', async () => {
    const echo = 'eyJ-access-canary eyJ-refresh-canary app-secret-canary';
    const { provider, events } = await openAs(memory(endingIn(0)), () => ({
      status: 400,
      json: { code: 20001, error_description: echo },
    }));
    const error = await errorOf(provider.read(readSpaces));
    expect(JSON.stringify([error.message, error, events])).not.toMatch(/canary/);
    expect(error.message).toContain('[redacted] [redacted] [redacted]');
  });
});

describe('the way to a login', () => {
  const authorization = {
    redirectUri: 'http://127.0.0.1:18290/callback',
    state: 'st',
    verifier: 'v'.repeat(64),
    scopes: ['wiki:wiki', 'offline_access'],
  };

  test.each([
    ['https://open.feishu.cn', 'https://accounts.feishu.cn'],
    ['https://open.larksuite.com', 'https://accounts.larksuite.com'],
    ['https://open.feishu.example.com:8443', 'https://accounts.feishu.example.com:8443'],
    ['http://127.0.0.1:9', 'http://127.0.0.1:9'],
  ])('the page of %s is at %s', (baseUrl, page) => {
    const url = new URL(authorizeUrl(baseUrl, 'cli_a', authorization));
    expect(url.origin + url.pathname).toBe(`${page}/open-apis/authen/v1/authorize`);
    expect(Object.fromEntries(url.searchParams)).toEqual({
      client_id: 'cli_a',
      response_type: 'code',
      redirect_uri: authorization.redirectUri,
      scope: 'wiki:wiki offline_access',
      state: 'st',
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      code_challenge_method: 'S256',
    });
    expect(url.search).toContain('scope=wiki%3Awiki%20offline_access');
  });

  async function exchange(reply: (asked: Asked) => Reply) {
    const standIn = await startStandIn(reply);
    const authorizer = createAuthorizer('feishu', {
      baseUrl: standIn.url,
      appId: 'cli_a',
      appSecret,
      clock: new VirtualClock(),
      random: () => 0,
      callTimeoutMs: 1000,
    });
    onTestFinished(async () => {
      await authorizer?.close();
      await standIn.close();
    });
    return authorizer?.exchange('code-canary', authorization);
  }

  test('a code becomes a login, with the name of whose it is', async () => {
    const made = await exchange((one) =>
      isRenewal(one) ? renewed('eyJ-a', 'eyJ-r') : ok({ open_id: 'ou_1', name: 'N' }),
    );
    expect(made).toEqual({
      accessToken: 'eyJ-a',
      accessUntilMs: Date.UTC(2026, 0, 1, 2),
      refreshToken: 'eyJ-r',
      refreshUntilMs: Date.UTC(2026, 0, 8),
      scopes: ['wiki:wiki', 'offline_access'],
      person: { id: 'ou_1', name: 'N' },
    });
  });

  test('a login without a name is a login', async () => {
    const made = await exchange((one) => (isRenewal(one) ? renewed('eyJ-a', 'eyJ-r') : refuse(99991672)));
    expect(made).toMatchObject({ accessToken: 'eyJ-a', person: undefined });
  });

  test('a code that is not taken shows up nowhere', async () => {
    const refused = exchange(() => ({
      status: 400,
      json: { code: 20003, error_description: `no code-canary ${'v'.repeat(64)}` },
    }));
    const error = await errorOf(Promise.resolve(refused));
    expect(error).toMatchObject({ kind: 'unauthenticated', vendorCode: 20003 });
    expect(error.message).not.toMatch(/canary|vvv/);
  });
});

describe('the emulated authorisation server', () => {
  const oauth = createOAuth({ redirectUris: ['http://127.0.0.1:1/callback'] }, 1);
  const verifier = 'a'.repeat(43);
  const challenge = 'ZtNPunH49FD35FWYhT5Tv8I7vRKQJ8uxMaL0_9eHjNA';
  const given = (fields: Record<string, string>) => (name: string) => fields[name];
  const page = {
    client_id: 'cli_a',
    redirect_uri: 'http://127.0.0.1:1/callback',
    state: 's',
    scope: 'offline_access',
    code_challenge: challenge,
  };

  function codeFor(fields: Record<string, string> = {}, nowMs = 0): string {
    const answer = oauth.authorize(given({ ...page, ...fields }), nowMs);
    if (!answer.ok) throw new Error(answer.message);
    const back = new URL(answer.location).searchParams;
    expect(back.get('state')).toBe('s');
    return back.get('code') ?? '';
  }

  const trade = (fields: Record<string, string>, nowMs = 0) =>
    oauth.token(
      given({
        grant_type: 'authorization_code',
        client_id: 'cli_a',
        redirect_uri: page.redirect_uri,
        code_verifier: verifier,
        ...fields,
      }),
      nowMs,
    );
  const renew = (refreshToken: string, nowMs = 0) =>
    oauth.token(
      given({ grant_type: 'refresh_token', client_id: 'cli_a', refresh_token: refreshToken }),
      nowMs,
    );

  test('takes a code once, within five minutes, with all that belongs to it', () => {
    const code = codeFor();
    expect(trade({ code, code_verifier: 'b'.repeat(43) })).toMatchObject({ code: 20049 });
    expect(trade({ code, redirect_uri: 'http://127.0.0.1:2/callback' })).toMatchObject({ code: 20071 });
    expect(trade({ code, client_id: 'cli_b' })).toMatchObject({ code: 20024 });
    expect(trade({ code }, 300_000)).toMatchObject({ code: 20004 });
    expect(trade({ code })).toMatchObject({ ok: true, accessSeconds: 7200, refreshSeconds: 604_800 });
    expect(trade({ code })).toMatchObject({ code: 20065 });
    expect(trade({ code: 'none' })).toMatchObject({ code: 20003 });
    expect(trade({ grant_type: 'password' })).toMatchObject({ code: 20036 });
  });

  test('takes a refresh token once, and gives another; the old access token lives on', () => {
    const first = trade({ code: codeFor() });
    if (!first.ok) throw new Error(first.message);
    const second = renew(first.refreshToken ?? '', 1000);
    if (!second.ok) throw new Error(second.message);
    expect(renew(first.refreshToken ?? '', 1000)).toMatchObject({ code: 20073 });
    expect(renew(second.refreshToken ?? '', 1000 + 604_800_000)).toMatchObject({ code: 20037 });
    expect(renew('eyJnone')).toMatchObject({ code: 20026 });
    expect(oauth.standingOf(first.accessToken, 1000)).toBe('good');
    expect(oauth.standingOf(first.accessToken, 7_200_000)).toBe('expired');
    expect(oauth.standingOf('eyJnone', 0)).toBeUndefined();
  });

  test('gives no refresh token to whom nobody allowed it', () => {
    expect(trade({ code: codeFor({ scope: 'wiki:wiki' }) })).toMatchObject({
      ok: true,
      refreshToken: undefined,
    });
  });

  test('sends nobody to an address that the app does not name', () => {
    expect(oauth.authorize(given({ ...page, redirect_uri: 'https://elsewhere.example/' }), 0)).toMatchObject({
      ok: false,
    });
  });
});
