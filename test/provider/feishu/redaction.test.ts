// Canaries: whatever the vendor echoes and wherever, no secret shows in an error or an event.

import { describe, expect, test } from 'vitest';
import { nodeId } from '../../../src/tree/identifier.ts';
import type { Reply } from '../stand-in.ts';
import { appSecret, errorOf, open, tenantToken, userToken } from './open.ts';

const secrets = [appSecret, tenantToken, userToken];
const echo = secrets.flatMap((secret) => [secret, encodeURIComponent(secret), btoa(secret)]).join(' | ');
const headers = { 'x-tt-logid': echo, 'content-type': `text/html; ${echo}`, 'x-ogw-ratelimit-reset': echo };
const getNode = { kind: 'get-node', node: nodeId(tenantToken) } as const;

const echoes: [string, Reply][] = [
  ['the message', { status: 400, json: { code: 131002, msg: echo } }],
  ['an unknown code', { status: 400, json: { code: 77, msg: echo, [echo]: echo } }],
  [
    'the violations',
    { status: 400, json: { code: 99991679, error: { permission_violations: [{ subject: echo }] } } },
  ],
  ['the headers', { status: 400, headers, json: { code: 131005, msg: '' } }],
  ['HTML', { status: 404, headers, text: `<html>${echo}</html>` }],
  ['half a JSON', { headers, text: `{"code":0,"msg":"${echo}` }],
  ['an odd answer', { headers, json: { code: 0, data: { node: { node_token: 1, title: echo } } } }],
  ['the rate', { status: 429, headers: { ...headers, 'retry-after': '900' }, text: echo }],
];

function everythingOf(error: Error): string {
  return [error.message, error.stack, String(error), JSON.stringify(error), ...Object.values(error)].join();
}

function expectClean(text: string, known = secrets): void {
  for (const secret of known) {
    expect(text).not.toContain(secret);
    expect(text).not.toContain(btoa(secret));
  }
}

describe.each(['app', 'user'] as const)('as the %s', (identity) => {
  test.each(echoes)('an echo in %s', async (_, reply) => {
    const { provider, events } = await open(() => reply, { identity });
    const error = await errorOf(provider.read(getNode));
    // A run as the user is never issued a tenant token, so it cannot know one.
    const known = identity === 'app' ? secrets : [appSecret, userToken];
    expectClean(everythingOf(error) + JSON.stringify(events), known);
  });
});

test('an echo in the answer that issues the token', async () => {
  const tokens = (): Reply => ({
    status: 400,
    headers,
    json: { code: 10014, msg: echo, tenant_access_token: tenantToken },
  });
  const { provider, events } = await open(() => ({ json: {} }), { tokens });
  const error = await errorOf(provider.read(getNode));
  expectClean(everythingOf(error) + JSON.stringify(events));
  expect(error).toMatchObject({ endpoint: 'tenant-token', kind: 'unauthenticated' });
});
