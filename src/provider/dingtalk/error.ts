// What an answer means. Success is a 2xx with the data at the top; trouble is a 4xx or 5xx with
// `{code, requestid, message}`, or what stands in its place. A known code decides first; without one the
// HTTP status does. Invariant: messages are redacted.

import type { Capabilities } from '../../tree/capability.ts';
import type { Clock } from '../clock.ts';
import {
  type Effect,
  type HttpAnswer,
  notJson,
  type Refusal,
  type Verdict,
  waitFromHeader,
} from '../http/answer.ts';
import { isRecord, type Json, OddFieldError } from '../http/json.ts';
import type { Redactor } from '../http/redactor.ts';
import { ProviderError } from '../provider-error.ts';
import { type CodeMeaning, meaningOf, meaningOfStatus } from './code-table.ts';

/** Answers name their request in the body; this header has it too. */
export const requestIdHeader = 'x-acs-request-id';

export interface JudgeContext {
  readonly endpoint: string;
  readonly effect: Effect;
  readonly permission: string | undefined;
  readonly capabilities: Capabilities;
  readonly redactor: Redactor;
  readonly clock: Clock;
}

/** Accepts a 2xx whose body `convert` can read. */
export function judge<Data>(
  answer: HttpAnswer,
  context: JudgeContext,
  convert: (body: Json) => Data,
): Verdict<Data> {
  const { status, body } = answer;
  const isJson = body !== notJson && isRecord(body);
  if (status >= 300) {
    const code = isJson ? (body.code ?? body.Code) : undefined;
    return isJson && typeof code === 'string'
      ? refusedByCode(code, body, answer, context)
      : refusedByStatus(answer, context);
  }
  if (!isJson) return refusedByStatus(answer, context);
  try {
    return { kind: 'accepted', vendorCode: 0, data: convert(body) };
  } catch (error) {
    if (error instanceof OddFieldError) return odd(error, answer, context);
    throw error;
  }
}

function refusedByCode(code: string, body: Json, answer: HttpAnswer, context: JudgeContext): Refusal {
  const { capabilities, redactor, endpoint } = context;
  const message = [body.message ?? body.Message, body.description ?? body.Description].filter(
    (part) => typeof part === 'string',
  );
  const found = `${endpoint}: ${capabilities.label} answered ${redactor.quote(code, 120)} ${redactor.quote(message.join('; '))}`;
  const requestId = body.requestid ?? body.requestId ?? body.RequestId;
  return refused(answer, context, {
    meaning: meaningOf(code, answer.status),
    found: found.trim(),
    vendorCode: redactor.quote(code, 120),
    requestId: typeof requestId === 'string' ? redactor.quote(requestId, 100) : undefined,
    scopes: scopesIn(body),
  });
}

/** Which permissions the vendor says are missing. */
function scopesIn(body: Json): readonly string[] {
  const detail = body.accessdenieddetail ?? body.accessDeniedDetail ?? body.AccessDeniedDetail;
  const scopes = isRecord(detail) ? detail.requiredScopes : undefined;
  return Array.isArray(scopes) ? scopes.filter((scope) => typeof scope === 'string') : [];
}

/** The API's own answer, but not in a form that is known: the write, if it was one, is done. */
function odd(error: OddFieldError, answer: HttpAnswer, context: JudgeContext): Refusal {
  return refused(answer, context, {
    meaning: { kind: 'malformed', final: true },
    found: `${context.endpoint}: the answer is odd: ${error.message}`,
    sent: context.effect === 'write' ? 'yes' : 'no',
  });
}

/**
 * No envelope: a gateway, a login page, half an answer. It says nothing about pages: a proxy's 404 must
 * never be taken for a page that is gone.
 */
function refusedByStatus(answer: HttpAnswer, context: JudgeContext): Refusal {
  const { status } = answer;
  const { redactor, endpoint } = context;
  const type = redactor.quote(answer.header('content-type') ?? 'no content type', 80);
  const found = `${endpoint}: answered HTTP ${status} with ${answer.bytes} bytes (${type}), which is not what the API answers`;
  if (isPunished(answer.body)) return refused(answer, context, { meaning: punished, found });
  return refused(answer, context, { meaning: foreign(status), found });
}

function foreign(status: number): CodeMeaning {
  if (status === 429 || status === 408 || status >= 500) return meaningOfStatus(status);
  if (status < 300) return { kind: 'malformed', mayHaveHappened: true };
  const isRedirect = status < 400;
  return { kind: 'malformed', final: true, help: isRedirect ? helpRedirect : helpForeign };
}

const helpRedirect = 'check `baseUrl`: redirects are not followed, because credentials would go along';
const helpForeign = 'check `baseUrl`: this does not look like the API';

/** 10,000 calls in 20 seconds from one address, and the vendor's firewall answers for five minutes. */
const isPunished = (body: unknown): boolean => body !== notJson && isRecord(body) && 'punish' in body;
const punished: CodeMeaning = {
  kind: 'unavailable',
  final: true,
  help: "the vendor's firewall shuts this machine's address out for five minutes; run the same command again after that",
};

interface Finding {
  readonly meaning: CodeMeaning;
  /** The message, but for the request's id. */
  readonly found: string;
  readonly vendorCode?: string;
  readonly requestId?: string | undefined;
  readonly scopes?: readonly string[];
  /** Where more is known than the meaning tells. */
  readonly sent?: ProviderError['sent'];
}

function refused(answer: HttpAnswer, context: JudgeContext, finding: Finding): Refusal {
  const { meaning, found, vendorCode, requestId } = finding;
  const inDoubt = context.effect === 'write' && meaning.mayHaveHappened === true;
  const error = new ProviderError({
    kind: meaning.kind,
    endpoint: context.endpoint,
    message: requestId === undefined ? found : `${found} (request ${requestId})`,
    sent: finding.sent ?? (inDoubt ? 'unknown' : 'no'),
    vendorCode,
    httpStatus: answer.status,
    requestId,
    retryAfterMs: retryAfterMs(meaning, answer, context.clock),
    help: helpFor(meaning, finding.scopes ?? [], context),
  });
  return { kind: 'refused', error, final: meaning.final === true };
}

function retryAfterMs(meaning: CodeMeaning, answer: HttpAnswer, clock: Clock): number | undefined {
  if (meaning.kind !== 'rate' && meaning.kind !== 'unavailable') return undefined;
  return waitFromHeader(answer.header('retry-after'), clock.wallMs()) ?? meaning.waitMs;
}

function helpFor(
  { help }: CodeMeaning,
  scopes: readonly string[],
  { capabilities, endpoint, permission }: JudgeContext,
): string | undefined {
  const text = help?.replaceAll('{PREFIX}', capabilities.environmentPrefix);
  if (text === undefined || !text.includes('permission in the developer console')) return text;
  const needed = scopes.length > 0 ? scopes.join(', ') : permission;
  return needed === undefined ? text : `${text}; ${endpoint} needs ${needed}`;
}
