// Spaces and nodes in DingTalk's fields. A file is listed with its extension behind its name; nothing tells
// what a node lies below.

import { documentIdOf, rootIdOf, storageSpace } from './dingtalk-id.ts';
import type { WorldNode, WorldSpace } from './world.ts';

export function spaceJson(space: WorldSpace): object {
  return {
    workspaceId: space.id,
    corpId: 'ding_emulated',
    rootNodeId: rootIdOf(space.id),
    name: space.name,
    type: 'TEAM',
    description: space.description,
    url: `https://alidocs.dingtalk.com/i/spaces/${space.id}/overview`,
    permissionRole: 'OWNER',
  };
}

const extensions: Readonly<Record<string, string>> = { doc: 'adoc', workbook: 'axls', mind: 'amind' };

/** `undefined` for a folder, which has none. */
const extensionOf = ({ type }: WorldNode): string | undefined =>
  type === 'folder' ? undefined : (extensions[type] ?? type);

function nameOf(node: WorldNode): string {
  const extension = extensionOf(node);
  return extension === undefined ? node.title : `${node.title}.${extension}`;
}

const urlOf = ({ id }: WorldNode): string => `https://alidocs.dingtalk.com/i/nodes/${id}`;

/** To the minute, as the vendor writes it. */
const minute = (ms: number): string => `${new Date(ms).toISOString().slice(0, 16)}Z`;

export function nodeJson(node: WorldNode): object {
  const extension = extensionOf(node);
  return {
    nodeId: node.id,
    workspaceId: node.space.id,
    name: nameOf(node),
    size: 0,
    type: extension === undefined ? 'FOLDER' : 'FILE',
    ...(extension === undefined ? {} : { category: 'ALIDOC', extension }),
    url: urlOf(node),
    creatorId: node.creator,
    modifierId: node.creator,
    createTime: minute(node.createdAtMs),
    createTimestamp: node.createdAtMs,
    hasChildren: node.children.length > 0,
    permissionRole: 'OWNER',
  };
}

/** What making a document answers. `nodeId` is not the id that any other call takes. */
export function madeJson(node: WorldNode): object {
  return {
    workspaceId: node.space.id,
    nodeId: documentIdOf(node.id),
    docKey: node.document,
    dentryUuid: node.id,
    url: urlOf(node),
  };
}

export function dentryJson(node: WorldNode, number: (id: string) => string): object {
  const extension = extensionOf(node);
  return {
    id: number(node.id),
    spaceId: storageSpace,
    parentId: number(node.parent?.id ?? rootIdOf(node.space.id)),
    uuid: node.id,
    name: nameOf(node),
    type: extension === undefined ? 'FOLDER' : 'FILE',
    ...(extension === undefined ? {} : { extension }),
    status: 'NORMAL',
  };
}
