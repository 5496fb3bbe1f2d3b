// A user's login: tokens that a person got by agreeing in a browser, for one host and one app. They
// outlive the process; where they are kept is the caller's business, and here is what is asked of it.

/** What the vendor gave out when a person agreed, or when a login was renewed. */
export interface Login {
  readonly accessToken: string;
  /** Unix milliseconds. */
  readonly accessUntilMs: number;
  /** Works once. `undefined` where the vendor gave none: then the login ends with its access token. */
  readonly refreshToken: string | undefined;
  readonly refreshUntilMs: number | undefined;
  /** What the person agreed to. */
  readonly scopes: readonly string[];
  /** Who it was, where the vendor tells. */
  readonly person: Person | undefined;
}

export interface Person {
  readonly id: string;
  readonly name: string;
}

/** Where one login is kept between runs. */
export interface LoginKeeper {
  /** The login as it stands now; `undefined` after a logout. */
  load(): Promise<Login | undefined>;
  /** Runs the work while no other process runs any: a refresh token works once. */
  alone<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Whoever renewed a login goes on with it even where this fails, and says so. */
  save(login: Login): Promise<void>;
}

/** Where a person is sent to agree. */
export interface Authorization {
  /** Where the browser is sent with the answer; it has to be one of those that the app names. */
  readonly redirectUri: string;
  /** Comes back with the answer. */
  readonly state: string;
  /** Proves that who asks for the tokens is who sent the person (RFC 7636). */
  readonly verifier: string;
  readonly scopes: readonly string[];
}

/** How a person logs in with a vendor. */
export interface Authorizer {
  /** What is asked for unless somebody says otherwise. */
  readonly scopes: readonly string[];
  authorizeUrl(authorization: Authorization): string;
  /**
   * Trades the code that came back for a login.
   *
   * @throws {ProviderError} when the vendor refuses it.
   */
  exchange(
    code: string,
    authorization: Pick<Authorization, 'redirectUri' | 'verifier'>,
    signal?: AbortSignal,
  ): Promise<Login>;
  close(): Promise<void>;
}
