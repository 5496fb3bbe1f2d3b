// Feishu's and Lark's envelope and codes. Code and HTTP status: the vendor's pages on the wiki calls,
// on generic error codes and on frequency control. 131001 comes as HTTP 400 on the calls emulated here.

import { assertNever } from '../../diagnostic/invariant.ts';
import type { Reply } from './face.ts';
import type { RefusalReason } from './refusal.ts';

/** Ends the reading of a call: this is the answer. */
export class FeishuError extends Error {
  override readonly name = 'FeishuError';
  readonly code: number;
  /** The envelope's `error` member. */
  readonly details: object | undefined;

  constructor(code: number, message: string, details?: object) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

interface FieldViolation {
  readonly field: string;
  readonly value: string;
  readonly description: string;
}

/** The gateway's complaint about an argument (99992402). */
export function fieldError(field: string, value: string, description: string): FeishuError {
  const violation: FieldViolation = { field, value, description };
  return new FeishuError(99992402, 'field validation failed', { field_violations: [violation] });
}

export function reply(
  status: number,
  content: object,
  code: number,
  headers: Record<string, string> = {},
): Reply {
  return {
    status,
    code,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(content),
  };
}

export function success(data: object): Reply {
  return reply(200, { code: 0, msg: 'success', data }, 0);
}

export function failure(code: number, message: string, details?: object): Reply {
  return reply(400, { code, msg: message, ...(details === undefined ? {} : { error: details }) }, code);
}

/** Not JSON, as a gateway in front of the vendor answers. */
export function page(status: number): Reply {
  const text = status === 404 ? '404 page not found' : `<html><body><h1>${status}</h1></body></html>`;
  const type = status === 404 ? 'text/plain; charset=utf-8' : 'text/html';
  return { status, code: undefined, headers: { 'content-type': type }, body: text };
}

export function codeOf(reason: RefusalReason): number {
  switch (reason) {
    case 'invalid':
    case 'taken':
    case 'illegal':
      return 131002;
    case 'limit':
      return 131003;
    case 'not-found':
      return 131005;
    case 'forbidden':
      return 131006;
    case 'exists':
      return 131008;
    case 'retired':
      return 131010;
    case 'impossible':
      return 131101;
    default:
      return assertNever(reason);
  }
}
