// JSON over HTTP, one attempt at a time, to one server. Redirects are not followed, because
// credentials must not wander; bodies and time are bounded. Whatever goes wrong comes out as a
// ProviderError whose message is redacted and carries no `cause` (undici's errors hold raw bytes).
// Invariant: a failure says `sent: 'no'` only when the request provably never left.

import { isUtf8 } from 'node:buffer';
import type { Dispatcher } from 'undici';
import type { Clock } from '../clock.ts';
import { ProviderError } from '../provider-error.ts';
import { type Effect, type HttpAnswer, notJson } from './answer.ts';
import { Exchange, type RawAnswer, TooLargeError } from './exchange.ts';
import { openDispatcher, type ProxySettings, proxySecrets, type Way, wayTo } from './proxy.ts';
import type { Redactor } from './redactor.ts';

export interface HttpRequest {
  /** The endpoint's name, for messages. */
  readonly endpoint: string;
  readonly effect: Effect;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Path and query, escaped, beginning with `/`; the base URL's own path is put before it. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** The answer must be complete within this time. */
  readonly timeoutMs: number;
}

export interface HttpClientOptions {
  readonly baseUrl: string;
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly proxy?: ProxySettings | undefined;
  /** Bytes an answer may have; 16 MiB by default. */
  readonly maxBytes?: number;
}

/** What became of an attempt: `left` says whether the server may have seen it. */
export interface Attempted {
  readonly left: boolean;
  readonly outcome: HttpAnswer | ProviderError;
}

const helpUnreachable = "check the network, `baseUrl` and the proxy's settings, then run again";

const byteOrderMark = '\ufeff';

class TimeoutError extends Error {}
class StoppedError extends Error {}

export class HttpClient {
  readonly #base: URL;
  readonly #clock: Clock;
  readonly #redactor: Redactor;
  readonly #way: Way;
  #dispatcher: Promise<Dispatcher> | undefined;
  readonly #maxBytes: number;

  /** @throws {ProviderError} `invalid` when the base URL or the proxy's address cannot be used. */
  constructor(options: HttpClientOptions) {
    this.#base = readBaseUrl(options.baseUrl);
    this.#clock = options.clock;
    this.#redactor = options.redactor;
    this.#maxBytes = options.maxBytes ?? 16 * 1024 * 1024;
    const proxy = options.proxy ?? {};
    for (const secret of proxySecrets(proxy)) this.#redactor.add(secret);
    this.#way = wayTo(this.#base, proxy);
  }

  /** Makes one attempt; never throws. */
  async send(request: HttpRequest, signal?: AbortSignal): Promise<Attempted> {
    const exchange = new Exchange(this.#maxBytes);
    try {
      const answer = await this.#exchange(exchange, request, signal);
      return { left: true, outcome: readAnswer(answer) };
    } catch (error) {
      return { left: exchange.left, outcome: this.#failure(error, request, exchange.left) };
    }
  }

  /** Drops every connection. */
  async close(): Promise<void> {
    await (await this.#dispatcher)?.destroy();
  }

  async #exchange(exchange: Exchange, request: HttpRequest, signal?: AbortSignal): Promise<RawAnswer> {
    const stop = (): void => exchange.stop(new StoppedError());
    if (signal?.aborted) throw new StoppedError();
    signal?.addEventListener('abort', stop, { once: true });
    const callOff = this.#clock.after(request.timeoutMs, () => exchange.stop(new TimeoutError()));
    try {
      this.#dispatcher ??= openDispatcher(this.#way);
      const dispatcher = await this.#dispatcher;
      dispatcher.dispatch(this.#dispatchOptions(request), exchange);
      return await exchange.answer;
    } finally {
      callOff();
      signal?.removeEventListener('abort', stop);
    }
  }

  #dispatchOptions(request: HttpRequest): Dispatcher.DispatchOptions {
    const json = request.body === undefined ? undefined : JSON.stringify(request.body);
    return {
      origin: this.#base.origin,
      path: this.#base.pathname.replace(/\/$/, '') + request.path,
      method: request.method,
      headers: {
        accept: 'application/json',
        ...(json === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }),
        ...request.headers,
      },
      ...(json === undefined ? {} : { body: json }),
    };
  }

  #failure(error: unknown, request: HttpRequest, left: boolean): ProviderError {
    const { endpoint } = request;
    const sent = left && request.effect === 'write' ? 'unknown' : 'no';
    const where = `${endpoint} at ${this.#base.host}`;
    if (error instanceof StoppedError) {
      return new ProviderError({ kind: 'aborted', endpoint, sent, message: `${endpoint} was stopped` });
    }
    if (error instanceof TooLargeError) {
      const message = `${where} answered with more than ${this.#maxBytes} bytes`;
      return new ProviderError({ kind: 'malformed', endpoint, sent, message });
    }
    if (error instanceof TimeoutError) {
      const message = `${where} did not answer within ${request.timeoutMs / 1000} s`;
      return new ProviderError({ kind: 'unavailable', endpoint, sent, message, help: helpUnreachable });
    }
    if (codeOf(error) === 'UND_ERR_INVALID_ARG') {
      const message = `${where} cannot be asked: ${this.#redactor.quote(describe(error))}`;
      return new ProviderError({ kind: 'invalid', endpoint, sent, message });
    }
    const what = left ? 'lost the connection' : 'could not connect';
    const message = `${where} ${what}: ${this.#redactor.quote(describe(error))}`;
    return new ProviderError({ kind: 'unavailable', endpoint, sent, message, help: helpUnreachable });
  }
}

/** Node's code says more than its message, which is empty where several addresses were tried. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown failure';
  return (
    [error.message, codeOf(error)].filter((part) => part !== undefined && part !== '').join(' ') || error.name
  );
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

function readAnswer(raw: RawAnswer): HttpAnswer {
  return {
    status: raw.status,
    body: parseJson(raw.chunks),
    bytes: raw.bytes,
    header(name) {
      const value = raw.headers[name];
      return Array.isArray(value) ? value[0] : value;
    },
  };
}

function parseJson(chunks: readonly Buffer[]): unknown {
  const [first, second] = chunks;
  const bytes = first !== undefined && second === undefined ? first : Buffer.concat(chunks);
  // Checked by itself, because that is quick, and a decoder that refuses is made anew for each answer.
  if (!isUtf8(bytes)) return notJson;
  const text = bytes.toString('utf8');
  try {
    return JSON.parse(text.startsWith(byteOrderMark) ? text.slice(1) : text);
  } catch {
    return notJson;
  }
}

function readBaseUrl(text: string): URL {
  if (URL.canParse(text)) {
    const url = new URL(text);
    if (['http:', 'https:'].includes(url.protocol)) return url;
  }
  throw new ProviderError({
    kind: 'invalid',
    endpoint: 'base-url',
    sent: 'no',
    message: 'the base URL of the provider cannot be read',
    help: 'write `baseUrl` as https://host',
  });
}
