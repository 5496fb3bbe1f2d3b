// A person's login over HTTP: the page that agrees at once and sends the browser back, the call for the
// tokens, whose answer has everything at its top, and the call that tells whose they are.

import { assertNever } from '../../diagnostic/invariant.ts';
import type { Clock } from '../clock.ts';
import type { Call, Reply, Visit } from './face.ts';
import { failure, reply, success } from './feishu-code.ts';
import type { LoginEndpoint } from './feishu-route.ts';
import { type FeishuTokens, tokenRefusal } from './feishu-token.ts';
import type { OAuthArguments, OAuthRefusal } from './oauth.ts';

interface LoginParts {
  readonly tokens: FeishuTokens;
  readonly clock: Clock;
}

export function loginVisit(parts: LoginParts, endpoint: LoginEndpoint, call: Call): Visit {
  return {
    endpoint,
    account: 'home',
    places: [],
    writes: false,
    counts: false,
    perform: () => perform(parts, endpoint, call),
    expired: () => {
      const { code, message } = tokenRefusal('user');
      return failure(code, message);
    },
  };
}

function perform(parts: LoginParts, endpoint: LoginEndpoint, call: Call): Reply {
  const nowMs = parts.clock.monotonicMs();
  switch (endpoint) {
    case 'authorize': {
      const answer = parts.tokens.authorize((name) => call.query.get(name) ?? undefined, nowMs);
      if (!answer.ok) return refusal(answer);
      return { status: 302, headers: { location: answer.location }, body: '', code: 0 };
    }
    case 'user-token':
      return grant(parts, bodyOf(call), nowMs);
    case 'user-info': {
      const found = parts.tokens.identify(call.authorization, nowMs);
      if (!found.ok) return failure(found.code, found.message);
      return success({ open_id: found.actor.id, name: 'Emulated user' });
    }
    default:
      return assertNever(endpoint);
  }
}

function grant({ tokens }: LoginParts, argument: OAuthArguments, nowMs: number): Reply {
  const given = tokens.grant(argument, nowMs);
  if (!given.ok) return refusal(given);
  const { accessToken, accessSeconds, refreshToken, refreshSeconds, scope } = given;
  const refresh =
    refreshToken === undefined
      ? {}
      : { refresh_token: refreshToken, refresh_token_expires_in: refreshSeconds };
  const access = { access_token: accessToken, expires_in: accessSeconds, token_type: 'Bearer', scope };
  return reply(200, { code: 0, ...access, ...refresh }, 0);
}

function refusal({ code, message }: OAuthRefusal): Reply {
  return reply(400, { code, error: 'invalid_grant', error_description: message }, code);
}

/** What is no JSON has no fields, and is refused for what it lacks. */
function bodyOf({ body }: Call): OAuthArguments {
  const known = new Map(Object.entries(parsed(body)));
  return (name) => {
    const value: unknown = known.get(name);
    return typeof value === 'string' ? value : undefined;
  };
}

function parsed(body: string): object {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
}
