// A server on the loopback that answers what a test tells it to, and remembers what it was asked.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** Parsed; `undefined` without a body. */
  readonly body: unknown;
}

export type Reply =
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly json: unknown }
  | { readonly status?: number; readonly headers?: Record<string, string>; readonly text: string }
  /** Cuts the connection: before the answer, or in the middle of it. */
  | { readonly cut: 'before' | 'middle' }
  /** Never answers. */
  | { readonly silence: true };

export interface StandIn {
  readonly url: string;
  readonly asked: readonly Asked[];
  close(): Promise<void>;
}

/** `reply` may throw to fail the test's call with a 500 that says why. */
export async function startStandIn(reply: (asked: Asked) => Reply | Promise<Reply>): Promise<StandIn> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    void read(request).then(async (seen) => {
      asked.push(seen);
      play(await reply(seen), response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers one after the other; the last again and again. */
export function inTurn(...replies: readonly Reply[]): () => Reply {
  let next = 0;
  return () => {
    const reply = replies[Math.min(next, replies.length - 1)];
    next += 1;
    if (reply === undefined) throw new Error('no reply');
    return reply;
  };
}

async function read(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

function play(reply: Reply, response: ServerResponse): void {
  if ('silence' in reply) return;
  if ('cut' in reply) {
    if (reply.cut === 'before') response.destroy();
    else {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"code":0,');
      setImmediate(() => response.destroy());
    }
    return;
  }
  const isJson = 'json' in reply;
  response.writeHead(reply.status ?? 200, {
    'content-type': isJson ? 'application/json' : 'text/html',
    ...reply.headers,
  });
  response.end(isJson ? JSON.stringify(reply.json) : reply.text);
}
