// DingTalk's HTTP API over a world. Order of refusals: path, credentials, rate, arguments, then whatever the
// world has against the request. An app's token acts for the operator that each call names: a person.

import type { Actor } from './access.ts';
import { bodyOf, requiredIn } from './dingtalk-argument.ts';
import { type CallParts, operatorOf, replyTo, requestOf, type WikiRoute } from './dingtalk-call.ts';
import { DingtalkError, failure, page, success } from './dingtalk-code.ts';
import { startNumbers } from './dingtalk-id.ts';
import { type DingtalkRoute, dingtalkRoute } from './dingtalk-route.ts';
import { createDingtalkTasks } from './dingtalk-task.ts';
import { createDingtalkTokens } from './dingtalk-token.ts';
import type { FaceParts } from './emulation.ts';
import type { Call, Face, Reply, Visit } from './face.ts';
import { placesWritten } from './operation.ts';

const writes: ReadonlySet<string> = new Set([
  'create-space',
  'create-node',
  'copy-node',
  'move-node',
  'rename-node',
]);

const expired = (): Reply => failure(400, 'InvalidAuthentication', '不合法的access_token');

function caught(read: () => Reply): Reply {
  try {
    return read();
  } catch (error) {
    if (error instanceof DingtalkError) return failure(error.status, error.code, error.message);
    throw error;
  }
}

const isWiki = (route: DingtalkRoute): route is WikiRoute =>
  route.name !== 'access-token' && route.name !== 'corp-token';

export function createDingtalkFace({ world, clock, credentials }: FaceParts): Face {
  const tokens = createDingtalkTokens(credentials, world.seed);
  const fixed = { world, numbers: startNumbers(world), tasks: createDingtalkTasks(world.seed) };
  const partsNow = (): CallParts => ({ ...fixed, nowMs: clock.monotonicMs(), wallMs: clock.wallMs() });

  function tokenReply({ name }: DingtalkRoute, call: Call): Reply {
    const body = bodyOf(call.body);
    const isUnified = name === 'corp-token';
    const [idField, secretField] = isUnified ? ['client_id', 'client_secret'] : ['appKey', 'appSecret'];
    if (isUnified && body.grant_type !== 'client_credentials') {
      return failure(400, 'unsupported.grant.type', 'grant_type');
    }
    const issue = tokens.issue(requiredIn(body, idField), requiredIn(body, secretField), clock.monotonicMs());
    if (issue === undefined) {
      return isUnified
        ? failure(400, 'invalid.client', 'invalid client')
        : failure(400, 'invalidClientIdOrSecret', 'invalid client id or secret');
    }
    return isUnified
      ? success({ access_token: issue.token, expires_in: issue.seconds })
      : success({ accessToken: issue.token, expireIn: issue.seconds });
  }

  function tokenVisit(route: DingtalkRoute, call: Call): Visit {
    const perform = (): Reply => caught(() => tokenReply(route, call));
    return {
      endpoint: 'access-token',
      account: 'home',
      places: [],
      writes: false,
      counts: false,
      perform,
      expired,
    };
  }

  function wikiVisit(route: WikiRoute, call: Call): Visit {
    const endpoint = route.name;
    const base = { endpoint, writes: writes.has(endpoint), counts: true, expired };
    const app = tokens.appOf(readToken(call), clock.monotonicMs());
    if (app === undefined) {
      const refusal = expired();
      return { ...base, refusal, account: '', places: [], perform: () => refusal };
    }
    return {
      ...base,
      account: app,
      places: base.writes ? placesOf(route, call) : [],
      perform: (slip, lateMs) =>
        caught(() => {
          const actor: Actor = { kind: 'user', id: operatorOf(route, call) };
          return replyTo(route, call, actor, partsNow(), { slip, lateMs });
        }),
    };
  }

  /** The parents the call writes under; none where its arguments cannot be read. */
  function placesOf(route: WikiRoute, call: Call): readonly string[] {
    try {
      const request = requestOf(route, call, partsNow());
      return request === undefined ? [] : placesWritten(world, request);
    } catch (error) {
      if (error instanceof DingtalkError) return [];
      throw error;
    }
  }

  return {
    visit(call) {
      fixed.tasks.settle(clock.monotonicMs());
      const route = dingtalkRoute(call.method, call.path);
      if (route === undefined) return undefined;
      return isWiki(route) ? wikiVisit(route, call) : tokenVisit(route, call);
    },
    overRate: () =>
      failure(403, 'Forbidden.AccessDenied.QpsLimitForAppkeyAndApi', 'the call is over the limit per second'),
    overQuota: () =>
      failure(403, 'Forbidden.AccessDenied.ApiCountLimitForOrg', 'the calls of this month are used up'),
    forbidden: () => failure(403, 'operationNotSupported', 'the operation is not supported here'),
    contention: () => failure(400, 'operationConcurrentControl', 'try again later'),
    failed: () => failure(500, 'systemError', 'the service is busy, try again later'),
    gatewayPage: page,
    tooLarge: () => failure(400, 'paramError', 'the body is too large'),
  };
}

/** The vendor's SDK writes the token as JSON, quotes included where its caller gave it so. */
function readToken(call: Call): string | undefined {
  return call.header('x-acs-dingtalk-access-token')?.replace(/^"(.*)"$/, '$1');
}
