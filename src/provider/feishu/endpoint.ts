// The calls wikiform makes: method, path and the scopes one of which each needs.
// Sources: the vendor's pages for each call, and its command-line tool for the scopes.
// A path's ids are escaped, so that no id can lead to another call.

import type { Endpoint } from '../../tree/capability.ts';
import type { Effect } from '../http/answer.ts';
import type { HttpRequest } from '../http/client.ts';

/** The call that issues the app's token; it has a pace of its own. */
export const tokenEndpoint = 'tenant-token';

export type FeishuEndpoint = Endpoint | typeof tokenEndpoint;

interface EndpointFacts {
  readonly method: HttpRequest['method'];
  readonly effect: Effect;
  readonly scopes: readonly string[];
}

const read = (...scopes: string[]): EndpointFacts => ({
  method: 'GET',
  effect: 'read',
  scopes: [...scopes, 'wiki:wiki:readonly', 'wiki:wiki'],
});

const write = (...scopes: string[]): EndpointFacts => ({
  method: 'POST',
  effect: 'write',
  scopes: [...scopes, 'wiki:wiki'],
});

export const endpoints: Readonly<Record<FeishuEndpoint, EndpointFacts>> = {
  // Asking twice issues the same token, so it may be repeated like a read.
  'tenant-token': { method: 'POST', effect: 'read', scopes: [] },
  'list-spaces': read('wiki:space:retrieve'),
  'get-space': read('wiki:space:read'),
  'create-space': write('wiki:space:write_only'),
  'list-nodes': read('wiki:node:retrieve'),
  'get-node': read('wiki:node:read'),
  'create-node': write('wiki:node:create'),
  'copy-node': write('wiki:node:copy'),
  'move-node': write('wiki:node:move'),
  'rename-node': write('wiki:node:update'),
};

type Query = Readonly<Record<string, string | number | undefined>>;

/** Escapes what goes into a path or a query; what is `undefined` is left out of the query. */
export function path(parts: readonly string[], query: Query = {}): string {
  const search = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  const ids = parts.map(encodeURIComponent).join('/');
  return `/open-apis/${ids}${search.length === 0 ? '' : `?${search.join('&')}`}`;
}
