// The user's token out of a login: handed out while it is good, renewed shortly before it ends or when the
// vendor refuses it.
//
// A refresh token works once, and several runs may share a login. So a renewal is made alone: whoever
// comes next reads what the first one kept, and needs no renewal of its own. Nothing can be written down
// before the call that would help after it: a run that is killed between the vendor's answer and the file
// leaves a refresh token that is used up, and the next renewal is told to log in again.

import type { Clock } from '../clock.ts';
import type { Redactor } from '../http/redactor.ts';
import type { Login, LoginKeeper } from '../login.ts';
import { ProviderError } from '../provider-error.ts';
import { userTokenEndpoint } from './endpoint.ts';

export interface LoginTokenParts {
  readonly keeper: LoginKeeper;
  readonly clock: Clock;
  readonly redactor: Redactor;
  readonly label: string;
  readonly renew: (login: Login, signal?: AbortSignal) => Promise<Login>;
}

/** Before its end a token is renewed. */
const renewBeforeEndMs = 3 * 60_000;

export class LoginToken {
  readonly #parts: LoginTokenParts;
  readonly #refused = new Set<string>();
  #current: { readonly token: string; readonly renewAtMs: number } | undefined;
  #flight: Promise<string> | undefined;

  constructor(parts: LoginTokenParts) {
    this.#parts = parts;
  }

  /**
   * A token that is good as far as is known. The signal is the session's: calls share the wait.
   *
   * @throws {ProviderError} `unauthenticated` when somebody has to log in again.
   */
  get(signal?: AbortSignal): Promise<string> {
    const current = this.#current;
    if (current !== undefined && this.#parts.clock.wallMs() < current.renewAtMs) {
      return Promise.resolve(current.token);
    }
    this.#flight ??= this.#find(signal).finally(() => {
      this.#flight = undefined;
    });
    return this.#flight;
  }

  /** The vendor refused this token: it is not handed out again. */
  discard(token: string): void {
    this.#refused.add(token);
    if (this.#current?.token === token) this.#current = undefined;
  }

  async #find(signal?: AbortSignal): Promise<string> {
    const kept = await this.#load();
    if (this.#isGood(kept)) return this.#use(kept);
    return this.#parts.keeper.alone(async () => {
      const latest = await this.#load();
      return this.#use(this.#isGood(latest) ? latest : await this.#renew(latest, signal));
    }, signal);
  }

  async #renew(login: Login | undefined, signal?: AbortSignal): Promise<Login> {
    if (login === undefined) throw this.#over('nobody is logged in any more');
    const { refreshToken, refreshUntilMs } = login;
    if (refreshToken === undefined) throw this.#over('the login has ended, and it cannot be renewed');
    if (refreshUntilMs !== undefined && refreshUntilMs <= this.#parts.clock.wallMs()) {
      throw this.#over('the login has ended');
    }
    const renewed = await this.#parts.renew(login, signal);
    await this.#parts.keeper.save(renewed);
    return renewed;
  }

  async #load(): Promise<Login | undefined> {
    const login = await this.#parts.keeper.load();
    this.#parts.redactor.add(login?.accessToken);
    this.#parts.redactor.add(login?.refreshToken);
    return login;
  }

  /** Of a very short life at most half is given away. */
  #use({ accessToken, accessUntilMs, refreshToken }: Login): string {
    const nowMs = this.#parts.clock.wallMs();
    const leftMs = accessUntilMs - nowMs;
    const earlyMs = refreshToken === undefined ? 0 : Math.min(renewBeforeEndMs, leftMs / 2);
    this.#current = { token: accessToken, renewAtMs: accessUntilMs - earlyMs };
    return accessToken;
  }

  #isGood(login: Login | undefined): login is Login {
    if (login === undefined || this.#refused.has(login.accessToken)) return false;
    const leftMs = login.accessUntilMs - this.#parts.clock.wallMs();
    return leftMs > (login.refreshToken === undefined ? 0 : renewBeforeEndMs);
  }

  #over(why: string): ProviderError {
    const message = `${this.#parts.label}: ${why}`;
    const help = 'run wikiform login';
    return new ProviderError({
      kind: 'unauthenticated',
      endpoint: userTokenEndpoint,
      sent: 'no',
      message,
      help,
    });
  }
}
