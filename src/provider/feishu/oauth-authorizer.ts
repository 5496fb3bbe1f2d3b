// A person's login with Feishu or Lark: calls of their own, before there is a provider.

import type { Capabilities } from '../../tree/capability.ts';
import type { Clock } from '../clock.ts';
import { Caller } from '../http/caller.ts';
import { HttpClient } from '../http/client.ts';
import type { OnProviderEvent } from '../http/event.ts';
import { Pace } from '../http/pace.ts';
import type { ProxySettings } from '../http/proxy.ts';
import { Redactor } from '../http/redactor.ts';
import type { Authorizer } from '../login.ts';
import { tokenRates } from './endpoint.ts';
import { requestIdHeader } from './error.ts';
import { authorizeUrl, exchangeCode, loginScopes, type OAuthParts } from './oauth.ts';

export interface AuthorizerOptions {
  readonly capabilities: Capabilities;
  readonly baseUrl: string;
  readonly appId: string;
  readonly appSecret: string;
  readonly clock: Clock;
  /** From 0 to below 1; spreads retries. */
  readonly random: () => number;
  /** How long one call may go unanswered, retries included. */
  readonly callTimeoutMs: number;
  readonly proxy?: ProxySettings | undefined;
  readonly onEvent?: OnProviderEvent | undefined;
}

/** @throws {ProviderError} `invalid` when the base URL or the proxy's address cannot be used. */
export function createFeishuAuthorizer(options: AuthorizerOptions): Authorizer {
  const { capabilities, baseUrl, appId, appSecret, clock, random, callTimeoutMs, proxy, onEvent } = options;
  const redactor = new Redactor([appSecret]);
  const client = new HttpClient({ baseUrl, clock, redactor, proxy });
  const pace = new Pace({ rates: tokenRates, clock, onEvent });
  const caller = new Caller({
    client,
    pace,
    clock,
    random,
    redactor,
    callTimeoutMs,
    requestIdHeader,
    onEvent,
  });
  const context = { capabilities, redactor, clock };
  const parts: OAuthParts = { caller, clock, redactor, appId, appSecret, context };
  return {
    scopes: loginScopes,
    authorizeUrl: (authorization) => authorizeUrl(baseUrl, appId, authorization),
    exchange: (code, { redirectUri, verifier }, signal) =>
      exchangeCode(parts, { code, redirectUri, verifier }, signal),
    close: () => client.close(),
  };
}
