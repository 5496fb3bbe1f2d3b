import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemEdge } from '../../src/cli/system-edge.ts';
import { type LoginFile, LoginFileFailure, loginFile } from '../../src/state/login-file.ts';
import type { KeptLogin } from '../../src/state/login-text.ts';

function open(): { file: LoginFile; path: string; another: () => LoginFile } {
  const folder = mkdtempSync(join(tmpdir(), 'wikiform-logins-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'deep/wikiform/logins.json');
  const { clock, processes } = systemEdge();
  const make = (): LoginFile => loginFile({ path, clock, processes });
  return { file: make(), path, another: make };
}

const key = { host: 'open.feishu.cn', appId: 'cli_a' };
const login: KeptLogin = {
  accessToken: 'eyJa',
  accessUntilMs: Date.UTC(2026, 0, 1),
  refreshToken: 'eyJr',
  refreshUntilMs: Date.UTC(2026, 0, 8),
  scopes: ['wiki:wiki'],
  person: { id: 'ou_1', name: 'N' },
};

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

const failureOf = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof LoginFileFailure ? error.diagnostic.code : `no failure but ${String(error)}`;
};

test('keeps one login for each host and app, for its owner alone', async () => {
  const { file, path } = open();
  expect(await file.load(key)).toBeUndefined();
  await file.alone(() => file.save(key, login));
  const short = { ...login, refreshToken: undefined, refreshUntilMs: undefined, person: undefined };
  await file.alone(() => file.save({ ...key, appId: 'cli_b' }, short));
  expect(await file.load(key)).toEqual(login);
  expect(await file.load({ ...key, appId: 'cli_b' })).toEqual(short);
  expect(await file.load({ ...key, host: 'open.larksuite.com' })).toBeUndefined();
  expect([modeOf(path), modeOf(join(path, '..'))]).toEqual(['600', '700']);
  await file.alone(() => file.save(key, undefined));
  expect(await file.keys()).toEqual([{ ...key, appId: 'cli_b' }]);
  expect(readdirSync(join(path, '..'))).toEqual(['logins.json']);
});

test('a file that others may read is not used, and not written over', async () => {
  const { file, path } = open();
  await file.alone(() => file.save(key, login));
  for (const mode of [0o640, 0o604, 0o620]) {
    chmodSync(path, mode);
    expect(await failureOf(file.load(key))).toBe('LOGINS_EXPOSED');
    expect(await failureOf(file.save(key, undefined))).toBe('LOGINS_EXPOSED');
  }
  chmodSync(path, 0o600);
  expect(await file.load(key)).toEqual(login);
});

test.each([
  ['no JSON', '{'],
  ['no logins', '[]'],
  ['of a newer wikiform', '{"formatVersion":"2.0","logins":[]}'],
  ['of something else', '{"formatVersion":"1.0","logins":[{"host":"h"}]}'],
])('a file that is %s is refused, and quoted nowhere', async (_, text) => {
  const { file, path } = open();
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text, { mode: 0o600 });
  expect(await failureOf(file.load(key))).toBe('LOGINS_UNREADABLE');
  expect(readFileSync(path, 'utf8')).toBe(text);
});

test('a folder that cannot be made is said', async () => {
  const { path } = open();
  mkdirSync(join(path, '../..'), { recursive: true });
  writeFileSync(join(path, '..'), 'in the way');
  const { clock, processes } = systemEdge();
  const file = loginFile({ path, clock, processes });
  expect(await failureOf(file.alone(async () => undefined))).toBe('LOGINS_UNWRITABLE');
});

test('of two who renew, one waits until the other is done', async () => {
  const { file, another } = open();
  const told: string[] = [];
  const [begun, opened] = [new AbortController(), new AbortController()];
  const whenAborted = ({ signal }: AbortController): Promise<void> =>
    new Promise((resolve) => {
      signal.addEventListener('abort', () => resolve());
      if (signal.aborted) resolve();
    });
  const first = file.alone(async () => {
    begun.abort();
    await whenAborted(opened);
    told.push('first');
  });
  await whenAborted(begun);
  const second = another().alone(async () => told.push('second'));
  opened.abort();
  await Promise.all([first, second]);
  expect(told).toEqual(['first', 'second']);
});
