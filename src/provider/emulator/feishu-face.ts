// Feishu's and Lark's HTTP API over a world: the two are one face. Order of refusals: path,
// credentials, rate, arguments, then whatever the world has against the request.

import type { Clock } from '../clock.ts';
import type { Actor } from './access.ts';
import type { Call, Face, Reply, Visit } from './face.ts';
import { bodyArguments } from './feishu-argument.ts';
import { codeOf, FeishuError, failure, page, reply, success } from './feishu-code.ts';
import { dataOf } from './feishu-json.ts';
import { loginVisit } from './feishu-login.ts';
import { type WikiRoute, worldRequest } from './feishu-request.ts';
import {
  type FeishuEndpoint,
  feishuRoute,
  isLoginEndpoint,
  isTokenEndpoint,
  type TokenEndpoint,
} from './feishu-route.ts';
import { type FeishuTokens, tokenRefusal } from './feishu-token.ts';
import type { Slip } from './listing.ts';
import { applyRequest, placesWritten } from './operation.ts';
import type { World } from './world.ts';

export interface FeishuFaceParts {
  readonly world: World;
  readonly tokens: FeishuTokens;
  readonly clock: Clock;
}

const writes: ReadonlySet<FeishuEndpoint> = new Set<FeishuEndpoint>([
  'create-space',
  'create-node',
  'copy-node',
  'move-node',
  'rename-node',
  'add-member',
  'remove-member',
]);

/** What `read` answers, or the answer to arguments that cannot be read. */
function caught(read: () => Reply): Reply {
  try {
    return read();
  } catch (error) {
    if (error instanceof FeishuError) return failure(error.code, error.message, error.details);
    throw error;
  }
}

/** The token calls answer outside `data`, and with HTTP 200 even when they refuse. */
function tokenReply(parts: FeishuFaceParts, endpoint: TokenEndpoint, call: Call): Reply {
  const body = bodyArguments(call.body);
  const issue = parts.tokens.issue(
    body.required('app_id'),
    body.required('app_secret'),
    parts.clock.monotonicMs(),
  );
  if (!issue.ok) return reply(200, { code: issue.code, msg: issue.message }, issue.code);
  const { token, expireSeconds } = issue;
  const tokens = { tenant_access_token: token, ...(endpoint === 'app-token' && { app_access_token: token }) };
  return reply(200, { code: 0, msg: 'ok', ...tokens, expire: expireSeconds }, 0);
}

function tokenVisit(parts: FeishuFaceParts, endpoint: TokenEndpoint, call: Call): Visit {
  return {
    endpoint,
    account: 'home',
    places: [],
    writes: false,
    counts: false,
    perform: () => caught(() => tokenReply(parts, endpoint, call)),
    expired: () => refusedToken('app'),
  };
}

function refusedToken(kind: Actor['kind']): Reply {
  const { code, message } = tokenRefusal(kind);
  return failure(code, message);
}

function wikiReply(
  parts: FeishuFaceParts,
  route: WikiRoute,
  call: Call,
  actor: Actor,
  slip: Slip | undefined,
): Reply {
  const { world, clock } = parts;
  const answer = applyRequest(world, worldRequest(route, call, slip), actor, clock.wallMs());
  if (!answer.ok) return failure(codeOf(answer.reason), answer.message);
  return success(dataOf(world, answer.result));
}

/** The parents the call writes under; none where its arguments cannot be read. */
function placesOf(parts: FeishuFaceParts, route: WikiRoute, call: Call): readonly string[] {
  try {
    return placesWritten(parts.world, worldRequest(route, call, undefined));
  } catch (error) {
    if (error instanceof FeishuError) return [];
    throw error;
  }
}

/** The page on creating a space: the tenant token does not do. */
function takesActor(endpoint: FeishuEndpoint, actor: Actor): boolean {
  return endpoint !== 'create-space' || actor.kind === 'user';
}

function wikiVisit(parts: FeishuFaceParts, route: WikiRoute, call: Call): Visit {
  const { endpoint } = route;
  const found = parts.tokens.identify(call.authorization, parts.clock.monotonicMs());
  const kind = found.ok ? found.actor.kind : 'app';
  const base = { endpoint, writes: writes.has(endpoint), counts: true, expired: () => refusedToken(kind) };
  if (!found.ok || !takesActor(endpoint, found.actor)) {
    const refusal = found.ok ? refusedToken(kind) : failure(found.code, found.message);
    return { ...base, refusal, account: '', places: [], perform: () => refusal };
  }
  const { actor } = found;
  return {
    ...base,
    account: parts.tokens.accountOf(actor),
    places: base.writes ? placesOf(parts, route, call) : [],
    perform: (slip) => caught(() => wikiReply(parts, route, call, actor, slip)),
  };
}

function isWikiRoute(route: { endpoint: FeishuEndpoint }): route is WikiRoute {
  return !isTokenEndpoint(route.endpoint) && !isLoginEndpoint(route.endpoint);
}

export function createFeishuFace(parts: FeishuFaceParts): Face {
  return {
    visit(call) {
      const route = feishuRoute(call.method, call.path);
      if (route === undefined) return undefined;
      if (isWikiRoute(route)) return wikiVisit(parts, route, call);
      if (isLoginEndpoint(route.endpoint)) return loginVisit(parts, route.endpoint, call);
      return isTokenEndpoint(route.endpoint) ? tokenVisit(parts, route.endpoint, call) : undefined;
    },
    overRate: (limit, resetSeconds) =>
      reply(429, { code: 99991400, msg: 'request trigger frequency limit' }, 99991400, {
        'x-ogw-ratelimit-limit': String(limit),
        'x-ogw-ratelimit-reset': String(resetSeconds),
      }),
    overQuota: () => failure(99991403, 'the monthly api call quota is used up'),
    forbidden: () => failure(131006, 'permission denied'),
    contention: () => failure(131009, 'lock contention, please retry later.'),
    failed: () => failure(131001, 'rpc fail'),
    gatewayPage: page,
    tooLarge: () => failure(9499, 'Bad Request: the body is too large'),
  };
}
