// Credentials and trust, from the environment only: a pull request can edit every file, but not this.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import type { Capabilities, Identity } from '../tree/capability.ts';
import type { Edge } from './edge.ts';

export interface Credentials {
  readonly appId: string | undefined;
  readonly appSecret: string | undefined;
  readonly userAccessToken: string | undefined;
}

export function readCredentials(env: Edge['env'], { environmentPrefix }: Capabilities): Credentials {
  const read = (name: string): string | undefined => env[`${environmentPrefix}_${name}`] || undefined;
  return {
    appId: read('APP_ID'),
    appSecret: read('APP_SECRET'),
    userAccessToken: read('USER_ACCESS_TOKEN'),
  };
}

/** Hosts that the environment names as fit to receive credentials. */
export function trustedHosts(env: Edge['env']): readonly string[] {
  return (env.WIKIFORM_TRUSTED_HOSTS ?? '').split(/[\s,]+/).filter((host) => host !== '');
}

export type ChosenIdentity = { readonly identity: Identity } | { readonly diagnostic: Diagnostic };

/** What the manifest says; else the user where a user token is at hand, else the app. */
export function chooseIdentity(
  credentials: Credentials,
  written: Identity | undefined,
  { environmentPrefix: prefix, label }: Capabilities,
): ChosenIdentity {
  const hasUser = credentials.userAccessToken !== undefined;
  const hasApp = credentials.appId !== undefined && credentials.appSecret !== undefined;
  const identity = written ?? (hasUser ? 'user' : 'app');
  if (identity === 'user' ? hasUser : hasApp) return { identity };
  const app = `${prefix}_APP_ID and ${prefix}_APP_SECRET`;
  const user = `${prefix}_USER_ACCESS_TOKEN`;
  const missing = identity === 'user' ? user : app;
  const why =
    written === undefined
      ? `${label} needs the credentials of an app or of a user, and none are set`
      : `The manifest says identity: ${written}, and its credentials are not set`;
  const help =
    written === undefined
      ? `Set ${app} for the app, or ${user} for a user. To try wikiform without any, add --emulator.`
      : `Set ${missing}, or take identity: ${written} out of the manifest. To try wikiform without any, add --emulator.`;
  return {
    diagnostic: diagnostic('CREDENTIALS_MISSING', { detail: `${why}.`, help }),
  };
}
