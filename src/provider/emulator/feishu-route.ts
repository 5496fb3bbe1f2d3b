// Feishu's paths. Methods, paths and their order: the vendor's pages; `get_node` stands beside the
// space ids and goes before them.

export type FeishuEndpoint =
  | 'list-spaces'
  | 'get-space'
  | 'create-space'
  | 'list-nodes'
  | 'get-node'
  | 'create-node'
  | 'copy-node'
  | 'move-node'
  | 'rename-node'
  | 'list-members'
  | 'add-member'
  | 'remove-member'
  | TokenEndpoint
  | LoginEndpoint;

/** The calls that need no token, since they give one. */
export type TokenEndpoint = 'tenant-token' | 'app-token';

/** What a person's login takes: the page, the call for the tokens, and the one that tells whose they are. */
export type LoginEndpoint = 'authorize' | 'user-token' | 'user-info';

export interface FeishuRoute {
  readonly endpoint: FeishuEndpoint;
  readonly space: string;
  /** The node's token, or the member's id. */
  readonly item: string;
}

const spaces = '/open-apis/wiki/v2/spaces';

const table: readonly (readonly [method: string, pattern: string, endpoint: FeishuEndpoint])[] = [
  ['POST', '/open-apis/auth/v3/tenant_access_token/internal', 'tenant-token'],
  ['POST', '/open-apis/auth/v3/app_access_token/internal', 'app-token'],
  ['GET', '/open-apis/authen/v1/authorize', 'authorize'],
  ['POST', '/open-apis/authen/v2/oauth/token', 'user-token'],
  ['GET', '/open-apis/authen/v1/user_info', 'user-info'],
  ['GET', spaces, 'list-spaces'],
  ['POST', spaces, 'create-space'],
  ['GET', `${spaces}/get_node`, 'get-node'],
  ['GET', `${spaces}/:space`, 'get-space'],
  ['GET', `${spaces}/:space/nodes`, 'list-nodes'],
  ['POST', `${spaces}/:space/nodes`, 'create-node'],
  ['POST', `${spaces}/:space/nodes/:item/copy`, 'copy-node'],
  ['POST', `${spaces}/:space/nodes/:item/move`, 'move-node'],
  ['POST', `${spaces}/:space/nodes/:item/update_title`, 'rename-node'],
  ['GET', `${spaces}/:space/members`, 'list-members'],
  ['POST', `${spaces}/:space/members`, 'add-member'],
  ['DELETE', `${spaces}/:space/members/:item`, 'remove-member'],
];

interface Row {
  readonly method: string;
  readonly pattern: RegExp;
  readonly endpoint: FeishuEndpoint;
}

const rows: readonly Row[] = table.map(([method, pattern, endpoint]) => ({
  method,
  pattern: new RegExp(`^${pattern.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`),
  endpoint,
}));

function decoded(part: string | undefined): string {
  try {
    return decodeURIComponent(part ?? '');
  } catch {
    return part ?? '';
  }
}

/** `undefined` where the vendor has no such path under this method. */
export function feishuRoute(method: string, path: string): FeishuRoute | undefined {
  for (const row of rows) {
    const match = row.method === method ? row.pattern.exec(path) : null;
    if (match === null) continue;
    return { endpoint: row.endpoint, space: decoded(match.groups?.space), item: decoded(match.groups?.item) };
  }
  return undefined;
}

export function isTokenEndpoint(endpoint: FeishuEndpoint): endpoint is TokenEndpoint {
  return endpoint === 'tenant-token' || endpoint === 'app-token';
}

export function isLoginEndpoint(endpoint: FeishuEndpoint): endpoint is LoginEndpoint {
  return endpoint === 'authorize' || endpoint === 'user-token' || endpoint === 'user-info';
}
