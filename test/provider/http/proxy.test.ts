import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { HttpClient } from '../../../src/provider/http/client.ts';
import type { ProxySettings } from '../../../src/provider/http/proxy.ts';
import { Redactor } from '../../../src/provider/http/redactor.ts';
import { ProviderError } from '../../../src/provider/provider-error.ts';
import { VirtualClock } from '../../clock.ts';
import { startStandIn } from '../stand-in.ts';

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

/** Refuses connections; not a name of the loopback, though it leads there. */
const nowhere = 'http://0.0.0.0:1';

/** Tunnels every CONNECT to one port on the loopback, whatever host it names. */
async function startProxy(targetPort: number, status = 200) {
  const connects: { host: string; authorization: string | undefined }[] = [];
  const server = createServer();
  server.on('connect', (request, socket) => {
    connects.push({ host: request.url ?? '', authorization: request.headers['proxy-authorization'] });
    if (status !== 200) {
      socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
      return;
    }
    const upstream = connect(targetPort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    for (const end of [socket, upstream]) end.on('error', () => upstream.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  closers.push(() => new Promise((resolve) => server.close(() => resolve())));
  return { connects, address: `127.0.0.1:${port}` };
}

async function startServer() {
  const standIn = await startStandIn(() => ({ json: { here: true } }));
  closers.push(standIn.close);
  return { standIn, port: Number(new URL(standIn.url).port) };
}

async function ask(baseUrl: string, proxy: ProxySettings) {
  const redactor = new Redactor();
  const client = new HttpClient({ baseUrl, clock: new VirtualClock(), redactor, proxy });
  closers.push(() => client.close());
  const request = { endpoint: 'e', effect: 'write', method: 'GET', path: '/p', timeoutMs: 5000 } as const;
  return { redactor, ...(await client.send(request)) };
}

describe('a proxy', () => {
  test('is used for a server that is not excepted, with its credentials', async () => {
    const { standIn, port } = await startServer();
    const { connects, address } = await startProxy(port);
    const { outcome } = await ask('http://wiki.example', { httpProxy: `http://me:p%40ss@${address}` });
    expect(outcome).toMatchObject({ status: 200, body: { here: true } });
    const authorization = `Basic ${Buffer.from('me:p@ss').toString('base64')}`;
    expect(connects).toEqual([{ host: 'wiki.example:80', authorization }]);
    expect(standIn.asked[0]?.headers.host).toBe('wiki.example');
    expect(standIn.asked[0]?.headers['proxy-authorization']).toBeUndefined();
  });

  test('may be written without a scheme', async () => {
    const { port } = await startServer();
    const { connects, address } = await startProxy(port);
    await ask('http://wiki.example', { httpProxy: address });
    expect(connects).toHaveLength(1);
  });

  test('is never used for the loopback', async () => {
    const { standIn } = await startServer();
    const { connects, address } = await startProxy(1);
    const { outcome } = await ask(standIn.url, { httpProxy: address, httpsProxy: address });
    expect(outcome).toMatchObject({ status: 200 });
    expect(connects).toEqual([]);
  });

  test.each(['0.0.0.0', '*', 'a.example, 0.0.0.0:1'])('is not used where NO_PROXY is %s', async (noProxy) => {
    const { connects, address } = await startProxy(1);
    const { outcome } = await ask(nowhere, { httpProxy: address, noProxy });
    expect(outcome).toBeInstanceOf(ProviderError);
    expect(connects).toEqual([]);
  });

  test('for https is not the one for http', async () => {
    const { connects, address } = await startProxy(1);
    await ask(nowhere.replace('http:', 'https:'), { httpProxy: address });
    expect(connects).toEqual([]);
  });

  test('that refuses leaves nothing in doubt', async () => {
    const { connects, address } = await startProxy(1, 407);
    const { left, outcome } = await ask('https://wiki.example', { httpsProxy: `http://u:hidden@${address}` });
    expect(left).toBe(false);
    expect(outcome).toMatchObject({ kind: 'unavailable', sent: 'no' });
    expect(outcome).toHaveProperty('message', expect.stringContaining('407'));
    expect(connects).toHaveLength(1);
  });

  test("'s password is known to the redactor", async () => {
    const { redactor } = await ask('http://127.0.0.1:1', { httpsProxy: 'http://u:p%40ss@proxy.example' });
    expect(redactor.clean('p@ss p%40ss')).toBe('[redacted] [redacted]');
  });

  test('whose address cannot be read is named without being shown', async () => {
    await expect(ask('https://wiki.example', { httpsProxy: 'http://u:hidden@:x' })).rejects.toThrow(
      /^the address of the HTTP proxy cannot be read$/,
    );
  });
});
