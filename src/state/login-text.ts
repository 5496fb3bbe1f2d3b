// The file of logins as text: JSON, one login for each host and app. What is no login is not guessed at.

/** As the provider has it; see its `Login`. */
export interface KeptLogin {
  readonly accessToken: string;
  readonly accessUntilMs: number;
  readonly refreshToken: string | undefined;
  readonly refreshUntilMs: number | undefined;
  readonly scopes: readonly string[];
  readonly person: { readonly id: string; readonly name: string } | undefined;
}

/** Whose login it is: a token is good for one app on one host. */
export interface LoginKey {
  /** With its port. */
  readonly host: string;
  readonly appId: string;
}

export type Logins = ReadonlyMap<string, LoginKey & { readonly login: KeptLogin }>;

export const nameOfLogin = ({ host, appId }: LoginKey): string => `${host} ${appId}`;

const formatVersion = '1.0';

export function printLogins(logins: Logins): string {
  const entries = [...logins]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { host, appId, login }]) => ({
      host,
      appId,
      person: login.person,
      scopes: login.scopes,
      accessToken: login.accessToken,
      accessUntil: new Date(login.accessUntilMs).toISOString(),
      refreshToken: login.refreshToken,
      refreshUntil:
        login.refreshUntilMs === undefined ? undefined : new Date(login.refreshUntilMs).toISOString(),
    }));
  return `${JSON.stringify({ formatVersion, logins: entries }, null, 2)}\n`;
}

/** What is wrong with a text that cannot be taken; it quotes nothing of it. */
export type LoginsRead =
  | { readonly ok: true; readonly logins: Logins }
  | { readonly ok: false; readonly why: string };

export function parseLogins(text: string): LoginsRead {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { ok: false, why: 'it is not JSON' };
  }
  if (!isRecord(value) || typeof value.formatVersion !== 'string' || !Array.isArray(value.logins)) {
    return { ok: false, why: 'it is not a file of logins' };
  }
  if (Number.parseInt(value.formatVersion, 10) > 1) {
    return { ok: false, why: 'a newer wikiform wrote it' };
  }
  const logins = new Map<string, LoginKey & { login: KeptLogin }>();
  for (const [at, written] of value.logins.entries()) {
    const entry = readEntry(written);
    if (entry === undefined) return { ok: false, why: `its entry ${at + 1} is not a login` };
    logins.set(nameOfLogin(entry), entry);
  }
  return { ok: true, logins };
}

function readEntry(written: unknown): (LoginKey & { login: KeptLogin }) | undefined {
  if (!isRecord(written)) return undefined;
  const { host, appId, accessToken, accessUntil, refreshToken, refreshUntil, scopes, person } = written;
  const accessUntilMs = toMs(accessUntil);
  if (!isText(host) || !isText(appId) || !isText(accessToken) || accessUntilMs === undefined)
    return undefined;
  const login: KeptLogin = {
    accessToken,
    accessUntilMs,
    refreshToken: isText(refreshToken) ? refreshToken : undefined,
    refreshUntilMs: toMs(refreshUntil),
    scopes: Array.isArray(scopes) ? scopes.filter(isText) : [],
    person: isRecord(person) ? { id: String(person.id), name: String(person.name) } : undefined,
  };
  return { host, appId, login };
}

function toMs(value: unknown): number | undefined {
  const ms = isText(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
