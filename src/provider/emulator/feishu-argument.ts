// Arguments as Feishu's gateway reads them: a body that is not JSON or a field of another type is
// 9499; a field that is missing or has a value it cannot have is 99992402. Unknown fields are ignored,
// `null` is a field left out.

import { FeishuError, fieldError } from './feishu-code.ts';
import type { PageQuery, Slip } from './listing.ts';

export interface Arguments {
  text(name: string): string | undefined;
  /** Like `text`, but empty counts as left out. */
  token(name: string): string | undefined;
  /** May be empty, but not left out. */
  given(name: string): string;
  required(name: string): string;
  requiredChoice<Choice extends string>(name: string, choices: readonly Choice[]): Choice;
  choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseObject(body: string): Record<string, unknown> {
  if (body.trim() === '') return {};
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new FeishuError(9499, 'Bad Request: the body is not JSON');
  }
  if (!isObject(value)) throw new FeishuError(9499, 'Bad Request: the body is not a JSON object');
  return value;
}

function among<Choice extends string>(name: string, text: string, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw fieldError(name, text, `options: [${choices.join()}]`);
  return found;
}

function argumentsOf(read: (name: string) => string | undefined): Arguments {
  const token = (name: string): string | undefined => read(name) || undefined;
  const demanded = (name: string, text: string | undefined): string => {
    if (text === undefined) throw fieldError(name, '', `${name} is required`);
    return text;
  };
  const required = (name: string): string => demanded(name, token(name));
  return {
    text: read,
    token,
    given: (name) => demanded(name, read(name)),
    required,
    requiredChoice: (name, choices) => among(name, required(name), choices),
    choice(name, choices) {
      const text = token(name);
      return text === undefined ? undefined : among(name, text, choices);
    },
  };
}

/** @throws {FeishuError} 9499 where the body is no JSON object; reading may throw, too. */
export function bodyArguments(body: string): Arguments {
  const fields = parseObject(body);
  return argumentsOf((name) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string') throw new FeishuError(9499, `Invalid parameter type in json: ${name}`);
    return value;
  });
}

export function queryArguments(query: URLSearchParams): Arguments {
  return argumentsOf((name) => query.get(name) ?? undefined);
}

const defaultPageSize = 20;
/** The vendor's pages on listing spaces and nodes. */
const largestPageSize = 50;

/** @throws {FeishuError} 99992402 on a page size that is no number from 1 to 50. */
export function pageArguments(query: URLSearchParams, slip: Slip | undefined): PageQuery {
  const written = query.get('page_size') || String(defaultPageSize);
  const size = /^\d{1,9}$/.test(written) ? Number(written) : Number.NaN;
  if (!(size >= 1)) throw fieldError('page_size', written, 'the min value is 1');
  if (size > largestPageSize) throw fieldError('page_size', written, `the max value is ${largestPageSize}`);
  return { size, token: query.get('page_token') || undefined, slip };
}
