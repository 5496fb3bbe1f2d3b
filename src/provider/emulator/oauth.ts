// The authorisation server over the emulator: a page that agrees at once and sends the browser back, and
// the call that gives out tokens for a code or a refresh token.
//
// Facts, from the vendor's pages on the authorisation code and on getting and renewing a
// user_access_token: a code works once, for five minutes, with the redirect and the verifier it was asked
// for; a refresh token works once and a new one comes with each renewal; the old access token lives on to
// its end; without `offline_access` no refresh token is given. Access tokens are long and begin with eyJ.

import { createHash } from 'node:crypto';
import { letters } from './random.ts';

export interface OAuthRules {
  /** Two hours, unless told. */
  readonly accessLifetimeMs?: number | undefined;
  /** Seven days, unless told. */
  readonly refreshLifetimeMs?: number | undefined;
  /** What the person on the page does; agrees, unless told. */
  readonly consent?: 'granted' | 'denied' | undefined;
  /** The addresses that the app names; any, unless told. */
  readonly redirectUris?: readonly string[] | undefined;
}

/** What went wrong, with the vendor's code. */
export interface OAuthRefusal {
  readonly ok: false;
  readonly code: number;
  readonly message: string;
}

export interface TokenGrant {
  readonly ok: true;
  readonly accessToken: string;
  readonly accessSeconds: number;
  readonly refreshToken: string | undefined;
  readonly refreshSeconds: number;
  readonly scope: string;
}

export type OAuthArguments = (name: string) => string | undefined;

export interface OAuth {
  /** Where the browser goes next. */
  authorize(
    argument: OAuthArguments,
    nowMs: number,
  ): { readonly ok: true; readonly location: string } | OAuthRefusal;
  token(argument: OAuthArguments, nowMs: number): TokenGrant | OAuthRefusal;
  /** What an access token is worth; `undefined` for one that was not given out here. */
  standingOf(accessToken: string, nowMs: number): 'good' | 'expired' | undefined;
}

interface Code {
  readonly appId: string;
  readonly redirectUri: string;
  readonly challenge: string | undefined;
  readonly scope: string;
  readonly untilMs: number;
  isUsed: boolean;
}

interface Refresh {
  readonly appId: string;
  readonly scope: string;
  readonly untilMs: number;
  isUsed: boolean;
}

const codeLifetimeMs = 5 * 60_000;

const refused = (code: number, message: string): OAuthRefusal => ({ ok: false, code, message });

export function createOAuth(rules: OAuthRules, seed: number): OAuth {
  const { accessLifetimeMs = 7_200_000, refreshLifetimeMs = 604_800_000, consent = 'granted' } = rules;
  const codes = new Map<string, Code>();
  const refreshes = new Map<string, Refresh>();
  const accesses = new Map<string, number>();
  let count = 0;

  const mint = (what: string, length: number): string => {
    count += 1;
    return letters(length, seed, what, count);
  };

  function grant(appId: string, scope: string, nowMs: number): TokenGrant {
    const accessToken = `eyJ${mint('access', 600)}`;
    accesses.set(accessToken, nowMs + accessLifetimeMs);
    const isOffline = scope.split(' ').includes('offline_access');
    const refreshToken = isOffline ? `eyJ${mint('refresh', 600)}` : undefined;
    if (refreshToken !== undefined) {
      refreshes.set(refreshToken, { appId, scope, untilMs: nowMs + refreshLifetimeMs, isUsed: false });
    }
    return {
      ok: true,
      accessToken,
      accessSeconds: Math.floor(accessLifetimeMs / 1000),
      refreshToken,
      refreshSeconds: Math.floor(refreshLifetimeMs / 1000),
      scope,
    };
  }

  function byCode(argument: OAuthArguments, appId: string, nowMs: number): TokenGrant | OAuthRefusal {
    const code = codes.get(argument('code') ?? '');
    if (code === undefined) return refused(20003, 'The authorization code is not found.');
    if (code.isUsed) return refused(20065, 'The authorization code has been used.');
    if (code.untilMs <= nowMs) return refused(20004, 'The authorization code has expired.');
    if (code.appId !== appId)
      return refused(20024, 'The provided authorization code does not match the client ID.');
    if (argument('redirect_uri') !== code.redirectUri) {
      return refused(20071, 'The provided redirect URI does not match the one used during authorization.');
    }
    if (code.challenge !== undefined && challengeOf(argument('code_verifier')) !== code.challenge) {
      return refused(20049, 'PKCE code challenge failed.');
    }
    code.isUsed = true;
    return grant(appId, code.scope, nowMs);
  }

  function byRefresh(argument: OAuthArguments, appId: string, nowMs: number): TokenGrant | OAuthRefusal {
    const refresh = refreshes.get(argument('refresh_token') ?? '');
    if (refresh === undefined) return refused(20026, 'The refresh token passed is invalid.');
    if (refresh.isUsed) return refused(20073, 'The refresh token has been used.');
    if (refresh.untilMs <= nowMs) return refused(20037, 'The refresh token passed has expired.');
    if (refresh.appId !== appId)
      return refused(20024, 'The provided refresh token does not match the client ID.');
    refresh.isUsed = true;
    return grant(appId, refresh.scope, nowMs);
  }

  return {
    authorize(argument, nowMs) {
      const redirectUri = argument('redirect_uri') ?? '';
      const appId = argument('client_id');
      if (appId === undefined || !URL.canParse(redirectUri))
        return refused(20001, 'missing required parameter');
      if (rules.redirectUris !== undefined && !rules.redirectUris.includes(redirectUri)) {
        return refused(20029, 'redirect_uri request is invalid');
      }
      const location = new URL(redirectUri);
      const state = argument('state');
      if (consent === 'denied') location.searchParams.set('error', 'access_denied');
      else {
        const code = mint('code', 32);
        location.searchParams.set('code', code);
        codes.set(code, {
          appId,
          redirectUri,
          challenge: argument('code_challenge'),
          scope: argument('scope') ?? '',
          untilMs: nowMs + codeLifetimeMs,
          isUsed: false,
        });
      }
      if (state !== undefined) location.searchParams.set('state', state);
      return { ok: true, location: location.href };
    },
    token(argument, nowMs) {
      const appId = argument('client_id');
      if (appId === undefined) return refused(20001, 'The request is missing a required parameter.');
      switch (argument('grant_type')) {
        case 'authorization_code':
          return byCode(argument, appId, nowMs);
        case 'refresh_token':
          return byRefresh(argument, appId, nowMs);
        default:
          return refused(20036, 'The specified grant_type is not supported.');
      }
    },
    standingOf(accessToken, nowMs) {
      const untilMs = accesses.get(accessToken);
      if (untilMs === undefined) return undefined;
      return untilMs > nowMs ? 'good' : 'expired';
    },
  };
}

const challengeOf = (verifier = ''): string => createHash('sha256').update(verifier).digest('base64url');
