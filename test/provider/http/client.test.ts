import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { notJson } from '../../../src/provider/http/answer.ts';
import { HttpClient, type HttpClientOptions, type HttpRequest } from '../../../src/provider/http/client.ts';
import { Redactor } from '../../../src/provider/http/redactor.ts';
import { ProviderError } from '../../../src/provider/provider-error.ts';
import { VirtualClock } from '../../clock.ts';
import { type Reply, type StandIn, startStandIn } from '../stand-in.ts';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

function open(baseUrl: string, options: Partial<HttpClientOptions> = {}) {
  const clock = new VirtualClock();
  const redactor = new Redactor(['top-secret']);
  const client = new HttpClient({ baseUrl, clock, redactor, ...options });
  closers.push(() => client.close());
  return { client, clock };
}

async function serve(...replies: Reply[]): Promise<StandIn> {
  const standIn = await startStandIn(() => replies.shift() ?? { json: {} });
  closers.push(standIn.close);
  return standIn;
}

const read: HttpRequest = {
  endpoint: 'get-node',
  effect: 'read',
  method: 'GET',
  path: '/p',
  timeoutMs: 5000,
};
const write: HttpRequest = {
  ...read,
  endpoint: 'create-node',
  effect: 'write',
  method: 'POST',
  body: { a: 1 },
};

async function failure(client: HttpClient, request: HttpRequest, signal?: AbortSignal) {
  const { left, outcome } = await client.send(request, signal);
  if (!(outcome instanceof ProviderError)) throw new Error('expected a failure');
  return { left, error: outcome };
}

async function answer(client: HttpClient, request: HttpRequest) {
  const { left, outcome } = await client.send(request);
  if (outcome instanceof ProviderError) throw outcome;
  return { left, answer: outcome };
}

describe('a request', () => {
  test('carries JSON, headers and the path of the base URL', async () => {
    const standIn = await serve({ status: 201, headers: { 'x-id': 'i' }, json: { b: [2] } });
    const { client } = open(`${standIn.url}/gateway/`);
    const { left, answer: got } = await answer(client, { ...write, headers: { authorization: 'Bearer t' } });
    expect(standIn.asked).toMatchObject([{ method: 'POST', path: '/gateway/p', body: { a: 1 } }]);
    expect(standIn.asked[0]?.headers).toMatchObject({
      authorization: 'Bearer t',
      'content-type': 'application/json; charset=utf-8',
    });
    expect({ left, status: got.status, body: got.body }).toEqual({
      left: true,
      status: 201,
      body: { b: [2] },
    });
    expect(got.header('x-id')).toBe('i');
    expect(got.header('x-other')).toBeUndefined();
  });

  test('that cannot be put into a header is refused before anything leaves', async () => {
    const standIn = await serve();
    const { client } = open(standIn.url);
    const { left, error } = await failure(client, { ...read, headers: { authorization: 'a\nb' } });
    expect({ left, kind: error.kind, asked: standIn.asked }).toEqual({
      left: false,
      kind: 'invalid',
      asked: [],
    });
  });
});

describe('an answer', () => {
  test.each(['<html></html>', '{"code":0', '', '\u0000\u0001'])('%j is not JSON', async (text) => {
    const standIn = await serve({ text });
    const { answer: got } = await answer(open(standIn.url).client, read);
    expect(got.body).toBe(notJson);
    expect(got.bytes).toBe(Buffer.byteLength(text));
  });

  test('that redirects is not followed', async () => {
    const standIn = await serve({ status: 302, headers: { location: '/elsewhere' }, json: {} });
    const { answer: got } = await answer(open(standIn.url).client, read);
    expect(got.status).toBe(302);
    expect(standIn.asked).toHaveLength(1);
  });

  test('that grows over the bound is cut', async () => {
    const standIn = await serve({ text: 'x'.repeat(2000) });
    const { client } = open(standIn.url, { maxBytes: 1000 });
    const { error } = await failure(client, write);
    expect(error).toMatchObject({ kind: 'malformed', sent: 'unknown' });
    expect(error.message).toContain('more than 1000 bytes');
  });
});

describe('trouble on the way', () => {
  test.each(['before', 'middle'] as const)('cut %s the answer: a write may have happened', async (cut) => {
    const standIn = await serve({ cut }, { cut });
    const { client } = open(standIn.url);
    const { left, error } = await failure(client, write);
    expect(left).toBe(true);
    expect(error).toMatchObject({ kind: 'unavailable', sent: 'unknown', endpoint: 'create-node' });
    expect((await failure(client, read)).error).toMatchObject({ kind: 'unavailable', sent: 'no' });
  });

  test('refused connection: nothing left', async () => {
    const standIn = await serve();
    await standIn.close();
    const { left, error } = await failure(open(standIn.url).client, write);
    expect(left).toBe(false);
    expect(error).toMatchObject({ kind: 'unavailable', sent: 'no' });
    expect(error.message).toContain('ECONNREFUSED');
  });

  test('unknown host: nothing left', async () => {
    // Too long for a name, so that no name server has to be asked.
    const { left, error } = await failure(open(`http://${'x'.repeat(64)}`).client, write);
    expect({ left, kind: error.kind, sent: error.sent }).toEqual({
      left: false,
      kind: 'unavailable',
      sent: 'no',
    });
    expect(error.message).toContain('ENOTFOUND');
  });

  test('no TLS where TLS was expected: nothing left', async () => {
    const standIn = await serve();
    const { left, error } = await failure(open(standIn.url.replace('http:', 'https:')).client, write);
    expect({ left, kind: error.kind, sent: error.sent }).toEqual({
      left: false,
      kind: 'unavailable',
      sent: 'no',
    });
  });

  test('no HTTP at all', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => undefined).resume();
      socket.end('top-secret no protocol at all\r\n\r\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => server.close(() => resolve())));
    const { port } = server.address() as AddressInfo;
    const { error } = await failure(open(`http://127.0.0.1:${port}`).client, write);
    expect(error).toMatchObject({ kind: 'unavailable', sent: 'unknown' });
    expect(JSON.stringify(error) + error.stack).not.toContain('top-secret');
  });

  test('silence is cut after the timeout', async () => {
    let heard = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      heard = resolve;
    });
    const standIn = await startStandIn(() => {
      heard();
      return { silence: true };
    });
    closers.push(standIn.close);
    const { client, clock } = open(standIn.url);
    const pending = failure(client, write);
    await asked;
    await clock.advance(5000);
    const { error } = await pending;
    expect(error).toMatchObject({ kind: 'unavailable', sent: 'unknown' });
    expect(error.message).toContain('did not answer within 5 s');
    expect(clock.sleeping).toBe(0);
  });

  test('a stop on the way leaves a write in doubt, a stop before does not', async () => {
    const stop = new AbortController();
    const standIn = await startStandIn(() => {
      stop.abort();
      return { silence: true };
    });
    closers.push(standIn.close);
    const { client } = open(standIn.url);
    expect((await failure(client, write, stop.signal)).error).toMatchObject({
      kind: 'aborted',
      sent: 'unknown',
    });
    const second = await failure(client, write, stop.signal);
    expect(second.left).toBe(false);
    expect(second.error).toMatchObject({ kind: 'aborted', sent: 'no' });
    expect(standIn.asked).toHaveLength(1);
  });
});

test.each(['nowhere', 'ftp://a.example', ''])('base URL %j cannot be read', (baseUrl) => {
  expect(() => open(baseUrl)).toThrow('base URL');
});
