// What came of a login, in words and as JSON. No token is in either.

import type { Person } from '../provider/login.ts';
import type { VendorKind } from '../tree/capability.ts';
import { oneLine } from './clip.ts';
import { formatVersion } from './document.ts';

/** A login without what is secret in it. */
export interface LoginReport {
  readonly provider: VendorKind;
  readonly label: string;
  readonly host: string;
  readonly appId: string;
  readonly person: Person | undefined;
  readonly scopes: readonly string[];
  readonly accessUntilMs: number;
  readonly refreshUntilMs: number | undefined;
  /** Where it is kept. */
  readonly file: string;
}

export function renderLogin(login: LoginReport): string {
  const who = login.person === undefined ? '' : ` as ${personName(login.person)}`;
  const until =
    login.refreshUntilMs === undefined
      ? `It lasts until ${moment(login.accessUntilMs)}`
      : `It renews itself, and lasts until ${moment(login.refreshUntilMs)} or longer where it is used`;
  return oneLine(`Logged in to ${login.label}${who}, with the app ${login.appId}. ${until}.`);
}

export function loginToJson(login: LoginReport): unknown {
  const { provider, host, appId, person, scopes, file } = login;
  return {
    formatVersion,
    errored: false,
    provider,
    host,
    appId,
    person: person ?? null,
    scopes,
    accessUntil: isoTime(login.accessUntilMs),
    refreshUntil: isoTime(login.refreshUntilMs),
    file,
  };
}

export const personName = ({ name, id }: Person): string => (name === '' ? id : `${name} (${id})`);

/** `2026-11-21 15:20 UTC`, the same everywhere. */
export const moment = (ms: number): string =>
  `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

export const isoTime = (ms: number | undefined): string | null =>
  ms === undefined ? null : new Date(ms).toISOString();
