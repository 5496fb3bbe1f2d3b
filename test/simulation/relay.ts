// Stands between a process and the wiki, and at one request does what the test says before anything else
// happens: the instant at which a process is killed.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

export interface Instant {
  /** The request, counted from 1. */
  readonly request: number;
  /** Whether the wiki has done what was asked by then. */
  readonly effect: boolean;
}

export interface Relay {
  readonly url: string;
  /** At the next requests: what to do, and when; never unless told. The request is never answered. */
  arm(instant: Instant | undefined, strike: () => void): void;
  /** Requests since it was armed. */
  count(): number;
  close(): Promise<void>;
}

export async function startRelay(target: string): Promise<Relay> {
  const plan: { instant: Instant | undefined; strike: () => void; seen: number } = {
    instant: undefined,
    strike: () => undefined,
    seen: 0,
  };

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    plan.seen += 1;
    const { instant, strike } = plan;
    const isDue = instant?.request === plan.seen;
    if (isDue && !instant.effect) {
      strike();
      return;
    }
    const answer = await fetch(`${target}${request.url}`, {
      method: request.method ?? 'GET',
      headers: headersOf(request),
      ...(body === '' ? {} : { body }),
    });
    const text = await answer.text();
    if (isDue) strike();
    else response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
  }

  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  return {
    url: await listening(server),
    arm(instant, strike) {
      Object.assign(plan, { instant, strike, seen: 0 });
    },
    count: () => plan.seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listening(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`);
    });
  });
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

/** As they came, but for what belongs to the connection. */
function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const own = new Set(['host', 'connection', 'content-length', 'transfer-encoding', 'accept-encoding']);
  const kept = Object.entries(headers).filter(([name]) => !own.has(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}
