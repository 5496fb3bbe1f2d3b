// Credentials and trust, from the environment only: a pull request can edit every file, but not this.

import { type Diagnostic, diagnostic } from '../diagnostic/diagnostic.ts';
import type { Capabilities, CredentialField, Identity } from '../tree/capability.ts';
import type { Edge } from './edge.ts';

/** By the names that the vendor's capabilities give them; what is not set is `undefined`. */
export type Credentials = Readonly<Record<string, string | undefined>>;

export function readCredentials(env: Edge['env'], capabilities: Capabilities): Credentials {
  const { environmentPrefix: prefix } = capabilities;
  return Object.fromEntries(
    fieldsOf(capabilities).map(({ field, variable }) => [field, env[`${prefix}_${variable}`] || undefined]),
  );
}

/** What stands for credentials where an emulator is spoken to. */
export function emulatedCredentials(capabilities: Capabilities): Credentials {
  return Object.fromEntries(fieldsOf(capabilities).map(({ field, emulated }) => [field, emulated]));
}

/** What tells one app from another, for what they share: their rates. */
export function accountOf(
  credentials: Credentials,
  { credentials: known }: Capabilities,
): string | undefined {
  return credentials[known.app[0]?.field ?? ''];
}

const fieldsOf = ({ credentials: { app, user } }: Capabilities): readonly CredentialField[] => [
  ...app,
  ...user,
];

/** Hosts that the environment names as fit to receive credentials. */
export function trustedHosts(env: Edge['env']): readonly string[] {
  return (env.WIKIFORM_TRUSTED_HOSTS ?? '').split(/[\s,]+/).filter((host) => host !== '');
}

export type ChosenIdentity = { readonly identity: Identity } | { readonly diagnostic: Diagnostic };

/**
 * What the manifest says; else the user where a user token is at hand, else the app.
 *
 * @param hasLogin - whether somebody logged in.
 */
export function chooseIdentity(
  credentials: Credentials,
  written: Identity | undefined,
  capabilities: Capabilities,
  hasLogin = false,
): ChosenIdentity {
  const has = (one: Identity): boolean =>
    (one === 'user' && hasLogin) || isComplete(one, credentials, capabilities);
  const identity = written ?? (has('user') ? 'user' : 'app');
  if (has(identity)) return { identity };
  const { label } = capabilities;
  const kinds = identitiesIn(capabilities);
  const [app, user] = [variablesOf('app', capabilities), variablesOf('user', capabilities)];
  const either = kinds.includes('user')
    ? `${app} for the app, and run wikiform login to work as yourself, or set ${user}`
    : app;
  const whose = kinds.includes('user') ? 'of an app or of a user' : 'of an app';
  const why =
    written === undefined
      ? `${label} needs the credentials ${whose}, and ${kinds.includes('user') ? 'none are' : 'they are not all'} set`
      : `The manifest says identity: ${written}, and its credentials are not set`;
  const help =
    written === undefined
      ? `Set ${either}. To try wikiform without any, add --emulator.`
      : `${identity === 'user' && kinds.includes('user') ? `Run wikiform login, or set ${user}` : `Set ${variablesOf(identity, capabilities)}`}, or take identity: ${written} out of the manifest. To try wikiform without any, add --emulator.`;
  return {
    diagnostic: diagnostic('CREDENTIALS_MISSING', { detail: `${why}.`, help }),
  };
}

/** The identity that an emulated run works as: a person where the vendor knows one. */
export function emulatedIdentity(capabilities: Capabilities): Identity {
  return identitiesIn(capabilities).includes('user') ? 'user' : 'app';
}

function identitiesIn({ credentials }: Capabilities): readonly Identity[] {
  return (['app', 'user'] as const).filter((identity) => credentials[identity].length > 0);
}

function isComplete(
  identity: Identity,
  credentials: Credentials,
  { credentials: known }: Capabilities,
): boolean {
  const needed = known[identity].filter(({ optional }) => optional !== true);
  return needed.length > 0 && needed.every(({ field }) => credentials[field] !== undefined);
}

/** `A_ID and A_SECRET` */
function variablesOf(identity: Identity, { environmentPrefix: prefix, credentials }: Capabilities): string {
  const names = credentials[identity]
    .filter(({ optional }) => optional !== true)
    .map(({ variable }) => `${prefix}_${variable}`);
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
