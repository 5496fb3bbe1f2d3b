// `wikiform whoami`: as whom a run would work, until when, and which permissions each command needs. It
// makes no call.

import { diagnostic } from '../../diagnostic/diagnostic.ts';
import type { ProviderSettings } from '../../manifest/manifest.ts';
import { renderWhoami, type Whoami, whoamiToJson } from '../../render/whoami.ts';
import type { KeptLogin } from '../../state/login-text.ts';
import { resultStyle } from '../color.ts';
import { accountOf, chooseIdentity, emulatedIdentity, readCredentials } from '../credential.ts';
import type { Declaration, GlobalFlags } from '../declaration.ts';
import { type ExitCode, exitCodeOf } from '../exit-code.ts';
import { openLoginStore, orFail } from '../login-store.ts';
import { type LoginTarget, loginSettings, providerOption } from '../login-target.ts';
import { permissionsOf } from '../permission.ts';
import { printJson, reportDiagnostics } from '../report.ts';
import type { Context } from '../settings.ts';

interface WhoamiFlags extends GlobalFlags {
  readonly provider?: LoginTarget['provider'];
  readonly baseUrl?: string;
}

export function declareWhoami(program: Declaration): void {
  const command = program
    .add({
      name: 'whoami',
      description: 'say as whom a run works, and what it needs to be permitted',
      example: 'wikiform whoami',
    })
    .addOption(providerOption())
    .option('--base-url <url>', "where the vendor's API is, where there is no manifest");
  program.action<[], WhoamiFlags>(command, (context, { provider, baseUrl }) =>
    whoami({ provider, baseUrl }, context),
  );
}

async function whoami(target: LoginTarget, context: Context): Promise<ExitCode> {
  const settings = loginSettings(target, context);
  const who = context.settings.emulator ? emulated(settings) : await found(settings, context);
  if (context.settings.format === 'json') printJson(whoamiToJson(who), context);
  else {
    context.edge.out(`${renderWhoami(who, resultStyle(context))}\n`);
    reportDiagnostics(who.diagnostics, new Map(), context);
  }
  return exitCodeOf(who.diagnostics);
}

function nobody({ kind, capabilities, baseUrl }: ProviderSettings, granted?: readonly string[]): Whoami {
  return {
    provider: kind,
    label: capabilities.label,
    host: new URL(baseUrl).host,
    identity: undefined,
    source: undefined,
    appId: undefined,
    person: undefined,
    accessUntilMs: undefined,
    refreshUntilMs: undefined,
    permissions: permissionsOf(capabilities, granted),
    diagnostics: [],
  };
}

const emulated = (settings: ProviderSettings): Whoami => ({
  ...nobody(settings),
  identity: emulatedIdentity(settings.capabilities),
  source: 'emulator',
});

async function found(settings: ProviderSettings, context: Context): Promise<Whoami> {
  const { capabilities, identity: written } = settings;
  const credentials = readCredentials(context.edge.env, capabilities);
  const { appSecret, userAccessToken, operatorId } = credentials;
  const appId = accountOf(credentials, capabilities);
  const isLogin = capabilities.credentials.user.length > 0 && appId !== undefined && appSecret !== undefined;
  const store = isLogin ? openLoginStore(settings, appId, context) : undefined;
  const login = store === undefined ? undefined : await orFail(store.file.load(store.key));
  const chosen = chooseIdentity(credentials, written, capabilities, login !== undefined);
  if ('diagnostic' in chosen) return { ...nobody(settings), appId, diagnostics: [chosen.diagnostic] };
  const { identity } = chosen;
  if (identity === 'app' || userAccessToken !== undefined || login === undefined) {
    const person = operatorId === undefined ? undefined : { id: operatorId, name: '' };
    return { ...nobody(settings), identity, source: 'environment', appId, person };
  }
  return {
    ...nobody(settings, login.scopes),
    ...login,
    identity,
    source: 'login',
    appId,
    ...over(login, context),
  };
}

/** A login that has ended is said to have, before a run finds out. */
function over(login: KeptLogin, { edge }: Context): Pick<Whoami, 'diagnostics'> {
  const untilMs = login.refreshUntilMs ?? login.accessUntilMs;
  if (untilMs > edge.clock.wallMs()) return { diagnostics: [] };
  return {
    diagnostics: [
      diagnostic('CREDENTIALS_MISSING', {
        detail: `The login ended at ${new Date(untilMs).toISOString()}.`,
        help: 'Run wikiform login.',
      }),
    ],
  };
}
