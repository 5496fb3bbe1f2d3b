// DingTalk's app tokens. Asked for again while it is valid, the same token is answered and lives anew; there
// are two calls with the same answer in two spellings. Only tokens issued here and not yet expired count.

import type { EmulatedCredentials } from './emulation.ts';
import { letters } from './random.ts';

interface IssuedToken {
  readonly text: string;
  readonly app: string;
  expiresAtMs: number;
}

export interface DingtalkTokens {
  /** `undefined` where the secret is not the app's. */
  issue(app: string, secret: string, nowMs: number): { token: string; seconds: number } | undefined;
  /** Whose token it is, while it is valid. */
  appOf(token: string | undefined, nowMs: number): string | undefined;
}

export function createDingtalkTokens(
  { apps, tokenLifetimeMs = 7_200_000 }: EmulatedCredentials,
  seed: number,
): DingtalkTokens {
  const latest = new Map<string, IssuedToken>();
  const issued = new Map<string, IssuedToken>();
  let count = 0;

  function issueNew(app: string, nowMs: number): IssuedToken {
    count += 1;
    const text = letters(32, seed, 'app token', app, count);
    const token = { text, app, expiresAtMs: nowMs + tokenLifetimeMs };
    latest.set(app, token);
    issued.set(text, token);
    return token;
  }

  return {
    issue(app, secret, nowMs) {
      if (apps !== undefined && apps[app] !== secret) return undefined;
      const last = latest.get(app);
      const token = last !== undefined && last.expiresAtMs > nowMs ? last : issueNew(app, nowMs);
      token.expiresAtMs = nowMs + tokenLifetimeMs;
      return { token: token.text, seconds: Math.floor(tokenLifetimeMs / 1000) };
    },
    appOf(token, nowMs) {
      const found = issued.get(token ?? '');
      return found !== undefined && found.expiresAtMs > nowMs ? found.app : undefined;
    },
  };
}
