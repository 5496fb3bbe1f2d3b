// Calls with the right token on them. A token is asked for where it is needed, after the queue; one that
// the vendor calls invalid is replaced once, and the call made again: such a refusal comes before any
// effect (codes 99991663, 99991668 and 99991677), so a write may be repeated too.

import type { Capabilities, Endpoint, Identity } from '../../tree/capability.ts';
import type { Clock } from '../clock.ts';
import type { HttpAnswer } from '../http/answer.ts';
import { AppToken, hideTokens, type IssuedToken, untilStopped } from '../http/app-token.ts';
import type { Caller } from '../http/caller.ts';
import { type Json, OddFieldError, text } from '../http/json.ts';
import type { Redactor } from '../http/redactor.ts';
import type { LoginKeeper } from '../login.ts';
import { ProviderError } from '../provider-error.ts';
import { tenantTokenInvalid, userTokenInvalid } from './code-table.ts';
import { endpoints, type FeishuEndpoint, path, tokenEndpoint } from './endpoint.ts';
import { type JudgeContext, judge } from './error.ts';
import { type Credentials, identityFor } from './identity.ts';
import { renew } from './oauth.ts';
import { LoginToken } from './oauth-token.ts';

export interface SessionOptions {
  readonly capabilities: Capabilities;
  readonly caller: Caller;
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly identity: Identity;
  readonly identities: ReadonlySet<Identity>;
  readonly credentials: Credentials;
  /** Keeps the user's login, where there is one and no token was given. */
  readonly keeper?: LoginKeeper | undefined;
}

/** Where an identity's tokens come from. */
interface TokenSource {
  get(): Promise<string>;
  /** The vendor refused this one. */
  discard(token: string): void;
  /** The codes of a refusal that another token may not meet. */
  readonly invalid: ReadonlySet<ProviderError['vendorCode']>;
}

export interface Ask<Data> {
  readonly endpoint: Endpoint;
  readonly path: string;
  readonly body?: unknown;
  /** Reads the answer's envelope. */
  convert(body: Json): Data;
}

export class Session {
  readonly #options: SessionOptions;
  readonly #appTokens: TokenSource;
  readonly #userTokens: TokenSource;
  readonly #life = new AbortController();

  constructor(options: SessionOptions) {
    this.#options = options;
    const tenantToken = new AppToken(() => this.#issueToken(), options.clock);
    this.#appTokens = {
      get: () => tenantToken.get(),
      discard: (token) => tenantToken.discard(token),
      invalid: new Set([tenantTokenInvalid]),
    };
    this.#userTokens = this.#userTokenSource();
  }

  /** @throws {ProviderError} whatever was in the way. */
  async ask<Data>(ask: Ask<Data>, signal?: AbortSignal): Promise<Data> {
    const { capabilities, identity, identities } = this.#options;
    const used = identityFor(ask.endpoint, identity, identities, capabilities);
    const source = used === 'user' ? this.#userTokens : this.#appTokens;
    let token = '';
    const nextToken = async (): Promise<string> => {
      token = await untilStopped(source.get(), ask.endpoint, signal);
      return token;
    };
    try {
      return await this.#send(ask, nextToken, signal);
    } catch (error) {
      if (!(error instanceof ProviderError) || !source.invalid.has(error.vendorCode)) throw error;
      source.discard(token);
      return this.#send(ask, nextToken, signal);
    }
  }

  /** Stops asking for tokens. */
  close(): void {
    this.#life.abort();
  }

  #send<Data>(ask: Ask<Data>, token: () => Promise<string>, signal?: AbortSignal): Promise<Data> {
    const { method, effect } = endpoints[ask.endpoint];
    const headers = async () => ({ authorization: `Bearer ${await token()}` });
    const judged = (answer: HttpAnswer) => judge(answer, this.#context(ask.endpoint), ask.convert);
    return this.#options.caller.call({ ...ask, method, effect, headers, judge: judged }, signal);
  }

  /** The token that was given, which nothing can replace, or the login's. */
  #userTokenSource(): TokenSource {
    const { capabilities, caller, clock, redactor, credentials, keeper } = this.#options;
    const given = credentials.userAccessToken;
    if (given || keeper === undefined) {
      return { get: () => Promise.resolve(given ?? ''), discard: () => undefined, invalid: new Set() };
    }
    const { appId = '', appSecret = '' } = credentials;
    const parts = { caller, clock, redactor, appId, appSecret, context: { capabilities, redactor, clock } };
    const login = new LoginToken({
      keeper,
      clock,
      redactor,
      label: capabilities.label,
      renew: (old, signal) => renew(parts, old, signal),
    });
    return {
      get: () => login.get(this.#life.signal),
      discard: (token) => login.discard(token),
      invalid: userTokenInvalid,
    };
  }

  #issueToken(): Promise<IssuedToken> {
    const { caller, credentials, redactor } = this.#options;
    const { method, effect } = endpoints[tokenEndpoint];
    return caller.call(
      {
        endpoint: tokenEndpoint,
        method,
        effect,
        path: path(['auth', 'v3', 'tenant_access_token', 'internal']),
        body: { app_id: credentials.appId, app_secret: credentials.appSecret },
        headers: async () => ({}),
        judge: (answer) => {
          hideTokens(answer.body, redactor);
          return judge(answer, this.#context(tokenEndpoint), toIssuedToken);
        },
      },
      this.#life.signal,
    );
  }

  #context(endpoint: FeishuEndpoint): JudgeContext {
    const { capabilities, redactor, clock } = this.#options;
    return { endpoint, ...endpoints[endpoint], capabilities, redactor, clock };
  }
}

function toIssuedToken(body: Json): IssuedToken {
  const token = text(body, 'tenant_access_token', 'the answer');
  if (typeof body.expire !== 'number' || !(body.expire >= 0)) {
    throw new OddFieldError('the answer.expire is not a number of seconds');
  }
  return { token, lifetimeMs: body.expire * 1000 };
}
