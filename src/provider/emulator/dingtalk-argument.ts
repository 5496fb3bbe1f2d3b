// Arguments as DingTalk's gateway reads them: what is required and missing is `Missing…`, a body that is not
// a JSON object or a field of another type is `paramError`. An empty `nextToken` is refused.

import { DingtalkError } from './dingtalk-code.ts';
import type { PageQuery, Slip } from './listing.ts';

export type Body = Readonly<Record<string, unknown>>;

/** @throws {DingtalkError} where the text is no JSON object. */
export function bodyOf(text: string): Body {
  try {
    const value: unknown = text.trim() === '' ? {} : JSON.parse(text);
    if (isBody(value)) return value;
  } catch {
    // falls through to the same answer
  }
  throw new DingtalkError(400, 'paramError', 'the body is not a JSON object');
}

const isBody = (value: unknown): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `undefined` where it is left out. @throws {DingtalkError} where it is no text. */
export function textIn(body: Body, name: string): string | undefined {
  const value = body[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new DingtalkError(400, 'paramError', `${name} is not a text`);
  return value;
}

/** @throws {DingtalkError} where it is missing or empty. */
export function requiredIn(body: Body, name: string): string {
  return textIn(body, name) || missing(name);
}

export function objectIn(body: Body, name: string): Body {
  const value = body[name];
  return isBody(value) ? value : {};
}

/** @throws {DingtalkError} where it is missing or empty. */
export function requiredOf(query: URLSearchParams, name: string): string {
  return query.get(name) || missing(name);
}

function missing(name: string): never {
  throw new DingtalkError(400, `Missing${name}`, `${name} is mandatory for this action.`);
}

/** @throws {DingtalkError} on a size that is none, or over the documented maximum. */
export function pageOfQuery(query: URLSearchParams, most: number, slip: Slip | undefined): PageQuery {
  const token = query.get('nextToken');
  if (token === '') throw new DingtalkError(400, 'paramError.nextToken', 'nextToken is empty');
  const size = Number(query.get('maxResults') ?? most);
  if (!Number.isInteger(size) || size < 1 || size > most) {
    throw new DingtalkError(400, 'paramError.maxResults', `maxResults is not a number from 1 to ${most}`);
  }
  return { size, token: token ?? undefined, slip };
}
