// The calls wikiform makes: method, effect and the permission each needs.
// A path's ids are escaped, so that no id can lead to another call.

import type { Endpoint } from '../../tree/capability.ts';
import type { Effect } from '../http/answer.ts';
import type { HttpRequest } from '../http/client.ts';
import { type convertEndpoint, dingtalkPermissions, type taskEndpoint } from './capability.ts';

/** The call that issues the app's token; it has a pace of its own, and does not count for the quota. */
export const tokenEndpoint = 'access-token';

export type DingtalkEndpoint = Endpoint | typeof convertEndpoint | typeof taskEndpoint | typeof tokenEndpoint;

interface EndpointFacts {
  readonly method: HttpRequest['method'];
  readonly effect: Effect;
  /** The permission in the developer console; none for the token. */
  readonly permission: string | undefined;
}

const permissionFor = (endpoint: string): string | undefined => dingtalkPermissions[endpoint]?.[0];

const read = (endpoint: string): EndpointFacts => ({
  method: 'GET',
  effect: 'read',
  permission: permissionFor(endpoint),
});
const write = (endpoint: string): EndpointFacts => ({
  method: 'POST',
  effect: 'write',
  permission: permissionFor(endpoint),
});

export const endpoints: Readonly<Record<DingtalkEndpoint, EndpointFacts>> = {
  // Asking twice issues the same token, so it may be repeated like a read.
  'access-token': { method: 'POST', effect: 'read', permission: undefined },
  'list-spaces': read('list-spaces'),
  'get-space': read('get-space'),
  'create-space': write('create-space'),
  'list-nodes': read('list-nodes'),
  'get-node': read('get-node'),
  'create-node': write('create-node'),
  'copy-node': write('copy-node'),
  'move-node': write('move-node'),
  'rename-node': write('rename-node'),
  'convert-id': read('convert-id'),
  'get-task': read('get-task'),
};

type Query = Readonly<Record<string, string | number | undefined>>;

/** Escapes what goes into a path or a query; what is `undefined` or empty is left out of the query. */
export function path(parts: readonly string[], query: Query = {}): string {
  const search = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name}=${encodeURIComponent(value)}`],
  );
  const ids = parts.map(encodeURIComponent).join('/');
  return `/${ids}${search.length === 0 ? '' : `?${search.join('&')}`}`;
}
