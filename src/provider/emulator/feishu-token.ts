// Feishu's credentials. An app trades its secret for a tenant token; asked again, it gets the same
// token while that has 30 minutes left, then a new one, and both live on to their ends (the vendor's
// page on the tenant access token). Only tokens issued here and not yet expired count: one from
// before a restart is expired. People's tokens are taken as they come, or as listed.

import type { Actor } from './access.ts';
import type { EmulatedCredentials } from './emulation.ts';
import { createOAuth, type OAuth, type OAuthArguments, type OAuthRefusal, type TokenGrant } from './oauth.ts';
import { letters } from './random.ts';

/** Unless told, every `u-…` token is that of one person, `defaultOpenId`. */
export type FeishuCredentials = EmulatedCredentials;

export const defaultOpenId = 'ou_5ad573a6411d72b8305fda3a9c15c70e';

/** The vendor's 30 minutes of 2 hours; a shorter lifetime is renewed in its last quarter, too. */
const renewBelowShare = 1 / 4;

interface IssuedToken {
  readonly text: string;
  readonly appId: string;
  readonly expiresAtMs: number;
}

type Issue =
  | { readonly ok: true; readonly token: string; readonly expireSeconds: number }
  | { readonly ok: false; readonly code: number; readonly message: string };

export type Identification =
  | { readonly ok: true; readonly actor: Actor }
  | { readonly ok: false; readonly code: number; readonly message: string };

export interface FeishuTokens {
  issue(appId: string, secret: string, nowMs: number): Issue;
  /** Whose token the `Authorization` header carries. */
  identify(authorization: string | undefined, nowMs: number): Identification;
  /** Sends a browser on that came to have somebody log in. */
  authorize: OAuth['authorize'];
  /** Gives out a user's tokens to an app that proves to be one. */
  grant(argument: OAuthArguments, nowMs: number): TokenGrant | OAuthRefusal;
  /** Whoever shares an actor's rates: the app. People's calls count for the first app seen. */
  accountOf(actor: Actor): string;
}

/** The vendor's words for a token that does not do, by the kind of actor it stands for. */
export function tokenRefusal(kind: Actor['kind']): Identification & { ok: false } {
  return kind === 'app'
    ? { ok: false, code: 99991663, message: 'Invalid access token for authorization.' }
    : { ok: false, code: 99991668, message: 'Invalid access token for authorization (user).' };
}

export function createFeishuTokens(credentials: FeishuCredentials, seed: number): FeishuTokens {
  const { apps, users, tokenLifetimeMs = 7_200_000 } = credentials;
  const issued = new Map<string, IssuedToken>();
  const latest = new Map<string, IssuedToken>();
  const oauth = createOAuth(credentials.oauth ?? {}, seed);
  let count = 0;

  function issueNew(appId: string, nowMs: number): IssuedToken {
    for (const token of issued.values()) if (token.expiresAtMs <= nowMs) issued.delete(token.text);
    count += 1;
    const text = `t-g1${letters(38, seed, 'token', appId, count)}`;
    const token = { text, appId, expiresAtMs: nowMs + tokenLifetimeMs };
    issued.set(text, token);
    latest.set(appId, token);
    return token;
  }

  function userOf(token: string): string | undefined {
    if (users !== undefined) return Object.hasOwn(users, token) ? users[token] : undefined;
    return token.startsWith('u-') ? defaultOpenId : undefined;
  }

  return {
    issue(appId, secret, nowMs) {
      if (apps !== undefined && !Object.hasOwn(apps, appId)) {
        return { ok: false, code: 99991543, message: 'app id or secret is invalid' };
      }
      if (apps !== undefined && apps[appId] !== secret) {
        return { ok: false, code: 10014, message: 'app secret invalid' };
      }
      const last = latest.get(appId);
      const fresh = last !== undefined && last.expiresAtMs - nowMs >= tokenLifetimeMs * renewBelowShare;
      const token = fresh ? last : issueNew(appId, nowMs);
      return {
        ok: true,
        token: token.text,
        expireSeconds: Math.floor((token.expiresAtMs - nowMs) / 1000),
      };
    },
    identify(authorization, nowMs) {
      const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
      if (token === undefined) {
        return { ok: false, code: 99991661, message: 'Missing access token for authorization.' };
      }
      if (token.startsWith('t-')) {
        const known = issued.get(token);
        if (known === undefined || known.expiresAtMs <= nowMs) return tokenRefusal('app');
        return { ok: true, actor: { kind: 'app', id: known.appId } };
      }
      const standing = oauth.standingOf(token, nowMs);
      if (standing === 'good') return { ok: true, actor: { kind: 'user', id: defaultOpenId } };
      if (standing === 'expired')
        return { ok: false, code: 99991677, message: 'Authentication token expired.' };
      const openId = userOf(token);
      if (openId !== undefined) return { ok: true, actor: { kind: 'user', id: openId } };
      if (/^(u-|eyJ)/.test(token)) return tokenRefusal('user');
      return { ok: false, code: 99991671, message: 'Invalid access token: unknown prefix.' };
    },
    authorize: oauth.authorize,
    grant(argument, nowMs) {
      const appId = argument('client_id') ?? '';
      if (apps !== undefined && !Object.hasOwn(apps, appId)) {
        return { ok: false, code: 20048, message: 'The specified app does not exist.' };
      }
      if (apps !== undefined && apps[appId] !== argument('client_secret')) {
        return { ok: false, code: 20002, message: 'The client secret is invalid.' };
      }
      return oauth.token(argument, nowMs);
    },
    accountOf(actor) {
      const [home] = latest.keys();
      return actor.kind === 'user' || actor.id === home ? 'home' : actor.id;
    },
  };
}
