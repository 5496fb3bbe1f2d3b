// DingTalk's paths. Methods and paths: the vendor's pages for each call.

export type DingtalkRouteName =
  | 'access-token'
  | 'corp-token'
  | 'list-spaces'
  | 'get-space'
  | 'create-space'
  | 'list-nodes'
  | 'get-node'
  | 'create-node'
  | 'copy-node'
  | 'move-node'
  | 'rename-node'
  | 'convert-id'
  | 'get-task';

export interface DingtalkRoute {
  readonly name: DingtalkRouteName;
  /** The ids in the path, in their order. */
  readonly ids: readonly string[];
}

const storage = '/v1.0/storage/spaces/:id/dentries/:id';

const table: readonly (readonly [method: string, pattern: string, name: DingtalkRouteName])[] = [
  ['POST', '/v1.0/oauth2/accessToken', 'access-token'],
  ['POST', '/v1.0/oauth2/:id/token', 'corp-token'],
  ['GET', '/v2.0/wiki/workspaces', 'list-spaces'],
  ['POST', '/v2.0/wiki/workspaces', 'create-space'],
  ['GET', '/v2.0/wiki/workspaces/:id', 'get-space'],
  ['GET', '/v2.0/wiki/nodes', 'list-nodes'],
  ['GET', '/v2.0/wiki/nodes/:id', 'get-node'],
  ['POST', '/v1.0/doc/workspaces/:id/docs', 'create-node'],
  ['GET', '/v2.0/doc/dentries/:id/queryDentryId', 'convert-id'],
  ['POST', `${storage}/copy`, 'copy-node'],
  ['POST', `${storage}/move`, 'move-node'],
  ['POST', `${storage}/rename`, 'rename-node'],
  ['GET', '/v1.0/storage/tasks/:id', 'get-task'],
];

const rows = table.map(([method, pattern, name]) => ({
  method,
  pattern: new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll(':id', '([^/]+)')}$`),
  name,
}));

/** `undefined` where the vendor has no such path under this method. */
export function dingtalkRoute(method: string, path: string): DingtalkRoute | undefined {
  for (const row of rows) {
    const match = row.method === method ? row.pattern.exec(path) : null;
    if (match !== null) return { name: row.name, ids: match.slice(1).map(decoded) };
  }
  return undefined;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
