// The HTTP side of the emulator: bytes to calls, replies to bytes. It listens on loopback only and
// knows nothing of any vendor. Closed, it leaves no socket behind, kept-alive ones included.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Call } from './face.ts';
import type { Ending } from './gate.ts';

/** `body` is `undefined` where it was too long to take. */
export type Handler = (call: Call, tooLong: boolean) => Promise<Ending>;

export interface Listener {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  close(): Promise<void>;
}

const largestBody = 1_000_000;

/** The request's body; what goes beyond the largest is read and dropped, so that the caller can be told. */
async function readBody(request: IncomingMessage): Promise<{ text: string; tooLong: boolean }> {
  const { 'content-length': announced, 'transfer-encoding': encoding } = request.headers;
  if (announced === undefined && encoding === undefined) return { text: '', tooLong: false };
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length <= largestBody) chunks.push(chunk);
  }
  return { text: Buffer.concat(chunks).toString('utf8'), tooLong: length > largestBody };
}

async function answer(handler: Handler, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { text, tooLong } = await readBody(request);
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const call: Call = {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    authorization: request.headers.authorization,
    header: (name) => {
      const value = request.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
    body: text,
  };
  const ending = await handler(call, tooLong);
  if (ending === 'cut') response.destroy();
  else response.writeHead(ending.status, ending.headers).end(ending.body);
}

/** A bug in the emulator, or a caller that went away: either way this connection is over. */
function giveUp(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) response.destroy();
  else response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error));
}

function listening(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : port}`);
    });
  });
}

/** @throws {Error} where the port cannot be had. */
export async function listen(port: number, handler: Handler): Promise<Listener> {
  const server = createServer((request, response) => {
    answer(handler, request, response).catch((error: unknown) => giveUp(response, error));
  });
  const url = await listening(server, port);
  return {
    url,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
