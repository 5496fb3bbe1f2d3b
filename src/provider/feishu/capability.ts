// Feishu and Lark as data. Limits: the vendor's pages for creating, copying and moving a node, code
// 131003. Rates: 100 calls a minute per endpoint, 10 for creating a space (the same pages). Who may
// create a space: the page for creating a space refuses the tenant token.

import type { Capabilities, Endpoint, Identity } from '../../tree/capability.ts';
import type { Rate } from '../../tree/limit.ts';

const perMinute = (count: number): Rate => ({ count, windowMs: 60_000 });
const anyone: readonly Identity[] = ['app', 'user'];

const pace: Readonly<Record<Endpoint, Rate>> = {
  'list-spaces': perMinute(100),
  'get-space': perMinute(100),
  'create-space': perMinute(10),
  'list-nodes': perMinute(100),
  'get-node': perMinute(100),
  'create-node': perMinute(100),
  'copy-node': perMinute(100),
  'move-node': perMinute(100),
  'rename-node': perMinute(100),
};

const identities: Readonly<Record<Endpoint, readonly Identity[]>> = {
  'list-spaces': anyone,
  'get-space': anyone,
  'create-space': ['user'],
  'list-nodes': anyone,
  'get-node': anyone,
  'create-node': anyone,
  'copy-node': anyone,
  'move-node': anyone,
  'rename-node': anyone,
};

const readers: readonly string[] = ['wiki:wiki:readonly', 'wiki:wiki'];
const writers: readonly string[] = ['wiki:wiki'];

/** Scopes: the vendor's page for each call, and its command-line tool. */
export const feishuPermissions: Readonly<Record<Endpoint, readonly string[]>> = {
  'list-spaces': ['wiki:space:retrieve', ...readers],
  'get-space': ['wiki:space:read', ...readers],
  'create-space': ['wiki:space:write_only', ...writers],
  'list-nodes': ['wiki:node:retrieve', ...readers],
  'get-node': ['wiki:node:read', ...readers],
  'create-node': ['wiki:node:create', ...writers],
  'copy-node': ['wiki:node:copy', ...writers],
  'move-node': ['wiki:node:move', ...writers],
  'rename-node': ['wiki:node:update', ...writers],
};

const shared = {
  /** `doc` is retired and `file` is only ever uploaded (page for creating a node, code 131010). */
  types: {
    docx: { create: true, rename: true, holds: true },
    sheet: { create: true, rename: false, holds: true },
    bitable: { create: true, rename: false, holds: true },
    mindnote: { create: true, rename: false, holds: true },
    slides: { create: true, rename: false, holds: true },
    doc: { create: false, rename: true, holds: true },
    file: { create: false, rename: false, holds: true },
  },
  defaultType: 'docx',
  shortcuts: { create: true, rename: true },
  copies: { title: 'given', reach: 'page' },
  names: {
    spaceLength: Number.POSITIVE_INFINITY,
    descriptionLength: Number.POSITIVE_INFINITY,
    forbidden: [],
    forbiddenLast: [],
    keepsBlanks: true,
    mayBeEmpty: true,
  },
  siblingNames: 'free',
  sharing: true,
  tellsParent: true,
  aliases: undefined,
  tasks: undefined,
  // A person's token is at hand, or was kept by the login.
  tokenCalls: { app: 1, user: 0 },
  unconfirmed: [],
  credentials: {
    app: [
      { field: 'appId', variable: 'APP_ID', emulated: 'cli_emulator' },
      { field: 'appSecret', variable: 'APP_SECRET', emulated: 'emulator' },
    ],
    user: [{ field: 'userAccessToken', variable: 'USER_ACCESS_TOKEN', emulated: 'u-emulator' }],
  },
  monthlyCalls: 10_000,
  limits: { depth: 50, children: 2000, nodes: 400_000, nodesPerMove: 2000 },
  pageSize: 50,
  pace,
  permissions: feishuPermissions,
  identities,
} as const;

export const feishuCapabilities: Capabilities = {
  vendor: 'feishu',
  label: 'Feishu',
  defaultBaseUrl: 'https://open.feishu.cn',
  hosts: ['open.feishu.cn'],
  environmentPrefix: 'FEISHU',
  ...shared,
};

export const larkCapabilities: Capabilities = {
  vendor: 'lark',
  label: 'Lark',
  defaultBaseUrl: 'https://open.larksuite.com',
  hosts: ['open.larksuite.com'],
  environmentPrefix: 'LARK',
  ...shared,
};
