// From DingTalk's fields to what a world is asked, and its answers back. Fields and codes: the vendor's pages.

import { assertNever, present } from '../../diagnostic/invariant.ts';
import type { Actor } from './access.ts';
import { bodyOf, objectIn, pageOfQuery, requiredIn, requiredOf, textIn } from './dingtalk-argument.ts';
import { DingtalkError, type Family, failure, refusalOf, success } from './dingtalk-code.ts';
import { type Numbers, storageSpace } from './dingtalk-id.ts';
import { dentryJson, madeJson, nodeJson, spaceJson } from './dingtalk-json.ts';
import type { DingtalkRoute, DingtalkRouteName } from './dingtalk-route.ts';
import type { DingtalkTasks } from './dingtalk-task.ts';
import type { Call, Reply } from './face.ts';
import type { Slip } from './listing.ts';
import { applyRequest } from './operation.ts';
import type { Target, WorldRequest, WorldResult } from './request.ts';
import type { World, WorldNode } from './world.ts';

export type WikiRoute = DingtalkRoute & {
  readonly name: Exclude<DingtalkRouteName, 'access-token' | 'corp-token'>;
};

export interface CallParts {
  readonly world: World;
  readonly numbers: Numbers;
  readonly tasks: DingtalkTasks;
  readonly nowMs: number;
  readonly wallMs: number;
}

/** The documented maxima. */
const mostSpaces = 30;
const mostNodes = 50;

const types: Readonly<Record<string, string>> = {
  DOC: 'doc',
  WORKBOOK: 'workbook',
  MIND: 'mind',
  FOLDER: 'folder',
};

/** Where the call says on whose behalf it is. @throws {DingtalkError} where it does not. */
export function operatorOf({ name }: WikiRoute, call: Call): string {
  switch (name) {
    case 'create-node':
      return requiredIn(bodyOf(call.body), 'operatorId');
    case 'copy-node':
    case 'move-node':
    case 'rename-node':
    case 'get-task':
      return requiredOf(call.query, 'unionId');
    default:
      return requiredOf(call.query, 'operatorId');
  }
}

/** What a world is asked; `undefined` for the calls that only this face knows. @throws {DingtalkError} */
export function requestOf(
  { name, ids: [first = '', second = ''] }: WikiRoute,
  call: Call,
  parts: CallParts,
  slip?: Slip,
): WorldRequest | undefined {
  switch (name) {
    case 'list-spaces':
      return { kind: name, page: pageOfQuery(call.query, mostSpaces, slip) };
    case 'get-space':
      return { kind: name, space: first };
    case 'create-space': {
      const body = bodyOf(call.body);
      const description = textIn(objectIn(body, 'option'), 'description') ?? '';
      return { kind: name, name: spaceName(requiredIn(body, 'name')), description, sharing: 'closed' };
    }
    case 'list-nodes': {
      const place = placeOf(requiredOf(call.query, 'parentNodeId'), parts, 'wiki');
      return { kind: name, ...place, page: pageOfQuery(call.query, mostNodes, slip) };
    }
    case 'get-node':
      return { kind: name, token: first, type: 'wiki' };
    case 'create-node':
      return creation(first, call, parts);
    case 'copy-node':
      return { kind: name, ...dentryOf(first, second, parts), title: undefined, ...targetOf(call, parts) };
    case 'move-node':
      return { kind: name, ...dentryOf(first, second, parts), ...targetOf(call, parts) };
    case 'rename-node':
      return {
        kind: name,
        ...dentryOf(first, second, parts),
        title: requiredIn(bodyOf(call.body), 'newName'),
      };
    case 'convert-id':
    case 'get-task':
      return undefined;
    default:
      return assertNever(name);
  }
}

function spaceName(name: string): string {
  if ([...name].length > 32) throw new DingtalkError(400, 'paramError.name', 'the name is too long');
  return name;
}

function creation(space: string, call: Call, parts: CallParts): WorldRequest {
  const body = bodyOf(call.body);
  const type = types[requiredIn(body, 'docType')];
  if (type === undefined) throw new DingtalkError(400, 'invalidRequest.inputArgs.invalid', 'docType');
  const above = textIn(body, 'parentNodeId');
  const isTop = above === undefined || parts.numbers.spaceOfRoot(above) === space;
  return {
    kind: 'create-node',
    space,
    parent: isTop ? undefined : above,
    title: requiredIn(body, 'name'),
    type,
    origin: undefined,
  };
}

/** The children of a node, or of a space's root. */
function placeOf(
  id: string,
  { world, numbers }: CallParts,
  family: Family,
): { space: string; parent: string | undefined } {
  const space = numbers.spaceOfRoot(id);
  if (space !== undefined) return { space, parent: undefined };
  const node = world.nodes.get(id);
  if (node === undefined) throw new DingtalkError(...refusalOf('not-found', family, 'node'), 'no such node');
  return { space: node.space.id, parent: node.id };
}

function dentryOf(
  space: string,
  number: string,
  { world, numbers }: CallParts,
): { space: string; node: string } {
  if (space !== storageSpace) throw new DingtalkError(404, 'spaceNotExist', 'no such storage space');
  const node = world.nodes.get(numbers.idOf(number) ?? '');
  if (node === undefined) throw new DingtalkError(404, 'dentryNotExist', 'no such dentry');
  return { space: node.space.id, node: node.id };
}

/** "0" is the root of the storage space, which is no place of any wiki. @throws {DingtalkError} */
function targetOf(call: Call, parts: CallParts): Target {
  const body = bodyOf(call.body);
  if (requiredIn(body, 'targetSpaceId') !== storageSpace)
    throw new DingtalkError(404, 'spaceNotExist', 'no such storage space');
  const id = parts.numbers.idOf(requiredIn(body, 'targetFolderId'));
  if (id === undefined) throw new DingtalkError(404, 'dentryNotExist', 'no such target folder');
  const { space, parent } = placeOf(id, parts, 'storage');
  return { targetSpace: space, targetParent: parent };
}

const families: Readonly<Record<WikiRoute['name'], Family>> = {
  'list-spaces': 'wiki',
  'get-space': 'wiki',
  'create-space': 'wiki',
  'list-nodes': 'wiki',
  'get-node': 'wiki',
  'create-node': 'document',
  'copy-node': 'storage',
  'move-node': 'storage',
  'rename-node': 'storage',
  'convert-id': 'storage',
  'get-task': 'storage',
};

/** What goes wrong with a call though it is carried out. */
export interface Trouble {
  readonly slip?: Slip | undefined;
  /** How long the effect of a task is put off. */
  readonly lateMs?: number | undefined;
}

/** Does what the call asks for. @throws {DingtalkError} on arguments that cannot be read. */
export function replyTo(
  route: WikiRoute,
  call: Call,
  actor: Actor,
  parts: CallParts,
  { slip, lateMs }: Trouble = {},
): Reply {
  const {
    name,
    ids: [first = ''],
  } = route;
  if (name === 'convert-id') return converted(first, parts);
  if (name === 'get-task') return taskReply(first, parts);
  const wished = present(requestOf(route, call, parts, slip), 'a request');
  const request = evading(wished, call, parts);
  if (lateMs !== undefined && isLong(request, parts.world)) return putOff(request, actor, parts, lateMs);
  const answer = applyRequest(parts.world, request, actor, parts.wallMs);
  if (!answer.ok) {
    const subject = name === 'get-space' ? 'space' : name === 'create-node' ? 'parent' : 'node';
    return failure(...refusalOf(answer.reason, families[name], subject), answer.message);
  }
  return success(dataOf(name, answer.result, parts));
}

/** What has pages below it is copied and moved by a task. */
function isLong(request: WorldRequest, { nodes }: World): boolean {
  if (request.kind !== 'copy-node' && request.kind !== 'move-node') return false;
  return (nodes.get(request.node)?.children.length ?? 0) > 0;
}

/** The answer tells the task and nothing else; what is in the way is told when it ends. */
function putOff(
  request: WorldRequest,
  actor: Actor,
  { world, tasks, nowMs, wallMs }: CallParts,
  lateMs: number,
): Reply {
  const work = (): string | undefined => {
    const answer = applyRequest(world, request, actor, wallMs + lateMs);
    return answer.ok ? undefined : refusalOf(answer.reason, 'storage', 'node')[1];
  };
  return success({ async: true, taskId: tasks.beginLate(nowMs, lateMs, work) });
}

function converted(id: string, { world, numbers }: CallParts): Reply {
  const isKnown = world.nodes.has(id) || numbers.spaceOfRoot(id) !== undefined;
  if (!isKnown) return failure(404, 'documentNotExist', 'the document does not exist');
  return success({ dentryUuid: id, spaceId: storageSpace, dentryId: numbers.numberOf(id) });
}

function taskReply(id: string, { tasks, nowMs }: CallParts): Reply {
  const task = tasks.statusOf(id, nowMs);
  if (task === undefined) return failure(404, 'taskNotExist', 'no such task');
  const { status, why } = task;
  const counts = { successCount: status === 'SUCCESS' ? 1 : 0, failCount: status === 'FAIL' ? 1 : 0 };
  return success({ task: { id, status, totalCount: 1, ...counts, ...(why && { failMessage: why }) } });
}

/** Unless told otherwise a clash of names is settled silently: the copy gets another name, the page is renamed. */
function evading(request: WorldRequest, call: Call, { world }: CallParts): WorldRequest {
  if (request.kind !== 'copy-node' && request.kind !== 'move-node') return request;
  const strategy = textIn(objectIn(bodyOf(call.body), 'option'), 'conflictStrategy') ?? 'AUTO_RENAME';
  const node = world.nodes.get(request.node);
  if (strategy !== 'AUTO_RENAME' || node === undefined) return request;
  const { targetSpace = '', targetParent } = request;
  const siblings =
    targetParent === undefined
      ? world.spacesById.get(targetSpace)?.roots
      : world.nodes.get(targetParent)?.children;
  const isTaken = (title: string): boolean =>
    siblings?.some((other) => other !== node && other.title === title && other.type === node.type) === true;
  let title = node.title;
  for (let number = 1; isTaken(title); number += 1) title = `${node.title}(${number})`;
  if (request.kind === 'copy-node') return { ...request, title };
  node.title = title;
  return request;
}

function dataOf(name: WikiRoute['name'], result: WorldResult, { numbers, tasks, nowMs }: CallParts): object {
  switch (result.kind) {
    case 'spaces':
      return { workspaces: result.spaces.map(spaceJson), ...(result.next && { nextToken: result.next }) };
    case 'space':
      return { workspace: spaceJson(result.space) };
    case 'nodes':
      return { nodes: result.nodes.map(nodeJson), ...(result.next && { nextToken: result.next }) };
    case 'node':
      return nodeData(name, result.node);
    default:
      return {};
  }

  function nodeData(route: WikiRoute['name'], node: WorldNode): object {
    if (route === 'get-node') return { node: nodeJson(node) };
    if (route === 'create-node') return madeJson(node);
    const dentry = dentryJson(node, numbers.numberOf);
    const isTask = node.children.length > 0;
    return { dentry, async: isTask, ...(isTask && { taskId: tasks.begin(nowMs) }) };
  }
}
