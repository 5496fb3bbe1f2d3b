// Spaces, nodes and members in Feishu's fields. Times are Unix seconds in strings. A page of its own
// names itself as its origin, as the vendor's pages on copying and moving show it; `node_type` tells.

import { assertNever } from '../../diagnostic/invariant.ts';
import type { WorldResult } from './request.ts';
import { documentOf, type Member, type World, type WorldNode, type WorldSpace } from './world.ts';

const seconds = (ms: number): string => String(Math.floor(ms / 1000));

function spaceJson(space: WorldSpace): object {
  return {
    name: space.name,
    description: space.description,
    space_id: space.id,
    space_type: 'team',
    visibility: space.visibility,
    open_sharing: space.sharing,
  };
}

function nodeJson(world: World, node: WorldNode): object {
  const document = documentOf(world, node);
  const origin = node.origin === null ? node : world.nodes.get(node.origin);
  return {
    space_id: node.space.id,
    node_token: node.id,
    obj_token: node.document,
    obj_type: node.type,
    parent_node_token: node.parent?.id ?? '',
    node_type: node.kind,
    origin_node_token: node.origin ?? node.id,
    origin_space_id: origin?.space.id ?? '',
    has_child: node.children.length > 0,
    title: node.title,
    obj_create_time: seconds(document?.createdAtMs ?? node.createdAtMs),
    obj_edit_time: seconds(document?.editedAtMs ?? node.createdAtMs),
    node_create_time: seconds(node.createdAtMs),
    creator: document?.creator ?? node.creator,
    owner: document?.owner ?? node.creator,
    node_creator: node.creator,
  };
}

function memberJson(member: Member): object {
  return {
    member_type: member.type,
    member_id: member.id,
    member_role: member.role,
    type: member.type === 'openchat' ? 'chat' : member.type === 'opendepartmentid' ? 'department' : 'user',
  };
}

function paging(next: string | undefined): { page_token: string; has_more: boolean } {
  return { page_token: next ?? '', has_more: next !== undefined };
}

/** The envelope's `data`. */
export function dataOf(world: World, result: WorldResult): object {
  switch (result.kind) {
    case 'spaces':
      return { items: result.spaces.map(spaceJson), ...paging(result.next) };
    case 'space':
      return { space: spaceJson(result.space) };
    case 'nodes':
      return { items: result.nodes.map((node) => nodeJson(world, node)), ...paging(result.next) };
    case 'node':
      return { node: nodeJson(world, result.node) };
    case 'members':
      return { members: result.members.map(memberJson), ...paging(result.next) };
    case 'member':
      return { member: memberJson(result.member) };
    case 'nothing':
      return {};
    default:
      return assertNever(result);
  }
}
