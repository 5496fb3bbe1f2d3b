// DingTalk's envelope of trouble and its codes: the pages of each call and the global list. Success has its
// data at the top, and no code.

import { assertNever } from '../../diagnostic/invariant.ts';
import type { Reply } from './face.ts';
import type { RefusalReason } from './refusal.ts';

/** Ends the reading of a call: this is the answer. */
export class DingtalkError extends Error {
  override readonly name = 'DingtalkError';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const json = { 'content-type': 'application/json;charset=utf-8' };

export function success(data: object): Reply {
  return { status: 200, code: 0, headers: json, body: JSON.stringify(data) };
}

export function failure(status: number, code: string, message: string): Reply {
  const body = JSON.stringify({ code, requestid: '00000000-0000-0000-0000-000000000000', message });
  return { status, code, headers: json, body };
}

/** Not JSON, as a gateway in front of the vendor answers. */
export function page(status: number): Reply {
  const text = `<html><body><h1>${status}</h1></body></html>`;
  return { status, code: undefined, headers: { 'content-type': 'text/html' }, body: text };
}

/** What the three families of calls say for one and the same thing. */
export type Family = 'wiki' | 'document' | 'storage';

/** @param subject - what the call is about: a space, a node, or what is to be above. */
export function refusalOf(
  reason: RefusalReason,
  family: Family,
  subject: 'space' | 'node' | 'parent',
): readonly [status: number, code: string] {
  switch (reason) {
    case 'not-found':
      return notFound(family, subject);
    case 'forbidden':
      return family === 'document' ? [403, 'forbidden.accessDenied'] : [403, 'permissionDenied'];
    case 'taken':
    case 'exists':
      return family === 'document'
        ? [400, 'invalidRequest.workspaceNode.nameConflict']
        : [400, 'dentryAlreadyExist'];
    case 'illegal':
      return family === 'document' ? [400, 'invalidRequest.inputArgs.invalid'] : [400, 'dentryNameIllegal'];
    case 'limit':
      return [400, 'spaceQuotaInsufficient'];
    case 'invalid':
    case 'retired':
    case 'impossible':
      return family === 'document' ? [400, 'invalidRequest.inputArgs.invalid'] : [400, 'paramError'];
    default:
      return assertNever(reason);
  }
}

function notFound(
  family: Family,
  subject: 'space' | 'node' | 'parent',
): readonly [status: number, code: string] {
  switch (family) {
    case 'wiki':
      return [404, subject === 'space' ? 'workspaceNotExist' : 'nodeNotExist'];
    case 'document':
      return subject === 'parent'
        ? [400, 'invalidRequest.workspaceNode.parentNotFound']
        : [404, 'invalidRequest.resource.notFound'];
    case 'storage':
      return [404, 'dentryNotExist'];
    default:
      return assertNever(family);
  }
}
