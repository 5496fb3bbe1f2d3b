import { describe, expect, test } from 'vitest';
import {
  createFeishuTokens,
  defaultOpenId,
  type FeishuCredentials,
} from '../../../src/provider/emulator/feishu-token.ts';

const minuteMs = 60_000;

function tokens(credentials: FeishuCredentials = {}) {
  const made = createFeishuTokens(credentials, 1);
  return {
    ...made,
    issued: (nowMs: number, appId = 'cli_a') => {
      const issue = made.issue(appId, 'secret', nowMs);
      if (!issue.ok) throw new Error(issue.message);
      return issue;
    },
    who: (token: string | undefined, nowMs = 0) => {
      const found = made.identify(token && `Bearer ${token}`, nowMs);
      return found.ok ? found.actor : found.code;
    },
  };
}

describe('tenant tokens', () => {
  test('are issued again while they have 30 minutes, then replaced, and live to their end', () => {
    const { issued, who } = tokens();
    const first = issued(0);
    expect(first).toMatchObject({ expireSeconds: 7200 });
    expect(issued(90 * minuteMs)).toMatchObject({ token: first.token, expireSeconds: 1800 });
    const second = issued(90 * minuteMs + 1);
    expect(second.token).not.toBe(first.token);
    const app = { kind: 'app', id: 'cli_a' };
    expect(who(first.token, 120 * minuteMs - 1)).toEqual(app);
    expect(who(first.token, 120 * minuteMs)).toBe(99991663);
    expect(who(second.token, 120 * minuteMs)).toEqual(app);
  });

  test('belong to their app and count only where issued', () => {
    const { issued, who } = tokens();
    expect(who(issued(0, 'cli_b').token)).toEqual({ kind: 'app', id: 'cli_b' });
    expect(who('t-made-up')).toBe(99991663);
  });

  test('need the right secret where apps are listed', () => {
    const { issue } = tokens({ apps: { cli_a: 'secret' } });
    expect(issue('cli_a', 'secret', 0)).toMatchObject({ ok: true });
    expect(issue('cli_a', 'wrong', 0)).toMatchObject({ ok: false, code: 10014 });
    expect(issue('cli_b', 'secret', 0)).toMatchObject({ ok: false, code: 99991543 });
  });
});

describe('user tokens', () => {
  test('are one person’s unless listed', () => {
    const { who } = tokens();
    expect(who('u-one')).toEqual({ kind: 'user', id: defaultOpenId });
    expect(who('u-two')).toEqual({ kind: 'user', id: defaultOpenId });
    expect(who('eyJhbGciOi')).toBe(99991668);
  });

  test('count only as listed, whatever they look like', () => {
    const { who } = tokens({ users: { 'u-one': 'ou_one', eyJhbGciOi: 'ou_two' } });
    expect(who('u-one')).toEqual({ kind: 'user', id: 'ou_one' });
    expect(who('eyJhbGciOi')).toEqual({ kind: 'user', id: 'ou_two' });
    expect(who('u-other')).toBe(99991668);
  });
});

test('no token and no known prefix are told apart', () => {
  const { who, identify } = tokens();
  expect(who(undefined)).toBe(99991661);
  expect(identify('Basic abc', 0)).toMatchObject({ code: 99991661 });
  expect(who('x-abc')).toBe(99991671);
});

test('people share the rates of the first app', () => {
  const { issued, accountOf } = tokens();
  const user = { kind: 'user', id: 'ou_a' } as const;
  const before = accountOf(user);
  issued(0, 'cli_a');
  issued(0, 'cli_b');
  expect(accountOf({ kind: 'app', id: 'cli_a' })).toBe(before);
  expect(accountOf(user)).toBe(before);
  expect(accountOf({ kind: 'app', id: 'cli_b' })).not.toBe(before);
});
