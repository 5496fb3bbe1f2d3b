// The authorisation server as it is spoken to: the page a person is sent to, and the call that gives out
// tokens for a code or for a refresh token.
//
// Facts, from the vendor's pages on the authorisation code and on getting and renewing a
// user_access_token: the page is on the accounts host, the call on the API's; a code works once, for five
// minutes; a refresh token works once, and is given only where `offline_access` is agreed to; both are at
// the top of the answer and not in `data`; the person's name comes from a call of its own.
// Invariant: every token in an answer is known to the redactor before anything else is done with it.

import { createHash } from 'node:crypto';
import { isLoopback } from '../../tree/host.ts';
import type { Clock } from '../clock.ts';
import { hideTokens } from '../http/app-token.ts';
import type { Caller } from '../http/caller.ts';
import { type Json, OddFieldError, record, text, textOr } from '../http/json.ts';
import type { Redactor } from '../http/redactor.ts';
import type { Authorization, Login, Person } from '../login.ts';
import { ProviderError } from '../provider-error.ts';
import { endpoints, path, userInfoEndpoint, userTokenEndpoint } from './endpoint.ts';
import { type JudgeContext, judge } from './error.ts';

export interface OAuthParts {
  readonly caller: Caller;
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly appId: string;
  readonly appSecret: string;
  readonly context: Pick<JudgeContext, 'capabilities' | 'redactor' | 'clock'>;
}

/** Everything wikiform does in a wiki, and the right to renew. */
export const loginScopes: readonly string[] = ['wiki:wiki', 'offline_access'];

/** `open.` in the API's name is `accounts.` in that of the page; elsewhere both have one name. */
export function authorizeUrl(baseUrl: string, appId: string, authorization: Authorization): string {
  const url = new URL(path(['authen', 'v1', 'authorize']), baseUrl);
  if (!isLoopback(url)) url.host = url.host.replace(/^open\./, 'accounts.');
  const challenge = createHash('sha256').update(authorization.verifier).digest('base64url');
  const query = {
    client_id: appId,
    response_type: 'code',
    redirect_uri: authorization.redirectUri,
    scope: authorization.scopes.join(' '),
    state: authorization.state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
  };
  // A blank is written as the vendor's own examples have it.
  url.search = new URLSearchParams(query).toString().replaceAll('+', '%20');
  return url.href;
}

export interface CodeGrant {
  readonly code: string;
  readonly redirectUri: string;
  readonly verifier: string;
}

/** @throws {ProviderError} when the code is not taken. */
export async function exchangeCode(
  parts: OAuthParts,
  grant: CodeGrant,
  signal?: AbortSignal,
): Promise<Login> {
  parts.redactor.add(grant.code);
  parts.redactor.add(grant.verifier);
  const login = await ask(
    parts,
    {
      grant_type: 'authorization_code',
      code: grant.code,
      redirect_uri: grant.redirectUri,
      code_verifier: grant.verifier,
    },
    signal,
  );
  return { ...login, person: await personOf(parts, login.accessToken, signal) };
}

/**
 * The old refresh token is used up from here on, whatever becomes of the answer.
 *
 * @throws {ProviderError} when it is not taken, or nobody knows whether it was.
 */
export async function renew(parts: OAuthParts, login: Login, signal?: AbortSignal): Promise<Login> {
  const body = { grant_type: 'refresh_token', refresh_token: login.refreshToken };
  return { ...(await ask(parts, body, signal)), person: login.person };
}

async function ask(parts: OAuthParts, grant: Json, signal?: AbortSignal): Promise<Omit<Login, 'person'>> {
  const { caller, redactor, clock, appId, appSecret } = parts;
  const facts = endpoints[userTokenEndpoint];
  return caller.call(
    {
      ...facts,
      endpoint: userTokenEndpoint,
      path: path(['authen', 'v2', 'oauth', 'token']),
      body: { ...grant, client_id: appId, client_secret: appSecret },
      headers: async () => ({}),
      judge: (answer) => {
        hideTokens(answer.body, redactor);
        const context = { ...parts.context, ...facts, endpoint: userTokenEndpoint };
        return judge(answer, context, (body) => toLogin(body, clock.wallMs()));
      },
    },
    signal,
  );
}

function toLogin(body: Json, nowMs: number): Omit<Login, 'person'> {
  const refreshToken = textOr(body, 'refresh_token', 'the answer') || undefined;
  return {
    accessToken: text(body, 'access_token', 'the answer'),
    accessUntilMs: nowMs + seconds(body, 'expires_in') * 1000,
    refreshToken,
    refreshUntilMs:
      refreshToken === undefined ? undefined : nowMs + seconds(body, 'refresh_token_expires_in') * 1000,
    scopes: textOr(body, 'scope', 'the answer')
      .split(' ')
      .filter((scope) => scope !== ''),
  };
}

function seconds(body: Json, field: string): number {
  const value = body[field];
  if (typeof value === 'number' && value >= 0) return value;
  throw new OddFieldError(`the answer.${field} is not a number of seconds`);
}

/** Who it was is good to know and nothing hangs on it: a login without a name is a login. */
async function personOf(parts: OAuthParts, token: string, signal?: AbortSignal): Promise<Person | undefined> {
  const facts = endpoints[userInfoEndpoint];
  const context = { ...parts.context, ...facts, endpoint: userInfoEndpoint };
  try {
    return await parts.caller.call(
      {
        ...facts,
        endpoint: userInfoEndpoint,
        path: path(['authen', 'v1', 'user_info']),
        headers: async () => ({ authorization: `Bearer ${token}` }),
        judge: (answer) => judge(answer, context, toPerson),
      },
      signal,
    );
  } catch (error) {
    if (error instanceof ProviderError) return undefined;
    throw error;
  }
}

function toPerson(body: Json): Person {
  const data = record(body.data, 'data');
  return { id: textOr(data, 'open_id', 'data'), name: textOr(data, 'name', 'data') };
}
