// Which way requests take: straight, or through a proxy. The settings are handed in, as they stand in
// HTTP_PROXY, HTTPS_PROXY and NO_PROXY; this file never looks at the environment, and the loopback is
// never proxied.

import type { Dispatcher } from 'undici';
import { isLoopback } from '../../tree/host.ts';
import { ProviderError } from '../provider-error.ts';

export interface ProxySettings {
  /** For `http:` servers. */
  readonly httpProxy?: string | undefined;
  /** For `https:` servers. */
  readonly httpsProxy?: string | undefined;
  /** Hosts that are reached straight, with commas between them; `*` for all. */
  readonly noProxy?: string | undefined;
}

/** Connects within this time or not at all. */
const connectTimeoutMs = 10_000;

/** Timeouts are the client's own, over its clock, and redirects are not followed by a dispatcher. */
const connections = {
  connect: { timeout: connectTimeoutMs },
  headersTimeout: 0,
  bodyTimeout: 0,
  pipelining: 1,
} as const;

/** What a dispatcher has to know. */
export interface Way {
  readonly origin: string;
  /** `undefined` where requests go straight. */
  readonly proxy: URL | undefined;
  readonly noProxy: string;
}

/** @throws {ProviderError} `invalid` when the proxy's address cannot be read. */
export function wayTo(baseUrl: URL, settings: ProxySettings): Way {
  return {
    origin: baseUrl.origin,
    proxy: proxyFor(baseUrl, settings),
    noProxy: settings.noProxy ?? '',
  };
}

/** Loads undici first: that takes a fifth of a short command's time, and many of them make no call. */
export async function openDispatcher({ origin, proxy, noProxy }: Way): Promise<Dispatcher> {
  const { EnvHttpProxyAgent, Pool } = await import('undici');
  if (proxy === undefined) return new Pool(origin, connections);
  // Given as strings, all three keep undici from reading the environment.
  return new EnvHttpProxyAgent({ ...connections, httpProxy: proxy.href, httpsProxy: proxy.href, noProxy });
}

/** The proxy's secrets: they must not show in messages either. */
export function proxySecrets(settings: ProxySettings): string[] {
  const urls = [settings.httpProxy, settings.httpsProxy].map((text) => readProxy(text));
  return urls.flatMap((url) => {
    if (url === undefined || url.password === '') return [];
    const password = decoded(url.password);
    return [url.password, password, `${decoded(url.username)}:${password}`];
  });
}

function proxyFor(baseUrl: URL, settings: ProxySettings): URL | undefined {
  if (isLoopback(baseUrl)) return undefined;
  const text = baseUrl.protocol === 'https:' ? settings.httpsProxy : settings.httpProxy;
  if (text === undefined || text.trim() === '') return undefined;
  const url = readProxy(text);
  if (url !== undefined) return url;
  throw new ProviderError({
    kind: 'invalid',
    endpoint: 'proxy',
    sent: 'no',
    message: 'the address of the HTTP proxy cannot be read',
    help: 'write it as http://host:port in HTTPS_PROXY or HTTP_PROXY, or unset them',
  });
}

/** `host:port` without a scheme is common, and means http. */
function readProxy(text: string | undefined): URL | undefined {
  if (text === undefined || text.trim() === '') return undefined;
  const written = text.trim();
  const address = written.includes('://') ? written : `http://${written}`;
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  return ['http:', 'https:'].includes(url.protocol) ? url : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
