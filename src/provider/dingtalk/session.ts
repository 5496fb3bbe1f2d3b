// Calls with the app's token on them. The token is asked for where it is needed, after the queue; one that
// the vendor calls invalid is replaced once, and the call made again: such a refusal comes before any
// effect, though its HTTP status may be 400.

import type { Capabilities } from '../../tree/capability.ts';
import type { Clock } from '../clock.ts';
import type { HttpAnswer } from '../http/answer.ts';
import { AppToken, hideTokens, type IssuedToken, untilStopped } from '../http/app-token.ts';
import type { Caller } from '../http/caller.ts';
import { type Json, OddFieldError, text } from '../http/json.ts';
import type { Redactor } from '../http/redactor.ts';
import { ProviderError } from '../provider-error.ts';
import { type DingtalkEndpoint, endpoints, path, tokenEndpoint } from './endpoint.ts';
import { type JudgeContext, judge } from './error.ts';

export interface Credentials {
  readonly appKey: string;
  readonly appSecret: string;
  /** The unionId of whoever the app acts for. */
  readonly operatorId: string;
  /** Set, the token is asked for by the unified call, which third-party apps have to use. */
  readonly corpId: string | undefined;
}

/** `undefined` where a part is missing. */
export function credentialsOf(given: Readonly<Record<string, string | undefined>>): Credentials | undefined {
  const { appKey, appSecret, operatorId, corpId } = given;
  if (!appKey || !appSecret || !operatorId) return undefined;
  return { appKey, appSecret, operatorId, corpId: corpId || undefined };
}

export interface SessionOptions {
  readonly capabilities: Capabilities;
  readonly caller: Caller;
  readonly clock: Clock;
  readonly redactor: Redactor;
  /** `undefined` where they are not complete: then every call is refused before it is made. */
  readonly credentials: Credentials | undefined;
}

export interface Ask<Data> {
  readonly endpoint: DingtalkEndpoint;
  readonly path: string;
  readonly body?: unknown;
  /** Reads the answer's body. */
  convert(body: Json): Data;
}

export class Session {
  readonly #options: SessionOptions;
  readonly #token: AppToken;
  readonly #life = new AbortController();

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#token = new AppToken(() => this.#issueToken(), options.clock);
  }

  /** The unionId that goes with each call. @throws {ProviderError} where the credentials are not complete. */
  get operator(): string {
    return this.#credentials(tokenEndpoint).operatorId;
  }

  /** @throws {ProviderError} whatever was in the way. */
  async ask<Data>(ask: Ask<Data>, signal?: AbortSignal): Promise<Data> {
    this.#credentials(ask.endpoint);
    let token = '';
    const fresh = async (): Promise<string> => {
      token = await untilStopped(this.#token.get(), ask.endpoint, signal);
      return token;
    };
    try {
      return await this.#send(ask, fresh, signal);
    } catch (error) {
      if (!(error instanceof ProviderError) || !isStale(error)) throw error;
      this.#token.discard(token);
      return this.#send(ask, fresh, signal);
    }
  }

  /** Stops asking for tokens. */
  close(): void {
    this.#life.abort();
  }

  #send<Data>(ask: Ask<Data>, token: () => Promise<string>, signal?: AbortSignal): Promise<Data> {
    const { method, effect } = endpoints[ask.endpoint];
    const headers = async () => ({ 'x-acs-dingtalk-access-token': await token() });
    const judged = (answer: HttpAnswer) => judge(answer, this.#context(ask.endpoint), ask.convert);
    return this.#options.caller.call({ ...ask, method, effect, headers, judge: judged }, signal);
  }

  #issueToken(): Promise<IssuedToken> {
    const { caller, redactor } = this.#options;
    const { method, effect } = endpoints[tokenEndpoint];
    return caller.call(
      {
        endpoint: tokenEndpoint,
        method,
        effect,
        ...tokenRequest(this.#credentials(tokenEndpoint)),
        headers: async () => ({}),
        judge: (answer) => {
          hideTokens(answer.body, redactor);
          return judge(answer, this.#context(tokenEndpoint), toIssuedToken);
        },
      },
      this.#life.signal,
    );
  }

  #credentials(endpoint: DingtalkEndpoint): Credentials {
    const { credentials, capabilities } = this.#options;
    if (credentials !== undefined) return credentials;
    const needed = capabilities.credentials.app.filter(({ optional }) => optional !== true);
    const names = needed.map(({ variable }) => `${capabilities.environmentPrefix}_${variable}`);
    throw new ProviderError({
      kind: 'unauthenticated',
      endpoint,
      sent: 'no',
      message: `${endpoint}: ${capabilities.label} takes calls from an app that acts for an operator, and its credentials are not complete`,
      help: `set ${names.join(', ')}`,
    });
  }

  #context(endpoint: DingtalkEndpoint): JudgeContext {
    const { capabilities, redactor, clock } = this.#options;
    const { effect, permission } = endpoints[endpoint];
    return { endpoint, effect, permission, capabilities, redactor, clock };
  }
}

/** Two calls for one thing: for internal apps, and the newer one for every kind of app. */
function tokenRequest({ appKey, appSecret, corpId }: Credentials): { path: string; body: unknown } {
  if (corpId === undefined) {
    return { path: path(['v1.0', 'oauth2', 'accessToken']), body: { appKey, appSecret } };
  }
  return {
    path: path(['v1.0', 'oauth2', corpId, 'token']),
    body: { client_id: appKey, client_secret: appSecret, grant_type: 'client_credentials' },
  };
}

const isStale = ({ kind, vendorCode, httpStatus }: ProviderError): boolean =>
  kind === 'unauthenticated' &&
  (httpStatus === 401 || /InvalidAuthentication|InvalidAccessToken/i.test(String(vendorCode)));

/** The answers of the call for internal apps and of the unified one: the same data under two spellings. */
export function toIssuedToken(body: Json): IssuedToken {
  const token = body.accessToken ?? body.access_token;
  const seconds = body.expireIn ?? body.expires_in;
  if (typeof seconds !== 'number' || !(seconds >= 0)) {
    throw new OddFieldError('expireIn is not a number of seconds');
  }
  return { token: text({ token }, 'token', 'the answer'), lifetimeMs: seconds * 1000 };
}
