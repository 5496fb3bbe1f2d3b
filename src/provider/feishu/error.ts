// What an answer means: the vendor's envelope `{code, msg, data}`, or what stands in its place.
// A known code decides first; without one the HTTP status does. Invariant: messages are redacted.

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
import { ProviderError, type ProviderErrorKind } from '../provider-error.ts';
import { type CodeMeaning, meaningOf } from './code-table.ts';

/** What the vendor's support asks for. */
export const requestIdHeader = 'x-tt-logid';

export interface JudgeContext {
  readonly endpoint: string;
  readonly effect: Effect;
  readonly capabilities: Capabilities;
  readonly redactor: Redactor;
  readonly clock: Clock;
  /** The scopes one of which the endpoint needs. */
  readonly scopes: readonly string[];
}

interface Envelope {
  readonly code: number;
  readonly message: string;
  readonly body: Json;
}

/**
 * Accepts `code: 0` with data that `convert` can read. It is given the whole envelope, because token
 * answers keep their data at the top.
 */
export function judge<Data>(
  answer: HttpAnswer,
  context: JudgeContext,
  convert: (body: Json) => Data,
): Verdict<Data> {
  const envelope = readEnvelope(answer.body);
  if (envelope === undefined) return refusedByStatus(answer, context);
  if (envelope.code !== 0) return refusedByCode(envelope, answer, context);
  if (answer.status >= 300) return refusedByStatus(answer, context);
  try {
    return { kind: 'accepted', vendorCode: 0, data: convert(envelope.body) };
  } catch (error) {
    if (error instanceof OddFieldError) return odd(error, answer, context);
    throw error;
  }
}

function readEnvelope(body: unknown): Envelope | undefined {
  if (body === notJson || !isRecord(body)) return undefined;
  if (typeof body.code !== 'number') return undefined;
  // The call for user tokens has a name of its own for it.
  const [message = ''] = [body.msg, body.error_description].filter((text) => typeof text === 'string');
  return { code: body.code, message, body };
}

function refusedByCode(envelope: Envelope, answer: HttpAnswer, context: JudgeContext): Refusal {
  const { capabilities, redactor, endpoint } = context;
  const meaning = meaningOf(envelope.code) ?? meaningOfUnknown(answer.status);
  const details = [envelope.message, ...violations(envelope.body)].filter((text) => text !== '').join('; ');
  const found = `${capabilities.label} answered ${envelope.code} ${redactor.quote(details)}`.trim();
  return refused(answer, context, { meaning, found: `${endpoint}: ${found}`, vendorCode: envelope.code });
}

/**
 * An undocumented code is taken for a refusal that may have come after the effect: it is shown as it
 * is, and nothing is repeated because of it, unless the status says that it may pass.
 */
function meaningOfUnknown(status: number): CodeMeaning {
  const isPassing = status === 429 || status >= 500;
  return isPassing ? meaningOfStatus(status) : { kind: 'invalid', mayHaveHappened: true };
}

/** The API's own answer, but not in a form that is known: the write, if it was one, is done. */
function odd(error: OddFieldError, answer: HttpAnswer, context: JudgeContext): Refusal {
  return refused(answer, context, {
    meaning: { kind: 'malformed', final: true },
    found: `${context.endpoint}: the answer is odd: ${error.message}`,
    sent: context.effect === 'write' ? 'yes' : 'no',
  });
}

/** No envelope: a gateway, a login page, half an answer. */
function refusedByStatus(answer: HttpAnswer, context: JudgeContext): Refusal {
  const { redactor, endpoint } = context;
  const type = redactor.quote(answer.header('content-type') ?? 'no content type', 80);
  const what = `HTTP ${answer.status} with ${answer.bytes} bytes (${type})`;
  const found = `${endpoint}: answered ${what}, which is not what the API answers`;
  return refused(answer, context, { meaning: meaningOfStatus(answer.status), found });
}

/**
 * A refusal that is not the API's own says nothing about pages: a proxy's 404 must never be taken for
 * a page that is gone, so every 3xx and 4xx is `malformed` and final.
 */
function meaningOfStatus(status: number): CodeMeaning {
  if (status === 429) return { kind: 'rate' };
  if (status >= 500 || status === 408) return { kind: 'unavailable', mayHaveHappened: true };
  if (status < 300) return { kind: 'malformed', mayHaveHappened: true };
  if (status < 400) return { kind: 'malformed', final: true, help: helpRedirect };
  return { kind: 'malformed', final: true, help: 'check `baseUrl`: this does not look like the API' };
}

const helpRedirect = 'check `baseUrl`: redirects are not followed, because credentials would go along';

interface Finding {
  readonly meaning: CodeMeaning;
  /** The message, but for the log id. */
  readonly found: string;
  readonly vendorCode?: number;
  /** Where more is known than the meaning tells. */
  readonly sent?: ProviderError['sent'];
}

function refused(answer: HttpAnswer, context: JudgeContext, finding: Finding): Refusal {
  const { meaning, found, vendorCode } = finding;
  const inDoubt = context.effect === 'write' && meaning.mayHaveHappened === true;
  const id = answer.header(requestIdHeader);
  const requestId = id === undefined ? undefined : context.redactor.quote(id, 100);
  const error = new ProviderError({
    kind: meaning.kind,
    endpoint: context.endpoint,
    message: requestId === undefined ? found : `${found} (log id ${requestId})`,
    sent: finding.sent ?? (inDoubt ? 'unknown' : 'no'),
    vendorCode,
    httpStatus: answer.status,
    requestId,
    retryAfterMs: retryAfterMs(meaning.kind, answer, context.clock),
    help: helpFor(meaning, vendorCode, context),
  });
  return { kind: 'refused', error, final: meaning.final === true };
}

/** The vendor's own header first (its page on frequency limits), then the common one. */
function retryAfterMs(kind: ProviderErrorKind, answer: HttpAnswer, clock: Clock): number | undefined {
  if (kind !== 'rate' && kind !== 'unavailable') return undefined;
  return (
    waitFromHeader(answer.header('x-ogw-ratelimit-reset'), clock.wallMs()) ??
    waitFromHeader(answer.header('retry-after'), clock.wallMs())
  );
}

const scopeCodes: ReadonlySet<number | undefined> = new Set([99991672, 99991676, 99991679]);

function helpFor(meaning: CodeMeaning, code: number | undefined, context: JudgeContext): string | undefined {
  const help = meaning.help?.replaceAll('{PREFIX}', context.capabilities.environmentPrefix);
  if (!scopeCodes.has(code) || context.scopes.length === 0) return help;
  return `${help}; ${context.endpoint} needs one of ${context.scopes.join(', ')}`;
}

/** Which scope or field the vendor complains about, where it tells. */
function violations(body: Json): string[] {
  if (!isRecord(body.error)) return [];
  const { permission_violations: permissions, field_violations: fields } = body.error;
  const lists = [permissions, fields].filter((list) => Array.isArray(list));
  return lists.flat().flatMap((entry: unknown) => {
    if (!isRecord(entry)) return [];
    const parts = [entry.subject, entry.field, entry.description];
    return parts.filter((part) => typeof part === 'string').join(' ');
  });
}
