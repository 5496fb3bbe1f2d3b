// The calls wikiform makes: method and the scopes one of which each needs.
// Sources: the vendor's pages for each call.
// A path's ids are escaped, so that no id can lead to another call.

import type { Endpoint } from '../../tree/capability.ts';
import type { Rate } from '../../tree/limit.ts';
import type { Effect } from '../http/answer.ts';
import type { HttpRequest } from '../http/client.ts';
import { feishuPermissions } from './capability.ts';

/** The call that issues the app's token; it has a pace of its own. */
export const tokenEndpoint = 'tenant-token';

/** The call that gives out and renews a user's tokens. */
export const userTokenEndpoint = 'user-token';
/** The call that tells whose token it is. */
export const userInfoEndpoint = 'user-info';

/** The vendor publishes no cap for the app's token, and a higher one for the user's; as many as for the wiki's calls. */
const tokenRate: Rate = { count: 100, windowMs: 60_000 };
export const tokenRates: Readonly<Record<string, Rate>> = {
  [tokenEndpoint]: tokenRate,
  [userTokenEndpoint]: tokenRate,
  [userInfoEndpoint]: tokenRate,
};

export type FeishuEndpoint =
  | Endpoint
  | typeof tokenEndpoint
  | typeof userTokenEndpoint
  | typeof userInfoEndpoint;

interface EndpointFacts {
  readonly method: HttpRequest['method'];
  readonly effect: Effect;
  readonly scopes: readonly string[];
}

const read = (endpoint: Endpoint): EndpointFacts => ({
  method: 'GET',
  effect: 'read',
  scopes: feishuPermissions[endpoint],
});

const write = (endpoint: Endpoint): EndpointFacts => ({
  method: 'POST',
  effect: 'write',
  scopes: feishuPermissions[endpoint],
});

export const endpoints: Readonly<Record<FeishuEndpoint, EndpointFacts>> = {
  // Asking twice issues the same token, so it may be repeated like a read.
  'tenant-token': { method: 'POST', effect: 'read', scopes: [] },
  // It uses a code or a refresh token up, so it is never repeated unless the vendor is known to have refused.
  'user-token': { method: 'POST', effect: 'write', scopes: [] },
  'user-info': { method: 'GET', effect: 'read', scopes: [] },
  'list-spaces': read('list-spaces'),
  'get-space': read('get-space'),
  'create-space': write('create-space'),
  'list-nodes': read('list-nodes'),
  'get-node': read('get-node'),
  'create-node': write('create-node'),
  'copy-node': write('copy-node'),
  'move-node': write('move-node'),
  'rename-node': write('rename-node'),
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
