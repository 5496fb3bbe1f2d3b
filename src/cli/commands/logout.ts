// `wikiform logout`: forgets the login with the app that the environment names, or with every app where it
// names none. No call can take a token back; what was given out ends by itself.

import { readCredentials } from '../credential.ts';
import type { Declaration, GlobalFlags } from '../declaration.ts';
import { type ExitCode, exitCodes } from '../exit-code.ts';
import { openLoginStore, orFail, requireLoginStore } from '../login-store.ts';
import { type LoginTarget, loginSettings, providerOption } from '../login-target.ts';
import { printJson } from '../report.ts';
import type { Context } from '../settings.ts';

interface LogoutFlags extends GlobalFlags {
  readonly provider?: LoginTarget['provider'];
  readonly baseUrl?: string;
}

export function declareLogout(program: Declaration): void {
  const command = program
    .add({ name: 'logout', description: 'forget the login', example: 'wikiform logout' })
    .addOption(providerOption())
    .option('--base-url <url>', "where the vendor's API is, where there is no manifest");
  program.action<[], LogoutFlags>(command, (context, { provider, baseUrl }) =>
    logout({ provider, baseUrl }, context),
  );
}

async function logout(target: LoginTarget, context: Context): Promise<ExitCode> {
  const settings = loginSettings(target, context);
  const { appId } = readCredentials(context.edge.env, settings.capabilities);
  const { file, key } = requireLoginStore(openLoginStore(settings, appId ?? '', context));
  const isMeant = (kept: typeof key): boolean =>
    kept.host === key.host && (appId === undefined || kept.appId === appId);
  const keys = (await orFail(file.keys())).filter(isMeant);
  if (keys.length > 0) {
    const forget = async (): Promise<void> => {
      for (const one of keys) await file.save(one, undefined);
    };
    await orFail(file.alone(forget));
  }
  if (context.settings.format === 'json') {
    printJson({ formatVersion: '1.0', errored: false, loggedOut: keys }, context);
  } else context.edge.out(keys.length === 0 ? 'Nobody was logged in.\n' : `Logged out of ${key.host}.\n`);
  return exitCodes.done;
}
