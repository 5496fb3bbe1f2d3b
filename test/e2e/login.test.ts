// `login`, `whoami`, `logout`, and runs that work as whoever is logged in: over real HTTP, the browser played
// by a request that follows where it is sent.

import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Edge } from '../../src/cli/edge.ts';
import { systemEdge } from '../../src/cli/system-edge.ts';
import { app, handbook, openSite, type Site, type SiteOptions, user } from './site.ts';

interface Person {
  readonly site: Site;
  readonly env: Edge['env'];
  readonly file: string;
  /** Runs the command with a browser at hand, in real time. */
  say(words: string, edge?: Partial<Edge>): ReturnType<Site['run']>;
  login(): Promise<void>;
  /** Makes what is kept look as if it had been got long ago. */
  age(): void;
  kept(): string;
}

/** A person with a folder of their own, and an app. */
async function openPerson(options: SiteOptions = {}): Promise<Person> {
  const folder = mkdtempSync(join(tmpdir(), 'wikiform-person-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const env = { ...app, WIKIFORM_CONFIG_DIR: join(folder, 'config') };
  const site = await openSite({ ...options, env });
  site.manifest(handbook('- Welcome'));
  const file = join(env.WIKIFORM_CONFIG_DIR, 'logins.json');
  const { clock } = systemEdge();
  const person: Person = {
    site,
    env,
    file,
    say: (words, edge) => site.run(words, { clock, openPage: browse, ...edge }),
    async login() {
      const said = await person.say('login --port 0');
      expect(said, said.stderr).toMatchObject({ exitCode: 0 });
    },
    age() {
      const text = person.kept().replace(/("accessUntil": )"[^"]*"/, '$1"2026-01-01T00:00:00.000Z"');
      writeFileSync(file, text);
    },
    kept: () => readFileSync(file, 'utf8'),
  };
  return person;
}

/** What a browser does: it goes where it is sent. */
async function browse(url: string): Promise<boolean> {
  await (await fetch(url)).text();
  return true;
}

const callsOf = ({ emulator }: Site, endpoint: string): number =>
  emulator.requests().filter((request) => request.endpoint === endpoint).length;

describe('login', () => {
  test('keeps what came of it for the owner alone, and runs work as the person', async () => {
    const { site, say, file, kept } = await openPerson();
    const said = await say('login --port 0');
    expect(said).toMatchObject({ exitCode: 0 });
    expect(said.stdout).toMatch(/^Logged in to Feishu as Emulated user \(ou_\w+\), with the app cli_site\. /);
    expect(said.stderr).toContain('/open-apis/authen/v1/authorize?client_id=cli_site&');
    expect((statSync(file).mode & 0o777).toString(8)).toBe('600');
    expect(kept()).toMatch(/"accessToken": "eyJ/);
    const applied = await say('apply --auto-approve');
    expect(applied, applied.stderr).toMatchObject({ exitCode: 0, calls: { 'create-space': 1 } });
    expect(JSON.parse(site.read('.wikiform/state.json'))).toMatchObject({ identity: 'user' });
    expect(callsOf(site, 'tenant-token')).toBe(0);
  });

  test('prints one document where JSON is asked for, without a token', async () => {
    const { say, file } = await openPerson();
    const { stdout } = await say('login --port 0 --format json');
    expect(JSON.parse(stdout)).toMatchObject({
      errored: false,
      provider: 'feishu',
      appId: 'cli_site',
      person: { name: 'Emulated user' },
      scopes: ['wiki:wiki', 'offline_access'],
      file,
    });
  });

  test('is nothing where the person does not agree', async () => {
    const { say, file } = await openPerson({ credentials: { oauth: { consent: 'denied' } } });
    const said = await say('login --port 0');
    expect(said).toMatchObject({ exitCode: 1, stdout: '' });
    expect(said.stderr).toContain('LOGIN_FAILED');
    expect(said.stderr).toContain('not to let wikiform in');
    expect(existsSync(file)).toBe(false);
  });

  test('goes on waiting where the answer is to another login', async () => {
    const { say } = await openPerson();
    const statuses: number[] = [];
    const openPage = async (url: string): Promise<boolean> => {
      const callback = new URL(url).searchParams.get('redirect_uri') ?? '';
      for (const stray of ['?code=x&state=of-another', '?code=x', '/elsewhere']) {
        statuses.push((await fetch(callback + stray)).status);
      }
      return browse(url);
    };
    const said = await say('login --port 0', { openPage });
    expect(said).toMatchObject({ exitCode: 0 });
    expect(statuses).toEqual([400, 400, 404]);
    expect(said.stderr.match(/another login/g)).toHaveLength(2);
  });

  test('does not wait for ever', async () => {
    const { site } = await openPerson();
    // On the clock of the test the time is over at once.
    const said = await site.run('login --port 0 --timeout 3s');
    expect(said).toMatchObject({ exitCode: 1 });
    expect(said.stderr).toContain('No browser could be opened here.');
    expect(said.stderr).toContain('No answer came within 3 s.');
    expect(said.stderr).toContain('--no-browser');
  });

  test('takes the address by hand where there is no browser', async () => {
    const { say, kept } = await openPerson();
    const told: string[] = [];
    const terminal = (pasted: (location: string) => string): Partial<Edge> => ({
      isInteractive: true,
      openPage: () => Promise.reject(new Error('no browser is to be opened')),
      err: (text) => told.push(text),
      async ask() {
        const [url = ''] = /http\S+authorize\S+/.exec(told.join('')) ?? [];
        const answer = await fetch(url, { redirect: 'manual' });
        return pasted(answer.headers.get('location') ?? '');
      },
    });
    for (const pasted of [(url: string) => ` ${url}\n`, (url: string) => new URL(url).search]) {
      const said = await say('login --no-browser', terminal(pasted));
      expect(said).toMatchObject({ exitCode: 0 });
      expect(kept()).toContain('eyJ');
      told.length = 0;
    }
    for (const [pasted, why] of [
      ['http://127.0.0.1:18290/callback?code=x&state=y', 'another login'],
      ['hello', 'not the address'],
    ] as const) {
      expect(
        await say(
          'login --no-browser',
          terminal(() => pasted),
        ),
      ).toMatchObject({ exitCode: 1 });
      expect(told.join('')).toContain(why);
      told.length = 0;
    }
  });

  test('says what is missing', async () => {
    const { site, say, env } = await openPerson();
    const noApp = await say('login --port 0', { env: { WIKIFORM_CONFIG_DIR: env.WIKIFORM_CONFIG_DIR } });
    expect(noApp).toMatchObject({ exitCode: 1 });
    expect(noApp.stderr).toContain('CREDENTIALS_MISSING');
    const noFolder = await say('login --port 0', { env: app });
    expect(noFolder.stderr).toContain('LOGINS_UNWRITABLE');
    const port = new URL(site.emulator.url).port;
    const taken = await say(`login --port ${port}`);
    expect(taken.stderr).toContain(`port ${port} of this machine, which cannot be had`);
    const untrusted = await say('login --provider feishu --base-url https://elsewhere.example');
    expect(untrusted.stderr).toContain('HOST_UNTRUSTED');
  });

  test('without the right to renew says how long it lasts', async () => {
    const { site, say, age } = await openPerson();
    const said = await say('login --port 0 --scope wiki:wiki');
    expect(said.stderr).toContain('offline_access was not agreed to');
    age();
    const over = await say('plan');
    expect(over).toMatchObject({ exitCode: 1, calls: {} });
    expect(over.stderr).toContain('wikiform login');
    expect(callsOf(site, 'user-token')).toBe(1);
  });

  test('is not needed with the emulator inside', async () => {
    const { say } = await openPerson();
    expect(await say('login --emulator')).toMatchObject({
      exitCode: 0,
      stdout: 'The emulator takes everybody: nobody has to log in.\n',
    });
  });
});

describe('a login that is old', () => {
  test('is renewed by one of two commands at once, and used by both', async () => {
    const { site, login, age, kept, env } = await openPerson();
    await login();
    age();
    const before = kept();
    const ended = await Promise.all([site.command('plan', env), site.command('plan', env)]);
    expect(ended.map(({ exitCode, stderr }) => ({ exitCode, stderr }))).toEqual([
      { exitCode: 0, stderr: '' },
      { exitCode: 0, stderr: '' },
    ]);
    expect(callsOf(site, 'user-token')).toBe(2);
    expect(kept()).not.toBe(before);
  });

  test('whose renewal nobody could keep has to be made again, and it says so', async () => {
    const cut = { endpoint: 'user-token', nth: 2, fault: { kind: 'cut', effect: true } } as const;
    const { site, login, age, say } = await openPerson({ faults: { seed: 1, script: [cut] } });
    await login();
    age();
    const lost = await say('plan');
    expect(lost).toMatchObject({ exitCode: 1 });
    expect(callsOf(site, 'user-token')).toBe(2);
    const used = await say('plan');
    expect(used).toMatchObject({ exitCode: 1 });
    expect(used.stderr).toContain('20073');
    expect(used.stderr).toContain('run wikiform login again');
    await login();
    expect(await say('plan')).toMatchObject({ exitCode: 0 });
  });

  test('is renewed in the middle of a run', async () => {
    const expired = { endpoint: 'create-node', nth: 1, fault: { kind: 'expired-token' } } as const;
    const { site, login, say } = await openPerson({ faults: { seed: 1, script: [expired] } });
    await login();
    expect(await say('apply --auto-approve')).toMatchObject({ exitCode: 0 });
    expect(callsOf(site, 'user-token')).toBe(2);
    expect(site.outline('Handbook')).toEqual(['Welcome']);
  });

  test('goes behind a token in the environment', async () => {
    const { site, login, age, say, env } = await openPerson();
    await login();
    age();
    expect(await say('plan', { env: { ...env, ...user } })).toMatchObject({ exitCode: 0 });
    expect(callsOf(site, 'user-token')).toBe(1);
  });
});

describe('whoami', () => {
  test('tells whose token a run would carry, and what it needs', async () => {
    const { say, login, site } = await openPerson();
    const before = await say('whoami');
    expect(before.stdout).toContain('identity  app, by the environment');
    expect(before.stdout).toMatch(
      /create-space +apply +wiki:space:write_only \| wiki:wiki {2}\(as the user only\)/,
    );
    expect(before.stdout).toContain('Enough for everything: wiki:wiki.');
    await login();
    const calls = site.emulator.requests().length;
    const after = await say('whoami');
    expect(after.stdout).toMatch(/identity +user, by wikiform login/);
    expect(after.stdout).toMatch(/access until +\d{4}-\d\d-\d\d \d\d:\d\d UTC/);
    const { stdout } = await say('whoami --format json');
    expect(JSON.parse(stdout)).toMatchObject({
      errored: false,
      identity: 'user',
      source: 'login',
      appId: 'cli_site',
      accessUntil: expect.stringMatching(/Z$/),
      permissions: expect.arrayContaining([
        {
          call: 'move-node',
          commands: ['apply'],
          identities: ['app', 'user'],
          anyOf: ['wiki:node:move', 'wiki:wiki'],
          granted: true,
        },
      ]),
    });
    expect(site.emulator.requests()).toHaveLength(calls);
    expect((await say('whoami --emulator')).stdout).toContain('takes everybody');
  });

  test('fails where nobody is anybody', async () => {
    const { say } = await openPerson();
    const said = await say('whoami --format json', { env: {} });
    expect(said).toMatchObject({ exitCode: 1 });
    expect(JSON.parse(said.stdout)).toMatchObject({
      errored: true,
      identity: null,
      diagnostics: [{ code: 'CREDENTIALS_MISSING' }],
    });
  });

  test('says that a login has ended', async () => {
    const { say, login, kept, file } = await openPerson();
    await login();
    writeFileSync(file, kept().replaceAll(/Until": "[^"]*"/g, 'Until": "2026-01-01T00:00:00.000Z"'));
    const said = await say('whoami');
    expect(said).toMatchObject({ exitCode: 1 });
    expect(said.stderr).toContain('The login ended at 2026-01-01T00:00:00.000Z.');
  });
});

describe('logout', () => {
  test('forgets the login with this app, and no other', async () => {
    const { say, login, kept, env } = await openPerson();
    await login();
    await say('login --port 0', { env: { ...env, FEISHU_APP_ID: 'cli_other' } });
    const said = await say('logout --format json');
    expect(JSON.parse(said.stdout)).toMatchObject({ loggedOut: [{ appId: 'cli_site' }] });
    expect(kept()).toContain('cli_other');
    expect((await say('logout')).stdout).toBe('Nobody was logged in.\n');
    const { WIKIFORM_CONFIG_DIR } = env;
    expect((await say('logout', { env: { WIKIFORM_CONFIG_DIR } })).stdout).toMatch(/^Logged out of 127/);
    expect(kept()).not.toContain('cli_');
  });
});

describe('a vendor without logins', () => {
  const env = {
    DINGTALK_APP_KEY: 'ding_a',
    DINGTALK_APP_SECRET: app.FEISHU_APP_SECRET,
    DINGTALK_OPERATOR_ID: 'union_a',
  };

  test('says so, and whose credentials there are', async () => {
    const { say } = await openPerson();
    const refused = await say('login --provider dingtalk', { env });
    expect(refused).toMatchObject({ exitCode: 1 });
    expect(refused.stderr).toContain('LOGIN_UNSUPPORTED');
    const who = await say('whoami --provider dingtalk', { env });
    expect(who.stdout).toMatch(/identity +app, by the environment\n +app +ding_a\n +person +union_a/);
    expect(who.stdout).toMatch(/copy-node +apply +Storage\.File\.Write\n/);
    expect(who.stdout).toContain('Enough for all but apply: Wiki.Workspace.Read, Wiki.Node.Read.');
  });
});
