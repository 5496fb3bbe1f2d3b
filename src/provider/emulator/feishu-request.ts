// From Feishu's fields to what a world is asked. Fields, defaults and options: the vendor's pages.

import { assertNever } from '../../diagnostic/invariant.ts';
import type { Call } from './face.ts';
import { type Arguments, bodyArguments, pageArguments, queryArguments } from './feishu-argument.ts';
import type { FeishuEndpoint, FeishuRoute, LoginEndpoint, TokenEndpoint } from './feishu-route.ts';
import type { Slip } from './listing.ts';
import type { MemberName, Target, WorldRequest, WorldRequestOf } from './request.ts';

export interface WikiRoute extends FeishuRoute {
  readonly endpoint: Exclude<FeishuEndpoint, TokenEndpoint | LoginEndpoint>;
}

const types = ['doc', 'docx', 'sheet', 'mindnote', 'bitable', 'file', 'slides'] as const;
const memberTypes = [
  'openchat',
  'userid',
  'email',
  'opendepartmentid',
  'openid',
  'unionid',
  'appid',
] as const;

function createSpace(body: Arguments): WorldRequest {
  return {
    kind: 'create-space',
    name: body.text('name') ?? '',
    description: body.text('description') ?? '',
    sharing: body.choice('open_sharing', ['open', 'closed']) ?? 'closed',
  };
}

function createNode(route: WikiRoute, body: Arguments): WorldRequest {
  const type = body.requiredChoice('obj_type', types);
  const kind = body.requiredChoice('node_type', ['origin', 'shortcut']);
  return {
    kind: 'create-node',
    space: route.space,
    parent: body.token('parent_node_token'),
    title: body.text('title'),
    type,
    origin: kind === 'shortcut' ? body.required('origin_node_token') : undefined,
  };
}

function target(body: Arguments): Target {
  return { targetSpace: body.token('target_space_id'), targetParent: body.token('target_parent_token') };
}

function getNode(query: Arguments): WorldRequestOf<'get-node'> {
  const type = query.choice('obj_type', [...types, 'wiki']) ?? 'wiki';
  return { kind: 'get-node', token: query.required('token'), type };
}

function member(body: Arguments, id: string): MemberName {
  return {
    type: body.requiredChoice('member_type', memberTypes),
    id,
    role: body.requiredChoice('member_role', ['admin', 'member']),
  };
}

/** @throws {FeishuError} on arguments the vendor's gateway would refuse. */
export function worldRequest(route: WikiRoute, call: Call, slip: Slip | undefined): WorldRequest {
  const { endpoint, space, item } = route;
  const body = (): Arguments => bodyArguments(call.body);
  const paged = () => pageArguments(call.query, slip);
  switch (endpoint) {
    case 'list-spaces':
      return { kind: endpoint, page: paged() };
    case 'get-space':
      return { kind: endpoint, space };
    case 'create-space':
      return createSpace(body());
    case 'list-nodes':
      return {
        kind: endpoint,
        space,
        parent: call.query.get('parent_node_token') || undefined,
        page: paged(),
      };
    case 'get-node':
      return getNode(queryArguments(call.query));
    case 'create-node':
      return createNode(route, body());
    case 'copy-node': {
      const fields = body();
      return { kind: endpoint, space, node: item, title: fields.text('title'), ...target(fields) };
    }
    case 'move-node':
      return { kind: endpoint, space, node: item, ...target(body()) };
    case 'rename-node':
      return { kind: endpoint, space, node: item, title: body().given('title') };
    case 'list-members':
      return { kind: endpoint, space, page: paged() };
    case 'add-member': {
      const fields = body();
      return { kind: endpoint, space, member: member(fields, fields.required('member_id')) };
    }
    case 'remove-member':
      return { kind: endpoint, space, member: member(body(), item) };
    default:
      return assertNever(endpoint);
  }
}
