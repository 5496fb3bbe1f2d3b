import { expect, test } from 'vitest';
import { withoutCredentials } from '../../../src/state/git/command.ts';
import { gitEnvironment } from '../../../src/state/git/environment.ts';

test('git asks nobody, speaks English, and works on no other repository', () => {
  const env = gitEnvironment({
    PATH: '/bin',
    HOME: '/home/ann',
    LC_ALL: 'zh_CN.UTF-8',
    GIT_DIR: '/elsewhere',
    GIT_INDEX_FILE: '/elsewhere/index',
    GIT_TRACE_CURL: '1',
    GIT_SSH_COMMAND: 'ssh -i key',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraHeader',
    SSH_ASKPASS: '/usr/bin/window',
    FEISHU_APP_SECRET: 'secret',
    WIKIFORM_TRUSTED_HOSTS: 'wiki.example',
    NOTHING: undefined,
  });
  expect(env).toEqual({
    PATH: '/bin',
    HOME: '/home/ann',
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GCM_INTERACTIVE: 'never',
    GIT_SSH_COMMAND: 'ssh -i key',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraHeader',
  });
});

test.each([
  [
    "fatal: unable to access 'https://ann:t0ken@git.example/w.git/'",
    "fatal: unable to access 'https://git.example/w.git/'",
  ],
  ['ssh://git@git.example/w', 'ssh://git.example/w'],
  ['To https://x-access-token:a%40b@git.example', 'To https://git.example'],
  [
    'ann@example.com wrote: see https://git.example/@ann',
    'ann@example.com wrote: see https://git.example/@ann',
  ],
])('credentials are left out of %s', (text, clean) => {
  expect(withoutCredentials(text)).toBe(clean);
});
