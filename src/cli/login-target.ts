// Whose login is meant: the provider of the manifest that is there, or what the command line says.

import { Option } from 'commander';
import { diagnostic } from '../diagnostic/diagnostic.ts';
import type { ProviderSettings } from '../manifest/manifest.ts';
import type { VendorKind } from '../tree/capability.ts';
import { readCredentials } from './credential.ts';
import { absent, present } from './import-target.ts';
import { manifestFiles } from './manifest-files.ts';
import { CommandFailure } from './report.ts';
import type { Context } from './settings.ts';
import { knownCapabilities } from './wiring.ts';

export interface LoginTarget {
  readonly provider: VendorKind | undefined;
  readonly baseUrl: string | undefined;
}

export const providerOption = (): Option =>
  new Option('--provider <vendor>', 'the vendor, where there is no manifest').choices(
    Object.keys(knownCapabilities),
  );

/** @throws {CommandFailure} when it is not clear, or the host is not trusted. */
export function loginSettings(target: LoginTarget, context: Context): ProviderSettings {
  const { edge, settings } = context;
  const isThere = manifestFiles(edge.cwd).read(settings.file).kind === 'text';
  const isSaid = target.provider !== undefined || target.baseUrl !== undefined;
  return (isThere && !isSaid ? present(context) : absent(target, context)).provider;
}

export interface App {
  readonly appId: string;
  readonly appSecret: string;
}

/** A login is one with an app. @throws {CommandFailure} where the environment names none. */
export function requireApp({ capabilities }: ProviderSettings, { edge }: Context): App {
  const { appId, appSecret } = readCredentials(edge.env, capabilities);
  if (appId !== undefined && appSecret !== undefined) return { appId, appSecret };
  const { environmentPrefix: prefix, label } = capabilities;
  throw new CommandFailure([
    diagnostic('CREDENTIALS_MISSING', {
      detail: `A person logs in to ${label} through an app, and none is set.`,
      help: `Set ${prefix}_APP_ID and ${prefix}_APP_SECRET to those of an app in the developer console.`,
    }),
  ]);
}

/** @throws {CommandFailure} always: the vendor's calls take no person's token. */
export function refuseLogin({ capabilities: { label } }: ProviderSettings): never {
  throw new CommandFailure([
    diagnostic('LOGIN_UNSUPPORTED', {
      detail: `With ${label} an app works on behalf of an operator; nobody logs in.`,
      help: 'Set the credentials of the app and of the operator; wikiform whoami says which.',
    }),
  ]);
}
