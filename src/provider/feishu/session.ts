// Calls with the right token on them. The app's token is asked for where it is needed, after the
// queue; one that the vendor calls invalid is replaced once, and the call made again: such a refusal
// comes before any effect (code 99991663), so a write may be repeated too.

import type { Capabilities, Endpoint, Identity } from '../../tree/capability.ts';
import type { Clock } from '../clock.ts';
import type { HttpAnswer } from '../http/answer.ts';
import { AppToken, hideTokens, type IssuedToken, untilStopped } from '../http/app-token.ts';
import type { Caller } from '../http/caller.ts';
import { type Json, OddFieldError, text } from '../http/json.ts';
import type { Redactor } from '../http/redactor.ts';
import { ProviderError } from '../provider-error.ts';
import { tenantTokenInvalid } from './code-table.ts';
import { endpoints, type FeishuEndpoint, path, tokenEndpoint } from './endpoint.ts';
import { type JudgeContext, judge } from './error.ts';
import { type Credentials, identityFor } from './identity.ts';

export interface SessionOptions {
  readonly capabilities: Capabilities;
  readonly caller: Caller;
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly identity: Identity;
  readonly identities: ReadonlySet<Identity>;
  readonly credentials: Credentials;
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
  readonly #tenantToken: AppToken;
  readonly #life = new AbortController();

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#tenantToken = new AppToken(() => this.#issueToken(), options.clock);
  }

  /** @throws {ProviderError} whatever was in the way. */
  async ask<Data>(ask: Ask<Data>, signal?: AbortSignal): Promise<Data> {
    const { capabilities, identity, identities } = this.#options;
    const used = identityFor(ask.endpoint, identity, identities, capabilities);
    if (used === 'user') return this.#send(ask, () => this.#userToken(), signal);
    let token = '';
    const tenantToken = async (): Promise<string> => {
      token = await untilStopped(this.#tenantToken.get(), ask.endpoint, signal);
      return token;
    };
    try {
      return await this.#send(ask, tenantToken, signal);
    } catch (error) {
      if (!(error instanceof ProviderError) || error.vendorCode !== tenantTokenInvalid) throw error;
      this.#tenantToken.discard(token);
      return this.#send(ask, tenantToken, signal);
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

  async #userToken(): Promise<string> {
    return this.#options.credentials.userAccessToken ?? '';
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
