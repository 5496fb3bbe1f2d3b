// DingTalk as data. Sources, on the vendor's developer site: the pages on wiki 2.0 (spaces and nodes), on
// creating a document in a knowledge base, on the storage calls for copying, moving and renaming, and on
// frequency control. What nobody has documented, such as a depth, is not limited here.
//
// An app's token acts for the operator whose unionId goes with each call, so there is one identity.

import type { Capabilities, Endpoint, Identity } from '../../tree/capability.ts';
import type { Rate } from '../../tree/limit.ts';

/** "Each app, calling each interface": 20 a second on the standard edition. */
const perSecond: Rate = { count: 20, windowMs: 1000 };
const app: readonly Identity[] = ['app'];

/** Learning the ids by which the storage calls know a node. */
export const convertEndpoint = 'convert-id';
/** Asking whether an asynchronous task is over. */
export const taskEndpoint = 'get-task';

const pace: Readonly<Record<Endpoint, Rate> & Record<string, Rate>> = {
  'list-spaces': perSecond,
  'get-space': perSecond,
  'create-space': perSecond,
  'list-nodes': perSecond,
  'get-node': perSecond,
  'create-node': perSecond,
  'copy-node': perSecond,
  'move-node': perSecond,
  'rename-node': perSecond,
  [convertEndpoint]: perSecond,
  [taskEndpoint]: perSecond,
};

const identities: Readonly<Record<Endpoint, readonly Identity[]>> = {
  'list-spaces': app,
  'get-space': app,
  'create-space': app,
  'list-nodes': app,
  'get-node': app,
  'create-node': app,
  'copy-node': app,
  'move-node': app,
  'rename-node': app,
};

/** As the vendor's page for each call names them. */
export const dingtalkPermissions: Capabilities['permissions'] = {
  'list-spaces': ['Wiki.Workspace.Read'],
  'get-space': ['Wiki.Workspace.Read'],
  'create-space': ['Wiki.Workspace.Write'],
  'list-nodes': ['Wiki.Node.Read'],
  'get-node': ['Wiki.Node.Read'],
  'create-node': ['Document.WorkspaceDocument.Write'],
  'copy-node': ['Storage.File.Write'],
  'move-node': ['Storage.File.Write'],
  'rename-node': ['Storage.File.Write'],
  [convertEndpoint]: ['Document.WorkspaceDocument.Read'],
  [taskEndpoint]: ['Storage.Task.Read'],
};

const able = { create: true, rename: true, holds: false };
/** What a node may lie below: "a folder, or an ordinary document" (the page on creating a document). */
const holding = { ...able, holds: true };

export const dingtalkCapabilities: Capabilities = {
  vendor: 'dingtalk',
  label: 'DingTalk',
  defaultBaseUrl: 'https://api.dingtalk.com',
  hosts: ['api.dingtalk.com', 'api.dingtalk.io'],
  environmentPrefix: 'DINGTALK',
  credentials: {
    app: [
      { field: 'appKey', variable: 'APP_KEY', emulated: 'ding_emulator' },
      { field: 'appSecret', variable: 'APP_SECRET', emulated: 'emulator' },
      { field: 'operatorId', variable: 'OPERATOR_ID', emulated: 'union_emulator' },
      { field: 'corpId', variable: 'CORP_ID', emulated: '', optional: true },
    ],
    user: [],
  },
  types: { folder: holding, doc: holding, workbook: able, mind: able },
  defaultType: 'doc',
  // A shortcut can only be made with a user's token, which this provider does not take.
  shortcuts: { create: false, rename: false },
  copies: { title: 'source', reach: 'branch' },
  names: {
    spaceLength: 32,
    descriptionLength: 500,
    forbidden: ['\t', '*', '"', '<', '>', '|'],
    forbiddenLast: ['.'],
    keepsBlanks: false,
    mayBeEmpty: false,
  },
  siblingNames: 'distinct-within-type',
  sharing: false,
  tellsParent: false,
  aliases: {
    endpoint: convertEndpoint,
    needs: {
      'copy-node': ['source', 'target'],
      'move-node': ['page', 'target'],
      'rename-node': ['page'],
    },
    toldBy: ['copy-node'],
  },
  tasks: { endpoint: taskEndpoint, of: ['copy-node', 'move-node'] },
  tokenCalls: { app: 1, user: 0 },
  unconfirmed: ['move-node', 'rename-node'],
  limits: {
    depth: Number.POSITIVE_INFINITY,
    children: Number.POSITIVE_INFINITY,
    nodes: Number.POSITIVE_INFINITY,
    nodesPerMove: Number.POSITIVE_INFINITY,
  },
  monthlyCalls: 5000,
  pageSize: 50,
  pace,
  permissions: dingtalkPermissions,
  identities,
};
