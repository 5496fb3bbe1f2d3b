// Where a browser is sent back to after a login: a server on loopback that takes one answer (RFC 8252).
// Invariant: nothing that was asked is shown, and an answer to somebody else's question ends nothing.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

export interface RedirectListener {
  /** Where the browser is to be sent, `http://127.0.0.1:PORT/callback`. */
  readonly url: string;
  /** The query of the first answer that is ours. Rejects with the signal's reason once it is aborted. */
  answer(signal: AbortSignal): Promise<URLSearchParams>;
  close(): Promise<void>;
}

export interface RedirectListenerOptions {
  /** 0 takes any free one. */
  readonly port: number;
  /** Whether an answer is one to our question. */
  readonly isOurs: (answer: URLSearchParams) => boolean;
  /** Told of each answer that is not. */
  readonly onStray: () => void;
}

const callback = '/callback';

/** @throws {Error} where the port cannot be had. */
export async function listenForRedirect(options: RedirectListenerOptions): Promise<RedirectListener> {
  let take: (answer: URLSearchParams) => void = () => undefined;
  const taken = new Promise<URLSearchParams>((resolve) => {
    take = resolve;
  });
  const server = createServer((request, response) => {
    const answer = answerIn(request);
    if (answer === undefined) return say(response, 404, 'There is nothing here.');
    if (options.isOurs(answer)) {
      say(response, 200, 'wikiform has the answer. You can close this page and go back to the terminal.');
      return take(answer);
    }
    say(response, 400, 'This is the answer to another login. The one that waits here goes on waiting.');
    options.onStray();
  });
  const port = await listening(server, options.port);
  return {
    url: `http://127.0.0.1:${port}${callback}`,
    answer: (signal) => unless(signal, taken),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeIdleConnections();
      }),
  };
}

function answerIn({ method, url = '/' }: IncomingMessage): URLSearchParams | undefined {
  if (method !== 'GET' || !URL.canParse(url, 'http://127.0.0.1')) return undefined;
  const { pathname, searchParams } = new URL(url, 'http://127.0.0.1');
  return pathname === callback ? searchParams : undefined;
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    connection: 'close',
  });
  response.end(`${text}\n`);
}

function listening(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function unless<T>(signal: AbortSignal, wanted: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(signal.reason);
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    wanted.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
