// The calls wikiform makes: method, effect and the permission each needs, as the vendor's pages name them.
// A path's ids are escaped, so that no id can lead to another call.

import type { Endpoint } from '../../tree/capability.ts';
import type { Effect } from '../http/answer.ts';
import type { HttpRequest } from '../http/client.ts';
import type { convertEndpoint, taskEndpoint } from './capability.ts';

/** The call that issues the app's token; it has a pace of its own, and does not count for the quota. */
export const tokenEndpoint = 'access-token';

export type DingtalkEndpoint = Endpoint | typeof convertEndpoint | typeof taskEndpoint | typeof tokenEndpoint;

interface EndpointFacts {
  readonly method: HttpRequest['method'];
  readonly effect: Effect;
  /** The permission in the developer console; none for the token. */
  readonly permission: string | undefined;
}

const read = (permission: string): EndpointFacts => ({ method: 'GET', effect: 'read', permission });
const write = (permission: string): EndpointFacts => ({ method: 'POST', effect: 'write', permission });

export const endpoints: Readonly<Record<DingtalkEndpoint, EndpointFacts>> = {
  // Asking twice issues the same token, so it may be repeated like a read.
  'access-token': { method: 'POST', effect: 'read', permission: undefined },
  'list-spaces': read('Wiki.Workspace.Read'),
  'get-space': read('Wiki.Workspace.Read'),
  'create-space': write('Wiki.Workspace.Write'),
  'list-nodes': read('Wiki.Node.Read'),
  'get-node': read('Wiki.Node.Read'),
  'create-node': write('Document.WorkspaceDocument.Write'),
  'copy-node': write('Storage.File.Write'),
  'move-node': write('Storage.File.Write'),
  'rename-node': write('Storage.File.Write'),
  'convert-id': read('Document.WorkspaceDocument.Read'),
  'get-task': read('Storage.Task.Read'),
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
