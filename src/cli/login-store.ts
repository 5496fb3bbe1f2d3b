// Where a person's logins are kept, and how a provider gets at one. The folder is the person's own, never
// the repository's.

import { join } from 'node:path';
import { diagnostic } from '../diagnostic/diagnostic.ts';
import type { ProviderSettings } from '../manifest/manifest.ts';
import type { Login, LoginKeeper } from '../provider/login.ts';
import { ProviderError } from '../provider/provider-error.ts';
import { type LoginFile, LoginFileFailure, loginFile } from '../state/login-file.ts';
import type { LoginKey } from '../state/login-text.ts';
import type { Edge } from './edge.ts';
import { CommandFailure, reportDiagnostics } from './report.ts';
import type { Context } from './settings.ts';

export interface LoginStore {
  readonly file: LoginFile;
  readonly key: LoginKey;
}

/** `WIKIFORM_CONFIG_DIR`, else as the XDG base directories say, else where Windows keeps such things. */
function configFolder(env: Edge['env']): string | undefined {
  const own = env.WIKIFORM_CONFIG_DIR || undefined;
  const home = env.HOME || undefined;
  const base = env.XDG_CONFIG_HOME || (home === undefined ? env.APPDATA : join(home, '.config')) || undefined;
  return own ?? (base === undefined ? undefined : join(base, 'wikiform'));
}

/** `undefined` where the person has no folder. */
export function openLoginStore(
  { baseUrl }: Pick<ProviderSettings, 'baseUrl'>,
  appId: string,
  { edge }: Context,
): LoginStore | undefined {
  const folder = configFolder(edge.env);
  if (folder === undefined) return undefined;
  const { clock, processes } = edge;
  const file = loginFile({ path: join(folder, 'logins.json'), clock, processes });
  return { file, key: { host: new URL(baseUrl).host, appId } };
}

/** @throws {CommandFailure} where there is no folder for logins. */
export function requireLoginStore(store: LoginStore | undefined): LoginStore {
  if (store !== undefined) return store;
  throw new CommandFailure([
    diagnostic('LOGINS_UNWRITABLE', {
      detail:
        'There is no folder for logins: neither WIKIFORM_CONFIG_DIR nor XDG_CONFIG_HOME nor HOME is set.',
      help: 'Set WIKIFORM_CONFIG_DIR to a folder of your own, outside the repository.',
    }),
  ]);
}

/** @throws {CommandFailure} for what is wrong with the file. */
export async function orFail<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw error instanceof LoginFileFailure ? new CommandFailure([error.diagnostic]) : error;
  }
}

/** The login as the provider uses and renews it. */
export function loginKeeper({ file, key }: LoginStore, context: Context): LoginKeeper {
  return {
    load: () => file.load(key).catch(unusable),
    alone: (work, signal) => file.alone(work, signal).catch(unusable),
    async save(login: Login) {
      try {
        await file.save(key, login);
      } catch (error) {
        if (!(error instanceof LoginFileFailure)) throw error;
        reportDiagnostics([unsaved(error)], new Map(), context);
      }
    },
  };
}

/** In the middle of a run, a login that cannot be read is one that does not work. */
function unusable(error: unknown): never {
  if (!(error instanceof LoginFileFailure)) throw error;
  const { detail, help } = error.diagnostic;
  throw new ProviderError({
    kind: 'unauthenticated',
    endpoint: 'user-token',
    sent: 'no',
    message: detail,
    help,
  });
}

/** The run goes on with what it has; the file holds a refresh token that is used up. */
function unsaved({ diagnostic: found }: LoginFileFailure): typeof found {
  return diagnostic('LOGINS_UNWRITABLE', {
    severity: 'warning',
    detail: `${found.detail} The login was renewed and could not be kept; this run goes on with it, and no other can.`,
    help: `${found.help} Then log in again with wikiform login.`,
  });
}
